"""How words are written, which the encoder does not see."""

import numpy as np
import pytest

from annotator.extraction.pieces import Pieces, PieceTokenizer, lines_of, pieces_of
from annotator.extraction.shapes import SHAPES, shapes_of
from annotator.pipeline import MODEL_FOLDER

TEXT = "Pier Falls In Elsund\nMr. Łukasz McKay of NATO said: “it fell.” 12 left"


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return pieces_of(TEXT, lines_of(TEXT), PieceTokenizer(MODEL_FOLDER / "tokenizer.json"))


def told(pieces: Pieces, shape: str) -> set[str]:
    """The words of the pieces that have a shape."""
    column = shapes_of(TEXT, pieces)[:, SHAPES.index(shape)]
    return {TEXT[pieces.starts[n] : pieces.ends[n]] for n in np.flatnonzero(column == 1)} - {"\n", ""}


def test_each_piece_is_told_how_its_word_is_written(pieces: Pieces) -> None:
    assert told(pieces, "its word is all capitals") == {"NATO"}
    assert told(pieces, "its word has a capital inside") == {"McKay"}
    assert told(pieces, "begins with a small letter") >= {"of", "said", "it", "fell"}
    assert told(pieces, "its word has a digit") == {"12"}
    assert told(pieces, "a full stop follows its word") == {"Mr", "fell"}
    assert "Ł" in told(pieces, "its word has a letter that is not English")


def test_what_may_begin_a_sentence_is_told_from_what_may_not(pieces: Pieces) -> None:
    begins = told(pieces, "may begin a sentence")
    assert {"Pier", "Mr", "it", "12"} <= begins
    assert begins.isdisjoint({"of", "said", "fell", "NATO", "McKay", "Falls"})


def test_a_headline_is_told_by_its_capitals(pieces: Pieces) -> None:
    share = shapes_of(TEXT, pieces)[:, SHAPES.index("how much of its paragraph's words have capitals")]
    (first, last), (second, end) = pieces.paragraphs
    assert (share[first:last] == 1).all()
    assert share[second:end] == pytest.approx(4 / 10)  # Mr, Łukasz, McKay and NATO of ten words


def test_no_text_has_no_shapes() -> None:
    empty = pieces_of("", [], PieceTokenizer(MODEL_FOLDER / "tokenizer.json"))
    assert shapes_of("", empty).shape == (0, len(SHAPES))
