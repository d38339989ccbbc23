"""The only door out of spaCy: a finished draft becomes an immutable record."""

from bisect import bisect_right

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

OWN_VOICE_CONFIDENCE = 0.9  # share of own-voice claims on the development gold that are own voice there too


def collect(draft: Draft, tool: Tool) -> AnnotatedArticle:
    """Build the record; raises pydantic's ValidationError if a step left an unsound span or id behind."""
    for source in draft.sources:
        source.name = legible(source.name)
    given = draft.all_attributions
    ids = {id(item): f"a{n}" for n, item in enumerate(given, start=1)}
    attributions = tuple(_attribution(draft, item, ids[id(item)]) for item in given)
    lines = line_ends(draft.text)
    names = {id(claim): f"c{n:02d}" for n, claim in enumerate(draft.claims, start=1)}
    claims = tuple(_claim(draft, claim, names, ids, lines) for claim in draft.claims)
    return AnnotatedArticle(
        article=draft.article,
        sections=draft.sections,
        attributions=attributions,
        claims=claims,
        sources=tuple(_sources(draft)),
        non_claims=tuple(
            NonClaim(**_span(draft, offsets).model_dump(), reason=reason) for offsets, reason in draft.non_claims
        ),
        tool=tool,
    )


def _span(draft: Draft, offsets: Offsets) -> Span:
    text = draft.article.text
    start, end = whole(text, *as_printed(text, *offsets))
    return Span(start=start, end=end, text=text[start:end])


def _maybe(draft: Draft, offsets: Offsets | None) -> Span | None:
    return _span(draft, offsets) if offsets else None


def _attribution(draft: Draft, item: DraftAttribution, name: str) -> Attribution:
    assert item.source is not None, "sources.resolve gives every attribution its source"
    return Attribution(
        attribution_id=name,
        cue=_maybe(draft, item.cue),
        source_mention=_maybe(draft, item.mention),
        contents=tuple(_span(draft, span) for span in sorted(item.contents)),
        source_id=item.source.source_id,
        resolution=item.resolution,
        candidates=tuple(Candidate(source_id=s.source_id, score=round(x, 3)) for s, x in item.candidates),
        confidence=item.confidence,
        source_confidence=item.source_confidence,
        link_confidence=link_confidence(item),
    )


def _claim(draft: Draft, claim: DraftClaim, names: dict[int, str], ids: dict[int, str], lines: list[int]) -> Claim:
    item = claim.attribution
    quote_type = classify.quote_type_of(draft, claim)
    kind = classify.kind_of(draft, claim)
    kind = kind if item is None else learned_kind(draft, claim, kind, quote_type)
    on_record = classify.on_record_of(draft, claim)
    own = OWN_VOICE_CONFIDENCE if claim.somebodys is None else round(1 - claim.somebodys, 4)
    confidence = item.confidence if item else own
    spans = tuple(_span(draft, span) for span in claim.spans)
    reasons = doubts_of(claim)
    return Claim(
        claim_id=names[id(claim)],
        attribution_id=ids[id(item)] if item else None,
        section=claim.section,
        paragraph=bisect_right(lines, claim.start),
        spans=spans,
        text=" ".join(span.text for span in spans),
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
        chain=tuple(_link(draft, link) for link in claim.chain),
        nested=tuple(_nested(draft, nested) for nested in claim.nested),
        flags=tuple(classify.flags_of(draft, claim, kind, on_record)),
        confidence=confidence,
        needs_review=bool(reasons),
        review_reasons=reasons,
        at=claim.at,
        responds_to=names[id(claim.responds_to)] if claim.responds_to else None,
    )


def _link(draft: Draft, link: DraftLink) -> Link:
    assert link.source is not None, "chains.follow keeps only links with a source"
    return Link(
        source_id=link.source.source_id,
        role=link.role,
        basis=link.basis,
        mention=_maybe(draft, link.mention),
        cue=_maybe(draft, link.cue),
    )


def _nested(draft: Draft, nested: DraftNested) -> Nested:
    return Nested(
        cue=_maybe(draft, nested.cue),
        source_mention=_maybe(draft, nested.mention),
        contents=tuple(_span(draft, span) for span in nested.contents),
    )


def _sources(draft: Draft) -> list[Source]:
    """Sources that a claim, a link or a candidate refers to, and the article itself."""
    used = {ARTICLE_SOURCE}
    for item in draft.all_attributions:
        used |= {item.source.source_id} if item.source else set()
        used |= {candidate.source_id for candidate, _ in item.candidates}
    used |= {link.source.source_id for claim in draft.claims for link in claim.chain if link.source}
    return [_source(draft, source) for source in draft.sources if source.source_id in used]


def _source(draft: Draft, source: DraftSource) -> Source:
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
        mentions=tuple(_span(draft, span) for span in sorted(set(source.mentions))),
    )
