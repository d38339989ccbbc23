"""Claim gold is measured, and its errors are told."""

import json
from pathlib import Path

import pytest

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from tests.evaluation.harbour import annotate


def test_measures_of_claim_gold(claim_gold: Path) -> None:
    [part] = evaluate([claim_gold], annotate).sets
    # 2 of 3 gold claims found among 7 predicted: F1 = 2 * 2 / (7 + 3).
    assert part.measures["claim F1"] == Measure(0.4)
    assert part.measures["claim precision"] == Measure(2 / 7, 2, 7)
    assert part.measures["source_name, of found"] == Measure(1 / 2, 1, 2)
    assert part.measures["source_name, of all gold"] == Measure(1 / 3, 1, 3)
    assert part.measures["cue, of all gold"] == Measure(1 / 2, 1, 2)  # c01 has no cue
    assert part.measures["claims in non-claim text"] == Measure(0, 0, 7)


def without(path: Path, *fields: str) -> Path:
    """The gold without some fields of its claims, and without what is no claim where that is asked."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    kept = [{name: value for name, value in claim.items() if name not in fields} for claim in gold["claims"]]
    gold = {name: value for name, value in {**gold, "claims": kept}.items() if name not in fields}
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_what_the_gold_lacks_is_told_and_not_measured(claim_gold: Path) -> None:
    whole = evaluate([claim_gold], annotate).sets[0]
    part = evaluate([without(claim_gold, "stance", "on_record")], annotate).sets[0]
    assert (whole.absent, part.absent) == ((), ("stance", "on_record"))
    names = [f"{field}, of {some}" for field in ("stance", "on_record") for some in ("found", "all gold")]
    assert {name: m for name, m in whole.measures.items() if name not in names} == part.measures


@pytest.mark.parametrize(
    ("field", "measure"),
    [
        ("non_claims", "claims in non-claim text"),
        ("source", "anaphoric sources resolved, of found"),
        ("attribution", "anaphoric sources resolved, of found"),
        ("attribution", "attributed_or_not, of found"),
        ("chain", "chain, of found"),
        ("cue", "cue_overlap, of found"),
    ],
)
def test_a_measure_goes_with_its_field(claim_gold: Path, field: str, measure: str) -> None:
    assert measure in evaluate([claim_gold], annotate).sets[0].measures
    part = evaluate([without(claim_gold, field)], annotate).sets[0]
    assert part.absent == (field,)
    assert measure not in part.measures
    assert part.measures["claim F1"].value == 0.4


def test_a_field_that_some_claims_have_is_measured_on_these(claim_gold: Path) -> None:
    gold = json.loads(claim_gold.read_text(encoding="utf-8"))
    del gold["claims"][2]["kind"]
    claim_gold.write_text(json.dumps(gold), encoding="utf-8")
    part = evaluate([claim_gold], annotate).sets[0]
    assert part.measures["kind, of all gold"].of == 2
    assert part.absent == ()
