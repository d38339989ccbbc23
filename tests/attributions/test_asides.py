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
