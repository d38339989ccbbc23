"""Posts below the line of their account, and dialogue behind dashes."""

import pytest

import annotator
from annotator.labels import AttributionMode
from tests.articles import claim_with, read, speaker

NEWS = "The power failed in Elsund on Monday night.\n\n"


@pytest.mark.parametrize(
    "line", ["Northern Grid @NorthernGrid · May 3, 2025", "Northern Grid (@NorthernGrid)", "Northern Grid @grid | 8h"]
)
def test_a_post_is_whose_account_stands_above_it(line: str) -> None:
    record = read(
        f"{NEWS}{line}\n\nPower is back in all of Elsund tonight.\n\nThe council met on Sunday to talk about the grid."
    )
    assert speaker(record, "Power is back") == "Northern Grid"
    assert speaker(record, "council met") is None
    assert not any("@" in claim.text for claim in record.claims)


def test_who_wrote_the_article_posts_nothing() -> None:
    record = annotator.annotate(
        "Council looks again at the old harbour plan\n\nAnna Moor @annamoor\n\nThe power failed in Elsund on Monday.",
        publisher="Daily Example",
    )
    assert speaker(record, "power failed") is None


def test_what_a_dash_resumes_goes_on_with_its_speaker() -> None:
    record = read(
        f"{NEWS}— The road is safe, said Mayor Ivan Petrenko. — Nobody needs to worry.\n\nThe council met at noon."
    )
    claim = claim_with(record, "Nobody needs")
    assert (speaker(record, "Nobody needs"), claim.attribution) == ("Ivan Petrenko", AttributionMode.CONTINUATION)
    assert speaker(record, "council met") is None
