"""Who is meant by a description: whoever alone is told as much of, by whichever words of the text."""

import pytest

import annotator
from tests.articles import speaker


@pytest.mark.parametrize(
    ("before", "who", "name"),
    [
        (
            "Ann Moor, president of the growers' union, wept. Eva Fox, a scientist, said it rained.",
            "union leader",
            "Ann Moor",
        ),
        (
            "Ann Moor, who was head of research until May, wept. Chief executive Bo Lindt said it rained.",
            "former research chief",
            "Ann Moor",
        ),
        (
            "Ann Moor, a dentist, wept. She was guided down by air traffic controller Bo Lindt.",
            "controller",
            "Bo Lindt",
        ),
        ("Ann Moor spoke after a meeting with the area's MP, Eva Fox.", "MP", "Eva Fox"),
        ("Bo Lindt, who runs a haulage firm, wept. Ann Moor said it rained.", "haulier", "Bo Lindt"),
        ("Losing manager Bo Lindt said it rained. Ann Moor wept.", "Gaels boss", "Bo Lindt"),
        (
            "Prosecutor Ann Moor said it rained. In the gallery was Bo Lindt, a retired miner.",
            "70-year-old",
            "Bo Lindt",
        ),
    ],
)
def test_a_description_is_theirs_of_whom_the_text_tells_it(before: str, who: str, name: str) -> None:
    assert speaker(annotator.annotate(f"{before} The {who} said the pier was safe.", publisher="Daily"), "pier") == name


def test_the_age_of_a_woman_is_no_mans() -> None:
    text = (
        "Delphine Roy cancelled her tour. The singer's manager, Bo Lindt, said doctors had found something. "
        '"She cried," he said.\n\nThe 31-year-old told her followers that she would be back.\n\n'
        "Tickets will be refunded, according to her manager."
    )
    record = annotator.annotate(text, publisher="Daily Example")
    assert speaker(record, "be back") == "Delphine Roy"
    assert speaker(record, "refunded") == "Bo Lindt"


def test_a_couple_with_one_surname_are_two_people() -> None:
    text = (
        'Colin and Jean Fensworth say the bin smells. "We have rats," said Mr Fensworth. '
        "Mrs Fensworth said the council was deaf."
    )
    record = annotator.annotate(text, publisher="Daily Example")
    assert speaker(record, "smells") == "Colin and Jean Fensworth"
    assert speaker(record, "rats") == "Colin Fensworth"
    assert speaker(record, "deaf") == "Jean Fensworth"


@pytest.mark.parametrize(
    ("before", "who", "name"),
    [
        ("A dog walker found the bag on Monday.", "man", "dog walker (anonymous)"),
        ("A nurse and a doctor were hurt.", "man", "man (anonymous)"),
        ("A waitress was robbed.", "man", "man (anonymous)"),
    ],
)
def test_a_man_or_woman_is_whoever_alone_was_told_of(before: str, who: str, name: str) -> None:
    assert speaker(annotator.annotate(f"{before} The {who} said it was dark.", publisher="Daily"), "dark") == name


def test_a_headlines_noun_is_whoever_is_introduced_with_it() -> None:
    text = 'We were weak, says coach\n\nRudar Labin lost. Coach Luka Brezovac sighed. "I am responsible," he said.'
    assert speaker(annotator.annotate(text, publisher="Daily Example"), "weak") == "Luka Brezovac"


def test_an_unnamed_aide_stays_unnamed_beside_a_named_one() -> None:
    text = (
        "The senator's staff have grown alarmed, six people said. A former aide recalled that he threw a stapler. "
        '"Nobody slept," the former aide said. Karsten Lindt, who was press secretary until May, called it hell.'
    )
    record = annotator.annotate(text, publisher="Daily Example")
    assert speaker(record, "stapler") == speaker(record, "slept") == "former aide (anonymous)"
