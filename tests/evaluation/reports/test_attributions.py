"""A corpus of attributions is measured, and its errors are told."""

import json
from pathlib import Path

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from tests.evaluation.harbour import (
    FERRIES,
    annotate,
    pair,
    polnear,
)


def test_measures_of_attribution_gold(tmp_path: Path) -> None:
    [part] = evaluate([polnear(tmp_path / "dev.jsonl")], annotate).sets
    # 1 of 2 gold attributions is linked; the record has 5.
    assert part.measures["linked F1"] == Measure(2 / 7)
    assert part.measures["linked precision"] == Measure(1 / 5, 1, 5)
    assert part.measures["linked recall"] == Measure(1 / 2, 1, 2)
    # Only the one quoted content is direct, in the gold and in the record; "told" and the like are speech cues.
    assert part.measures["linked F1, direct"] == Measure(1.0)
    assert part.measures["linked F1, indirect"] == Measure(0.0)


def test_errors_of_attributions_show_the_sources(tmp_path: Path) -> None:
    path = polnear(tmp_path / "dev.jsonl")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(json.dumps(pair("Mayor Ana Ruiz")), json.dumps(pair("the guard"))), encoding="utf-8")
    errors = list(evaluate([path], annotate).errors())
    assert any(
        line.startswith("harbour E1 source: gold 'the guard', predicted 'Mayor Ana Ruiz' in: “The") for line in errors
    )
    assert f"harbour E2 missed: '{FERRIES}' in: {FERRIES}." in errors
