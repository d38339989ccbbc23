"""The configuration file gives options their defaults, where it is named and only there."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from annotator.cli import app

ROOT = typer.main.get_command(app)


def written(folder: Path, text: str) -> Path:
    path = folder / "annotator.toml"
    path.write_text(text, encoding="utf-8")
    return path


def options(*words: str) -> dict[str, object]:
    """The options that a command gets."""
    context = ROOT.make_context("annotator", list(words))
    group: object = ROOT
    with context:
        while True:
            name, command, rest = group.resolve_command(context, context._protected_args + context.args)  # type: ignore[attr-defined]
            context = command.make_context(name, rest, parent=context)
            if not hasattr(command, "resolve_command"):
                return context.params
            group = command


def test_settings_are_the_defaults_of_options(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    path = written(tmp_path, 'publisher = "Northline"\nformats = ["jsonl", "csv"]\nlexicon = "words"\n')
    found = options("--config", str(path), "annotate", "news")
    assert (found["publisher"], found["to"]) == ("Northline", None)
    assert found["lexicon"] == tmp_path / "words"


def test_what_is_typed_comes_first(tmp_path: Path) -> None:
    path = written(tmp_path, 'publisher = "Northline"\n')
    assert options("--config", str(path), "annotate", "news", "--publisher", "Babel")["publisher"] == "Babel"


def test_the_address_of_label_studio_is_that_of_push_and_pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABEL_STUDIO_URL", raising=False)
    path = written(tmp_path, 'label_studio = "https://studio.example"\n')
    for command in (["push", "r.jsonl"], ["pull", "-o", "d"]):
        found = options("--config", str(path), "review", *command, "--project", "P")
        assert found["url"] == "https://studio.example"


def test_the_variable_names_it_too_and_the_working_folder_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, 'publisher = "Northline"\n')
    monkeypatch.chdir(tmp_path)
    assert options("annotate", "news")["publisher"] is None
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    assert options("annotate", "news")["publisher"] == "Northline"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('publischer = "Babel"\n', "no setting 'publischer'. Settings are: publisher, formats"),
        ("publisher = 3\n", "publisher takes a text, not 3"),
        ('formats = "csv"\n', "formats takes a list of texts, not 'csv'"),
        ('formats = ["doc"]\n', "no format doc"),
        ('lexicon = "nowhere"\n', "nowhere is no folder. It is looked for beside annotator.toml"),
        ("publisher = Babel\n", "is no TOML: Invalid value (at line 1, column 13)"),
    ],
)
def test_what_is_wrong_in_it_is_told(tmp_path: Path, text: str, said: str) -> None:
    result = CliRunner().invoke(app, ["--config", str(written(tmp_path, text)), "schema", str(tmp_path / "s")])
    assert result.exit_code == 2
    assert "annotator.toml" in result.stderr
    assert said in result.stderr


FORMATS = 'publisher = "Northline"\nformats = ["csv", "jsonl"]\n'


def published(text: str) -> str:
    return str(json.loads(text)["article"]["publisher"])


def test_formats_are_those_of_a_few_articles_and_of_an_export(article: Path, tmp_path: Path) -> None:
    config, out, again = ["--config", str(written(tmp_path, FORMATS))], tmp_path / "out", tmp_path / "again"
    result = CliRunner().invoke(app, [*config, "annotate", str(article), "-o", str(out)])
    assert result.exit_code == 0, result.stderr
    CliRunner().invoke(app, [*config, "export", str(out / "records.jsonl"), "-o", str(again)])
    for folder in (out, again):
        made = {path.name for path in folder.iterdir() if path.name != "warnings.jsonl"}
        assert made == {"records.jsonl", "claims.csv", "sources.csv", "datapackage.json"}


def test_a_format_that_is_typed_comes_first(article: Path, tmp_path: Path) -> None:
    words = ["--config", str(written(tmp_path, FORMATS)), "annotate", str(article), "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(app, [*words, "--to", "html"]).exit_code == 0
    assert not (tmp_path / "out" / "claims.csv").exists()


def test_stdout_and_a_run_have_what_they_can_whatever_formats_it_says(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--config", str(written(tmp_path, FORMATS)), "annotate", str(article)]
    shown = CliRunner().invoke(app, words)
    assert published(shown.stdout) == "Northline", shown.stderr
    pytest.importorskip("pyarrow")
    monkeypatch.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    result = CliRunner().invoke(app, [*words, "--run", "-o", str(tmp_path / "run")])
    assert result.exit_code == 0, result.stderr
    told = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert told["settings"]["given"] == {"publisher": "Northline"}


def test_the_example_of_the_readme_is_taken(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    (tmp_path / "our-words").mkdir()
    options_of_it = options("--config", str(written(tmp_path, found[1])), "annotate", "news")
    assert options_of_it["lexicon"] == tmp_path / "our-words"


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--config", str(tmp_path / "no.toml"), "schema", str(tmp_path / "s")])
    assert result.exit_code == 2
    assert "cannot be read (No such file or directory)" in result.stderr
