"""The full names of an article: whose name a short form is, wherever it stands."""

import pytest

from annotator.sources.full_names import FullNames, is_one_person, pronoun_of


def named(text: str, *marked: str) -> FullNames:
    return FullNames(text, [(text.index(name), name) for name in marked], body=0)


@pytest.mark.parametrize(
    "text",
    ["Moor was late. Anna Moor had missed the ferry.", "Anna Moor had missed the ferry. Moor was late."],
)
def test_the_order_of_short_and_full_name_does_not_matter(text: str) -> None:
    assert named(text, "Anna Moor").of("Moor") == "Anna Moor"


@pytest.mark.parametrize(
    ("text", "marked", "short", "full"),
    [
        ("Anna Moor met Anna J. Moor's staff.", ("Anna Moor", "Anna J. Moor"), "Moor", "Anna J. Moor"),
        ("Aslan Şahin came. Sahin left.", ("Aslan Şahin",), "Sahin", "Aslan Şahin"),
        ("Then Leo Stan Pater IV paid. Pater left.", ("Leo Stan Pater",), "Pater", "Leo Stan Pater IV"),
        ("JAKE TANNER: Good evening.", ("JAKE TANNER",), "TANNER", "Jake Tanner"),
        ("The Courier’s Anna Moor wrote it. Moor left.", ("The Courier’s Anna Moor",), "Moor", "Anna Moor"),
        ("While Anna Moor slept, Anna Moor won.", ("While Anna Moor", "Anna Moor"), "Moor", "Anna Moor"),
        ("Anna Tiedis sang. Teidis left.", ("Anna Tiedis",), "Teidis", "Anna Tiedis"),
        ('Lt. Gov. Bo "Skip" Lindt came. Lindt left.', ("Lindt",), "Lindt", 'Bo "Skip" Lindt'),
        ("The leader Óscar “Big Boat” Lindt came. Bo left.", ("Lindt",), "Lindt", "Óscar “Big Boat” Lindt"),
        ("Then Dwayne ‘Ziggy’ Lindt came.", ("Ziggy’ Lindt",), "Ziggy’ Lindt", "Dwayne ‘Ziggy’ Lindt"),
        ("Then Manuel (Manny) Lindt Jr. came.", ("Lindt Jr.",), "Lindt Jr.", "Manuel (Manny) Lindt Jr."),
        ("Chief of Police (East) R. Anand Lindt came.", ("Anand Lindt",), "Lindt", "R. Anand Lindt"),
        ("Yet Ma. Cristina Lindt came.", ("Cristina Lindt",), "Lindt", "Ma. Cristina Lindt"),
        ("Then Zorvik Bo Lindt came. Lindt left.", ("Bo Lindt",), "Lindt", "Bo Lindt"),
        ("Then Comrade Zorvik Bo Lindt came.", ("Bo Lindt",), "Lindt", "Bo Lindt"),
        ("Then Amina Bo Lindt came. Lindt left.", ("Bo Lindt",), "Lindt", "Amina Bo Lindt"),
        ("Then R. Bo Lindt came. Lindt left.", ("Bo Lindt",), "Lindt", "R. Bo Lindt"),
        (
            "So María de los Ángeles Lindt de Azul came.",
            ("Lindt de Azul",),
            "Azul",
            "María de los Ángeles Lindt de Azul",
        ),
        ("MK Yifat Ben Lindt came. Ben Lindt left.", ("Yifat Ben Lindt", "Ben Lindt"), "Ben Lindt", "Yifat Ben Lindt"),
        ("The aide on Mines Sardar Bo Lindt came.", ("Sardar Bo Lindt",), "Sardar Bo Lindt", "Sardar Bo Lindt"),
    ],
)
def test_the_fullest_form_without_what_is_no_part_of_it(
    text: str, marked: tuple[str, ...], short: str, full: str
) -> None:
    assert named(text, *marked).of(short) == full


@pytest.mark.parametrize(
    "text",
    [
        "Moor left. His wife, Sarah Moor, stayed.",
        "Mr. Moor left. Mr. Moor was tired. Sarah Moor stayed.",
    ],
)
def test_a_surname_used_before_is_not_that_of_the_kin(text: str) -> None:
    assert named(text, "Sarah Moor").of("Moor") == "Moor"


def test_of_two_with_one_surname_the_titles_tell_who_is_meant() -> None:
    text = "Sarah Moor and John Moor came. Mrs. Moor spoke. Mrs. Moor left. John Moor stayed."
    assert named(text, "Sarah Moor", "John Moor").of("Moor") == "Sarah Moor"


def test_a_name_of_a_speech_is_not_fuller_than_that_of_the_text() -> None:
    text = "Don Moor spoke. “Don P. Moor will win,” he said."
    assert named(text, "Don Moor", "Don P. Moor").of("Moor") == "Don Moor"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("don moor", "don moor jr", False),
        ("bill moor", "william moor", True),
        ("george h w moor", "george w moor", True),
        ("ann moor", "ann lee", False),
        ("wanda ibanez", "wanda ibanez torrent", True),
    ],
)
def test_which_names_can_be_one_persons(a: str, b: str, same: bool) -> None:
    assert is_one_person(tuple(a.split()), tuple(b.split())) is same


def test_a_first_name_that_men_and_women_bear_tells_nothing() -> None:
    assert [pronoun_of(name) for name in ("Anna Moor", "John Moor", "Leslie Moor", "Anna")] == ["she", "he", "", ""]
