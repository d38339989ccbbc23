"""Label Studio's own environment: where it is, and what may not get into it."""

import sys
from pathlib import Path

import pytest

from annotator.errors import StudioError
from annotator.review import studio

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server runs on Linux and macOS")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("my only copy", encoding="utf-8")
    with pytest.raises(StudioError, match="holds something else"):
        studio.install(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_pip_says_is_shown_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(StudioError, match=r"cannot be installed(.|\n)*No matching distribution found for label-studio"):
        studio.install(tmp_path / "venv")
    assert not studio.installed(tmp_path / "venv")


def test_an_installation_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "venv" / "bin" / "python"
    lines = [f"Collecting package-{n}>=1 (from label-studio)" for n in range(1, 60)]
    printed = "\n".join([*lines, "Installing collected packages: package-1"])

    def make(command: list[str], failed: str, **rest: object) -> None:
        program.parent.mkdir(parents=True)
        program.write_text(
            f"#!/bin/sh\ncase \"$*\" in *install*) cat <<'END'\n{printed}\nEND\nesac\n", encoding="utf-8"
        )
        program.chmod(0o755)
        monkeypatch.setattr(studio, "_run", run)

    run = studio._run
    monkeypatch.setattr(studio, "_run", make)
    said: list[str] = []
    studio.install(tmp_path / "venv", said.append)
    assert said[1:] == [
        "  25 packages found, now package-25>=1",
        "  50 packages found, now package-50>=1",
        "  59 packages are here and are being unpacked: the longest step",
    ]


def test_the_variable_names_the_folder_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(studio.VENV_VARIABLE, str(tmp_path))
    assert studio.default_venv() == tmp_path
    monkeypatch.delenv(studio.VENV_VARIABLE)
    assert studio.VERSION in studio.default_venv().name


def test_what_lies_in_the_folder_that_somebody_works_in_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reviews"
    folder.mkdir()
    for name in ("venv", "ensurepip", "pip", "json", "importlib", "sitecustomize", "label_studio"):
        marker = tmp_path / f"{name} was run"
        (folder / f"{name}.py").write_text(f"open({str(marker)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(StudioError, match="cannot be installed"):
        studio.install(tmp_path / "venv")
    assert not studio.installed(tmp_path / "venv")
    assert not list(tmp_path.glob("*was run"))
