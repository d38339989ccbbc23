"""What hangs on a noun of telling is whose the noun is: "Olt's claim that ...", "warnings from the union that ..."."""

import pytest

import annotator
from tests.articles import claim_with, speaker


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The hall laughed at Karin Olt's claim that the union was finished.", "the union was finished", "Karin Olt"),
        ("Karin Olt's remarks that the union was finished angered many.", "the union was finished", "Karin Olt"),
        ("Jonas Vik apologised for his remark that farmers were lazy.", "farmers were lazy", "Jonas Vik"),
        ("Despite Denmark's insistence that the strait is safe, no ship came.", "the strait is safe", "Denmark"),
        ("The council ignored warnings from Karin Olt that jobs would go.", "jobs would go", "Karin Olt"),
        ("The mayor made a promise that no school would close.", "no school would close", "mayor"),
        ("Shares fell amid fears that the bank would fail.", "the bank would fail", "unspecified source (anonymous)"),
        ("There are concerns that the pier is rotten.", "the pier is rotten", "unspecified source (anonymous)"),
        ("There is growing speculation that Ann Moor will go.", "Ann Moor will go", "unspecified source (anonymous)"),
        ("The company has denied claims that it hid the leak.", "it hid the leak", "the company"),
    ],
)
def test_the_clause_is_theirs_whose_the_noun_is(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    "text",
    [
        "The idea that the moon is made of cheese is old.",
        "Tuesday's announcement that the plant would close shocked the town.",
        "The threat that jobs would go was real.",
        "The council read the report that Karin Olt had written.",
    ],
)
def test_what_nobody_in_sight_says_is_the_articles_own(text: str) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    assert {claim.attribution.value for claim in record.claims} == {"unattributed"}


def test_the_phrase_stays_in_the_articles_own_sentence() -> None:
    record = annotator.annotate("The hall laughed at Karin Olt's claim that the union was finished.", publisher="Daily")
    assert claim_with(record, "laughed").text == "The hall laughed at Karin Olt's claim"
