"""Attributions inside a claim."""

import pytest

from tests.articles import read

# --- attributions inside a claim --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cue", "mention"),
    [
        ("Helen Strake said police suspect that the gate was left open.", "suspect", "police"),
        (
            "“The gate, according to the inspectors, was never locked,” Helen Strake said.",
            "according to",
            "the inspectors",
        ),
        ("Helen Strake said all they got was a message stating “the gate is closed”.", "stating", "a message"),
        ("“She went on to say that the gate was locked,” Helen Strake recalled.", "went on to say", "She"),
        ("“We persuaded the port board in May that the gate had to stay,” Helen Strake said.", "persuaded", "We"),
        (
            "Helen Strake said the firm gave assurances (none in writing) that the gate would stay.",
            "gave assurances",
            "the firm",
        ),
        ("“Somebody emailed me last night asking for the key to the gate,” Helen Strake said.", "emailed", "Somebody"),
        ("“The gate was, I believe, never locked,” Helen Strake said.", "believe", "I"),
    ],
)
def test_an_attribution_inside_a_content_is_nested(content: str, cue: str, mention: str) -> None:
    record = read(content)
    (claim,) = [claim for claim in record.claims if "gate" in claim.text]
    (nested,) = claim.nested
    assert nested.cue is not None
    assert nested.source_mention is not None
    assert (nested.cue.text, nested.source_mention.text) == (cue, mention)
    assert all("gate" in span.text or "locked" in span.text for span in nested.contents)
