"""The most probable legal sequence of tags, and the spans that it makes."""

import numpy as np
import pytest

from annotator.extraction.decode import decode, log_softmax

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
