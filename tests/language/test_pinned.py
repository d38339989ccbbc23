"""The pinned pipeline is the one that was tested, or it is not run."""

import sys
from pathlib import Path

import pytest

from annotator.errors import ModelError
from annotator.language import pinned


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of which the digest is known, and which tells when it is run."""
    folder = tmp_path / "example_pipeline"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise AssertionError('it was run')", encoding="utf-8")
    (folder / "weights").write_bytes(b"\0\1\2")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(pinned, "DIGESTS", {"example_pipeline": pinned.digest(folder)})
    return folder


def test_the_tested_files_are_taken_without_running_them(package: Path) -> None:
    pinned.check_pinned(package.name)


@pytest.mark.parametrize("change", ["weights", "more"])
def test_other_files_are_refused_with_the_way_back(package: Path, change: str) -> None:
    (package / change).write_bytes(b"\0\1\3")
    with pytest.raises(ModelError, match="--force-reinstall --no-deps example-pipeline"):
        pinned.check_pinned(package.name)


def test_pipelines_of_the_users_own_are_not_checked() -> None:
    pinned.check_pinned("no_such_pipeline")
