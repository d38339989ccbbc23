"""Text of a form that was not understood asks for review."""

import pytest

import annotator
from annotator.labels import ReviewReason
from tests.articles import read

VERSE = "\n".join(
    f"{first} over the harbour of Elsund\nAnd nobody knows when it ends"
    for first in (
        "The rain comes down",
        "The wind goes up",
        "A gull flies out",
        "The moon hangs low",
        "A bell rings on",
    )
)
TABLE = "\n".join(
    f"{town} | voted for the pier | {n} per cent" for n, town in enumerate(("Elsund", "Linden", "Port") * 4, 11)
)
CAPITALS = (
    "THE PIER OF ELSUND BURNED FOR TWO HOURS ON MONDAY AND NOBODY WAS HURT. THE FIRE BEGAN IN A KITCHEN. "
    "THE COUNCIL WILL MEET ON THURSDAY TO DISCUSS THE REPAIR. THE HARBOUR STAYS CLOSED UNTIL THE SPRING. "
    "THE FERRY RUNS FROM LINDEN EACH MORNING."
)
NEWS = (
    "The pier of Elsund burned for two hours on Monday, and nobody was hurt.\n\n"
    "The fire began in a kitchen, Mara Holt, the fire chief, said.\n\n"
    "These are the rules from now on:\n\n- No open fire\n- No cars after six\n- No dogs in the hall\n\n"
    "The council will meet on Thursday to discuss the repair of the pier."
)


@pytest.mark.parametrize("text", [VERSE, TABLE, CAPITALS])
def test_text_without_sentences_asks_for_review(text: str) -> None:
    record = annotator.annotate(f"Council looks again at the old harbour plan\n\n{text}", publisher="Daily Example")
    body = [claim for claim in record.claims if claim.section == "body"]
    assert body
    assert all(claim.needs_review and ReviewReason.FORM_UNREAD in claim.review_reasons for claim in body)


@pytest.mark.parametrize("mark", [":", " |", " —", " (08:14):"])
def test_turns_that_nobody_was_given_ask_for_review(mark: str) -> None:
    record = read(
        f"Caller{mark} The road by the mill is under water again.\n\n"
        f"Dispatch{mark} A car is on its way to you.\n\n"
        f"Caller{mark} The water is at the door of the barn.\n\n"
        f"Dispatch{mark} The fire brigade has been called out from Linden."
    )
    own = [claim for claim in record.claims if claim.section == "body" and claim.attribution == "unattributed"]
    assert all(ReviewReason.FORM_UNREAD in claim.review_reasons for claim in own)
    assert own


def test_news_with_a_list_is_read() -> None:
    assert not any(ReviewReason.FORM_UNREAD in claim.review_reasons for claim in read(NEWS).claims)
