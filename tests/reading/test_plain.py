"""Plain text: one article a file, kept as it was stored."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import InputError
from annotator.reading import read_text
from tests.reading.written import OTHER, QUOTED, SENTENCE, ids, texts, written

# Control characters are drawn apart: a short text made of them is taken for a binary file. An accented letter and
# behind it another sign than ASCII are what a character is that was decoded wrongly, and are mended.
PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r\x85")).filter(
    lambda text: not re.search("[\xc2-\xf4][^\x00-\x7f]", text)
)
UNPRINTED = st.text(st.characters(max_codepoint=31), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(printed=PRINTED, unprinted=UNPRINTED)
def test_any_text_written_as_utf8_is_read_back_as_it_was(tmp_path: Path, printed: str, unprinted: str) -> None:
    text = f"{SENTENCE} {printed}{unprinted}{SENTENCE}"

    assert texts(written(tmp_path / "any.txt", text)) == [text]


@settings(deadline=None, max_examples=60)
@given(text=PRINTED)
def test_a_text_without_control_characters_is_read_or_blank(text: str) -> None:
    text = text.lstrip("\ufeff")  # at the beginning it is a byte order mark
    if text.strip():
        assert read_text(text.encode()).text == text
    else:
        with pytest.raises(InputError, match="no text"):
            read_text(text.encode())


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".TXT"])
def test_a_text_file_is_one_article_named_by_its_stem(tmp_path: Path, suffix: str) -> None:
    assert ids(written(tmp_path / f"ferry.v2{suffix}", SENTENCE)) == ["ferry.v2"]


def test_line_ends_are_kept(tmp_path: Path) -> None:
    text = f"{SENTENCE}\r\n\r\n{OTHER}\r{SENTENCE}\n"

    assert texts(written(tmp_path / "a.txt", text)) == [text]


def test_a_text_in_memory_is_an_article_with_what_the_user_says() -> None:
    article = read_text(QUOTED, article_id="note", given={"publisher": "Harbour Post", "url": None})

    assert (article.article_id, article.text, article.publisher, article.url) == ("note", QUOTED, "Harbour Post", None)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert read_text(f"a\ud800\udfffb {SENTENCE}").text == f"a\ufffd\ufffdb {SENTENCE}"
