"""What cannot be read is named with its place, and the rest is read."""

from pathlib import Path

import pytest

from annotator.corpus import run
from tests.corpus.news import SMALL, lines, news

pq = pytest.importorskip("pyarrow.parquet")


def test_rows_that_cannot_be_read_are_named_with_their_file(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 6)
    path.write_text(path.read_text("utf-8") + '{"id": 7}\n{broken\n', encoding="utf-8")
    summary = run([path], tmp_path / "run", SMALL)
    assert (summary.articles, summary.failures) == (6, 2)
    assert [line["where"] for line in lines(tmp_path / "run" / "failures.jsonl")] == [
        f"{path}, line 7",
        f"{path}, line 8",
    ]
