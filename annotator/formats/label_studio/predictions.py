"""A record as a prediction: regions for its claims, sources and cues, the answers on them, and what joins them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from annotator.formats.doubts import why
from annotator.formats.label_studio.configuration import (
    ANONYMOUS,
    ATTRIBUTED_TO,
    CHAIN,
    CITED_BY,
    CLAIM,
    CLAIM_CONTROLS,
    CLAIM_NORMALIZED,
    CONTINUES,
    CUE,
    CUE_OF,
    DOUBTED,
    HEDGED,
    NOTE,
    SAME_SOURCE,
    SOURCE,
    SOURCE_NAME,
    SPAN,
    TEXT,
    Relation,
)
from annotator.formats.tables import CHAIN_SIGN
from annotator.records import AnnotatedArticle, Claim, Link, Source, Span, Tool


def model_version(record: AnnotatedArticle) -> str:
    """What made the record, in one string; a missing version would stop the list of tasks from loading."""
    return version_of(record.tool)


def version_of(tool: Tool) -> str:
    """A tool in one string."""
    return f"{tool.name} {tool.version} model {tool.model} lexicon {tool.lexicon}"


def prediction(record: AnnotatedArticle) -> dict[str, Any]:
    """The record's claims, sources and cues as regions with their relations.

    The score is the mean confidence of the claims: sorted by it, the articles that need a person most come first.
    """
    canvas = _Canvas(record)
    for number, claim in enumerate(record.claims, 1):
        _draw_claim(canvas, claim, f"claim-{number}{DOUBTED if claim.needs_review else ''}")
    canvas.join_mentions()
    return {
        "model_version": model_version(record),
        "score": fmean(claim.confidence for claim in record.claims) if record.claims else 0.0,
        "result": [*canvas.results, *canvas.relation_results()],
    }


@dataclass
class _Canvas:
    """Regions and relations drawn so far; a mention or a cue that several claims share is drawn once."""

    record: AnnotatedArticle
    results: list[dict[str, Any]] = field(default_factory=list)
    mentions: dict[tuple[str, int, int], str] = field(default_factory=dict)  # source_id, start, end
    cues: dict[tuple[int, int], str] = field(default_factory=dict)
    relations: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def region(self, region: str, label: str, span: Span, meta: dict[str, Any], score: float | None = None) -> None:
        result = self._result(region, SPAN, "labels", span, {"text": span.text, "labels": [label]}, meta)
        self.results.append(result if score is None else {**result, "score": score})

    def choose(self, region: str, control: str, span: Span, value: str, meta: dict[str, Any]) -> None:
        value_of = {"text": span.text, "choices": [value]}
        self.results.append(self._result(region, control, "choices", span, value_of, meta))

    def type_in(self, region: str, control: str, span: Span, words: str, meta: dict[str, Any]) -> None:
        # Here `text` is what was typed, so the region's own words have no place.
        self.results.append(self._result(region, control, "textarea", span, {"text": [words]}, meta))

    def _result(
        self, region: str, control: str, kind: str, span: Span, value: dict[str, Any], meta: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": region,
            "from_name": control,
            "to_name": TEXT,
            "type": kind,
            "value": {"start": span.start, "end": span.end, **value},
            "meta": meta,
        }

    def source(self, source: Source, span: Span) -> str:
        """Id of the region of a mention, drawn if it is new."""
        key = (source.source_id, span.start, span.end)
        if key not in self.mentions:
            region = self.mentions[key] = f"source-{len(self.mentions) + 1}"
            meta = {"source_id": source.source_id}
            self.region(region, SOURCE, span, meta)
            self.choose(region, "source_type", span, source.type.value, meta)
            self.choose(region, "affiliation", span, source.affiliation.value, meta)
            if source.anonymous:
                self.choose(region, ANONYMOUS, span, ANONYMOUS, meta)
            self.type_in(region, SOURCE_NAME, span, source.name, meta)
        return self.mentions[key]

    def cue(self, span: Span, meta: dict[str, Any]) -> str:
        """Id of the region of a cue, drawn if it is new."""
        key = (span.start, span.end)
        if key not in self.cues:
            self.cues[key] = f"cue-{len(self.cues) + 1}"
            self.region(self.cues[key], CUE, span, meta)
        return self.cues[key]

    def relate(self, start: str, relation: Relation, end: str) -> None:
        """Join two regions; the editor keeps one relation a pair, so a second one becomes its second label."""
        names = self.relations.setdefault((start, end), [])
        if start != end and relation.name not in names:
            names.append(relation.name)

    def join_mentions(self) -> None:
        """Join each mention that was drawn to the mention of the same source before it in the text."""
        before: dict[str, str] = {}
        for (source_id, _, _), region in sorted(self.mentions.items(), key=lambda item: item[0][1:]):
            if source_id in before:
                self.relate(region, SAME_SOURCE, before[source_id])
            before[source_id] = region

    def relation_results(self) -> Iterator[dict[str, Any]]:
        for (start, end), names in self.relations.items():
            if names:
                yield {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": names}


def _draw_claim(canvas: _Canvas, claim: Claim, region: str) -> None:
    """The claim's regions, its answers on the first of them, and what joins it to its cue, source and chain."""
    first = claim.spans[0]
    meta = {"claim_id": claim.claim_id, "source_id": claim.source_id, "attribution_id": claim.attribution_id}
    # What the editor shows of a region beside its answers: a list of one text, as it writes it itself.
    shown = {"text": [f"Needs review: {'; '.join(doubts)}"]} if (doubts := why(canvas.record, claim)) else {}
    canvas.region(region, CLAIM, first, {**meta, **shown}, score=claim.confidence)
    for control in CLAIM_CONTROLS:
        canvas.choose(region, control.name, first, getattr(claim, control.name).value, meta)
    if claim.hedged:
        canvas.choose(region, HEDGED, first, HEDGED, meta)
    if claim.claim_normalized:
        canvas.type_in(region, CLAIM_NORMALIZED, first, claim.claim_normalized, meta)
    if claim.attribution_id:
        canvas.type_in(region, CHAIN, first, CHAIN_SIGN.join(canvas.record.chain_of(claim)), meta)
    if claim.review and claim.review.note:
        canvas.type_in(region, NOTE, first, claim.review.note, meta)
    _draw_pieces(canvas, claim, region, meta)
    _draw_attribution(canvas, claim, region)
    _draw_chain(canvas, claim.chain)


