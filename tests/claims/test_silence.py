"""Who declines to speak claims nothing; whose words are quoted all the same does."""

import pytest

from annotator.labels import NonClaimReason
from tests.articles import read

BEFORE = "Pier closed\n\nThe pier at Elsund was closed on Monday after a storm, the harbour office said."


@pytest.mark.parametrize(
    "silence",
    [
        "The harbour master would not say whether the pier was insured",
        "Mayor Ann Moor would not name the builder",
        "The ministry would not be drawn on the costs",
        "The insurer has yet to respond to written questions",
        "No one would speak on the record",
        "A clerk wouldn’t confirm the figure",
        "The builder declined to disclose the price",
        "The owners could not be contacted on Tuesday",
        "The company gave no response to three letters",
        "The council didn't respond to a message",
    ],
)
def test_silence_is_no_claim(silence: str) -> None:
    record = read(f"{BEFORE} {silence}.")
    found = [item for item in record.non_claims if silence in item.text or item.text in silence]
    assert NonClaimReason.NO_COMMENT in {item.reason for item in found}
    assert not any(silence[4:20] in claim.text for claim in record.claims)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("“I would not comment on a storm that was forecast,” said Mayor Ann Moor.", "would not comment"),
        ('Mayor Ann Moor declined to discuss the pier, saying only: "It has my prayers and not much else."', "prayers"),
        ("“It is late,” said Mayor Ann Moor, who declined to comment on the price.", "It is late"),
        ("The pier is rotten, according to Mayor Ann Moor, who did not respond to questions.", "pier is rotten"),
        ("Mayor Ann Moor said that the pier was rotten but declined to comment on its price.", "was rotten"),
        ("Mayor Ann Moor declined to comment on the price and said the matter was before a court.", "before a court"),
    ],
)
def test_what_is_said_all_the_same_is_a_claim(sentence: str, words: str) -> None:
    record = read(f"{BEFORE} {sentence}")
    assert [record.source_of(claim).name for claim in record.claims if words in claim.text] == ["Ann Moor"]
