"""From the record to what is scored: its claims, its sources and the spans of its attributions."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from annotator.evaluation.gold.articles import Offsets, Parts
from annotator.evaluation.scores.claims import PredictedClaim, SpanDict
from annotator.evaluation.scores.kinds import quote_type_of
from annotator.evaluation.scores.sources import PredictedSource
from annotator.labels import AttributionMode, Resolution
from annotator.records import AnnotatedArticle, Attribution, Claim, Nested, Source, Span


def prediction_of(record: AnnotatedArticle) -> dict[str, list[PredictedClaim]]:
    """The claims of a record in the scorer's exchange format, `{"claims": [...]}`, in the order of the record."""
    return {"claims": [_predicted_claim(record, claim) for claim in record.claims]}


def _predicted_claim(record: AnnotatedArticle, claim: Claim) -> PredictedClaim:
    source, attribution = record.source_of(claim), record.attribution_of(claim)
    return PredictedClaim(
        start=claim.spans[0].start,
        end=claim.spans[-1].end,
        content_spans=[SpanDict(start=span.start, end=span.end) for span in claim.spans],
        quote_type=claim.quote_type.value,
        kind=claim.kind.value,
        attribution=claim.attribution.value,
        stance=claim.stance.value,
        on_record=claim.on_record.value,
        source=source.name,
        source_type=source.type.value,
        affiliation=source.affiliation.value,
        anonymous=source.anonymous,
        chain=list(record.chain_of(claim)),
        resolution=attribution.resolution.value if attribution else Resolution.RESOLVED.value,
        cue=_span_dict(attribution.cue) if attribution else None,
        source_mention=_span_dict(attribution.source_mention) if attribution else None,
    )


def _span_dict(span: Span | None) -> SpanDict | None:
    return SpanDict(start=span.start, end=span.end) if span else None


def _offsets_of(*spans: Span | None) -> tuple[Offsets, ...]:
    return tuple(sorted((span.start, span.end) for span in spans if span))


def parts_of(attribution: Attribution) -> Parts:
    """The spans of a record's attribution."""
    return Parts(
        _offsets_of(attribution.source_mention), _offsets_of(attribution.cue), _offsets_of(*attribution.contents)
    )


def nested_parts(item: Nested) -> Parts:
    """The spans of an attribution inside a claim."""
    return Parts(_offsets_of(item.source_mention), _offsets_of(item.cue), _offsets_of(*item.contents))


def predicted_sources(record: AnnotatedArticle) -> list[PredictedSource]:
    """Every attribution of a record with its source, then the claims that lie outside of their attribution's contents.

    The latter are continuations, postponed and implied attributions, and the article's own voice. An attribution
    takes mode and chain from its first claim; its quote type is that of its claims, mixed where they differ.
    """
    found, covered = [], set()
    for attribution in record.attributions:
        contents = _offsets_of(*attribution.contents)
        claims = [
            claim
            for claim in record.claims
            if claim.attribution_id == attribution.attribution_id and touch(_offsets_of(*claim.spans), contents)
        ]
        covered |= {claim.claim_id for claim in claims}
        found.append(_of_attribution(record, attribution, contents, claims))
    return found + [_of_claims(record, [c], _offsets_of(*c.spans)) for c in record.claims if c.claim_id not in covered]


def touch(some: Iterable[Offsets], others: Sequence[Offsets]) -> bool:
    """Whether any of some spans shares a character with any of others."""
    return any(a < d and c < b for a, b in some for c, d in others)


def _of_attribution(
    record: AnnotatedArticle, attribution: Attribution, contents: tuple[Offsets, ...], claims: list[Claim]
) -> PredictedSource:
    if claims:
        return _of_claims(record, claims, contents)
    # An attribution inside another one's content has no row in the claim table.
    source = record.source_by_id[attribution.source_id]
    return PredictedSource(
        **_told_of(source),
        content=contents,
        attribution=AttributionMode.EXPLICIT.value,
        quote_type=quote_type_of(record.article.text, contents),
        chain=(source.name,),
        resolution=attribution.resolution.value,
        confidence=attribution.source_confidence,
    )


def _of_claims(record: AnnotatedArticle, claims: list[Claim], content: tuple[Offsets, ...]) -> PredictedSource:
    first = claims[0]
    source = record.source_of(first)
    quote_types = {claim.quote_type.value for claim in claims}
    attribution = record.attribution_of(first)
    return PredictedSource(
        **_told_of(source),
        content=content,
        attribution=first.attribution.value,
        quote_type=quote_types.pop() if len(quote_types) == 1 else "mixed",
        chain=record.chain_of(first)[:-1],
        own_voice=first.attribution is AttributionMode.UNATTRIBUTED,
        resolution=attribution.resolution.value if attribution else Resolution.RESOLVED.value,
        confidence=attribution.source_confidence if attribution else None,
    )


class _Told(TypedDict):
    source_id: str
    source_name: str
    source_type: str
    anonymous: bool


def _told_of(source: Source) -> _Told:
    """What is scored of a source by itself."""
    return _Told(
        source_id=source.source_id,
        source_name=source.name,
        source_type=source.type.value,
        anonymous=source.anonymous,
    )
