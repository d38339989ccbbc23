"""Word pieces: of an article's words, never the network's own signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.extraction.pieces import PieceTokenizer, chapters_of, cut_at_blanks, pieces_of
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


def test_a_long_text_is_tokenized_in_parts_and_comes_out_the_same(
    tokenizer: PieceTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "“It rained,” José said; the dam held, mostly. " * 40
    whole = tokenizer.encode(text)
    monkeypatch.setattr("annotator.extraction.pieces.MAX_TOKENIZED", 100)
    assert tokenizer.encode(text) == whole


@given(st.text(alphabet="ab c\n", max_size=200), st.integers(min_value=4, max_value=50))
def test_parts_cover_a_stretch_and_none_is_too_long(text: str, most: int) -> None:
    parts = list(cut_at_blanks(text, 0, len(text), most))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(0 < end - start <= most for start, end in parts)


def test_chapters_have_every_paragraph_and_bound_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.extraction.pieces.MAX_CHAPTER", 20)
    text = "one two three four five six seven\nshort\nalso short"
    chapters = list(chapters_of(text, [(0, 33), (34, 39), (40, 50)]))
    assert [[text[start:end] for start, end in chapter] for chapter in chapters] == [
        ["one two three four "],
        ["five six seven", "short"],
        ["also short"],
    ]
