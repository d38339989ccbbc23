"""Why a person should look at a claim; `docs/evaluation.md` has how often each reason is right to ask.

A further reason is a value of `ReviewReason`, with what it means, and a line in `_HOLDS`.
"""

from collections.abc import Callable, Mapping

from annotator.draft import Draft, DraftClaim
from annotator.labels import Resolution, ReviewReason
from annotator.language.cues import DOUBLE_QUOTES
from annotator.sources.trust import link_confidence

# A tenth of the attributed claims lies below; nearly every second of these is wrong, a third of all errors.
REVIEW_BELOW = 0.75
# Of links that are less sure every second is wrong (on PolNeAR train, by weights of other folds); above, two in five.
LINK_BELOW = 0.6


def doubts_of(draft: Draft, claim: DraftClaim) -> tuple[ReviewReason, ...]:
    """Every reason that holds for a claim, in the order of the vocabulary; none for a claim that needs no review."""
    return tuple(reason for reason in ReviewReason if _HOLDS[reason](draft, claim))


def _resolution(claim: DraftClaim) -> Resolution | None:
    return claim.attribution.resolution if claim.attribution else None


def _is_thinly_linked(draft: Draft, claim: DraftClaim) -> bool:
    sure = link_confidence(claim.attribution) if claim.attribution else None
    return sure is not None and sure < LINK_BELOW


def _is_quoted_own_voice(draft: Draft, claim: DraftClaim) -> bool:
    """On PolNeAR train every third is somebody's words, of all in own voice every tenth; elsewhere it is less clear."""
    return claim.attribution is None and any(
        mark in draft.words(span) for span in claim.spans for mark in DOUBLE_QUOTES
    )


_HOLDS: Mapping[ReviewReason, Callable[[Draft, DraftClaim], bool]] = {
    ReviewReason.SOURCE_AMBIGUOUS: lambda _, claim: _resolution(claim) is Resolution.AMBIGUOUS,
    ReviewReason.SOURCE_UNRESOLVED: lambda _, claim: _resolution(claim) is Resolution.UNRESOLVED,
    ReviewReason.SOURCE_UNCERTAIN: _is_thinly_linked,
    ReviewReason.LOW_CONFIDENCE: lambda _, claim: (
        claim.attribution is not None and claim.attribution.confidence < REVIEW_BELOW
    ),
    ReviewReason.QUOTED_OWN_VOICE: _is_quoted_own_voice,
}
