"""The help: every command has one, with an example that its own options can read, and it costs little."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import annotator
from annotator.cli import app

HEAVY = {"spacy", "onnxruntime", "pandas", "torch", "pydantic", "trafilatura", "label_studio_sdk"}
ROOT = typer.main.get_command(app)


def commands(group: typer.core.TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(ROOT))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_ends_with_an_example_that_it_understands(path: tuple[str, ...]) -> None:
    command = ALL[path]
    lead, _, example = command.epilog.partition(": ")  # type: ignore[attr-defined]
    assert lead == "Example"
    words = shlex.split(example)
    assert words[: 1 + len(path)] == ["annotator", *path]
    command.make_context("annotator", words[1 + len(path) :])  # type: ignore[attr-defined]  # raises on what it does not know


@pytest.mark.parametrize("path", [*ALL, ("review",)], ids=" ".join)
def test_every_command_answers_to_both_flags(path: tuple[str, ...]) -> None:
    short, long = (CliRunner().invoke(app, [*path, flag]) for flag in ("-h", "--help"))
    assert short.exit_code == 0
    assert short.output == long.output
    assert "-h, --help" in short.output


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_no_type_of_python_stands_in_the_help(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "-h"]).output
    assert not re.search(r"<(?:list|str|[Pp]ath|bool|int|float)\b", shown)


@pytest.mark.parametrize("path", [(), ("review",)], ids=["annotator", "annotator review"])
def test_a_list_of_commands_cuts_no_sentence_off(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "-h"], env={"COLUMNS": "80"}).output
    commands = shown.partition("Commands:\n")[2]
    assert commands
    assert "..." not in commands


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown_for_a_shell(shell: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "annotator", "--show-completion", shell], capture_output=True, text=True, check=True
    )
    assert "_ANNOTATOR_COMPLETE" in shown.stdout


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_told_without_types_beside_flags(flag: str) -> None:
    shown = CliRunner().invoke(app, [flag])
    assert shown.exit_code == 0
    assert "annotate" in shown.output
    assert "<bool>" not in shown.output
    assert "--install-completion" in shown.output


def test_the_help_of_annotate_names_what_is_read_and_written() -> None:
    shown = CliRunner().invoke(app, ["annotate", "-h"], env={"COLUMNS": "120"}).output
    for name in ("HTML", "CSV", "Parquet", "WARC", "jsonl,csv,label-studio,html"):
        assert name in shown


def test_the_version_is_told_in_three_ways() -> None:
    told = CliRunner().invoke(app, ["--version"]).output.strip()
    module = subprocess.run(
        [sys.executable, "-m", "annotator", "--version"], capture_output=True, text=True, check=True
    )
    assert told == module.stdout.strip() == annotator.__version__


@pytest.mark.parametrize("program", ["import annotator", "from annotator.cli import app"])
def test_nothing_heavy_is_imported_before_it_is_needed(program: str) -> None:
    show = f"import sys, json; {program}; print(json.dumps(sorted(name.partition('.')[0] for name in sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(json.loads(loaded))


def test_python_m_runs_no_module_of_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise SystemExit('it was run')", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "annotator", "--version"], capture_output=True, text=True, cwd=tmp_path
    )
    assert ended.stdout.strip() == annotator.__version__, ended.stderr
