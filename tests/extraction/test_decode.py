"""The most probable legal sequence of tags, and the spans that it makes."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest

from annotator.extraction.decode import _viterbi, best_path, decode, log_softmax

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue")


def decoded(rows: list[list[float]]) -> list[tuple[str, int, int]]:
    marks = decode(np.log(np.array(rows, dtype=np.float32)), TAGS)
    return [(mark.role, mark.first, mark.last) for mark in marks]


def test_inside_follows_its_own_begin() -> None:
    # One by one the best tags are B-source, I-cue: no legal sequence. The best legal one keeps the source together.
    rows = [[0.05, 0.8, 0.05, 0.05, 0.05], [0.1, 0.05, 0.35, 0.1, 0.4], [0.9, 0.025, 0.025, 0.025, 0.025]]
    assert decoded(rows) == [("source", 0, 2)]


def test_text_cannot_begin_inside() -> None:
    rows = [[0.1, 0.3, 0.5, 0.05, 0.05], [0.1, 0.1, 0.7, 0.05, 0.05]]
    assert decoded(rows) == [("source", 0, 2)]


@pytest.mark.parametrize("sharpness", [0.3, 1.0, 4.0])
def test_search_of_stretches_finds_what_a_search_of_everything_finds(sharpness: float) -> None:
    for seed in range(60):
        chances = log_softmax(sharpness * np.random.default_rng(seed).normal(size=(5, len(TAGS))).astype(np.float32))
        legal = [path for path in product(range(len(TAGS)), repeat=5) if is_legal(path)]
        best = max(legal, key=lambda path: chances[range(5), path].sum())
        assert best_path(chances, TAGS).tolist() == list(best)


@pytest.mark.parametrize("outside", [0.0, 2.0, 4.0])
def test_stretches_that_grow_into_one_another_are_searched_together(outside: float) -> None:
    for seed in range(100):
        scores = 2 * np.random.default_rng(seed).normal(size=(60, len(TAGS))).astype(np.float32)
        scores[:, 0] += outside
        chances = log_softmax(scores)
        path = best_path(chances, TAGS)
        assert is_legal(path.tolist())
        assert path.tolist() == _viterbi(chances, TAGS, begins=True).tolist()


def is_legal(path: Sequence[int]) -> bool:
    names = ["O", *(TAGS[tag] for tag in path)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(names))


def test_two_begins_make_two_spans() -> None:
    rows = [[0.1, 0.1, 0.1, 0.6, 0.1], [0.1, 0.1, 0.1, 0.6, 0.1]]
    assert decoded(rows) == [("cue", 0, 1), ("cue", 1, 2)]


def test_span_reaches_to_the_last_piece() -> None:
    rows = [[0.1, 0.6, 0.1, 0.1, 0.1], [0.1, 0.1, 0.6, 0.1, 0.1]]
    (mark,) = decode(np.log(np.array(rows, dtype=np.float32)), TAGS)
    assert (mark.role, mark.first, mark.last) == ("source", 0, 2)
    assert mark.probability == pytest.approx(0.6)


def test_no_pieces_no_spans() -> None:
    assert decode(np.zeros((0, len(TAGS)), dtype=np.float32), TAGS) == []


def test_log_softmax_of_large_scores_is_finite() -> None:
    chances = log_softmax(np.array([[1000.0, 0.0, -1000.0]], dtype=np.float32))
    assert np.isfinite(chances).all()
    assert chances[0, 0] == 0
