"""Whom a lead only describes is whoever the next paragraphs name and tell to be them; nobody else."""

import pytest

import annotator
from tests.articles import speaker


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "A hotelier has told the court that he lost his staff.\n\n"
            "Colm Dowd, who runs the Railway Hotel, wept. A paper had called him a thief.",
            "he lost his staff",
            "Colm Dowd",
        ),
        (
            "A juror has said that the man is innocent.\n\n“I know it,” juror Mae Pickett said on Monday.",
            "the man is innocent",
            "Mae Pickett",
        ),
        (
            "Teacher says school ignored warnings\n\nHelen Marsh taught maths in Leeds. Marsh wrote to the head. "
            "Marsh left in June.",
            "school ignored warnings",
            "Helen Marsh",
        ),
        (
            "A nurse has said that she was told to lie.\n\nPolice chief Bo Pell said that he saw nothing.",
            "she was told to lie",
            "nurse (anonymous)",
        ),
        (
            "A resident said that the flood was sudden.\n\nMayor Ann Moor said that help was on the way.",
            "the flood was sudden",
            "resident (anonymous)",
        ),
        (
            "An officer, who spoke on condition of anonymity, said that he was told to leave.\n\n"
            "Tom Reed, an officer, left on Monday.",
            "he was told to leave",
            "officer (anonymous)",
        ),
        (
            "A driver said that the bridge shook. Police came.\n\n"
            "Ann Moor, a driver, and Bo Lindt, a driver, left on Monday.",
            "the bridge shook",
            "driver (anonymous)",
        ),
    ],
)
def test_a_lead_describes_whom_the_next_paragraphs_name(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


def test_who_took_a_picture_or_wrote_the_article_is_nobody_whom_the_text_means() -> None:
    text = (
        "Article left me a ghost, hotelier tells court\n\nNiall Keaney, Courts Correspondent, The Daily Example\n\n"
        "A hotelier has told the court that he lost his staff. Colm Dowd, who runs the Railway Hotel, wept.\n\n"
        "The court was full on Monday, according to the clerk. (Kelsey Arsenau/The Ledger)\n\n"
        "“Nobody called us,” he said at the door."
    )
    record = annotator.annotate(text, publisher="Daily Example")
    assert speaker(record, "a ghost") == speaker(record, "he lost his staff") == "Colm Dowd"
    assert speaker(record, "Nobody called us") in {"Colm Dowd", "unresolved “he”"}


def test_a_courtesy_title_tells_two_people_of_one_surname_apart_whoever_came_first() -> None:
    record = annotator.annotate(
        "Fiachra O'Dowd is suing the paper. Mr O'Dowd took over the hotel in 1999.\n\n"
        "His sister, Sadhbh O'Dowd, wept. Ms O'Dowd, who runs the kitchen, said the story was false.",
        publisher="Daily Example",
    )
    assert speaker(record, "the story was false") == "Sadhbh O'Dowd"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "The health minister has said that no ward will close. Ylva Strand told the council that money was short.",
            "no ward will close",
            "Ylva Strand",
        ),
        (
            "Rail boss: 'We were wrong'\n\nThe head of Nordbahn said that the tunnel had cost too much. "
            "Testifying in Elsund, Emre Talat said nobody had counted.",
            "'We were wrong'",
            "Emre Talat",
        ),
        (
            "The chair of the fisheries panel said on Monday that two firms had lied. "
            "Sen. Corazon Dimaano said they would be fined.",
            "two firms had lied",
            "Corazon Dimaano",
        ),
        (
            "The health MEC said that 40 ambulances stood idle. Briefing the house, Zanele Mqoma, a former nurse, "
            "said that a bill was unpaid.",
            "40 ambulances stood idle",
            "Zanele Mqoma",
        ),
        (
            "The mayor of Santa Rosa said that the wells were dry. Eusebio Carrizo, 53, wept.",
            "the wells were dry",
            "Eusebio Carrizo",
        ),
        (
            "The mayor has said that the wells are dry. Defence lawyer Paul Greyson said nobody had asked him.",
            "the wells are dry",
            "mayor",
        ),
        (
            "Envoy accuses Moor of lying\n\nAnn Moor arrived in Elsund on Monday.",
            "Moor of lying",
            "envoy (anonymous)",
        ),
        (
            "A widow said that the bridge shook. Pavel Orlan said that he saw nothing.",
            "the bridge shook",
            "widow (anonymous)",
        ),
        (
            "The minister said that a boat had sunk. The union wept. Ann Moor told the club that it was old.",
            "a boat had sunk",
            "minister",
        ),
    ],
)
def test_who_is_described_is_named_bare_in_the_next_sentence(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Doug Marden told the club that the bid was low. “I will not sell,” the 71-year-old said.",
            "I will not sell",
            "Doug Marden",
        ),
        (
            "Aditi Rane and Kabir Wadia met in Pune. The pair said their app was free.",
            "their app was free",
            "Aditi Rane and Kabir Wadia",
        ),
        (
            "Interior Minister Gonzalo Barral, a retired general, said all were free. "
            "The retired general insisted that rules were kept.",
            "rules were kept",
            "Gonzalo Barral",
        ),
    ],
)
def test_who_has_spoken_is_described_anew(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name
