"""Claim gold is measured, and its errors are told."""

from pathlib import Path

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
