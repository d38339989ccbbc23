"""Figures that somebody puts at something are theirs; what is put somewhere else is the article's own."""

import pytest

import annotator
from tests.articles import claim_with, speaker


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Police put the crowd at 40,000. The square was full.", "the crowd at 40,000", "police"),
        ("A poll by Infodata puts Labour at 31 percent.", "Labour at 31 percent", "Infodata poll"),
        ("The Health Ministry placed the toll at more than 300.", "the toll at more than 300", "Health Ministry"),
        (
            "Two people close to the sale put it at £61m. One said the price had fallen.",
            "the price had fallen",
            "one of two people close to the sale (anonymous)",
        ),
    ],
)
def test_a_figure_is_theirs_who_put_it_there(text: str, words: str, name: str) -> None:
    assert speaker(annotator.annotate(text, publisher="Daily Example"), words) == name


@pytest.mark.parametrize(
    "text",
    ["The nurse put the boy at ease.", "The storm put 40 people at risk.", "Lee put the bill at the top of the list."],
)
def test_what_is_put_somewhere_else_is_the_articles_own(text: str) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    assert claim_with(record, "put").attribution.value == "unattributed"
