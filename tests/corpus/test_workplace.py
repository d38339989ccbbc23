"""The folder of a run: one run at a time, and other people's files stay."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.corpus import run
from annotator.errors import RunError
from tests.corpus.news import SMALL, news

pq = pytest.importorskip("pyarrow.parquet")


def test_starting_anew_leaves_other_files_alone(tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", 5)
    run([path], tmp_path / "run", SMALL)
    (tmp_path / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    run([path], tmp_path / "run", replace(SMALL, records=False), fresh=True)
    assert (tmp_path / "run" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "run" / "records").exists()


def test_two_runs_cannot_work_in_one_folder(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(RunError, match="another run is at work there"):
            run([news(tmp_path / "news.jsonl", 1)], tmp_path / "run", SMALL)
