"""Resolved sources are measured."""

from pathlib import Path

import pytest

from annotator.evaluation import evaluate
from annotator.evaluation.reports.measures import Measure
from tests.evaluation.harbour import annotate, resolved


def test_measures_of_resolved_sources(tmp_path: Path) -> None:
    path, texts = resolved(tmp_path)
    [part] = evaluate([path], annotate, texts=texts).sets
    assert part.measures["attributions found"] == Measure(3 / 4, 3, 4)
    # Right are Ruiz and the claim that may be the article's own.
    assert part.measures["source_name, of found"] == Measure(2 / 3, 2, 3)
    assert part.measures["chain, of all gold"] == Measure(2 / 4, 2, 4)
    # Gold of the three found: {ruiz} {lee, lee}; the record has three sources. Precision 1, recall (1 + 1/2 + 1/2) / 3.
    assert part.measures["same source B-cubed F1, of found"].value == pytest.approx(2 * (2 / 3) / (1 + 2 / 3))
    # Of all four: the missed one is on its own. Precision 1, recall (1 + 3 * 1/3) / 4.
    assert part.measures["same source B-cubed F1, of all gold"].value == pytest.approx(2 * (1 / 2) / (1 + 1 / 2))
