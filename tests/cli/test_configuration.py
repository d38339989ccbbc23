"""`annotator.toml`: said once where it is named, never read because it lies there, and what it says is checked."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app, configuration
from annotator.cli.options import ALL_FORMATS
from annotator.errors import StudioError
from annotator.records import AnnotatedArticle

run = CliRunner()
WHOLE = """
publisher = "Northline Review"
formats = ["csv", "jsonl"]
lexicon = "our-words"
label_studio = "https://studio.example.org"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "newsroom"
    (folder / "our-words").mkdir(parents=True)
    (folder / "our-words" / "outlets.txt").write_text("Zorvox\n", encoding="utf-8")
    path = folder / "annotator.toml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def without_words(file: Path) -> Path:
    """The same without a lexicon: this process has begun with ours."""
    file.write_text("".join(line for line in WHOLE.splitlines(True) if "lexicon" not in line), encoding="utf-8")
    return file


def publisher(stdout: str) -> str | None:
    return AnnotatedArticle.model_validate_json(stdout).article.publisher


@pytest.mark.parametrize("by", ["option", "environment"])
def test_publisher_and_formats_are_those_of_the_file(file: Path, article: Path, tmp_path: Path, by: str) -> None:
    words = ["annotate", str(article), "-o", str(tmp_path / "out")]
    named = str(without_words(file))
    how = {"option": (["--config", named], {}), "environment": ([], {configuration.VARIABLE: named})}
    more, environment = how[by]
    result = run.invoke(app, [*words, *more], env=environment)
    assert result.exit_code == 0, result.stderr
    assert publisher((tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8")) == "Northline Review"
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {"records.jsonl", "claims.csv", "sources.csv", "datapackage.json"}


def test_options_of_the_command_line_win(file: Path, article: Path, tmp_path: Path) -> None:
    words = ["annotate", str(article), "--publisher", "Babel", "--to", "jsonl", "-o", str(tmp_path / "out")]
    result = run.invoke(app, [*words, "--config", str(without_words(file))])
    assert result.exit_code == 0, result.stderr
    assert publisher((tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8")) == "Babel"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["records.jsonl"]


def test_records_go_to_stdout_whatever_formats_the_file_says(file: Path, article: Path) -> None:
    result = run.invoke(app, ["annotate", str(article), "--config", str(without_words(file))])
    assert publisher(result.stdout) == "Northline Review", result.stderr


def test_a_run_writes_what_a_run_writes_whatever_formats_the_file_says(
    file: Path, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    words = ["annotate", str(article), "--run", "-o", str(tmp_path / "run"), "--config", str(without_words(file))]
    result = run.invoke(app, words)
    assert result.exit_code == 0, result.stderr
    told = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert told["settings"]["given"] == {"publisher": "Northline Review"}


def test_the_lexicon_is_looked_for_beside_the_file(file: Path, article: Path, tmp_path: Path) -> None:
    shown = run.invoke(app, ["lexicon", "outlets", "--config", str(file)])
    assert shown.stdout.startswith("Zorvox\n"), shown.stderr
    program = [sys.executable, "-m", "annotator", "annotate", str(article), "--config", "newsroom/annotator.toml"]
    made = subprocess.run(program, capture_output=True, text=True, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["tool"]["lexicon"] == shown_version(file)


def shown_version(file: Path) -> str:
    return run.invoke(app, ["lexicon", "--config", str(file)]).stdout.splitlines()[-1].removeprefix("lexicon ")


def test_the_address_of_label_studio_is_that_of_the_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def pull(*, url: str | None, **_: object) -> None:
        asked.append(url)
        raise StudioError("nobody is there")

    monkeypatch.setattr(import_module("annotator.review.pull"), "pull", pull)
    words = ["review", "pull", "--project", "Ports", "-o", str(tmp_path / "reviews"), "--config", str(file)]
    run.invoke(app, words)
    run.invoke(app, [*words, "--url", "https://other.example.org"])
    run.invoke(app, words, env={"LABEL_STUDIO_URL": "https://environment.example.org"})
    hosts = ["studio", "other", "environment"]
    assert asked == [f"https://{host}.example.org" for host in hosts]


def test_formats_are_those_of_an_export_too(file: Path, article: Path, tmp_path: Path) -> None:
    assert run.invoke(app, ["annotate", str(article), "-o", str(tmp_path / "out"), "--to", "jsonl"]).exit_code == 0
    records = str(tmp_path / "out" / "records.jsonl")
    assert run.invoke(app, ["export", records, "-o", str(tmp_path / "csv"), "--config", str(file)]).exit_code == 0
    made = {path.name for path in (tmp_path / "csv").iterdir()}
    assert made == {"records.jsonl", "claims.csv", "sources.csv", "datapackage.json"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('publishr = "Babel"', "no key 'publishr'. Keys are: publisher, formats, lexicon, label_studio"),
        ("publisher = 3", 'publisher = 3 is none that it can have. Write publisher = "..."'),
        ('publisher = " "', "publisher = ' ' is none"),
        ('formats = "csv"', 'Write formats = ["csv", "html"]'),
        ('formats = ["csv", 3]', 'Write formats = ["csv", "html"]'),
        ('formats = ["csv", "docx"]', f"formats: no format docx. Formats are: {ALL_FORMATS.replace(',', ', ')}"),
        ('[label_studio]\nurl = "x"', "label_studio = {'url': 'x'} is none"),
        ('lexicon = "nowhere"', "lexicon: "),
        ("publisher", "is no TOML: "),
    ],
)
@pytest.mark.parametrize("command", ["annotate", "serve"])
def test_what_the_file_cannot_say_is_named_with_file_and_key(
    file: Path, article: Path, text: str, message: str, command: str
) -> None:
    file.write_text(text, encoding="utf-8")
    result = run.invoke(app, [command, *([str(article)] if command == "annotate" else []), "--config", str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"annotator: {file}: ")
    assert message in result.stderr


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_file_that_is_not_there_is_named(article: Path, tmp_path: Path, by: str) -> None:
    named = str(tmp_path / "nowhere.toml")
    words = ["--config", named] if by == "option" else []
    result = run.invoke(app, ["annotate", str(article), *words], env={configuration.VARIABLE: named})
    assert (result.exit_code, f"{named}: cannot be read" in result.stderr) == (2, True)


def test_a_file_in_the_working_folder_does_nothing(file: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(without_words(file).parent)
    assert publisher(run.invoke(app, ["annotate", str(article)]).stdout) is None
    file.write_text("no TOML", encoding="utf-8")
    assert run.invoke(app, ["annotate", str(article)]).exit_code == 0


def test_the_example_of_the_readme_is_read(file: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    file.write_text(found[1], encoding="utf-8")
    assert run.invoke(app, ["lexicon", "outlets", "--config", str(file)]).stdout.startswith("Zorvox\n")