def _draw_pieces(canvas: _Canvas, claim: Claim, region: str, meta: dict[str, Any]) -> None:
    before = region
    for n, span in enumerate(claim.spans[1:], 2):
        piece = f"{region}-{n}"
        canvas.region(piece, CLAIM, span, meta, score=claim.confidence)
        canvas.relate(piece, CONTINUES, before)
        before = piece


def _draw_attribution(canvas: _Canvas, claim: Claim, region: str) -> None:
    attribution = canvas.record.attribution_of(claim)
    if attribution is None:
        return
    source = canvas.record.source_by_id[attribution.source_id]
    if mention := attribution.source_mention or _nearest(source.mentions, claim.spans[0].start):
        canvas.relate(region, ATTRIBUTED_TO, canvas.source(source, mention))
    if attribution.cue:
        cue = canvas.cue(attribution.cue, {"attribution_id": attribution.attribution_id})
        canvas.relate(cue, CUE_OF, region)


def _nearest(mentions: Sequence[Span], start: int) -> Span | None:
    """The last mention before `start`, else the first one: whom a claim without a mention of its own belongs to."""
    in_order = sorted(mentions, key=lambda mention: mention.start)
    before = [mention for mention in in_order if mention.start < start]
    return before[-1] if before else next(iter(in_order), None)


def _draw_chain(canvas: _Canvas, chain: Iterable[Link]) -> None:
    """A `cited_by` from each link that has a mention to the next one that has; a link's own cue belongs to it."""
    before: str | None = None
    for link in chain:
        if link.mention is None:
            continue
        region = canvas.source(canvas.record.source_by_id[link.source_id], link.mention)
        if link.cue and (link.cue.start, link.cue.end) not in canvas.cues:
            canvas.relate(canvas.cue(link.cue, {"source_id": link.source_id}), CUE_OF, region)
        if before:
            canvas.relate(before, CITED_BY, region)
        before = region
