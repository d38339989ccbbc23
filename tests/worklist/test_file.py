"""The file: what is none, what is newer, and that neither kills nor crowds lose anything."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ConflictError, WorklistError
from annotator.formats import jsonl
from annotator.worklist import Order, Queue, Worklist, listing
from annotator.worklist.file import SCHEMA, Database
from tests.factory import harbour_record, plain_record

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.worklist"


def test_a_file_that_is_none_is_told_and_left_as_it_is(path: Path) -> None:
    path.write_text("Minutes of the meeting of the harbour board\n" * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(WorklistError, match=r"desk\.worklist: is no worklist\. Name another file"):
        Worklist(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_told_and_left_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(WorklistError, match="is a database, but no worklist"):
        Worklist(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_version_is_told(path: Path) -> None:
    Worklist(path).close()
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    file.close()
    with pytest.raises(WorklistError, match=rf"a worklist of version {SCHEMA + 1}, and this program reads .* {SCHEMA}"):
        Worklist(path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorklistError, match=r"cannot be opened\. Is the folder there"):
        Worklist(tmp_path / "nowhere" / "desk.worklist")


def test_who_only_looks_makes_no_file(path: Path) -> None:
    with pytest.raises(WorklistError, match="there is no such file"):
        Worklist(path, create=False)
    assert not path.exists()


def test_a_closed_worklist_opens_again_when_it_is_used(path: Path) -> None:
    worklist = Worklist(path)
    worklist.add(harbour_record(), by="Ada")
    worklist.close()
    assert worklist.claims().total == 7
    worklist.close()
    assert not path.with_name("desk.worklist-wal").exists()


def test_many_who_make_the_file_at_once_share_it(path: Path) -> None:
    def add(n: int) -> None:
        with Worklist(path) as worklist:
            worklist.add(plain_record(f"Rain fell {n} times.", article_id=str(n)), by="Ada")

    with ThreadPoolExecutor(8) as people:
        list(people.map(add, range(16)))
    with Worklist(path) as worklist:
        assert worklist.articles().total == 16


def test_threads_that_write_the_same_article_lose_nothing(path: Path) -> None:
    """Eight people note something of the same article ten times each; who comes late looks again."""
    with Worklist(path) as worklist:
        worklist.add(harbour_record(), by="Ada")

        def note(person: int) -> None:
            for n in range(10):
                change = {"change": "set_note", "claim_id": f"c0{n % 7 + 1}", "note": f"{person} {n}"}
                _insist(worklist, change, f"Person {person}")

        with ThreadPoolExecutor(8) as people:
            list(people.map(note, range(8)))
        entry = worklist.entry("harbour")
    assert entry.version == 81
    assert {(step.change["note"]) for step in entry.history} == {f"{p} {n}" for p in range(8) for n in range(10)}


def _insist(worklist: Worklist, change: dict[str, Any], by: str) -> None:
    version = worklist.entry("harbour").version
    while True:
        try:
            worklist.correct("harbour", change, by, version)
            return
        except ConflictError as error:
            version = error.version


WRITER = """
import sys
from annotator.errors import ConflictError
from annotator.worklist import Worklist

worklist, by = Worklist(sys.argv[1], create=False), sys.argv[2]
version, n = 1, 0
while n < int(sys.argv[3]):
    try:
        note = {"change": "set_note", "claim_id": "c01", "note": f"{by} {n}"}
        version = worklist.correct("harbour", note, by, version).version
    except ConflictError as error:
        version = error.version
        continue
    print(n, flush=True)
    n += 1
"""


def writer(path: Path, by: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), by, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def notes(path: Path, by: str) -> list[str]:
    with Worklist(path) as worklist:
        return [str(step.change["note"]) for step in worklist.entry("harbour").history if step.by == by]


def test_what_was_answered_before_a_kill_is_there_and_nothing_is_half(path: Path) -> None:
    with Worklist(path) as worklist:
        worklist.add(harbour_record(), by="Ada")
    for round_, answered in enumerate((1, 6, 14)):
        by = f"Writer {round_}"
        with writer(path, by, 10_000) as process:
            assert process.stdout is not None
            heard = [process.stdout.readline() for _ in range(answered)]
            process.send_signal(signal.SIGKILL)
            heard += process.stdout.readlines()
        assert process.returncode == -signal.SIGKILL
        # One more may have been written whose answer nobody heard.
        assert [f"{by} {n}" for n in range(len(heard))] == notes(path, by)[: len(heard)]
        assert len(notes(path, by)) <= len(heard) + 1
    with Worklist(path) as worklist:
        entry = worklist.entry("harbour")
        assert entry.version == 1 + len(entry.history)
        assert entry.record.claims[0].review is not None
        assert entry.record.claims[0].review.note == entry.history[-1].change["note"]
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


def test_two_processes_write_while_a_third_exports(path: Path, tmp_path: Path) -> None:
    with Worklist(path) as worklist:
        worklist.add(harbour_record(), by="Ada")
        with writer(path, "Bo", 25) as bo, writer(path, "Cy", 25) as cy:
            while bo.poll() is None or cy.poll() is None:
                for made in worklist.export(tmp_path / "out"):
                    assert made.exists()
                assert not list(jsonl.check(tmp_path / "out" / "reviews.jsonl"))
    assert (bo.returncode, cy.returncode) == (0, 0)
    assert notes(path, "Bo") == [f"Bo {n}" for n in range(25)]
    assert notes(path, "Cy") == [f"Cy {n}" for n in range(25)]


def test_a_list_asks_two_questions_and_reads_no_record_however_many_articles(path: Path) -> None:
    """The list of articles and of claims: a count and a page, and the page of claims out of an index without a sort."""
    with Worklist(path) as worklist:
        worklist.add_all((plain_record(f"Rain fell {n} times.", article_id=str(n)) for n in range(40)), by="Ada")
    database = Database(path, create=False)
    asked: list[str] = []
    with database.reading() as file:
        file.set_trace_callback(asked.append)
        page: dict[str, Any] = {"search": "", "offset": 0, "limit": 10}
        listing.articles(file, **page, status="", order=Order.NEED)
        listing.claims(file, **page, article_id=None, queue=Queue.ALL, order=Order.NEED)
        file.set_trace_callback(None)
        assert len(asked) == 4
        assert not any("record" in question.replace("needs_review", "") for question in asked)
        plans = [" ".join(str(row[3]) for row in file.execute(f"EXPLAIN QUERY PLAN {question}")) for question in asked]
        assert "articles_by_need" in plans[1]
        assert "claims_by_need" in plans[3]
        assert not any("TEMP B-TREE" in plan for plan in plans)
    database.close()
