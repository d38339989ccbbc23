"""Resolved sources come with their text and every value that is right."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.evaluation import read_gold
from annotator.evaluation.gold.articles import SourceArticle
from tests.evaluation.gold.bridge import TEXT, source_gold, write, write_rows


def test_resolved_sources_find_their_text_in_a_corpora_folder_above(tmp_path: Path) -> None:
    write_rows(
        tmp_path / "corpora" / "polnear_dev.jsonl.gz", {"id": "other", "text": "x"}, {"id": "bridge", "text": TEXT}
    )
    [gold] = read_gold([write(tmp_path, "gold/resolved/bridge.json", source_gold())])
    [article] = gold.articles
    assert gold.form == "sources"
    assert isinstance(article, SourceArticle)
    assert (article.text, article.publisher) == (TEXT, "The New York Times")


def test_resolved_sources_take_the_texts_that_are_given(tmp_path: Path) -> None:
    texts = write_rows(tmp_path / "elsewhere.jsonl", {"id": "bridge", "text": TEXT})
    [gold] = read_gold([write(tmp_path, "bridge.json", source_gold())], texts=texts)
    assert gold.articles[0].text == TEXT


def test_a_chain_holds_for_each_link_the_names_that_are_right_for_it(tmp_path: Path) -> None:
    texts = write_rows(tmp_path / "texts.jsonl", {"id": "bridge", "text": TEXT})
    [gold] = read_gold([write(tmp_path, "bridge.json", source_gold())], texts=texts)
    article = gold.articles[0]
    assert isinstance(article, SourceArticle)
    guard, nameless = article.attributions
    # "Herald" is another source's name, so it is right as the source but not as the guard's link.
    own = frozenset({"guard (anonymous)", "bridge guard (anonymous)"})
    assert guard.chains == (
        (own, frozenset({"publisher"})),
        (own, frozenset({"Herald"}), frozenset({"publisher"})),
    )
    assert guard.source_names == ("guard (anonymous)", "bridge guard (anonymous)", "Herald")
    assert guard.own_voice
    assert not nameless.own_voice
    assert nameless.source_names == ("unspecified source (anonymous)",)


def test_resolved_sources_without_their_texts_say_which_file_they_need(tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.json", source_gold())
    texts = write_rows(tmp_path / "texts.jsonl", {"id": "other", "text": TEXT})
    with pytest.raises(InputError, match="has no article 'bridge'"):
        read_gold([path], texts=texts)


def test_a_text_may_stand_in_any_polnear_file_above(tmp_path: Path) -> None:
    write_rows(tmp_path / "corpora" / "polnear_dev.jsonl.gz", {"id": "other", "text": "x"})
    write_rows(tmp_path / "corpora" / "polnear_train.jsonl.gz", {"id": "bridge", "text": TEXT})
    [gold] = read_gold([write(tmp_path, "gold/resolved/bridge.json", source_gold())])
    assert gold.articles[0].text == TEXT


def test_gold_without_any_polnear_file_says_which_it_looks_for(tmp_path: Path) -> None:
    path = write(tmp_path, "bridge.json", source_gold())
    with pytest.raises(InputError, match=r"no polnear_dev\.jsonl\.gz or polnear_train\.jsonl\.gz in a folder above"):
        read_gold([path])
