"""The times of a live blog's entries."""

import pytest

from tests.articles import claim_with, read


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("14.32 GMT", "13.05 GMT"),
        ("2:15 p.m. ET", "1:40 p.m. ET"),
        ("09:30", "09:10"),
        ("Updated 18:20 BST", "17:55 BST"),
        ("5pm", "4pm"),
        ("[21:04]", "[20:47]"),
        ("Monday 11:30 CET", "Monday 10:15 CET"),
        ("• 7:45 am", "• 7:15 am"),
        ("16h20", "15h50"),
        ("12:02 (local time)", "11:40 (local time)"),
    ],
)
def test_a_claim_has_the_time_that_stands_above_it(first: str, second: str) -> None:
    record = read(
        f"Storm Vera: live updates\n\n{first}\n\nThe police chief, Mara Holt, said two bridges were closed.\n\n"
        f"{second}\n\nTrains have stopped between Norvik and Selby."
    )
    early, late = (claim_with(record, words) for words in ("bridges", "Trains"))
    assert early.at is not None
    assert early.at in first
    assert late.at is not None
    assert late.at in second


def test_a_time_before_the_words_of_an_entry_is_no_part_of_its_claim() -> None:
    record = read(
        "Strike at the port: live\n\n10:32 – Tom Lee, of the union, said talks had failed.\n\n"
        "9:58 – Workers walked out of the yard at dawn."
    )
    claim = claim_with(record, "Workers")
    assert (claim.text, claim.at) == ("Workers walked out of the yard at dawn", "9:58")


def test_one_time_is_no_live_blog() -> None:
    record = read("Fire on the pier\n\n14:30\n\nThe pier of Elsund burned for two hours, and nobody was hurt.")
    assert {claim.at for claim in record.claims} == {None}


def test_claims_above_the_first_time_have_none() -> None:
    record = read(
        "Vote count: live\n\nThe polls have closed in all nine districts of the island.\n\n21:04\n\n"
        "The first boxes have been opened in Elsund.\n\n21:30\n\nTurnout was high in the north of the island."
    )
    assert claim_with(record, "districts").at is None
