"""Runs of tables are traced as their records are, and a trace that is stopped is gone on with."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.formats import tables
from annotator.formats.jsonl import write as write_records
from annotator.records import AnnotatedArticle
from annotator.storage import missing_shards
from annotator.tracing import tracing
from annotator.tracing.inputs import articles_of
from annotator.tracing.results import write
from annotator.tracing.working import working
from benchmarks.trace import made_up


def run_of(folder: Path, records: list[AnnotatedArticle], *, cut: int) -> Path:
    """A run without records, of two complete shards."""
    for name in ("done", "claims", "sources", "articles"):
        (folder / name).mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    for shard, some in (("00000-00000", records[:cut]), ("00000-00001", records[cut:])):
        claims = [row for record in some for row in tables.claim_cells(record)]
        sources = [row for record in some for row in tables.source_cells(record)]
        (folder / "claims" / f"{shard}.parquet").write_bytes(tables.parquet(tables.CLAIM_COLUMNS, claims))
        (folder / "sources" / f"{shard}.parquet").write_bytes(tables.parquet(tables.SOURCE_COLUMNS, sources))
        (folder / "done" / f"{shard}.json").write_text("{}")
        (folder / "articles" / f"{shard}.json").write_text("{}")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_the_tables_of_a_run_give_what_its_records_give(tmp_path: Path) -> None:
    records = list(made_up(300))
    write(tracing.trace(records, tmp_path), tmp_path / "of-records")
    run = run_of(tmp_path / "run", records, cut=12)
    write(tracing.trace(articles_of([run]), tmp_path), tmp_path / "of-run")
    expected = contents(tmp_path / "of-records")
    assert expected["claims.csv"].count(b"\n") > 10
    assert contents(tmp_path / "of-run") == expected


def test_what_a_run_lacks_is_said(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", list(made_up(100)), cut=5)
    (run / "claims" / "00000-00001.parquet").write_bytes((run / "sources" / "00000-00001.parquet").read_bytes())
    with pytest.raises(InputError, match=r"claims.00000-00001\.parquet: no column published"):
        list(articles_of([run]))
    (run / "claims" / "00000-00001.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(InputError, match="cannot be read"):
        list(articles_of([run]))
    (run / "done" / "00000-00001.json").unlink()
    assert missing_shards(run) == 1
    assert len(list(articles_of([run]))) == 5
    (run / "done" / "00000-00000.json").unlink()
    with pytest.raises(InputError, match="no shard of the run is complete yet"):
        list(articles_of([run]))


KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.tracing import tracing
from annotator.tracing.inputs import articles_of
from annotator.tracing.working import working

tracing.AT_ONCE = 100
records, output, after = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def dying(articles):
    for n, article in enumerate(articles):
        if n == 25:
            os.kill(os.getpid(), signal.SIGKILL)
        yield article

if after == "joining":
    tracing._found = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with working(output, [records]) as folder:
    articles = articles_of([records])
    tracing.trace(dying(articles) if after == "reading" else articles, folder, resume=True)
"""


@pytest.mark.parametrize(("after", "kept"), [("reading", 20), ("joining", 60)])
def test_a_killed_trace_goes_on_with_what_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str, kept: int
) -> None:
    records = list(made_up(600))
    place = write_records(records, tmp_path / "records.jsonl")
    output = tmp_path / "traced"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(place), str(output), after], check=False)
    assert ended.returncode == -9
    worked_out, joinings = [], []
    rows_of_record, join_claims = tracing.rows_of_record, tracing.join_claims
    monkeypatch.setattr(tracing, "rows_of_record", lambda one: worked_out.append(one) or rows_of_record(one))
    monkeypatch.setattr(tracing, "join_claims", lambda store: joinings.append(store) or join_claims(store))
    with working(output, [place]) as folder:
        write(tracing.trace(articles_of([place]), folder, resume=True), output)
    assert len(worked_out) == len(records) - kept
    assert len(joinings) == (after == "reading")
    assert not folder.exists()
    write(tracing.trace(records, tmp_path), tmp_path / "at-once")
    assert contents(output) == contents(tmp_path / "at-once")


def stopped(output: Path, place: Path, error: BaseException, found: list[bool]) -> None:
    with working(output, [place]) as folder:
        found.append((folder / "mark").exists())
        (folder / "mark").touch()
        raise error


def test_other_inputs_begin_anew_and_an_error_leaves_nothing(tmp_path: Path) -> None:
    place, output = tmp_path / "records.jsonl", tmp_path / "traced"
    write_records(islice(made_up(100), 5), place)
    found: list[bool] = []
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            stopped(output, place, KeyboardInterrupt(), found)
    write_records(islice(made_up(100), 6), place)
    with pytest.raises(ValueError, match="went wrong"):
        stopped(output, place, ValueError("went wrong"), found)
    assert found == [False, True, False]
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]
