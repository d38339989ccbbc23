"""A report is a table, and takes no place but that of an earlier report."""

from io import StringIO
from pathlib import Path

from rich.console import Console
from typer.testing import CliRunner

from annotator.cli import app
from annotator.evaluation import evaluate, may_be_written
from tests.evaluation.harbour import annotate


def test_the_table_has_a_row_a_measure(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    assert (str(claim_gold), "source_name, of all gold", "33.3", "1/3", "") in report.rows()
    output = StringIO()
    Console(file=output, width=300).print(report.table())
    lines = output.getvalue().splitlines()
    assert any("source_name, of all gold" in line and "33.3" in line and "1/3" in line for line in lines)


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(claim_gold: Path, tmp_path: Path) -> None:
    before = claim_gold.read_bytes()
    result = CliRunner().invoke(app, ["evaluate", str(claim_gold), "--json", str(claim_gold)])
    assert result.exit_code == 2
    assert "is no report of an evaluation" in result.stderr
    assert claim_gold.read_bytes() == before
    assert may_be_written(tmp_path / "new.json")
    (tmp_path / "old.json").write_text('{"format": "annotator-evaluation/1"}')
    assert may_be_written(tmp_path / "old.json")
