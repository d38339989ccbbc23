"""README and docs cannot lie: commands exist, paths are there, and the Python of the README runs as printed."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from annotator.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = typer.main.get_command(app)
PICTURE_BYTES = 150_000


def options_of(commands: dict[str, object], before: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each command by its words, with its options."""
    for name, command in commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from options_of(command.commands, f"{name} ")  # type: ignore[arg-type]
        else:
            yield before + name, {option for each in command.params for option in (*each.opts, *each.secondary_opts)}  # type: ignore[attr-defined]


def commands_of(commands: dict[str, object], before: str = "") -> Iterator[tuple[str, Any]]:
    """Each command by its words."""
    for name, command in commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands_of(command.commands, f"{name} ")  # type: ignore[arg-type]
        else:
            yield before + name, command


OPTIONS = dict(options_of(COMMANDS.commands))  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^|\n|&& )annotator (\w[\w-]*)", text))
    assert named <= set(COMMANDS.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:docs|tests|benchmarks|annotator|exports|schemas|tools|findings)/[\w./-]+)`", text)
    named += re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    missing = [path for path in named if not (ROOT / path).exists() and not (page.parent / path).exists()]
    assert missing == []


def test_the_readme_links_only_to_its_pictures() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links == ["docs/report.png", "docs/page.png"]  # relative links are dead ends on a package page


@pytest.mark.parametrize("name", ["report.png", "page.png"])
def test_a_picture_is_small_enough_to_be_loaded_with_the_page(name: str) -> None:
    assert (ROOT / "docs" / name).stat().st_size < PICTURE_BYTES


def test_the_table_of_commands_is_in_step_with_the_help() -> None:
    table = re.findall(r"^\| `annotator .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {}
    for row in table:
        for named in re.findall(r"`annotator ((?:review |worklist )?\w+)", row):
            told[named] = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", row)) | told.get(named, set())
    assert told.keys() == OPTIONS.keys()
    for named, options in told.items():
        assert options <= OPTIONS[named], named


def test_the_table_of_commands_names_the_arguments_that_the_help_names() -> None:
    table = "".join(re.findall(r"^\| `annotator .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    for named, command in commands_of(COMMANDS.commands):  # type: ignore[attr-defined]
        for argument in (each for each in command.params if each.param_type_name == "argument"):
            several = "..." if argument.nargs == -1 else ""
            wanted = {"DIR": "", "CORPUS": "POLNEAR_TRAIN"}.get(argument.metavar, argument.metavar)
            shown = rf"`annotator {named} \[?{re.escape(wanted + several)}"
            assert re.search(shown, table), f"{named} {argument.metavar}{several}"


def test_the_readme_and_the_help_tell_of_the_same_kinds_of_input() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").partition("## What it reads")[2].split())
    annotate = COMMANDS.commands["annotate"]  # type: ignore[attr-defined]
    told = next(each.help for each in annotate.params if each.name == "inputs")
    names = (
        "NITF NewsML-G2 ninjs RSS Atom Nexis Factiva Europresse ProQuest NewsAPI GDELT Parquet Arrow Markdown CSV TSV"
    )
    for name in (*names.split(), "Event Registry", "Media Cloud"):
        assert name in readme
        assert name in told


def test_the_python_of_the_readme_runs_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    lines = "".join(blocks).splitlines()
    assert "import annotator" in lines
    monkeypatch.chdir(ROOT)
    wanted = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
    printed: list[str] = []
    exec("\n".join(lines), {"print": lambda *words: printed.append(" ".join(map(str, words)))})
    assert printed == wanted


def test_the_examples_of_the_package_run() -> None:
    import annotator

    assert doctest.testmod(annotator).failed == 0


def test_an_outlet_that_was_told_in_the_last_words_is_named() -> None:
    import annotator

    record = annotator.annotate("It rained for a day, two officials told Axios.", publisher="Babel")
    assert record.chain_of(record.claims[0]) == ("two officials (anonymous)", "Axios", "Babel")
