"""What stands before is attributed afterwards."""

import pytest

from tests.articles import read, speaker


@pytest.mark.parametrize(
    "after",
    [
        "The harbour spokesman, Ivo Brandt, disclosed this while briefing reporters on Thursday.",
        "Harbour spokesman Ivo Brandt announced this at a meeting in Elsund.",
        "Ivo Brandt, the harbour spokesman, made this known during a visit.",
    ],
)
def test_who_disclosed_this_is_the_source_of_what_stands_before(after: str) -> None:
    record = read(f"Four men have been arrested over the theft of a crane from the pier.\n\n{after}")
    assert speaker(record, "Four men have been arrested") == "Ivo Brandt"
    assert not any("this" in claim.text for claim in record.claims)


def test_what_is_said_here_is_not_said_before() -> None:
    record = read("Four men have been arrested over a theft.\n\nIvo Brandt announced this: the pier will close in May.")
    assert speaker(record, "Four men have been arrested") is None
