"""The only door out of spaCy: a finished draft becomes an immutable record."""

from bisect import bisect_right
from collections.abc import Iterator

from annotator.claims import classify
from annotator.claims.doubts import doubts_of
from annotator.claims.kinds import learned_kind
from annotator.claims.normalize import normalized
from annotator.draft import Draft, DraftAttribution, DraftClaim, DraftLink, DraftNested, DraftSource, Offsets
from annotator.labels import LinkBasis, LinkRole, SourceType
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
    parts = _Parts(draft)
    return AnnotatedArticle(
        article=draft.article,
        sections=draft.sections,
        attributions=tuple(parts.attributions()),
        claims=tuple(parts.claims()),
        sources=tuple(parts.sources()),
        non_claims=tuple(parts.non_claims()),
        tool=tool,
    )


class _Parts:
    """Makes the parts of one article's record, compact: the same stretch is one span, wherever it stands."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._given = draft.all_attributions
        self._ids = {id(item): f"a{n}" for n, item in enumerate(self._given, start=1)}
        self._names = {id(claim): f"c{n:02d}" for n, claim in enumerate(draft.claims, start=1)}
        self._lines = line_ends(draft.text)
        self._spans: dict[Offsets, Span] = {}
        self._steps: dict[tuple[str, LinkRole, LinkBasis], Link] = {}  # those that stand nowhere in the text

    def attributions(self) -> Iterator[Attribution]:
        return map(self._attribution, self._given)

    def claims(self) -> Iterator[Claim]:
        return map(self._claim, self._draft.claims)

    def sources(self) -> Iterator[Source]:
        """Sources that a claim, a link or a candidate refers to, and the article itself."""
        used = {ARTICLE_SOURCE}
        for item in self._given:
            used |= {item.source.source_id} if item.source else set()
            used |= {candidate.source_id for candidate, _ in item.candidates}
        used |= {link.source.source_id for claim in self._draft.claims for link in claim.chain if link.source}
        return (self._source(source) for source in self._draft.sources if source.source_id in used)

    def non_claims(self) -> Iterator[NonClaim]:
        for offsets, reason in self._draft.non_claims:
            span = self._span(offsets)
            yield NonClaim(start=span.start, end=span.end, text=span.text, reason=reason).compact()

    def _span(self, offsets: Offsets) -> Span:
        if offsets not in self._spans:
            text = self._draft.article.text
            self._spans[offsets] = Span.of(text, whole(text, *as_printed(text, *offsets))).compact()
        return self._spans[offsets]

    def _maybe(self, offsets: Offsets | None) -> Span | None:
        return self._span(offsets) if offsets else None

    def _attribution(self, item: DraftAttribution) -> Attribution:
        assert item.source is not None, "sources.resolve gives every attribution its source"
        return Attribution(
            attribution_id=self._ids[id(item)],
            cue=self._maybe(item.cue),
            source_mention=self._maybe(item.mention),
            contents=tuple(map(self._span, sorted(item.contents))),
            source_id=item.source.source_id,
            resolution=item.resolution,
            candidates=tuple(Candidate(source_id=s.source_id, score=round(x, 3)).compact() for s, x in item.candidates),
            confidence=item.confidence,
            source_confidence=item.source_confidence,
            link_confidence=link_confidence(item),
        ).compact()

    def _claim(self, claim: DraftClaim) -> Claim:
        draft, item = self._draft, claim.attribution
        quote_type = classify.quote_type_of(draft, claim)
        kind = classify.kind_of(draft, claim)
        kind = kind if item is None else learned_kind(draft, claim, kind, quote_type)
        on_record = classify.on_record_of(draft, claim)
        own = OWN_VOICE_CONFIDENCE if claim.somebodys is None else round(1 - claim.somebodys, 4)
        confidence = item.confidence if item else own
        spans = tuple(map(self._span, claim.spans))
        reasons = doubts_of(claim)
        return Claim(
            claim_id=self._names[id(claim)],
            attribution_id=self._ids[id(item)] if item else None,
            section=claim.section,
            paragraph=bisect_right(self._lines, claim.start),
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
            chain=tuple(map(self._link, claim.chain)),
            nested=tuple(map(self._nested, claim.nested)),
            flags=tuple(classify.flags_of(draft, claim, kind, on_record)),
            confidence=confidence,
            needs_review=bool(reasons),
            review_reasons=reasons,
            at=claim.at,
            responds_to=self._names[id(claim.responds_to)] if claim.responds_to else None,
        ).compact()

    def _link(self, link: DraftLink) -> Link:
        assert link.source is not None, "chains.follow keeps only links with a source"
        step = link.source.source_id, link.role, link.basis
        if link.mention or link.cue:
            return _link(*step, self._maybe(link.mention), self._maybe(link.cue))
        return self._steps.get(step) or self._steps.setdefault(step, _link(*step))

    def _nested(self, nested: DraftNested) -> Nested:
        return Nested(
            cue=self._maybe(nested.cue),
            source_mention=self._maybe(nested.mention),
            contents=tuple(map(self._span, nested.contents)),
        ).compact()

    def _source(self, source: DraftSource) -> Source:
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
            mentions=tuple(map(self._span, sorted(set(source.mentions)))),
        ).compact()


def _link(
    source_id: str, role: LinkRole, basis: LinkBasis, mention: Span | None = None, cue: Span | None = None
) -> Link:
    return Link(source_id=source_id, role=role, basis=basis, mention=mention, cue=cue).compact()
