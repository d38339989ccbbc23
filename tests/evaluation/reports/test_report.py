"""A report is a table, and takes no place but that of an earlier report."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console
from typer.testing import CliRunner

from annotator.cli import app
from annotator.evaluation import evaluate, may_be_written
from tests.evaluation.harbour import REPAIRS, annotate


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


def test_absent_fields_stand_below_the_table(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    assert report.table().caption is None
    lacking = replace(report, sets=(replace(report.sets[0], absent=("stance", "on_record")),))
    assert lacking.table().caption == f"{claim_gold}: not measured, because the gold has no stance, on_record"


def test_totals_tell_of_no_article(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    totals = report.totals()
    assert totals.rows() == report.rows()
    assert list(totals.errors()) == []
    told = json.dumps(totals.to_json())
    assert REPAIRS not in told
    assert "c01" not in told
    assert REPAIRS in json.dumps(report.to_json())


def test_the_command_tells_totals_of_gold_that_is_to_stay_unread(claim_gold: Path, tmp_path: Path) -> None:
    told = tmp_path / "totals.json"
    given = ["evaluate", str(claim_gold), "--totals", "--json", str(told)]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    assert "claim F1" in result.stdout
    assert [part["articles"] for part in json.loads(told.read_text(encoding="utf-8"))["sets"]] == [[]]
    for more in (["--list"], ["--errors", str(told)]):
        refused = CliRunner().invoke(app, [*given, *more])
        assert refused.exit_code == 2
        assert "--totals tells of no article" in refused.stderr
