"""Programmes and interviews by which words came are links of the chain."""

import pytest

import annotator
from tests.articles import claim_with


@pytest.mark.parametrize(
    ("text", "words", "chain"),
    [
        ("“That is fair,” Bo Lindt told Sunday With Eva Lind.", "That is fair", "Sunday With Eva Lind <- Bo Lindt"),
        ("Bo Lindt told Good Morning Elsund that it was cold.", "it was cold", "Good Morning Elsund <- Bo Lindt"),
        ("Speaking on The Morning Hour, Bo Lindt said it was cold.", "it was cold", "The Morning Hour <- Bo Lindt"),
        ("Bo Lindt said of her in a Fox News interview: “She did it.”", "She did it", "Fox News <- Bo Lindt"),
        ("“That is fair,” Bo Lindt said on MSNBC.", "That is fair", "MSNBC <- Bo Lindt"),
        ("Bo Lindt said Sunday on Fox News that it was cold.", "it was cold", "Fox News <- Bo Lindt"),
        ("In a subsequent Truth Social post, Bo Lindt said it was cold.", "it was cold", "Truth Social <- Bo Lindt"),
        ("Bo Lindt said on Monday that it was cold.", "it was cold", "Bo Lindt"),
        ("Bo Lindt told Sunday shoppers that it was cold.", "it was cold", "Bo Lindt"),
        ("Speaking on Monday, Bo Lindt said it was cold.", "it was cold", "Bo Lindt"),
    ],
)
def test_a_programme_or_interview_passes_on_what_is_said_there(text: str, words: str, chain: str) -> None:
    record = annotator.annotate(text, publisher="Daily Example")
    assert claim_with(record, words).source_display == chain
