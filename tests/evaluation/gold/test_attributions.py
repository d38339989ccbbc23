"""PolNeAR and GUM are read line by line."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.evaluation import read_gold
from annotator.evaluation.gold.articles import AttributionArticle
from tests.evaluation.gold.bridge import TEXT, attribution_row, write_rows


@pytest.mark.parametrize("name", ["dev.jsonl", "dev.jsonl.gz"])
def test_polnear_lines_are_read_plain_and_gzipped(tmp_path: Path, name: str) -> None:
    [gold] = read_gold([write_rows(tmp_path / name, attribution_row(), {**attribution_row(), "id": "second"})])
    assert gold.form == "attributions"
    assert [article.article_id for article in gold.articles] == ["bridge", "second"]
    article = gold.articles[0]
    assert isinstance(article, AttributionArticle)
    assert article.publisher == "The New York Times"
    # Pieces come in the order of the text, whatever their order in the file.
    assert [TEXT[a:b] for a, b in article.attributions[0].parts.content] == ["The bridge", "closed"]


def test_a_photo_credit_of_gum_is_no_attribution(tmp_path: Path) -> None:
    row = attribution_row(caption_credit=True, parent=None)
    row["attributions"].append({**row["attributions"][0], "id": "A1", "caption_credit": False})
    [gold] = read_gold([write_rows(tmp_path / "gum.jsonl", row)])
    article = gold.articles[0]
    assert isinstance(article, AttributionArticle)
    assert [item.attribution_id for item in article.attributions] == ["A1"]


def test_an_attribution_without_cue_and_content_is_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "dev.jsonl", attribution_row(cue=[], content=[]))
    with pytest.raises(InputError, match="neither cue nor content"):
        read_gold([path])
