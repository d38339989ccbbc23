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


def test_a_folder_of_results_is_taken_wherever_records_are(article: Path, tmp_path: Path) -> None:
    results = tmp_path / "results"
    run.invoke(app, ["annotate", str(article), "-o", str(results)])
    exported = run.invoke(app, ["export", str(results), "-o", str(tmp_path / "tables"), "--to", "csv"])
    assert exported.exit_code == 0, exported.stderr
    assert (tmp_path / "tables" / "claims.csv").read_bytes() == (results / "claims.csv").read_bytes()
    assert run.invoke(app, ["verify", str(results)]).exit_code == 0
    summary = run.invoke(app, ["summarize", str(results), "-o", str(tmp_path / "summary")])
    assert summary.exit_code == 0, summary.stderr
    assert (tmp_path / "summary" / "outlets.csv").exists()
    empty = run.invoke(app, ["export", str(tmp_path), "-o", str(tmp_path / "x")])
    assert empty.exit_code == 2
    assert "no records in this folder" in empty.stderr


def test_a_run_has_csv_and_other_formats_where_it_is_asked_for_records(article: Path, tmp_path: Path) -> None:
    results, made = tmp_path / "results", tmp_path / "run"
    run.invoke(app, ["annotate", str(article), "-o", str(results), "--to", "csv"])
    command = ["annotate", str(article), "-o", str(made), "--run"]
    assert run.invoke(app, command).exit_code == 0
    refused = run.invoke(app, ["export", str(made), "-o", str(tmp_path / "x")])
    assert refused.exit_code == 2
    assert "--to parquet,jsonl --fresh" in refused.stderr
    done = run.invoke(app, [*command, "--fresh", "--to", "parquet,jsonl,csv"])
    assert done.exit_code == 0, done.stderr
    assert (made / "claims.csv").read_text("utf-8") == (results / "claims.csv").read_text("utf-8")
    exported = run.invoke(app, ["export", str(made), "-o", str(tmp_path / "tables")])
    assert exported.exit_code == 0, exported.stderr
    assert (tmp_path / "tables" / "report.html").exists()


def test_a_run_lists_what_wants_a_look(tmp_path: Path) -> None:
    news, made = tmp_path / "news", tmp_path / "run"
    news.mkdir()
    (news / "a.txt").write_bytes("It’s old, Mayor Anna Moor said in the town hall on Monday.".encode("cp1252"))
    (news / "b.txt").write_text("Die Brücke ist sicher, sagte die Bürgermeisterin am Montag in Elsund.", "utf-8")
    (news / "c.doc").write_bytes(b"x")
    done = run.invoke(app, ["annotate", str(news), "-o", str(made), "--run"])
    assert done.exit_code == 1
    assert "2 to look at (warnings.jsonl); 1 failed (failures.jsonl)" in done.stderr
    notes = (made / "warnings.jsonl").read_text("utf-8")
    assert "guessed to be cp1252" in notes
    assert "looks like 'de'" in notes
    assert "c.doc" in (made / "failures.jsonl").read_text("utf-8")
