"""Quotation marks: copies of a text have its length, so that offsets hold in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.text import common_marks, fold
from tests.articles import claim_with, speaker


@given(st.text(alphabet="abRI.,`'’“”「」『』〝〞″＂ \n\u00a0", max_size=40))
def test_every_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(common_marks(text)) == len(fold(text)) == len(text)


def test_marks_of_other_hands_are_quotation_marks() -> None:
    record = annotator.annotate(
        "``The bridge is safe,'' said Mayor Anna Moor. ``It was checked in May.''\n\n"
        "「The road is open,」 said Prime Minister Sato Kenji. 『It was checked twice,』 he added.\n\n"
        "″The tunnel is shut,″ said Paul Renner.",
        publisher="Daily Example",
    )
    wanted = {
        "``The bridge is safe,''": "Anna Moor",
        "``It was checked in May.''": "Anna Moor",
        "「The road is open,」": "Sato Kenji",
        "『It was checked twice,』": "Sato Kenji",
        "″The tunnel is shut,″": "Paul Renner",
    }
    assert {words: speaker(record, words) for words in wanted} == wanted
    assert {claim_with(record, words).text for words in wanted} == set(wanted)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("R ishi Sunak left", " Rishi Sunak left"),
        ("Head\nT he rain fell", "Head\n The rain fell"),
        ("“W e lost it,” he said", "“We  lost it,” he said"),
        ("A n official left", " An official left"),
        ("I t rained", " It rained"),
        ("A man left", "A man left"),
        ("I think so", "I think so"),
        ("X users left", "X users left"),
        ("T cells died", "T cells died"),
        ("E coli was found", "E coli was found"),
        ("Vitamin C helps", "Vitamin C helps"),
    ],
)
def test_a_dropped_first_letter_is_put_to_its_word_and_no_other_is(text: str, copy: str) -> None:
    assert common_marks(text) == copy


def test_whoever_begins_with_a_dropped_letter_has_a_whole_name_and_a_whole_claim() -> None:
    record = annotator.annotate(
        "Visit to Dover\n\nR ishi Sunak left Dover on Monday.\n\n"
        "Mr Sunak said taxes would fall.\n\nP olice said nobody was hurt.",
        publisher="Daily Example",
    )
    assert speaker(record, "taxes would fall") == "Rishi Sunak"
    assert speaker(record, "nobody was hurt") == "police"
    assert claim_with(record, "left Dover").text == "R ishi Sunak left Dover on Monday"


def test_an_acute_accent_by_itself_is_an_apostrophe() -> None:
    assert common_marks("the jury´s wish") == "the jury’s wish"
