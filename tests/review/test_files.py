"""The folder of a pull, and the commands that work on it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.formats import jsonl
from annotator.review import files
from annotator.review.pull import Pulled
from annotator.review.verdicts import reviewer_of
from annotator.storage import sets
from tests.review.reviews import BASE, of_ana, of_ben


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    files.write(Pulled(1, reviews=[of_ana(), of_ben()], machine=[BASE]), tmp_path / "pulled")
    return tmp_path / "pulled"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_report_merge_and_gold_by_command(pulled: Path, tmp_path: Path) -> None:
    status, said, _ = run("review", "report", pulled, "--html", tmp_path / "r.html", "--json", tmp_path / "r.json")
    assert status == 0
    assert "<<<<<<< ana@example.com" in said  # between people before all
    assert "Agreement" in said
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "r.json").read_text())["articles"] == 1

    status, _, told = run("review", "merge", pulled, "-o", tmp_path / "merged", "--trust", "ana@example.com")
    assert status == 0
    assert "1 articles" in told
    assert "the guard slept" in (tmp_path / "merged" / "undecided.csv").read_text(encoding="utf-8")
    assert "rejected" not in (tmp_path / "merged" / "claims.csv").read_text(encoding="utf-8")

    status, _, told = run("review", "gold", tmp_path / "merged", "-o", tmp_path / "gold")
    assert status == 0
    assert len(list((tmp_path / "gold").glob("*.json"))) == 1


def test_claims_of_reviews_are_a_table_with_their_status(pulled: Path) -> None:
    import pandas as pd

    table = pd.read_csv(pulled / "claims.csv")
    counts = table.groupby("reviewer")["review_status"].value_counts().to_dict()
    assert counts["ana@example.com", "rejected"] == 1
    assert counts["ben@example.com", "corrected"] == 2
    assert set(table.loc[table["review_status"] == "corrected", "review_changed"]) == {"source_type", "kind", "spans"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["review", "report", "nowhere"], "Fetch the reviews first"),
        (["review", "merge", "PULLED", "-o", "OUT", "--trust", "eve"], "no review by eve. Reviewers are: ana@"),
        (["review", "gold", "PULLED", "-o", "OUT"], "Merge them first"),
    ],
)
def test_what_cannot_be_done_says_the_way_out(pulled: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    places = {"PULLED": str(pulled), "OUT": str(tmp_path / "out")}
    status, _, said = run(*(places.get(part, part) for part in arguments))
    assert status == 2
    assert told in said


def test_reviews_of_one_article_by_several_are_sound_lines(pulled: Path) -> None:
    assert len(list(jsonl.load(pulled / "reviews.jsonl"))) == 2
    assert not list(jsonl.check(pulled / "reviews.jsonl"))


def test_a_pull_that_was_killed_when_all_was_written_is_read_as_the_new_one(pulled: Path) -> None:
    decided = pulled / sets.DECIDED
    for part in (sets.COMING, sets.LEFT, sets.LEAVING):
        (decided / part).mkdir(parents=True)
    for name in (files.REVIEWS, files.MACHINE):
        (pulled / name).rename(decided / sets.COMING / name)
    reviews, machine = files.read(pulled)
    assert [reviewer_of(review) for review in reviews] == ["ana@example.com", "ben@example.com"]
    assert set(machine) == {"harbour"}
