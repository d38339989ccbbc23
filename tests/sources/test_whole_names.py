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
        ("rangatahi", "Wiremu Lindt"),
        ("Datuk Seri", "Azlina Lindt"),
        ("Tan Sri", "Azman Lindt"),
        ("All Black", "Wiremu Lindt"),
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


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("A source close to Prime Minister Ann Lindt", "source close to Prime Minister Ann Lindt (anonymous)"),
        ("A person close to Senator Ann Lindt", "person close to Senator Ann Lindt (anonymous)"),
        ("A village elder in Deir Elsund", "village elder in Deir Elsund (anonymous)"),
        ("The envoy to Chad, Ann Lindt,", "Ann Lindt"),
    ],
)
def test_a_name_within_a_description_is_not_who_speaks(subject: str, name: str) -> None:
    assert said_by(f"{subject} said it was late.") == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("who gave her name only as Amaka,", "Amaka"),
        ("who identified himself as Musa,", "Musa"),
        ("who asked to be identified only by her first name, Lena,", "Lena"),
        ("who gave no name,", "trader (anonymous)"),
        ("who gave his age as 31,", "trader (anonymous)"),
    ],
)
def test_who_is_not_named_in_full_goes_by_the_name_they_gave(told: str, name: str) -> None:
    assert said_by(f"A trader, {told} said it was late.") == name


def test_the_word_behind_the_end_of_a_sentence_is_no_name() -> None:
    text = "“It was cold,” said rescue leader Sigrun Lindt. The climbers, a brother and sister, said it was late."
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "It was cold") == "Sigrun Lindt"
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "it was late") == "climbers (anonymous)"


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
        ("The Gulf of Elsund Pilots Authority", "Gulf of Elsund Pilots Authority"),
        ("Canon Medical Systems", "Canon Medical Systems"),
        ("Guru Nanak Trust", "Guru Nanak Trust"),
        ("The Haute-Elsund prefecture", "Haute-Elsund prefecture"),
        ("The Office of the Privacy Commissioner", "Office of the Privacy Commissioner"),
        ("The UN Mission to Chad", "UN Mission to Chad"),
        ("The Ghana Dock Workers Association", "Ghana Dock Workers Association"),
        ("The dockers' union, the Ghana Dock Workers Association,", "Ghana Dock Workers Association"),
        ("Joan Elsund Lines Inc., the owner,", "Joan Elsund Lines Inc."),
        ("Chad's state television", "Chad's state television"),
        ("An audit by the Elsund Port Council", "audit by the Elsund Port Council"),
        ("A survey by the Elsund Institute for Sea Law", "survey by the Elsund Institute for Sea Law"),
        ("A military court on Friday", "military court"),
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
