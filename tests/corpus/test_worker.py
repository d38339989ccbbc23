"""One bad article is one line of failures, whatever it does to the process that annotates it."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import Limits, run
from tests.corpus.news import SMALL, lines, news

pq = pytest.importorskip("pyarrow.parquet")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CRASH", "cannot be annotated: it ended the process (signal 11)"),
        ("HANG", "cannot be annotated: it took longer than 4 seconds"),
        ("BLOAT", "cannot be annotated (MemoryError: )"),
        ("FAIL", "cannot be annotated (ValueError: not this one)"),
        ("long " * 100, "500 characters, more than 400. --max-characters allows more"),
    ],
)
def test_an_article_that_breaks_its_process_is_one_line_of_failures(tmp_path: Path, text: str, reason: str) -> None:
    path = news(tmp_path / "news.jsonl", 10, a5=text)
    seconds = 4 if text == "HANG" else 300  # the others must not fail for being slow on a busy machine
    limited = replace(SMALL, limits=Limits(characters=400, seconds=seconds, megabytes=512))
    summary = run([path], tmp_path / "run", limited, workers=2)
    assert (summary.articles, summary.failures) == (9, 1)
    assert lines(tmp_path / "run" / "failures.jsonl") == [{"where": f"{path}, article 'a5'", "error": reason}]
