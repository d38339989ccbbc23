"""Folders of runs: what cannot be read is said with its path, and nothing is read that is larger than allowed."""

import gzip
from pathlib import Path

import pytest

from annotator.errors import RunError
from annotator.storage import Folder

LINES = ["Holm said so.\n"] * 1000


@pytest.fixture(params=["disk", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "disk":
        return str(tmp_path / "run")
    pytest.importorskip("fsspec")
    return f"memory://{tmp_path}/run"


def test_what_was_written_is_read_again(place: str) -> None:
    folder = Folder(place)
    folder.write_lines("articles/a.gz", LINES)
    folder.write_json("manifest.json", {"n": 1})
    assert folder.read_lines("articles/a.gz") == [line.strip().encode() for line in LINES]
    assert folder.read_json("manifest.json") == {"n": 1}
    assert folder.names("articles") == {"a.gz"}


def test_a_file_with_more_bytes_than_allowed_is_not_read_packed_or_unpacked(place: str) -> None:
    Folder(place).write_lines("a.gz", LINES)
    packed, unpacked = len(Folder(place).read("a.gz")), len("".join(LINES))
    assert Folder(place, most=unpacked).read_lines("a.gz")
    for most in (unpacked - 1, packed - 1):
        with pytest.raises(RunError, match=r"a\.gz: cannot be read \(more than 0 MB; --memory allows more\)"):
            Folder(place, most).read_lines("a.gz")


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b"Holm said so.")[:-9]])
def test_damaged_lines_are_said(place: str, data: bytes) -> None:
    folder = Folder(place)
    folder.write("a.gz", data)
    with pytest.raises(RunError, match=r"a\.gz: cannot be read .* Start anew with --fresh"):
        folder.read_lines("a.gz")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_damaged_json_is_said(place: str, data: bytes) -> None:
    Folder(place).write("a.json", data)
    with pytest.raises(RunError, match=r"a\.json: cannot be read .* Start anew with --fresh"):
        Folder(place).read_json("a.json")
