"""The claims of a page: the base's own where they look the same, else made from the regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.label_studio import ATTRIBUTED_TO, CLAIM_CONTROLS, CLAIM_NORMALIZED, CUE, CUE_OF, HEDGED
from annotator.labels import (
    VOCABULARIES,
    AttributionMode,
    Kind,
    LinkBasis,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    SectionKind,
    Stance,
)
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Attribution, Claim, Link, Span, line_ends
from annotator.review.corrections.chains import Chains
from annotator.review.corrections.labels import consistent, flags_of, quote_type_of, terms_of
from annotator.review.corrections.looks import CERTAIN, Look, heads, pieces_of, walk
from annotator.review.corrections.sources import Sources
from annotator.review.regions import Page, Region, free_id


@dataclass
class Made:
    """A claim as it is now, and its attribution where that is not the base's any more."""

    claim: Claim
    base: Claim | None
    own: Attribution | None = None  # what a reviewer says; its id is given later
    respanned: bool = False


class Claims:
    """The claims of a page, each compared with what was drawn of it."""

    def __init__(self, base: AnnotatedArticle, page: Page, drawn: Page, sources: Sources) -> None:
        self.base, self.page, self.drawn, self.sources = base, page, drawn, sources
        self.chains = Chains(base, page, drawn, sources)
        self.line_ends = line_ends(base.article.text)
        self.taken = {claim.claim_id for claim in base.claims}

    def made(self) -> list[Made]:
        """Every claim of the page: the base's in their order, each new one before the first that begins behind it."""
        known, new = [], []
        of_piece = {
            region.region_id: n
            for n in range(len(self.base.claims))
            for region in pieces_of(self.drawn, self.drawn.regions.get(f"claim-{n + 1}"))
        }
        seen: set[int] = set()
        for head in heads(self.page):
            n = of_piece.get(head.region_id)
            if n is None or n in seen:
                new.append(self._claim(head, None if n is None else self.base.claims[n], again=n is not None))
            else:
                seen.add(n)
                known.append((n, self._claim(head, self.base.claims[n])))
        claims = [made for _, made in sorted(known, key=lambda item: item[0])]
        for made in sorted(new, key=lambda item: item.claim.spans[0].start):
            start = made.claim.spans[0].start
            place = next((i for i, other in enumerate(claims) if other.claim.spans[0].start > start), len(claims))
            claims.insert(place, made)
        return claims

    def _claim(self, head: Region, base: Claim | None, *, again: bool = False) -> Made:
        """The claim of a head; with `again`, a piece that a reviewer took off the claim `base`."""
        before = self.drawn.regions.get(head.region_id) if base and not again else None
        look, looked = self._look(self.page, head), self._look(self.drawn, before) if before else None
        known = base if base and not again else self._blank(look, base)
        respanned = looked is None or look.spans != looked.spans
        attributed = looked is None or (look.source, look.cues) != (looked.source, looked.cues) or self._moved(look)
        own = self._attribution(head, look) if attributed else None
        changes = self._answers(head, before)
        if respanned:
            changes |= self._place(look.spans)
        if attributed:
            changes["source_id"] = own.source_id if own else ARTICLE_SOURCE
        claim = known.model_copy(update=changes)
        claim = self.chains.shown(claim, look, looked, attributed)
        if typed := self.chains.typed(head, before):
            claim, own = self.chains.as_typed(claim, typed, own)
        if attributed and own is None:
            claim = claim.model_copy(update={"attribution_id": None})
        source = self.sources.by_id(claim.source_id)
        if looked is not None and claim.source_id != known.source_id:
            claim = consistent(claim, known, head, before, source)
        if claim != known or source != self.base.source_by_id.get(claim.source_id):
            claim = claim.model_copy(update={"flags": flags_of(claim, source)})
        return Made(claim, base if not again else None, own, respanned)

    def _moved(self, look: Look) -> bool:
        """Whether the mention that a claim is attributed to belongs to another source now."""
        region_id = look.source[0] if look.source else ""
        before = self.sources.mentions.source_of_drawn.get(region_id)
        return before is not None and before != self.sources.id_of_region[region_id]

    def _look(self, page: Page, head: Region) -> Look:
        spans = tuple(region.span for region in pieces_of(page, head))
        targets = page.targets(head.region_id, ATTRIBUTED_TO)
        if len(targets) > 1 and page is self.page:
            words = " and ".join(page.words(target) for target in targets)
            page.problems.append(f"{page.words(head)} is attributed to {words}; the first counts")
        source = targets[0] if targets else None
        cues = tuple(sorted(cue.span for cue in page.origins(head.region_id, CUE_OF) if cue.label == CUE))
        chain = tuple(
            (region.region_id, region.span, tuple(cue.span for cue in page.origins(region.region_id, CUE_OF)))
            for region in walk(page, source)
        )
        return Look(spans, (source.region_id, source.span) if source else None, cues, chain)

    def _answers(self, head: Region, before: Region | None) -> dict[str, Any]:
        """Answers that are not those that were drawn; an answer that was taken back leaves the base's."""
        drawn = before.choices if before else {}
        changes: dict[str, Any] = {
            control.name: VOCABULARIES[control.name](head.choices[control.name])
            for control in CLAIM_CONTROLS
            if control.name in head.choices and head.choices[control.name] != drawn.get(control.name)
        }
        if (HEDGED in head.choices) != (HEDGED in drawn):
            changes["hedged"] = HEDGED in head.choices
        typed = head.typed.get(CLAIM_NORMALIZED)
        if typed != (before.typed.get(CLAIM_NORMALIZED) if before else None):
            changes["claim_normalized"] = typed
        return changes

    def _place(self, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
        pieces = tuple(Span.of(self.page.text, span) for span in spans)
        start = pieces[0].start
        section = next((s.kind for s in self.base.sections if s.start <= start < s.end), SectionKind.BODY)
        return {
            "spans": pieces,
            "text": " ".join(piece.text for piece in pieces),
            "section": section,
            "paragraph": sum(end <= start for end in self.line_ends),
        }

    def _blank(self, look: Look, like: Claim | None) -> Claim:
        """What is assumed of a claim that a reviewer added, until they say otherwise."""
        claim_id = free_id("r1", self.taken)
        self.taken.add(claim_id)
        if like is not None:  # a piece that a reviewer took off is what the whole was
            return like.model_copy(update={"claim_id": claim_id, "review": None, "verdict": None})
        source = self.sources.of(self.page.regions[look.source[0]]) if look.source else None
        attributed = bool(look.source or look.cues)
        publisher = Link(source_id=ARTICLE_SOURCE, role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT)
        pieces = [self.page.text[slice(*span)] for span in look.spans]
        return Claim(
            claim_id=claim_id,
            attribution_id=None,
            **self._place(look.spans),
            claim_normalized=None,
            quote_type=quote_type_of(pieces) if attributed else QuoteType.NONE,
            kind=Kind.STATEMENT,
            polarity=Polarity.POSITIVE,
            hedged=False,
            attribution=AttributionMode.EXPLICIT if attributed else AttributionMode.UNATTRIBUTED,
            stance=Stance.NEUTRAL,
            on_record=terms_of(source) if attributed else OnRecord.NOT_APPLICABLE,
            source_id=ARTICLE_SOURCE,
            source_display="",
            chain=(publisher,),
            nested=(),
            confidence=CERTAIN,
            needs_review=False,
        )

    def _attribution(self, head: Region, look: Look) -> Attribution | None:
        """What a reviewer says of who said it with which words; None for the article's own voice."""
        if look.source is None and not look.cues:
            return None
        text = self.page.text
        mention = Span.of(text, look.source[1]) if look.source else None
        source = self.sources.of(self.page.regions[look.source[0]]) if look.source else self.sources.unspecified()
        if len(look.cues) > 1:
            self.page.problems.append(f"{self.page.words(head)} has {len(look.cues)} cues; the first is its own")
        return Attribution(
            attribution_id="",
            cue=Span.of(text, look.cues[0]) if look.cues else None,
            source_mention=mention,
            contents=tuple(Span.of(text, span) for span in look.spans),
            source_id=source.source_id,
            confidence=CERTAIN,
        )
