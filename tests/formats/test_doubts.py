"""Why a claim needs review, in words."""

import pytest

from annotator.formats.doubts import why
from annotator.labels import ReviewReason
from annotator.records import AnnotatedArticle, Claim
from tests.factory import harbour_record


def doubted(*reasons: ReviewReason) -> tuple[AnnotatedArticle, Claim]:
    record = harbour_record()
    claim = record.claims[6]
    return record, claim.model_copy(update={"review_reasons": reasons, "needs_review": bool(reasons)})


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ((), []),
        ((ReviewReason.SOURCE_AMBIGUOUS,), ["two sources could be meant: Tom Lee or guard"]),
        (
            (ReviewReason.SOURCE_UNRESOLVED, ReviewReason.LOW_CONFIDENCE),
            [
                "the article does not say who is meant; it may be Tom Lee or guard",
                "the annotator is not sure of the attribution",
            ],
        ),
    ],
)
def test_each_reason_is_a_phrase_with_those_who_could_be_meant(
    reasons: tuple[ReviewReason, ...], said: list[str]
) -> None:
    assert why(*doubted(*reasons)) == said


def test_without_candidates_the_reason_is_what_it_means() -> None:
    record, claim = doubted(ReviewReason.SOURCE_AMBIGUOUS)
    attributions = tuple(item.model_copy(update={"candidates": ()}) for item in record.attributions)
    assert why(record.model_copy(update={"attributions": attributions}), claim) == [
        ReviewReason.SOURCE_AMBIGUOUS.meaning
    ]
