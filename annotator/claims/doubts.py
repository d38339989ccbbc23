"""Why a person should look at a claim; `docs/evaluation.md` has how often each reason is right to ask."""

from collections.abc import Callable, Mapping

from annotator.draft import DraftAttribution, DraftClaim
from annotator.labels import Resolution, ReviewReason

# A tenth of the attributed claims lies below; nearly every second of these is wrong, a third of all errors.
REVIEW_BELOW = 0.75


def doubts_of(claim: DraftClaim) -> tuple[ReviewReason, ...]:
    """Every reason that holds for a claim, in the order of the vocabulary; none for a claim that needs no review."""
    if claim.attribution is None:
        return ()
    return tuple(reason for reason in ReviewReason if _OF_ATTRIBUTION[reason](claim.attribution))


_OF_ATTRIBUTION: Mapping[ReviewReason, Callable[[DraftAttribution], bool]] = {
    ReviewReason.SOURCE_AMBIGUOUS: lambda item: item.resolution is Resolution.AMBIGUOUS,
    ReviewReason.SOURCE_UNRESOLVED: lambda item: item.resolution is Resolution.UNRESOLVED,
    ReviewReason.LOW_CONFIDENCE: lambda item: item.confidence < REVIEW_BELOW,
}
