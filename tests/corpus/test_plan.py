"""Ids are unique over all shards, and a text met before is known."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import run
from tests.corpus.news import SMALL, column, lines, news

pq = pytest.importorskip("pyarrow.parquet")


def test_ids_are_unique_over_all_shards(tmp_path: Path) -> None:
    for name in ("one", "two"):
        news(tmp_path / f"{name}.jsonl", 5)
    run([tmp_path], tmp_path / "run", SMALL)
    names = column(tmp_path / "run", "sources", "article_id")[::3]
    assert names == [f"a{n}" for n in range(5)] + [f"a{n}-2" for n in range(5)]


def test_a_text_met_before_is_left_out_where_asked(tmp_path: Path) -> None:
    news(tmp_path / "one.jsonl", 5)
    news(tmp_path / "two.jsonl", 6)
    summary = run([tmp_path], tmp_path / "run", replace(SMALL, duplicates="skip"))
    assert (summary.articles, summary.skipped, summary.failures) == (6, 5, 0)
    first, *_ = lines(tmp_path / "run" / "skipped.jsonl")
    assert first == {"where": f"{tmp_path}/two.jsonl, article 'a0'", "reason": "the same text as article 'a0'"}
