"""Bytes in whatever encoding become text, and binary data is named."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import EncodingError
from annotator.reading import decode
from tests.reading.written import QUOTED, SENTENCE, texts, written


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=300))
def test_no_bytes_raise_anything_but_our_own_errors(data: bytes) -> None:
    message = ""
    try:
        decode(data, "any.txt").encode()
    except EncodingError as error:
        message = str(error)

    assert message == "" or message.startswith("any.txt: ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_honoured_and_dropped(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding), "a.txt") == QUOTED


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_pattern(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding), "a.txt") == QUOTED


@pytest.mark.parametrize("text", [QUOTED, "Café owner René said it cost £5, not €6.", f"{SENTENCE} “Naïve,” said Zoë."])
def test_windows_text_is_read_however_short(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_latin1_is_recognised() -> None:
    text = "Die Behörde erklärte, die Brücke müsse für längere Zeit geschlossen bleiben. Darüber äußerte sich niemand."

    assert decode(text.encode("latin-1"), "a.txt") == text


def test_other_alphabets_are_guessed() -> None:
    text = "Министр сообщил журналистам, что переговоры продолжатся в пятницу. По его словам, решение ещё не принято."

    assert decode(text.encode("cp1251"), "a.txt") == text


def test_one_broken_byte_does_not_spoil_the_accents_of_a_utf8_text() -> None:
    text = "Zoë, René, José, Chloé and Noël met in Malmö."

    assert decode(text.encode() + b" \xff", "a.txt") == f"{text} \ufffd"


def test_a_mark_that_lies_is_an_encoding_error() -> None:
    with pytest.raises(EncodingError, match=r"a\.txt: begins as UTF-16 but is not"):
        decode(b"\xff\xfeabc", "a.txt")


def test_a_few_control_characters_do_not_make_a_text_binary() -> None:
    text = f"{SENTENCE}\x00 {SENTENCE}\x02"

    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04word/document.xml", "an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x00\x00\x00\x01" * 50, "binary data"),
    ],
)
def test_binary_data_is_named_with_what_to_do(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(EncodingError, match=rf"a\.txt: this is .*{kind}.* Save the article's text as a \.txt file"):
        texts(written(tmp_path / "a.txt", data))
