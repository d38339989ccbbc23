"""Short answers: a word that stands for what somebody claimed is what is denied or confirmed."""

import pytest

from tests.articles import read

BEFORE = "Tom Lee, who runs the ferry company, said Mayor Ann Moor had spent the harbour fund on a dinner."


@pytest.mark.parametrize(
    ("after", "content", "source"),
    [
        ("The council denied it on Monday.", "it", "The council"),
        ("Harbour master Ivo Brandt rubbished the rumour.", "the rumour", "Ivo Brandt"),
        ("Bishop Carla Nunes dismissed that account in a letter.", "that account", "Carla Nunes"),
        ("A former clerk, Paul Renner, corroborated the allegation.", "the allegation", "Paul Renner"),
        ("Auditor Wim Claes laughed off the suggestion.", "the suggestion", "Wim Claes"),
    ],
)
def test_who_answers_in_short_claims_the_word_for_it(after: str, content: str, source: str) -> None:
    record = read(f"Row over the fund\n\n{BEFORE} {after}")
    answer = next(claim for claim in record.claims if claim.text == content)
    assert record.source_of(answer).name.lower().removeprefix("the ") == source.lower().removeprefix("the ")


@pytest.mark.parametrize(
    "after",
    [
        "The council rejected the budget on Monday.",
        "Harbour master Ivo Brandt did not confirm the rumour.",
        "Bishop Carla Nunes wants to refute the claim.",
        "Paul Renner dismissed the cook.",
        "The harbour office confirmed an order for two boats.",
    ],
)
def test_what_rejects_no_claim_is_no_answer(after: str) -> None:
    record = read(f"Row over the fund\n\n{BEFORE} {after}")
    last = after.split()[-1].rstrip(".")
    assert "answered" not in {claim.attribution.value for claim in record.claims if last in claim.text}
    assert all(len(claim.text.split()) > 3 for claim in record.claims if last in claim.text)
