"""The text of an article with its marks: lines, split into flat pieces wherever a mark begins or ends."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotator.formats.html.view import ArticleView, ClaimView, SourceView
from annotator.labels import QuoteType, SectionKind
from annotator.records import Span

MOST_CONTEXT = 1200  # characters of a claim's sentences that its card shows
# Where a sentence ends: not behind "Sen.", "J." or "No.", and not before a small letter.
_STOP = re.compile(r"""(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…][”’"')\]]*\s+(?=[“‘"'(\[]*[A-Z0-9])""")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")

MarkKind = Literal["claim", "cue", "mention", "section"]


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that the report shows: of a claim, a cue, a source mention or a section."""

    start: int
    end: int
    kind: MarkKind
    claim: ClaimView | None = None
    source: SourceView | None = None
    section: SectionKind | None = None
    first: bool = False


@dataclass(frozen=True)
class Piece:
    """A flat part of a line: a claim's badge (no text of the article), or text that all its marks cover in full."""

    text: str
    classes: str
    title: str = ""
    claims: str = ""
    badge: ClaimView | None = None
    first: bool = False


@dataclass(frozen=True)
class Block:
    """One line of the text; a blank one has no pieces."""

    kind: SectionKind
    pieces: list[Piece]
    after: str
    start: int = 0  # where it begins in the text


def _marks(view: ArticleView) -> Iterator[Mark]:
    for section in view.record.sections:
        yield Mark(section.start, section.end, "section", section=section.kind)
    seen: set[tuple[int, int, str]] = set()
    for kind, span, source in _cues_and_mentions(view):
        if (span.start, span.end, kind) not in seen:
            seen.add((span.start, span.end, kind))
            yield Mark(span.start, span.end, kind, source=source)
    for claim in view.claims:
        for n, span in enumerate(claim.claim.spans):
            yield Mark(span.start, span.end, "claim", claim=claim, source=claim.source, first=n == 0)


def _cues_and_mentions(view: ArticleView) -> Iterator[tuple[MarkKind, Span, SourceView | None]]:
    """Every cue and mention of the record; where one span is listed twice, the mention with its source comes first."""
    for source in view.sources.values():
        for span in source.source.mentions:
            yield "mention", span, source
    found: list[tuple[Span | None, Span | None, SourceView | None]] = [
        (item.cue, item.source_mention, view.sources[item.source_id]) for item in view.record.attributions
    ]
    for claim in view.claims:
        found += [(link.link.cue, link.link.mention, link.source) for link in claim.chain]
        found += [(nested.cue, nested.source_mention, None) for nested in claim.claim.nested]
    for cue, mention, owner in found:
        if mention:
            yield "mention", mention, owner
        if cue:
            yield "cue", cue, owner


def blocks(view: ArticleView) -> Iterator[Block]:
    """The lines of the article in order; what stands between two of them is in `after`."""
    text = view.article.text
    lines = [match.span(1) for match in _LINE.finditer(text) if match.group()]
    starts = [start for start, _ in lines]
    by_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in _marks(view):
        first, last = bisect_right(starts, mark.start) - 1, bisect_right(starts, mark.end - 1) - 1
        for n in range(first, last + 1):
            by_line[n].append(mark)
    for n, (start, end) in enumerate(lines):
        marks = by_line[n]
        begins_here = any(mark.kind == "claim" and mark.start >= start for mark in marks)
        line_end = starts[n + 1] if n + 1 < len(lines) else len(text)
        if text[start:end].strip(" \t") or begins_here:
            kind = _section_of(start, end, marks)
            yield Block(kind, list(_pieces(text, start, end, marks, kind)), "\n" if line_end > end else "", start)
        else:
            yield Block(SectionKind.BODY, [], text[start:line_end], start)


def context(view: ArticleView, claim: ClaimView) -> list[list[Piece]]:
    """The sentences of the article that a claim, its cue and its source stand in, with their marks, line by line.

    Empty where they say nothing that the claim does not say itself, and where they are too long for a card.
    """
    text = view.article.text
    attribution = claim.attribution
    beside = [attribution.cue, attribution.source_mention] if attribution else []
    marks = [Mark(one.start, one.end, "claim", claim=claim, source=claim.source) for one in claim.claim.spans]
    if attribution and attribution.source_mention:
        marks.append(_mark(attribution.source_mention, "mention", claim.source))
    if attribution and attribution.cue:
        marks.append(_mark(attribution.cue, "cue", claim.source))
    spans = [*claim.claim.spans, *(one for one in beside if one is not None)]
    shown = list(_sentences(text, spans))
    words = sum(len(_bare(text[start:end])) for start, end in shown)
    said = sum(len(_bare(span.text)) for span in claim.claim.spans)
    if words <= said or sum(end - start for start, end in shown) > MOST_CONTEXT:
        return []
    return [
        [piece for piece in _pieces(text, start, end, _within(marks, start, end), SectionKind.BODY) if not piece.badge]
        for start, end in shown
    ]


def _mark(span: Span, kind: MarkKind, source: SourceView | None) -> Mark:
    return Mark(span.start, span.end, kind, source=source)


def _within(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if mark.start < end and mark.end > start]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _sentences(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """In each line the offsets from the beginning of the first sentence of a span to the end of the last one."""
    opening, closing = min(span.start for span in spans), max(span.end for span in spans)
    line_end = re.compile(r"[\r\n]").search(text, closing)
    last_line = line_end.start() if line_end else len(text)
    for match in _LINE.finditer(text, max(text.rfind(sign, 0, opening) for sign in "\r\n") + 1, last_line):
        start, end = match.span(1)
        here = [(max(span.start, start), min(span.end, end)) for span in spans if span.start < end and span.end > start]
        if not here:
            continue
        first, last = min(one[0] for one in here), max(one[1] for one in here)
        stops = [stop.end() for stop in _STOP.finditer(text, start, end)]
        opened = max((stop for stop in stops if stop <= first), default=start)
        closed = min((stop for stop in stops if stop >= last), default=end)
        yield opened, opened + len(text[opened:closed].rstrip())


def _section_of(start: int, end: int, marks: Sequence[Mark]) -> SectionKind:
    """The section that has most of the line: a dateline before a paragraph does not make all of it one."""
    found = [mark for mark in marks if mark.section and min(mark.end, end) > max(mark.start, start)]
    most = max(found, key=lambda mark: min(mark.end, end) - max(mark.start, start), default=None)
    return most.section if most and most.section else SectionKind.BODY


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], kind: SectionKind) -> Iterator[Piece]:
    """Split a line at every border of a mark, so that crossing marks become flat pieces."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[min(max(mark.start, start), end)].append(mark)
    cuts = sorted({start, end, *opening, *(mark.end for mark in marks if mark.end < end)})
    active: list[Mark] = []
    for left, right in pairwise([*cuts, end]):
        yield from (_badge(m) for m in opening[left] if m.kind == "claim" and m.start >= start)
        active = [mark for mark in active if mark.end > left] + opening[left]
        if left < right:
            yield _piece(text[left:right], active, kind)


def _badge(mark: Mark) -> Piece:
    return Piece("", f"k{mark.source.colour}" if mark.source else "", badge=mark.claim, first=mark.first)


def _piece(text: str, marks: Sequence[Mark], block: SectionKind) -> Piece:
    classes, title = [], []
    claims = [mark.claim for mark in marks if mark.claim]
    if claims:
        inner = min(claims, key=lambda claim: len(claim.claim.text))
        classes += [
            "m",
            f"q-{inner.claim.quote_type}",
            f"k{inner.source.colour}",
            *(["over"] if len(claims) > 1 else []),
        ]
        title += [f"claim {c.number}: {c.source.source.name} ({_quote_words(c.claim.quote_type)})" for c in claims]
    if mentions := [mark for mark in marks if mark.kind == "mention"]:
        source = mentions[-1].source
        classes += ["mention", f"n{source.colour if source else 0}"]
        title.append(f"source mention: {source.source.name}" if source else "source mention inside the claim")
    if any(mark.kind == "cue" for mark in marks):
        classes.append("cue")
        title.append("cue")
    sections = [mark.section for mark in marks if mark.section]
    if sections and sections[-1] is not block:
        classes.append(f"sec-{sections[-1]}")
    return Piece(text, " ".join(classes), "; ".join(title), " ".join(claim.card for claim in claims))


def _quote_words(quote: QuoteType) -> str:
    return "own voice" if quote is QuoteType.NONE else str(quote)
