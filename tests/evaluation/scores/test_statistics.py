"""Clusterings and intervals against values worked out by hand."""

import pytest

from annotator.evaluation.scores.counts import Counts
from annotator.evaluation.scores.statistics import (
    b_cubed,
    calibration_error,
    equal_mass_calibration_error,
    f1_interval,
    share_interval,
)


def test_b_cubed_of_one_split_and_one_merge() -> None:
    # Gold {1, 2, 3} {4}, predicted {1, 2} {3, 4}.
    # Precision of 1, 2: 2/2; of 3, 4: 1/2. Mean 3/4. Recall of 1, 2: 2/3; of 3: 1/3; of 4: 1. Mean 2/3.
    precision, recall, f1 = b_cubed("aaab", "xxyy")
    assert precision == pytest.approx(3 / 4)
    assert recall == pytest.approx(2 / 3)
    assert f1 == pytest.approx(2 * (3 / 4) * (2 / 3) / (3 / 4 + 2 / 3))


def test_b_cubed_of_nothing_is_nothing() -> None:
    assert b_cubed([], []) == (0.0, 0.0, 0.0)


def test_equal_articles_leave_no_doubt() -> None:
    # F1 of each article, and so of every resample: 2 * 1 / (2 + 2).
    assert f1_interval([Counts(1, 2, 2)] * 5) == (0.5, 0.5)


def test_two_articles_of_nought_and_one_span_the_whole_interval() -> None:
    # A resample draws the wrong article twice, or the right one twice, a quarter of the time each.
    assert share_interval([(0, 4), (4, 4)]) == (0.0, 1.0)


def test_an_interval_is_the_same_each_time_and_holds_the_pooled_value() -> None:
    shares = [(n % 4, 4) for n in range(20)]  # pooled: 30 of 80
    low, high = share_interval(shares) or (1.0, 0.0)
    assert (low, high) == share_interval(shares)
    assert low < 30 / 80 < high
    assert (low, high) != share_interval(shares, seed=1)


def test_one_article_has_no_interval() -> None:
    assert f1_interval([Counts(1, 1, 1)]) is None


def test_resamples_without_units_count_as_nought() -> None:
    assert share_interval([(0, 0), (0, 0)]) == (0.0, 0.0)


def test_bins_of_equal_mass_tell_apart_what_bins_of_equal_width_mix() -> None:
    # All lie in the last bin of equal width, where the errors of the two halves cancel out.
    chances, outcomes = [0.99] * 10 + [0.91] * 10, [True] * 8 + [False] * 2 + [True] * 10
    assert calibration_error(chances, outcomes) == pytest.approx(abs(0.95 - 0.9), abs=1e-4)
    assert equal_mass_calibration_error(chances, outcomes) == pytest.approx((0.19 + 0.09) / 2, abs=1e-4)


def test_the_order_of_equal_chances_changes_nothing() -> None:
    outcomes = [True] * 10 + [False] * 10
    error = equal_mass_calibration_error([0.7] * 20, outcomes)
    assert error == equal_mass_calibration_error([0.7] * 20, outcomes[::2] + outcomes[1::2]) == pytest.approx(0.2)


def test_no_prediction_has_no_calibration_error() -> None:
    assert calibration_error([], []) == equal_mass_calibration_error([], []) == 0.0
