"""Errors, gains and losses are told sentence by sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.evaluation import evaluate
from annotator.records import AnnotatedArticle
from tests.evaluation.harbour import FERRIES, annotate, polnear


def test_errors_show_the_sentence_and_both_values(claim_gold: Path) -> None:
    errors = list(evaluate([claim_gold], annotate).errors())
    sentence = "Engineer Tom Lee of the Port Board claimed police believed the guard slept."
    assert f"harbour c02 missed: 'the guard slept' in: {sentence}" in errors
    assert (
        "harbour c03 source_name: gold 'Tom Lee', predicted 'unresolved: He' in: He added that repairs may take weeks."
    ) in errors
    assert any(line.startswith("harbour spurious: 'police believed the guard slept' in: Engineer") for line in errors)
    assert not [line for line in errors if "c01" in line or "c03 cue" in line]


def better(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
    """Like `annotate`, but "He" is Tom Lee and the ferries are missing."""
    record = annotate(text, publisher=publisher)
    link = record.claims[6].chain[0].model_copy(update={"source_id": "s04"})
    repairs = record.claims[6].model_copy(update={"source_id": "s04", "chain": (link, record.claims[6].chain[1])})
    kept = [claim for claim in record.claims[:6] if claim.text != FERRIES]
    return record.model_copy(update={"claims": (*kept, repairs)})


def test_gains_and_losses_against_an_earlier_report(claim_gold: Path) -> None:
    earlier = json.loads(json.dumps(evaluate([claim_gold], annotate).to_json()))
    lines = list(evaluate([claim_gold], better).compare(earlier))
    sentence = "He added that repairs may take weeks."
    assert f"gain: harbour c03 source_name: was 'unresolved: He', now 'Tom Lee', gold 'Tom Lee': {sentence}" in lines
    assert f"loss: harbour c01: was found, now missed: {FERRIES}." in lines
    # Name, chain and affiliation of Tom Lee are gained.
    assert [line.split(":")[1] for line in lines if line.startswith("gain:")] == [
        " harbour c03 source_name",
        " harbour c03 chain",
        " harbour c03 affiliation",
    ]
    assert lines[-1] == "gains: 3, losses: 1"


def test_the_same_run_has_no_gains_and_no_losses(claim_gold: Path) -> None:
    report = evaluate([claim_gold], annotate)
    assert list(report.compare(report.to_json())) == ["gains: 0, losses: 0"]


def test_gold_that_only_one_run_has_is_counted(claim_gold: Path, tmp_path: Path) -> None:
    report = evaluate([claim_gold], annotate)
    other = evaluate([polnear(tmp_path / "dev.jsonl")], annotate)
    assert list(report.compare(other.to_json())) == [
        "gains: 0, losses: 0",
        "not compared: 3 only in this run, 2 only in the earlier one",
    ]


@pytest.mark.parametrize("earlier", [{}, {"format": "other"}, []])
def test_what_is_no_report_is_not_compared(claim_gold: Path, earlier: Any) -> None:
    with pytest.raises(InputError, match="earlier report"):
        list(evaluate([claim_gold], annotate).compare(earlier))
