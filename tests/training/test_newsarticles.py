"""Unlabelled news is whole and undamaged."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.training.corpus import read_unlabelled


def test_news_is_whole_undamaged_and_in_paragraphs(tmp_path: Path) -> None:
    told = " ".join(
        f'The bridge number {n} over the river held all night. "It is safe. It will stay," the mayor said.'
        for n in range(20)
    )
    texts = {"1": told, "2": told, "3": "Too short.", "4": told.replace("The", '"?The')}
    rows = "".join(f'{n},Bridges hold,"{text.replace(chr(34), chr(34) * 2)}"\n' for n, text in texts.items())
    path = tmp_path / "NewsArticles.csv"
    path.write_text("article_id,title,text\n" + rows)
    (example,) = read_unlabelled(path)
    headline, *paragraphs = example.text.split("\n")
    assert (example.article_id, headline, example.labelled) == ("newsarticles-1", "Bridges hold", False)
    assert told.startswith(" ".join(paragraphs))
    assert len(paragraphs) > 5
    assert all(paragraph.count('"') % 2 == 0 for paragraph in paragraphs[:-1])
    assert list(read_unlabelled(path)) == [example]
    assert not list(read_unlabelled(path, [told]))


def test_another_table_is_told_from_news(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("claim_id,text\n1,It rained.\n")
    with pytest.raises(InputError, match=r"claims\.csv: not the corpus NewsArticles"):
        list(read_unlabelled(path))
