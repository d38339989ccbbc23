"""The only door out of spaCy: a finished draft becomes an immutable record."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial

from annotator.claims import classify
from annotator.claims.doubts import doubts_of
from annotator.claims.kinds import learned_kind
from annotator.claims.normalize import normalized
from annotator.draft import Draft, DraftAttribution, DraftClaim, DraftLink, DraftNested, DraftSource, Offsets
from annotator.labels import SourceType
from annotator.records import (
    ARTICLE_SOURCE,
    AnnotatedArticle,
    Attribution,
    Candidate,
    Claim,
    Link,
    Nested,
    NonClaim,
    Source,
    Span,
    Tool,
    displayed,
    line_ends,
)
from annotator.sources.trust import link_confidence
from annotator.text import as_printed, legible, whole

Spans = Callable[[Offsets], Span]  # of offsets, those of a record; each is made once

OWN_VOICE_CONFIDENCE = 0.9  # share of own-voice claims on the development gold that are own voice there too


def collect(draft: Draft, tool: Tool) -> AnnotatedArticle:
    """Build the record; raises pydantic's ValidationError if a step left an unsound span or id behind."""
    for source in draft.sources:
        source.name = legible(source.name)
    span = cache(partial(_span, draft.article.text))  # cue and mention stand in each link of each claim again
    given = draft.all_attributions
    ids = {id(item): f"a{n}" for n, item in enumerate(given, start=1)}
    attributions = tuple(_attribution(span, item, ids[id(item)]) for item in given)
    lines = line_ends(draft.text)
    names = {id(claim): f"c{n:02d}" for n, claim in enumerate(draft.claims, start=1)}
    claims = tuple(_claim(draft, span, claim, names, ids, lines) for claim in draft.claims)
    return AnnotatedArticle(
        article=draft.article,
        sections=draft.sections,
        attributions=attributions,
        claims=claims,
        sources=tuple(_sources(draft, span)),
        non_claims=tuple(NonClaim(**span(offsets).model_dump(), reason=reason) for offsets, reason in draft.non_claims),
        tool=tool,
    )


def _span(text: str, offsets: Offsets) -> Span:
    start, end = whole(text, *as_printed(text, *offsets))
    return Span(start=start, end=end, text=text[start:end])


def _maybe(span: Spans, offsets: Offsets | None) -> Span | None:
    return span(offsets) if offsets else None


def _attribution(span: Spans, item: DraftAttribution, name: str) -> Attribution:
    assert item.source is not None, "sources.resolve gives every attribution its source"
    return Attribution(
        attribution_id=name,
        cue=_maybe(span, item.cue),
        source_mention=_maybe(span, item.mention),
        contents=tuple(span(part) for part in sorted(item.contents)),
        source_id=item.source.source_id,
        resolution=item.resolution,
        candidates=tuple(Candidate(source_id=s.source_id, score=round(x, 3)) for s, x in item.candidates),
        confidence=item.confidence,
        source_confidence=item.source_confidence,
        link_confidence=link_confidence(item),
    )


def _claim(
    draft: Draft, span: Spans, claim: DraftClaim, names: dict[int, str], ids: dict[int, str], lines: list[int]
) -> Claim:
    item = claim.attribution
    quote_type = classify.quote_type_of(draft, claim)
    kind = classify.kind_of(draft, claim)
    kind = kind if item is None else learned_kind(draft, claim, kind, quote_type)
    on_record = classify.on_record_of(draft, claim)
    own = OWN_VOICE_CONFIDENCE if claim.somebodys is None else round(1 - claim.somebodys, 4)
    confidence = item.confidence if item else own
    spans = tuple(span(part) for part in claim.spans)
    reasons = doubts_of(claim)
    return Claim(
        claim_id=names[id(claim)],
        attribution_id=ids[id(item)] if item else None,
        section=claim.section,
        paragraph=bisect_right(lines, claim.start),
        spans=spans,
        text=" ".join(part.text for part in spans),
        claim_normalized=normalized(draft, claim, quote_type),
        quote_type=quote_type,
        kind=kind,
        polarity=classify.polarity_of(kind),
        hedged=classify.is_hedged(draft, claim),
        attribution=claim.mode,
        stance=classify.stance_of(draft, claim),
        on_record=on_record,
        source_id=item.source.source_id if item and item.source else ARTICLE_SOURCE,
        source_display=displayed([(link.basis, link.source.name) for link in claim.chain if link.source]),
        chain=tuple(_link(span, link) for link in claim.chain),
        nested=tuple(_nested(span, nested) for nested in claim.nested),
        flags=tuple(classify.flags_of(draft, claim, kind, on_record)),
        confidence=confidence,
        needs_review=bool(reasons),
        review_reasons=reasons,
        at=claim.at,
        responds_to=names[id(claim.responds_to)] if claim.responds_to else None,
    )


def _link(span: Spans, link: DraftLink) -> Link:
    assert link.source is not None, "chains.follow keeps only links with a source"
    return Link(
        source_id=link.source.source_id,
        role=link.role,
        basis=link.basis,
        mention=_maybe(span, link.mention),
        cue=_maybe(span, link.cue),
    )


def _nested(span: Spans, nested: DraftNested) -> Nested:
    return Nested(
        cue=_maybe(span, nested.cue),
        source_mention=_maybe(span, nested.mention),
        contents=tuple(span(part) for part in nested.contents),
    )


def _sources(draft: Draft, span: Spans) -> list[Source]:
    """Sources that a claim, a link or a candidate refers to, and the article itself."""
    used = {ARTICLE_SOURCE}
    for item in draft.all_attributions:
        used |= {item.source.source_id} if item.source else set()
        used |= {candidate.source_id for candidate, _ in item.candidates}
    used |= {link.source.source_id for claim in draft.claims for link in claim.chain if link.source}
    return [_source(span, source) for source in draft.sources if source.source_id in used]


def _source(span: Spans, source: DraftSource) -> Source:
    return Source(
        source_id=source.source_id,
        name=source.name,
        type=source.type,
        affiliation=source.affiliation,
        role=source.role,
        count=source.count if source.type in {SourceType.GROUP, SourceType.PERSON} else None,
        anonymous=source.anonymous,
        anonymity_description=source.description,
        anonymity_reason=source.reason,
        inherited=source.inherited,
        mentions=tuple(span(part) for part in sorted(set(source.mentions))),
    )
