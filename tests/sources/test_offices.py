"""Offices that are told by their letters are held by whom the article names with them."""

import pytest

import annotator
from tests.articles import speaker

MEETING = (
    "Hungary PM warns EU\n\n"
    "Slovak Prime Minister Robert Hric and Hungarian Prime Minister Viktor Nemeth met on Monday. "
    "Hric said the EU was slow. The Hungarian PM said he would veto the plan."
)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Italy PM says ties will hold\n\nItalian Prime Minister Gia Merloni left.", "ties will hold", "Gia Merloni"),
        ("PM vows to cut taxes\n\nPrime Minister Keith Rowe spoke on Monday.", "to cut taxes", "Keith Rowe"),
        ("Luc Perrin, the foreign minister, flew out. The FM said war was near.", "war was near", "Luc Perrin"),
        ("FM Nirmala Rao left. The FM said money was there.", "money was there", "Nirmala Rao"),
        ("No plan to drop Bo Lindt, says CM\n\nChief Minister Ann Moor spoke.", "No plan to drop Bo Lindt", "Ann Moor"),
        (MEETING, "he would veto the plan", "Viktor Nemeth"),
    ],
)
def test_letters_of_an_office_are_whoever_the_article_names_with_it(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


def test_letters_of_an_office_that_nobody_is_named_with_are_nobodys_name() -> None:
    text = "Ann Moor, a teacher, left. The PM said taxes would fall."
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "taxes would fall") == "PM"
