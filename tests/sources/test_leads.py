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
