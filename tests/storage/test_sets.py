"""Sets of files: after a kill at any step, and on a full disk, the old one or the new one is there."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import OutputError
from annotator.storage import settle, whole, write_text
from tests.storage.killed import NAMES, found, write

ROOT = Path(__file__).parents[2]
OLD = {**dict.fromkeys((*NAMES, "failures.jsonl"), "old")}
NEW, NEXT = dict.fromkeys(NAMES, "new"), dict.fromkeys(NAMES, "next")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer that is killed is a fork")
def test_a_kill_at_any_step_leaves_the_old_set_or_the_new_one(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.storage.killed", str(tmp_path / "out")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    rows: list[dict[str, Any]] = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["ended"] for row in rows] == [-signal.SIGKILL] * (len(rows) - 1) + [0]
    decided = 0
    for row in rows:
        left, settled, after = ({**row[name]} for name in ("left", "settled", "next"))
        assert [files.pop("label_studio/notes.txt") for files in (left, settled, after)] == ["mine"] * 3
        assert len(set(left.values())) <= 1  # whoever looks without us finds no mixture
        assert settled in (OLD, NEW)
        assert {name: words for name, words in after.items() if name != "failures.jsonl"} == NEXT
        assert row["hidden"] == []
        decided += settled == NEW
    assert 0 < decided < len(rows)


def test_files_that_a_set_has_not_stay(tmp_path: Path) -> None:
    write(tmp_path, "old")
    with whole(tmp_path) as new:
        write_text(new / "report.html", ["new"])
    assert found(tmp_path) == {**OLD, "report.html": "new"}


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("what", "fails"),
    [
        ("fsync", lambda *_: True),
        ("mkdir", lambda path, *_: str(path).endswith("label_studio")),
        ("replace", lambda path, *_: str(path).endswith("records.jsonl") and "coming" in str(path)),
    ],
)  # fmt: skip
def test_a_full_disk_leaves_the_old_set_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, fails: Callable[..., bool]
) -> None:
    write(tmp_path, "old")
    works = getattr(os, what)
    monkeypatch.setattr(os, what, lambda *a, **k: full() if fails(*a) else works(*a, **k))
    with pytest.raises(OutputError, match="cannot be written: No space left") as caught:
        write(tmp_path, "new")
    monkeypatch.undo()
    assert ".annotator" not in str(caught.value)
    assert found(tmp_path) == OLD
    assert {path.name for path in tmp_path.iterdir()} == {
        "claims.csv",
        "failures.jsonl",
        "label_studio",
        "records.jsonl",
    }


def test_an_error_in_the_block_leaves_the_old_set(tmp_path: Path) -> None:
    write(tmp_path, "old")

    def interrupted() -> None:
        with whole(tmp_path) as new:
            write_text(new / "claims.csv", ["new"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert found(tmp_path) == OLD


def test_an_interruption_while_the_files_move_is_put_off_until_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "old")
    works, moved = os.replace, []

    def interrupted(*places: Any) -> None:
        works(*places)
        moved.append(places)
        if str(places[1]).endswith("left/claims.csv"):
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "new")
    assert moved
    assert found(tmp_path) == NEW


@pytest.mark.parametrize("name", ["claims.csv/mine.txt", "label_studio"])
def test_a_folder_in_the_place_of_a_file_or_the_other_way_is_named(tmp_path: Path, name: str) -> None:
    write_text(tmp_path / name, ["mine"])
    with pytest.raises(OutputError, match=rf"{tmp_path}/(claims\.csv|label_studio): cannot be written: "):
        write(tmp_path, "new")
    assert found(tmp_path) == {name: "mine"}


def test_two_writers_of_one_folder_take_turns(tmp_path: Path) -> None:
    with whole(tmp_path) as new:
        write_text(new / "claims.csv", ["first"])
        other = threading.Thread(target=write, args=(tmp_path, "new"))
        other.start()
        write_text(new / "records.jsonl", ["first"])
    other.join()
    assert found(tmp_path) == NEW


def test_nothing_is_settled_where_nothing_was_interrupted(tmp_path: Path) -> None:
    settle(tmp_path / "not there")
    settle(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "link",
    [
        "label_studio",
        ".annotator-set",
        ".annotator-set/coming",
        ".annotator-set/left",
        ".annotator-set/left/label_studio",
    ],
)
def test_a_folder_from_somebody_else_has_no_file_moved_out_of_it_or_in(tmp_path: Path, link: str) -> None:
    """Links, and what looks like an interrupted set, would else have a mere reader overwrite any file."""
    folder, home = tmp_path / "folder", tmp_path / "home"
    for place in (home / "tasks.json", home / "coming" / "mine.txt", home / "label_studio" / "tasks.json"):
        write_text(place, ["mine"])
    write_text(folder / ".annotator-set" / "coming" / "label_studio" / "tasks.json", ["theirs"])
    write_text(folder / "label_studio" / "tasks.json", ["theirs too"])
    (folder / link).parent.mkdir(exist_ok=True)
    shutil.rmtree(folder / link, ignore_errors=True)
    (folder / link).symlink_to(home)
    before = {path: path.read_text(encoding="utf-8") for path in home.rglob("*.*")}
    with suppress(OutputError):
        settle(folder)
    with suppress(OutputError):
        write(folder, "new")
    assert {path: path.read_text(encoding="utf-8") for path in home.rglob("*.*")} == before
