"""Commands about records that are there: the same tables without the model, and checks."""

from pathlib import Path

from typer.testing import CliRunner

from annotator.cli import app

run = CliRunner()


def test_export_makes_the_same_tables_without_the_model(article: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run.invoke(app, ["annotate", str(article), "-o", str(first)])
    result = run.invoke(app, ["export", str(first / "records.jsonl"), "-o", str(second), "--to", "csv"])
    assert result.exit_code == 0, result.stderr
    assert (second / "claims.csv").read_bytes() == (first / "claims.csv").read_bytes()
    assert not (second / "report.html").exists()


def test_verify_tells_what_was_changed(article: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(run.invoke(app, ["annotate", str(article)]).stdout.replace("is safe,", "was safe,"), "utf-8")
    result = run.invoke(app, ["verify", str(records)])
    assert result.exit_code == 1
    assert "line 1" in result.stdout


def test_a_problem_in_a_file_with_an_odd_name_is_told(tmp_path: Path) -> None:
    odd = tmp_path / "caf\udcff.jsonl"
    odd.write_text('{"a": 1}\n', encoding="utf-8")
    result = run.invoke(app, ["verify", str(odd)])
    assert result.exit_code == 1
    assert "caf\\udcff.jsonl, line 1" in result.stdout
