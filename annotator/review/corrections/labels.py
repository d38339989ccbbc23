"""Labels that follow from a reviewer's other answers."""

from collections.abc import Sequence
from typing import Any

from annotator.labels import AttributionMode, Flag, Kind, OnRecord, QuoteType, SourceType
from annotator.records import ARTICLE_SOURCE, Claim, Source
from annotator.review.regions import Region

_QUOTES = "“”\"‘’'«»„‟"


def quote_type_of(pieces: Sequence[str]) -> QuoteType:
    """Direct where every piece stands in quotation marks, mixed where one holds any."""
    if all(piece[0] in _QUOTES and piece[-1] in _QUOTES for piece in pieces):
        return QuoteType.DIRECT
    return QuoteType.MIXED if any(mark in piece for piece in pieces for mark in '“"«„') else QuoteType.INDIRECT


def terms_of(source: Source | None) -> OnRecord:
    if source is None or source.anonymous:
        return OnRecord.UNNAMED_NO_TERMS
    published = {SourceType.MEDIA, SourceType.DOCUMENT, SourceType.SOCIAL_POST}
    return OnRecord.PUBLISHED if source.type in published else OnRecord.ON_RECORD


def consistent(claim: Claim, base: Claim, head: Region, before: Region | None, source: Source) -> Claim:
    """Labels that cannot stay once a claim was given a source or lost it, unless the reviewer set them."""
    values = following(claim, base, source)
    drawn = before.choices if before else {}
    untouched = {name: value for name, value in values.items() if head.choices.get(name) == drawn.get(name)}
    return claim.model_copy(update=untouched) if untouched else claim


def following(claim: Claim, base: Claim, source: Source) -> dict[str, Any]:
    """The labels that a claim must have now that it was given its source or lost it; none where it did neither."""
    had, has = base.attribution is not AttributionMode.UNATTRIBUTED, claim.source_id != ARTICLE_SOURCE
    if had is has:
        return {}
    return {
        "quote_type": quote_type_of([span.text for span in claim.spans]) if has else QuoteType.NONE,
        "attribution": AttributionMode.EXPLICIT if has else AttributionMode.UNATTRIBUTED,
        "on_record": terms_of(source) if has else OnRecord.NOT_APPLICABLE,
    }


def flags_of(claim: Claim, source: Source) -> tuple[Flag, ...]:
    """The newsroom rules that a changed claim sets off; those that hang on the words stay as they were."""
    person, group = source.type is SourceType.PERSON, source.type is SourceType.GROUP
    holds = {
        Flag.BARE_SOURCE: source.anonymous and Flag.BARE_SOURCE in claim.flags,
        Flag.NO_REASON: source.anonymous and source.anonymity_reason is None,
        Flag.ROTE_REASON: source.anonymous and Flag.ROTE_REASON in claim.flags,
        Flag.SINGLE_ANONYMOUS: source.anonymous and person,
        Flag.ANONYMOUS_OPINION: source.anonymous and claim.kind is Kind.OPINION,
        Flag.PLURAL_WITHOUT_COUNT: source.anonymous and group and source.count is None,
        Flag.SECONDHAND: len(claim.chain) > 2,
        Flag.POSTPONED: claim.attribution is AttributionMode.POSTPONED,
        Flag.RELAYED: claim.on_record is OnRecord.RELAYED,
        Flag.UNVERIFIED: Flag.UNVERIFIED in claim.flags,
    }
    return tuple(flag for flag in Flag if holds[flag])
