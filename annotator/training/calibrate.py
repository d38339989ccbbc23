"""Confidence that means something: logistic weights fitted on articles that the network has not learned from.

Platt scaling (Platt 1999) of three probabilities of the network; `annotator train --calibrate` and the model card's
calibration errors come from here.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotator.errors import InputError
from annotator.evaluation.gold.articles import Parts
from annotator.evaluation.scores.attributions import Attributions
from annotator.evaluation.scores.statistics import calibration_error
from annotator.extraction.extracted import Evidence, Extracted
from annotator.extraction.extractor import Calibration, Extractor, features_of, logistic
from annotator.extraction.pieces import lines_of
from annotator.text import fold
from annotator.training.augment import Example

Rows = NDArray[np.float64]
FOLDS = 5
LEAST_ROWS = 20  # attributions with the right content; each fold needs some


@dataclass(frozen=True)
class Judged:
    """An attribution's evidence, whether it is right, and whether its source is; None where the content is not."""

    evidence: Evidence
    right: bool
    source_right: bool | None


def judged(extractor: Extractor, examples: Sequence[Example]) -> list[list[Judged]]:
    """What the extractor finds in each article, compared with the gold."""
    found = []
    for example in examples:
        given = extractor.extract(example.text, lines_of(fold(example.text)))
        gold = [Parts(*(tuple(spans) for spans in attribution)) for attribution in example.attributions]
        pairs = {pair.predicted: pair for pair in Attributions(example.text, gold, [*map(parts_of, given)]).pairs}
        rows = []
        for n, item in enumerate(given):
            assert item.evidence is not None, "the extractor tells on what it judged"
            pair = pairs.get(n)
            rows.append(Judged(item.evidence, pair is not None and pair.linked, pair.linked if pair else None))
        found.append(rows)
    return found


def parts_of(item: Extracted) -> Parts:
    """The spans of an extracted attribution."""
    return Parts((item.source,) if item.source else (), (item.cue,) if item.cue else (), item.contents)


def calibrated(extractor: Extractor, examples: Sequence[Example]) -> tuple[Calibration, dict[str, float]]:
    """Fitted weights, and the expected calibration errors of weights fitted without the article in question.

    Raises InputError where the model finds too little to fit anything.
    """
    articles = judged(extractor, examples)
    if sum(row.source_right is not None for rows in articles for row in rows) < LEAST_ROWS:
        raise InputError(
            f"{extractor.folder}: the model is written, but it finds fewer than {LEAST_ROWS} of the attributions "
            "that its confidence is fitted on. Train longer, or calibrate on more articles"
        )
    random.Random(0).shuffle(articles)
    weights, errors = {}, {}
    for name, outcome in _OUTCOMES.items():
        kept = [
            [(features_of(row.evidence), bool(outcome(row))) for row in rows if outcome(row) is not None]
            for rows in articles
        ]
        weights[name], errors[name] = _fitted(kept), _held_out_error(kept)
    calibration = Calibration(attribution=weights["attribution"], source=weights["source"])
    sure = [(calibration.attribution_right(row.evidence), row.right) for rows in articles for row in rows]
    gold = sum(len(example.attributions) for example in examples)
    return replace(calibration, least=_least(sure, gold)), errors


_OUTCOMES: dict[str, Callable[[Judged], bool | None]] = {
    "attribution": lambda row: row.right,
    "source": lambda row: row.source_right,
}
Fitted = Sequence[tuple[list[float], bool]]  # an article's features, each with what became of it


def _held_out_error(articles: Sequence[Fitted]) -> float:
    """The calibration error of weights that were fitted on the other folds' articles."""
    chances: list[float] = []
    outcomes: list[bool] = []
    for number in range(FOLDS):
        weights = _fitted([rows for n, rows in enumerate(articles) if n % FOLDS != number])
        own = [row for rows in articles[number::FOLDS] for row in rows]
        chances += [logistic(weights, features) for features, _ in own]
        outcomes += [is_right for _, is_right in own]
    return calibration_error(chances, outcomes)


def _least(sure: list[tuple[float, bool]], gold: int) -> float:
    """The confidence from which telling an attribution raises F1."""
    ranked = sorted(sure, reverse=True)
    right, best = 0, (0.0, 0.0)
    for n, (chance, is_right) in enumerate(ranked, 1):
        right += is_right
        best = max(best, (2 * right / (n + gold), chance))
    return best[1]


def _fitted(articles: Sequence[Fitted], ridge: float = 1.0) -> tuple[float, ...]:
    """Logistic regression by Newton's method, with a penalty on the weights, a small one on the constant."""
    rows = [row for article in articles for row in article]
    x = np.array([features for features, _ in rows])
    y = np.array([is_right for _, is_right in rows], dtype=float)
    penalty = np.diag([0.01, *[ridge] * (x.shape[1] - 1)])
    weights: Rows = np.zeros(x.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - chances) - penalty @ weights
        step = np.linalg.solve((x.T * (chances * (1 - chances))) @ x + penalty, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return tuple(round(float(w), 4) for w in weights)
