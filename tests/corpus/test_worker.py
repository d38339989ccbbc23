"""One bad article, page or file is one line of failures, whatever it does to the process that is at it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import Limits, run
from annotator.corpus.outcomes import Undone
from annotator.corpus.settings import Wish
from annotator.corpus.worker import Worker
from annotator.errors import RunError
from annotator.records import Article
from tests.corpus.news import SMALL, archive, column, contents, lines, news, page

pytest.importorskip("pyarrow.parquet")

HANGING = Article(article_id="a", text="HANG")


@pytest.mark.usefixtures("no_clock")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CRASH", "cannot be annotated: it ended the process (signal 11)"),
        ("HANG", "cannot be annotated: it took longer than 300 seconds"),
        ("BLOAT", "cannot be annotated (MemoryError: )"),
        ("FAIL", "cannot be annotated (ValueError: not this one)"),
        ("long " * 100, "500 characters, more than 400. --max-characters allows more"),
    ],
)
def test_an_article_that_breaks_its_process_is_one_line_of_failures(tmp_path: Path, text: str, reason: str) -> None:
    path = news(tmp_path / "news.jsonl", 10, a5=text)
    limited = replace(SMALL, limits=Limits(characters=400, megabytes=512))
    summary = run([path], tmp_path / "run", limited, workers=2)
    assert (summary.articles, summary.failures) == (9, 1)
    assert lines(tmp_path / "run" / "failures.jsonl") == [{"where": f"{path}, article 'a5'", "error": reason}]


def test_what_takes_longer_than_its_time_is_ended() -> None:
    with Worker(Wish(limits=Limits(seconds=0.2))) as worker:
        assert worker.annotate([HANGING]) == [Undone("failed", "cannot be annotated: it took longer than 0.2 seconds")]


def test_where_no_process_can_be_started_the_run_says_so_and_blames_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.corpus.worker.START", tmp_path / "nothing here.py")
    with pytest.raises(RunError, match=r"no process can be started: it ended the process"):
        run([news(tmp_path / "news.jsonl", 3)], tmp_path / "run", SMALL)
    assert not list((tmp_path / "run").glob("articles/*"))


# --- reading ---


@pytest.mark.usefixtures("no_clock")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("CRASHES THE READER", "it ended the process (signal 11) while the file was read"),
        ("HANGS THE READER", "it took longer than 300 seconds while the file was read"),
        ("BLOATS THE READER", "reading it takes more than 512 MB of memory. --memory allows more"),
        ("CONFUSES THE READER", "cannot be read (OverflowError: too large for any reader)"),
    ],
)
def test_a_file_that_breaks_its_reader_is_one_line_of_failures_and_is_not_read_again(
    tmp_path: Path, words: str, reason: str
) -> None:
    bad, good = news(tmp_path / "bad.jsonl", 10, a5=words), news(tmp_path / "good.jsonl", 3)
    limited = replace(SMALL, limits=Limits(megabytes=512))
    summary = run([bad, good], tmp_path / "run", limited)
    assert lines(tmp_path / "run" / "failures.jsonl") == [{"where": str(bad), "error": reason}]
    assert summary.articles == 5 + 3, "what stands before is kept, and the next file is read"
    before = contents(tmp_path / "run")
    bad.touch()  # as it was: a run that goes on does not read it
    assert run([bad, good], tmp_path / "run", limited) == summary
    assert contents(tmp_path / "run") == before


def test_a_reader_that_was_ended_for_another_reason_reads_on(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 10, a5="The official said so. ENDS THE READER ONCE")
    assert run([path], tmp_path / "run", SMALL).failures == 0
    assert (tmp_path / "ended once").exists()
    assert column(tmp_path / "run", "claims", "article_id")[::2][:5] == [f"a{n}" for n in range(5)]


PARAGRAPHS = ("The ferry to Elsund will not sail before Thursday, the harbour master said on Monday morning.",) * 4


@pytest.mark.usefixtures("no_clock")
def test_a_page_that_breaks_its_reader_is_one_line_of_failures_and_the_archive_is_read_on(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    words = ("CRASHES THE READER", "", "HANGS THE READER", "BLOATS THE READER", "CONFUSES THE READER", "")
    pages = [page(f"Ferry {n} {said}", PARAGRAPHS) for n, said in enumerate(words)]
    path = archive(tmp_path / "crawl.warc.gz", *((f"https://elsund.example/{n}", one) for n, one in enumerate(pages)))
    summary = run([path], tmp_path / "run", replace(SMALL, limits=Limits(megabytes=512)))
    assert summary.articles == 2
    failures = lines(tmp_path / "run" / "failures.jsonl")
    assert [failure["where"] for failure in failures] == [f"{path}, record {n}" for n in (2, 4, 5, 6)]
    assert [failure["error"].partition(". ")[0] for failure in failures] == [
        "it ended the process (signal 11) while the page was read",
        "it took longer than 300 seconds while the page was read",
        "reading it takes more than 512 MB of memory",
        "the page cannot be read (OverflowError: too large for any reader)",
    ]


def test_more_beside_the_text_than_an_article_may_have_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [{"id": "a", "text": "Holm said so.", "notes": "x" * 5000}, {"id": "b", "text": "Holm said so."}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    summary = run([path], tmp_path / "run", replace(SMALL, limits=Limits(characters=1000)))
    assert summary.articles == 1
    (failure,) = lines(tmp_path / "run" / "failures.jsonl")
    assert failure["where"] == f"{path}, article 'a'"
    assert "characters beside the text, more than 1,000" in failure["error"]
