"""Who is quoted, and by whom."""

import pytest

from tests.articles import claim_with, read


@pytest.mark.parametrize(
    ("text", "words", "chain"),
    [
        (
            "A port official was quoted by the Anchor News as saying that the pier had rotted.",
            "had rotted",
            ("port official (anonymous)", "Anchor News"),
        ),
        (
            "The Anchor News said the pier was shut. It quoted Ivo Brandt as saying that the pier had rotted.",
            "had rotted",
            ("Ivo Brandt", "Anchor News"),
        ),
        (
            "The mayor was quoted as saying by state media that the pier had rotted.",
            "had rotted",
            ("mayor", "state media"),
        ),
        ("The chairman, it is understood, will leave the board.", "will leave", ("unspecified source (anonymous)",)),
        (
            "Danish claims that Polish boats left the harbour could not be independently verified.",
            "left the harbour",
            ("Denmark",),
        ),
    ],
)
def test_who_is_quoted_by_whom(text: str, words: str, chain: tuple[str, ...]) -> None:
    record = read(text)
    claim = claim_with(record, words)
    assert record.chain_of(claim) == (*chain, "Daily Example")
    assert "quoted" not in claim.text
    assert "verified" not in claim.text
