"""The commands of a worklist: in, listed, out."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.formats import jsonl
from annotator.worklist import Worklist
from tests.factory import harbour_record

run = CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    records = jsonl.write([harbour_record()], tmp_path / "records.jsonl")
    file = tmp_path / "desk.worklist"
    for said in ("1 added to", "0 added to"):
        result = run.invoke(app, ["worklist", "add", str(records), "--file", str(file), "--by", "Ada"])
        assert result.exit_code == 0, result.stderr
        assert said in result.stderr
    return file


def test_claims_are_listed_with_why_they_need_somebody(file: Path) -> None:
    result = run.invoke(app, ["worklist", "list", str(file), "--limit", "1"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "harbour c07  repairs may take weeks\n"
        "    unresolved: He > Daily Example; two sources could be meant: Tom Lee or guard\n"
    )
    assert result.stderr == "1 of 7 claims\n"


def test_what_was_done_comes_out_as_reviews_that_can_be_merged(file: Path, tmp_path: Path) -> None:
    with Worklist(file) as worklist:
        worklist.correct("harbour", {"change": "accept_claim", "claim_id": "c01"}, "Ada", 1)
    out, merged = tmp_path / "reviews", tmp_path / "merged"
    result = run.invoke(app, ["worklist", "export", str(file), "-o", str(out), "--to", "html"])
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {
        *("reviews.jsonl", "machine.jsonl", "claims.csv", "sources.csv", "datapackage.json", "report.html")
    }
    assert run.invoke(app, ["verify", str(out / "reviews.jsonl")]).exit_code == 0
    assert run.invoke(app, ["review", "report", str(out)]).exit_code == 0
    assert run.invoke(app, ["review", "merge", str(out), "-o", str(merged)]).exit_code == 0
    assert (merged / "merged.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "nowhere.worklist"], "there is no such file. `annotator worklist add` makes one"),
        (["export", "nowhere.worklist", "-o", "out"], "there is no such file"),
        (["list", "desk.worklist", "--queue", "urgent"], "no queue urgent. Queues are: all, open"),
        (["export", "desk.worklist", "-o", "out", "--to", "docx"], "no format docx"),
        (["add", "records.jsonl", "--file", "records.jsonl"], "records.jsonl: is no worklist"),
    ],
)
def test_what_cannot_be_done_is_told(
    file: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    result = run.invoke(app, ["worklist", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr
    assert not Path("out").exists()
