"""Files that appear whole or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import storage
from annotator.errors import OutputError


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("old", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"claims\.csv: cannot be written: No space left"):
        storage.write_text(path, ["new"])
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == {"claims.csv"}


def test_an_error_inside_the_block_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storage.write_text(tmp_path / "half.txt", interrupted())
    assert not names(tmp_path)


@pytest.mark.parametrize("place", ["file/below", "folder"])
def test_a_place_that_takes_no_file_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "child").mkdir(parents=True)
    with pytest.raises(OutputError, match=f"{place}: cannot be written: "):
        storage.write_text(tmp_path / place, ["words"])
    assert names(tmp_path) == {"file"}


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    storage.write_text(Path("/dev/null"), ["words"])
    assert Path("/dev/null").is_char_device()


def test_a_byte_order_mark_stands_once(tmp_path: Path) -> None:
    path = storage.write_text(tmp_path / "marked.txt", ["one\n", "two\r\n"], encoding="utf-8-sig")
    assert path.read_bytes() == b"\xef\xbb\xbfone\ntwo\r\n"
