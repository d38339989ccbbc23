"""Why a person should look at a claim; `docs/evaluation.md` has how often each reason is right to ask.

A further reason is a value of `ReviewReason`, with what it means, and a line at the same place in `_HOLDS`.
"""

from collections.abc import Callable, Mapping

from annotator.draft import DraftAttribution, DraftClaim
from annotator.labels import Resolution, ReviewReason
from annotator.sources.trust import link_confidence

# A tenth of the attributed claims lies below; nearly every second of these is wrong, a third of all errors.
REVIEW_BELOW = 0.75
# Of links that are less sure every second is wrong (on PolNeAR train, by weights of other folds); above, two in five.
LINK_BELOW = 0.6
# One in seven claims of own voice lies above, and more than half of those that hold an attribution nobody found.
SOMEBODYS_FROM = 0.3


def doubts_of(claim: DraftClaim) -> tuple[ReviewReason, ...]:
    """Every reason that holds for a claim, in the order of the vocabulary; none for a claim that needs no review."""
    return tuple(reason for reason, holds in _HOLDS.items() if holds(claim))


def _of_attribution(holds: Callable[[DraftAttribution], bool]) -> Callable[[DraftClaim], bool]:
    return lambda claim: claim.attribution is not None and holds(claim.attribution)


def _is_thinly_linked(item: DraftAttribution) -> bool:
    sure = link_confidence(item)
    return sure is not None and sure < LINK_BELOW


def _somebodys(claim: DraftClaim) -> bool:
    return claim.somebodys is not None and claim.somebodys >= SOMEBODYS_FROM


_HOLDS: Mapping[ReviewReason, Callable[[DraftClaim], bool]] = {
    ReviewReason.SOURCE_AMBIGUOUS: _of_attribution(lambda item: item.resolution is Resolution.AMBIGUOUS),
    ReviewReason.SOURCE_UNRESOLVED: _of_attribution(lambda item: item.resolution is Resolution.UNRESOLVED),
    ReviewReason.SOURCE_UNCERTAIN: _of_attribution(_is_thinly_linked),
    ReviewReason.LOW_CONFIDENCE: _of_attribution(lambda item: item.confidence < REVIEW_BELOW),
    ReviewReason.OWN_VOICE_DOUBTFUL: _somebodys,
    ReviewReason.FORM_UNREAD: lambda claim: claim.form_unread,
}
