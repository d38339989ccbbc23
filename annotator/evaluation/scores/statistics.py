"""Statistics over all articles: agreement of clusterings, calibration of confidence, bootstrap intervals."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from annotator.evaluation.scores.counts import Counts

RESAMPLES = 1000  # of the bootstrap; the ends of its interval are then stable to about half a point
BINS = 10

Rows = NDArray[np.float64]


def b_cubed(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of a clustering (Bagga and Baldwin 1998); element n has the nth labels."""
    if not gold:
        return 0.0, 0.0, 0.0
    both = Counter(zip(gold, predicted, strict=True))
    sizes, theirs = Counter(gold), Counter(predicted)
    precision = sum(n * n / theirs[p] for (_, p), n in both.items()) / len(gold)
    recall = sum(n * n / sizes[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def calibration_error(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015) over ten bins of equal width.

    The mean distance between how sure a prediction is and how often such predictions are right. 0 for none.

    >>> calibration_error([0.95, 0.95, 0.55, 0.55], [True, True, True, False])
    0.05
    """
    sure = np.asarray(chances, dtype=np.float64)
    return _mean_gap(np.minimum((sure * BINS).astype(int), BINS - 1), sure, outcomes)


def equal_mass_calibration_error(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The same over ten bins that hold equally many (Nguyen and O'Connor 2015), equal chances always in one bin.

    Where most are sure of almost everything, bins of equal width leave nine of ten empty. 0 for none.

    >>> equal_mass_calibration_error([0.99, 0.99, 0.98, 0.98], [True, False, True, True])
    0.255
    """
    if not chances:
        return 0.0
    sure = np.asarray(chances, dtype=np.float64)
    edges = np.unique(np.quantile(sure, np.linspace(0, 1, BINS + 1)[1:-1]))
    return _mean_gap(np.searchsorted(edges, sure), sure, outcomes)


def _mean_gap(bins: NDArray[np.int_], sure: Rows, outcomes: Sequence[bool]) -> float:
    """Mean chance less share right in each bin, weighted by how many it holds."""
    if not len(sure):
        return 0.0
    gaps = np.bincount(bins, weights=sure - np.asarray(outcomes, dtype=np.float64))
    return round(float(np.abs(gaps).sum()) / len(sure), 4)


def interval(
    rows: Sequence[Sequence[float]], measure: Callable[[Rows], Rows], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float] | None:
    """95 % percentile bootstrap over articles: `rows` has the counts of one article each.

    `measure` takes an array of summed counts, one resample a row, and returns one number a row. None for fewer than
    two articles, which cannot be resampled.
    """
    if len(rows) < 2:
        return None
    table = np.asarray(rows, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(table), size=(resamples, len(table)))
    low, high = np.percentile(measure(table[draws].sum(axis=1)), [2.5, 97.5])
    return float(low), float(high)


def f1_interval(counts: Sequence[Counts], *, resamples: int = RESAMPLES, seed: int = 0) -> tuple[float, float] | None:
    """The 95 % interval of an F1 that is pooled over articles; None for fewer than two articles."""
    rows = [(2 * c.right, c.predicted + c.gold) for c in counts]
    return interval(rows, _ratio, resamples=resamples, seed=seed)


def share_interval(
    shares: Sequence[tuple[int, int]], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % interval of a share, given as (right, of) for each article; None for fewer than two articles."""
    return interval(shares, _ratio, resamples=resamples, seed=seed)


def _ratio(sums: Rows) -> Rows:
    """First column over second; 0 where there is nothing to divide by."""
    return np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)
