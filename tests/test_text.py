"""Texts as they are: what a reader takes for one character is not cut, and a name has no marks that nobody sees."""

import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.records import Article, digest
from annotator.text import (
    MAX_CLUSTER,
    encodable,
    encodable_record,
    end_of_cluster,
    legible,
    spelled_in_brackets,
    whole,
)
from tests.factory import harbour_record, plain_record, texts


@pytest.mark.parametrize(
    ("before", "span", "rest", "after"),
    [
        ("said Ana ", "Lope", "", "z"),
        ("said ", "Jose", "\u0301", " Holm"),
        ("said ", "❤", "\ufe0f", " Holm"),
        ("said ", "👩", "\u200d👩\u200d👧", "!"),
        ("said 👍", "", "🏽", "."),
        ("🇺🇦", "🇩", "🇪", "🇺🇦"),
        ("said ", "1", "\ufe0f\u20e3", "2"),
        ("", "\u202bשלום", "\u202c", "."),
        ("", "שלום", "\u200f\u200e", "."),
        ("“so”", "“and ", "", "so”"),
        ("one\r", "", "", "\ntwo"),
        ("", "क", "्षि", " x"),
    ],
)  # fmt: skip
def test_a_stretch_ends_where_a_character_does(before: str, span: str, rest: str, after: str) -> None:
    text = before + span + rest + after
    end = len(before) + len(span)
    assert whole(text, 0, end) == (0, end + len(rest))


def test_a_stretch_begins_where_a_character_does() -> None:
    assert whole("a e\u0301 b", 3, 4) == (2, 4)
    assert whole("x \u2067שלום\u2069 y", 3, 7) == (2, 8)


def test_an_opened_direction_is_not_taken_without_its_end() -> None:
    assert whole("x \u202eabc def", 3, 6) == (3, 6)


@given(st.text(max_size=30) | texts(), st.data())
@example("\u0600" + "1" * 5, None)
def test_the_ends_are_those_of_unicode(text: str, data: st.DataObject | None) -> None:
    place = data.draw(st.integers(0, len(text))) if data else 1
    borders = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    crlf = text[place - 1 : place + 1] == "\r\n"
    assert end_of_cluster(text, place) == (place if crlf else min(border for border in borders if border >= place))


def test_a_letter_under_a_heap_of_marks_is_looked_at_in_part() -> None:
    text = "a" + "\u0301" * 10 * MAX_CLUSTER
    assert end_of_cluster(text, 5) <= 5 + MAX_CLUSTER


@pytest.mark.parametrize(
    ("name", "legibly"),
    [
        ("Ana Lopez", "Ana Lopez"),
        ("Jose\u0301 Mu\u00adñoz", "José Muñoz"),
        ("\u202bאבי כהן\u202c\u200f", "אבי כהן"),
        ("\ufeffBob\u200b Holm\u200d", "Bob Holm"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("Club 👩\u200d👧", "Club 👩\u200d👧"),
        ("\u200b", "\u200b"),
    ],
)
def test_a_name_is_composed_and_has_no_marks_that_nobody_sees(name: str, legibly: str) -> None:
    assert legible(name) == legibly
    assert unicodedata.is_normalized("NFC", legible(name))


def test_an_article_is_made_encodable_one_for_one() -> None:
    article = Article(article_id="half", text="half \ud83d of a ship", title="\udc00", publisher="Post")
    made = encodable(article)
    assert (made.text, made.title, made.publisher) == ("half \ufffd of a ship", "\ufffd", "Post")
    assert made.text_sha256 == digest(made.text)
    assert encodable(made) is made


def test_a_record_is_made_encodable_one_for_one_and_stays_sound() -> None:
    made = encodable_record(plain_record("half \ud83d of a ship", publisher="\ud800 Post"))
    assert made == plain_record("half \ufffd of a ship", publisher="\ufffd Post")
    harbour = harbour_record()
    assert encodable_record(harbour) is harbour


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("The National Grid System Operator (Ngso) met.", {"Ngso": "National Grid System Operator"}),
        ("He left the Community of West Elsund States (COWES).", {"COWES": "Community of West Elsund States"}),
        ("Then the Elsund Dockers Union (EDU) left.", {"EDU": "Elsund Dockers Union"}),
        ("Ann Moor (AP) left. He paid (Monday).", {}),
        ("The council (EDU) left.", {}),
    ],
)
def test_names_are_told_by_their_initials_in_brackets(text: str, spelled: dict[str, str]) -> None:
    assert spelled_in_brackets(text) == spelled
