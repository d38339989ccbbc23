"""What an outlet has found out, and what is put beside a sentence."""

import pytest

from tests.articles import claim_with, read


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Sky News understands that the gate of the old harbour will be closed in May.", "understands"),
        ("The Guardian can reveal that the gate of the old harbour was sold twice.", "can reveal"),
        ("The Associated Press has learned that the gate of the old harbour was sold twice.", "has learned"),
    ],
)
def test_what_an_outlet_has_found_out_is_its_claim(text: str, cue: str) -> None:
    record = read(text)
    claim = claim_with(record, "the gate")
    attribution = record.attribution_of(claim)
    assert attribution is not None
    assert attribution.cue is not None
    assert (attribution.cue.text, record.source_of(claim).type) == (cue, "media")
    assert claim.text.startswith("the gate of the old harbour")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("As per the police, twelve cases were filed on Monday.", "the police", "twelve cases were filed on Monday"),
        ("Twelve cases were filed on Monday, as per officials.", "officials (anonymous)", "Twelve cases were filed"),
        ("In the words of Ann Moor, the pier is a ruin.", "Ann Moor", "the pier is a ruin"),
    ],
)
def test_as_per_somebody_is_according_to_them(text: str, source: str, content: str) -> None:
    record = read(text)
    assert record.source_of(claim_with(record, content)).name == source


def test_as_per_usual_is_nobodys_word() -> None:
    claim = claim_with(read("As per usual, nobody came to the meeting of the harbour council."), "nobody came")
    assert claim.attribution == "unattributed"


def test_what_has_emerged_nobody_is_said_to_have_told() -> None:
    record = read("It has emerged that the mayor failed to declare her share of the pier.")
    claim = claim_with(record, "failed to declare")
    assert record.source_of(claim).type == "unspecified"
    assert claim.text == "the mayor failed to declare her share of the pier"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Moor has written to Bo Lindt asking him to correct the record of the harbour.",
        "Ann Moor confronted the harbour clerks, accusing one of them of losing the record of the harbour.",
    ],
)
def test_who_does_what_a_sentence_tells_speaks_in_its_participle(text: str) -> None:
    record = read(text)
    assert record.source_of(claim_with(record, "the record of the harbour")).name == "Ann Moor"
