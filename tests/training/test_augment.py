"""Variations of training articles: whatever happens to the text, every span still holds its own words."""

import random
import re
from collections.abc import Callable

import pytest

from annotator.training.augment import (
    LONG_QUOTATION,
    VARIATIONS,
    Edit,
    Example,
    edited,
    headlined,
    inverted,
    renamed,
    reopened,
    unpaired,
)

LONG = (
    "“We walked along the sea wall every night that winter. Nobody from the ministry ever came to see it. "
    "When the water rose we carried the children out on doors. I would not wish that night on anybody.”"
)
MARKUP = re.compile(r"\{([sct])(\d) ([^}]*)\}")


def marked(markup: str) -> Example:
    """An article from text in which {s1 ...}, {c1 ...} and {t1 ...} are source, cue and content of an attribution."""
    text, place = "", 0
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for match in MARKUP.finditer(markup):
        text += markup[place : match.start()]
        role, number, words = match.groups()
        spans.setdefault(number, {"s": [], "c": [], "t": []})[role].append((len(text), len(text) + len(words)))
        text, place = text + words, match.end()
    return Example("made", text + markup[place:], [(one["s"], one["c"], one["t"]) for one in spans.values()])


@pytest.fixture
def article() -> Example:
    return marked(
        f"The wall was never inspected after 2011. {{t1 {LONG}}} {{s1 Amina Wanjiru}} {{c1 said}}.\n"
        "{t2 “It held until midnight,”} {s2 Peter Otieno} {c2 said}, "
        "and {s3 he} {c3 warned} that {t3 the next storm could break it}."
    )


def words_of(example: Example) -> list[list[str]]:
    def words(start: int, end: int) -> str:
        return " ".join(re.findall(r"\w+", example.text[start:end]))

    return [[words(*span) for part in attribution for span in part] for attribution in example.attributions]


@pytest.mark.parametrize("variation", [variation for variation, _ in VARIATIONS])
@pytest.mark.parametrize("seed", range(20))
def test_variation_keeps_the_words_of_every_span(
    article: Example, variation: Callable[[Example, random.Random], Example], seed: int
) -> None:
    varied = variation(article, random.Random(seed))
    assert words_of(varied)[-len(article.attributions) :] == words_of(article)


def test_edit_moves_what_stands_behind_it() -> None:
    example = edited(
        marked("{s1 He} {c1 said} {t1 “it rained”}."), [Edit(3, 3, "often "), Edit(8, 9, ""), Edit(18, 19, "")]
    )
    assert example.text == "He often said it rained."
    assert [example.text[slice(*spans[0])] for spans in example.attributions[0]] == ["He", "said", "it rained"]


def test_long_quotation_begins_again_in_each_paragraph(article: Example) -> None:
    text = reopened(article, random.Random(1)).text
    paragraphs = text[text.index("“We walked") : text.index("” Amina")].split("\n")
    assert len(paragraphs) > 1
    assert all(paragraph.startswith("“") for paragraph in paragraphs)
    assert "”" not in "".join(paragraphs)


def test_short_quotation_stays_in_its_paragraph() -> None:
    quotation = "“It held. It held until midnight,”"
    assert len(quotation) < LONG_QUOTATION
    example = marked(f"{{t1 {quotation}}} {{s1 Peter Otieno}} {{c1 said}}.")
    assert reopened(example, random.Random(1)) == example


def test_headline_is_made_of_an_attribution_and_marked() -> None:
    example = marked("{t1 The sea wall was built without steel}, {s1 Peter Otieno} {c1 said}.")
    made = headlined(example, random.Random(4))
    headline, _, body = made.text.partition("\n")
    assert body == example.text
    source, cue, content = made.attributions[0]
    assert made.text[slice(*source[0])] == "Peter Otieno"
    assert "sea wall was built without steel" in made.text[slice(*content[0])]
    assert cue[0][1] <= len(headline)
    assert made.text[slice(*cue[0])]


def test_pronoun_makes_no_headline() -> None:
    example = marked("{t1 The sea wall was built without steel}, {s1 he} {c1 said}.")
    assert headlined(example, random.Random(4)) == example


def test_name_and_verb_change_places() -> None:
    example = marked("{t1 “It held,”} {s1 Peter Otieno} {c1 said} on Monday.")
    texts = {inverted(example, random.Random(seed)).text for seed in range(20)}
    assert texts == {"“It held,” Peter Otieno said on Monday.", "“It held,” said Peter Otieno on Monday."}


def test_quotation_marks_are_lost_one_by_one(article: Example) -> None:
    marks = [len(re.findall("[“”]", unpaired(article, random.Random(seed)).text)) for seed in range(60)]
    assert set(marks) >= {3, 4}


def test_one_name_is_replaced_by_the_same_name_everywhere() -> None:
    ids = renamed([5, 6, 5, 9], [([5, 6], [50, 60, 70])], random.Random(0))
    assert ids[0] == ids[2] != ids[1]
    assert {ids[0], ids[1]} <= {50, 60, 70}
    assert ids[3] == 9
