"""What to read first: the regression that makes links calibrated, and the counts of reasons."""

import math

import numpy as np
import pytest

from annotator.labels import ReviewReason
from benchmarks.review import Judged, calibration, fitted, reasons
from tests.factory import harbour_record


def test_without_evidence_the_chance_is_the_share_of_right_ones() -> None:
    [weight] = fitted(np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0]))
    assert weight == pytest.approx(math.log(3), abs=1e-4)


def test_what_goes_with_right_ones_weighs_for_them() -> None:
    rows = np.array([[1.0, 1.0]] * 20 + [[1.0, 0.0]] * 20)
    right = np.array([1.0] * 18 + [0.0] * 2 + [1.0] * 8 + [0.0] * 12)
    _, weight = fitted(rows, right)
    assert 0 < weight < math.log(9) - math.log(8 / 12)  # of the whole difference, what the ridge leaves


def test_reasons_are_counted_with_how_many_are_wrong() -> None:
    record = harbour_record()
    attributed = [claim for claim in record.claims if claim.attribution_id]
    judged = [Judged(record, claim, found=True, right=not claim.needs_review) for claim in attributed]
    table = reasons(judged)
    rows = dict(zip(*(list(column.cells) for column in table.columns[:2]), strict=True))
    assert rows[ReviewReason.SOURCE_AMBIGUOUS] == "1"
    assert rows[ReviewReason.LOW_CONFIDENCE] == "0"
    assert rows["all claims"] == str(len(attributed))
    held = dict(zip(table.columns[0].cells, table.columns[4].cells, strict=True))
    assert held["any"] == "100.0"


def test_links_that_are_left_open_are_not_calibrated() -> None:
    record = harbour_record()
    judged = [Judged(record, c, found=True, right=True) for c in record.claims if c.attribution_id]
    resolved = sum(one.resolved for one in judged)
    table, weights = calibration(judged * 5)
    assert list(table.columns[1].cells)[-1] == str(5 * resolved)
    assert weights["bias"] > 0
