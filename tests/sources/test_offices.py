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
        (
            "War is near, says Nato chief\n\nMark Rutter, the Nato secretary-general, left.",
            "War is near",
            "Mark Rutter",
        ),
        ("Elsund mayor says it is over\n\nVita Klich, mayor of Elsund, left.", "it is over", "Vita Klich"),
        ("Rynair boss Mike Leary left. The Rynair chief said it was over.", "it was over", "Mike Leary"),
        ("FM Nirmala Rao left. The FM said money was there.", "money was there", "Nirmala Rao"),
        ("No plan to drop Bo Lindt, says CM\n\nChief Minister Ann Moor spoke.", "No plan to drop Bo Lindt", "Ann Moor"),
        (MEETING, "he would veto the plan", "Viktor Nemeth"),
    ],
)
def test_letters_of_an_office_are_whoever_the_article_names_with_it(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    "text",
    [
        "Police chief says it is over\n\nMet Police commissioner Mark Row left.",
        "Nato chief says it is over\n\nMark Rutter, a banker, left. Jens Bolt, a former Nato adviser, said nothing.",
        "Nato chief says it is over\n\nMark Rutter, the Nato secretary-general, met Nato chairman Bo Lindt.",
    ],
)
def test_a_head_whom_the_article_does_not_name_alone_is_nobody(text: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "it is over").lower().endswith("chief")


def test_letters_of_an_office_that_nobody_is_named_with_are_nobodys_name() -> None:
    text = "Ann Moor, a teacher, left. The PM said taxes would fall."
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "taxes would fall") == "PM"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Sathish Naik, 31, was hurt. Bo Lindt, 52, left. The 31-year-old said it was dark.", "dark", "Sathish Naik"),
        ("The 34-year-old said it was dark. Luca Bellini, who is 34, left on Monday.", "dark", "Luca Bellini"),
        (
            "Ann Moor is 34. Eva Fox (34) left. Bo Lindt, 52, left. The 52-year-old said it was dark.",
            "dark",
            "Bo Lindt",
        ),
    ],
)
def test_an_age_is_theirs_whom_the_article_gives_it(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The owner, Calder Lane Shipping, said the policy was valid.", "Calder Lane Shipping"),
        ("Hosakere MLA K. Venkatappa said the policy was valid.", "K. Venkatappa"),
    ],
)
def test_a_name_has_no_office_before_it_and_loses_nothing_that_looks_like_one(text: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "the policy was valid") == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Elsund-Lindt TD John Quill", "John Quill"),
        ("Baywater SP Krishan Kumar Rao", "Krishan Kumar Rao"),
        ("Norland CFO Ruth Moor", "Ruth Moor"),
        ("EU HR/VP Josep Lindt", "Josep Lindt"),
        ("SG Grace Moyo", "Grace Moyo"),
        ("CJI Gavari", "Gavari"),
        ("The Texas MD Anderson Cancer Center", "Texas MD Anderson Cancer Center"),
        ("The UK Energy Agency", "UK Energy Agency"),
    ],
)
def test_letters_of_an_office_before_a_name_are_no_part_of_it(mention: str, name: str) -> None:
    text = f"{mention} said on Monday that the pier was rotten."
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "the pier was rotten") == name
