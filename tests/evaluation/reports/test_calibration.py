"""Confidence is measured where the record stands by a source, anaphoric ones by themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.evaluation import evaluate
from annotator.evaluation.reports.calibration import calibration_of_sources
from annotator.evaluation.reports.units import ArticleReport, Unit
from tests.evaluation.harbour import annotate, resolved

SURE = Unit(
    "1",
    "the dam holds",
    "The dam holds, she said.",
    True,
    {"source_name": True},
    {"attribution": "explicit"},
    {"source_type": "person", "resolution": "resolved", "confidence": 0.9},
)


def unit(confidence: float | None, right: bool, mode: str = "explicit", **predicted: str) -> Unit:
    told = {**SURE.predicted, "confidence": confidence, **predicted}
    return replace(SURE, fields={"source_name": right}, gold={"attribution": mode}, predicted=told)


def errors(*units: Unit) -> tuple[float, float]:
    """The error of all sources, and of anaphoric ones."""
    measures = calibration_of_sources([ArticleReport("dam", units)])
    every, anaphoric = measures.values()
    return every.value, anaphoric.value


def test_equal_confidence_is_compared_with_the_share_that_is_right() -> None:
    # 0.9 beside 1 of 2 is 0.4 off; 0.5 beside 1 of 2 is right. Of four, two are 0.4 off.
    units = [unit(0.9, True), unit(0.9, False), unit(0.5, True), unit(0.5, False)]
    assert errors(*units) == (pytest.approx(0.2), 0.0)
    assert errors(*units, unit(0.9, False, "anaphoric")) == (pytest.approx((3 * 0.9 - 1) / 5), pytest.approx(0.9))


@pytest.mark.parametrize(
    "other",
    [
        unit(0.1, True, resolution="unresolved"),
        unit(0.1, True, source_type="article"),
        unit(None, True),
        replace(unit(0.1, True), found=False),
    ],
)
def test_what_the_record_does_not_stand_by_does_not_count(other: Unit) -> None:
    assert errors(unit(0.9, True), other) == errors(unit(0.9, True))


def test_sources_of_a_record_bring_their_confidence(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    [part] = evaluate([path], annotate, texts=texts).sets
    found = {unit.key: unit.predicted["confidence"] for unit in part.articles[0].units if unit.found}
    # The third attribution is missed; the fourth is left to the article's own voice.
    assert found == {"0": 1.0, "1": 1.0, "3": None}
    assert part.measures["calibration error, source_confidence"].value == 0.0
