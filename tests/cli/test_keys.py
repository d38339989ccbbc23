"""Keys are read from where nobody else can see them."""

from pathlib import Path

import pytest
import typer

from annotator.cli.keys import key_of

VARIABLE = "EXAMPLE_KEY"


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_without_anything_there_is_no_key() -> None:
    assert key_of(None, None, VARIABLE) is None


def test_a_file_counts_before_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "of the environment")
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_text("of the file\n", encoding="utf-8")
    assert key_of(None, file, VARIABLE) == "of the file"
    assert key_of(None, None, VARIABLE) == "of the environment"


def test_a_key_among_the_options_is_warned_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert key_of("seen", None, VARIABLE) == "seen"
    assert "everybody on this machine can read" in capsys.readouterr().err


def test_a_file_that_others_can_read_is_warned_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key"
    file.write_text("open", encoding="utf-8")
    file.chmod(0o644)
    assert key_of(None, file, VARIABLE) == "open"
    assert "others can read it" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        key_of(None, tmp_path / "none", VARIABLE)
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["clé", "\udcff", "two\nlines", "two\twords"])
def test_a_key_that_no_header_can_hold_is_refused(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, key)
    with pytest.raises(typer.Exit):
        key_of(None, None, VARIABLE)
    told = capsys.readouterr().err
    assert "ASCII" in told
    assert key not in told


def test_an_empty_variable_is_an_empty_key_and_not_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert key_of(None, None, VARIABLE) == ""


def test_a_dash_asks_for_the_key_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def prompt(text: str, *, hide_input: bool, err: bool) -> str:
        asked.append(hide_input and err)
        return "typed"

    monkeypatch.setattr(typer, "prompt", prompt)
    assert key_of(None, Path("-"), VARIABLE) == "typed"
    assert asked == [True]
