"""Word pieces: of an article's words, never the network's own signs."""

import pytest

from annotator.extraction.pieces import PieceTokenizer, pieces_of
from annotator.pipeline import MODEL_FOLDER


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    return PieceTokenizer(MODEL_FOLDER / "tokenizer.json")


@pytest.mark.parametrize("sign", ["[MASK]", "[SEP]", "[CLS]", "[UNK]", "[PAD]"])
def test_the_networks_own_signs_are_plain_words_in_an_article(tokenizer: PieceTokenizer, sign: str) -> None:
    own = tokenizer.id_of(sign)
    assert own is not None
    text = f"It rained, {sign} said."
    pieces = pieces_of(text, [(0, len(text))], tokenizer)
    words = pieces.ids[:-1]  # behind them the paragraph's end
    assert own not in words
    assert words == tokenizer.encode(f"it rained, {sign.lower()} said.")[0]
    assert text[pieces.starts[3] : pieces.ends[3]] == "["


def test_a_piece_has_the_marks_that_the_tokenizer_drops(tokenizer: PieceTokenizer) -> None:
    text = "José Lope\u0301 said ❤\ufe0f, so"
    pieces = pieces_of(text, [(0, len(text))], tokenizer)
    found = [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(found) == text.replace(" ", "")
    assert "❤\ufe0f" in found
