"""Names of people and bodies come out whole, without the titles and offices that stand before them."""

import pytest

import annotator
from tests.articles import speaker


def said_by(sentence: str) -> str | None:
    text = f"The pier has been empty since March. {sentence} Nobody knows what comes next."
    return speaker(annotator.annotate(text, publisher="Daily Example"), "it was")


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Mayor Pro Tem", "Denise Moravec"),
        ("Elsund Tehreek MPA", "Faisal Lindt"),
        ("AAG", "Nadeem Lindt"),
        ("Labour MP and former minister Sir", "Ian Lindt"),
        ("NPC MP and retired general", "Bongani Lindt"),
        ("Welfare Secretary", "Ma. Teresa Lindt"),
        ("Union leader", "Óscar “Pacho” Lindt"),
        ("Sheriff", 'William "Bill" Lindt Jr.'),
        ("Prime Minister-designate", "Radka Lindt"),
        ("Mum-of-two", "Kelly-Anne Lindt"),
        ("Canon", "Adwoa Lindt"),
        ("kaumātua", "Wiremu Lindt"),
        ("Datuk Seri", "Azlina Lindt"),
        ("Adv.", "Thandi Lindt"),
        ("Rt. Hon.", "Amina Ossei-Lindt"),
        ("Brother-in-law", "Callum Lindt"),
        ("Co-owner", "Priya Lindt"),
        ("Scrum-half", "Rhys Lindt"),
        ("Elder", "Martha Jane Lindt"),  # a first name, but not before another
        ("Tourism chief", "Carrie Lam Sau-wan"),
        ("Trade minister", "Mohd. Faisal Lindt"),
        ("The headteacher,", "María del Carmen Lindt de Azul,"),
    ],
)
def test_people_have_all_their_names_and_no_office(before: str, name: str) -> None:
    assert said_by(f"{before} {name} said it was late.") == name.rstrip(",")


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Elder Lindt Marr, the mayor,", "Elder Lindt Marr"),
        ("Stephen Ferrer Lindt", "Stephen Ferrer Lindt"),
        ("Baron Lindt, the keeper,", "Baron Lindt"),
    ],
)
def test_what_can_be_a_title_or_part_of_a_name_is_judged_by_what_follows(subject: str, name: str) -> None:
    assert said_by(f"{subject} said it was late.") == name


def test_who_is_introduced_with_a_nickname_keeps_it() -> None:
    text = 'The dam is safe, according to Rep. Harold "Buddy" Lindt. Lindt said it was new.'
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "it was new") == 'Harold "Buddy" Lindt'


def test_a_first_name_that_begins_the_sentence_is_no_role_because_the_next_name_is_a_first_name_too() -> None:
    assert said_by("Nguyen Thi Hong Nhan, the director, said it was late.") == "Nguyen Thi Hong Nhan"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("North Elsund District Council", "North Elsund District Council"),
        ("Grace Elsund Health, the smallest of the three,", "Grace Elsund Health"),
        ("The People's Unity Party", "People's Unity Party"),
        ("Local group Trees First", "Trees First"),
        ("Mothers Against Quarries", "Mothers Against Quarries"),
        ("The Greens, Free Elsund and the Farmers' Party", "Greens, Free Elsund and Farmers' Party"),
        ("Nurses for the Coast, an Elsund-based charity,", "Nurses for the Coast"),
    ],
)
def test_bodies_have_all_their_words(subject: str, name: str) -> None:
    assert said_by(f"{subject} said it was late.") == name


def test_a_body_is_called_by_the_long_name_that_stands_with_what_it_is() -> None:
    assert said_by("The start-up FarmLoop Africa sold shares. FarmLoop said it was late.") == "FarmLoop Africa"


def test_a_body_before_a_headlines_colon_goes_by_its_letters_in_the_text() -> None:
    text = "TESA: No flights to Elsund before Monday\n\nThe Trans-Elsund Safety Authority (TESA) said it was late."
    record = annotator.annotate(text, publisher="Daily Example")
    assert speaker(record, "No flights") == speaker(record, "it was late") == "Trans-Elsund Safety Authority"
