"""Examples of labels in records: the sentence, and where in it the words stand that have the label."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.formats.tables import CHAIN_SIGN
from annotator.records import AnnotatedArticle, Attribution, Claim, Source

MOST = 2  # examples that a label has
CALM = range(40, 300)  # characters of a sentence that is easily read as an example
# Not behind an initial or a short title.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St))(?<!\b(?:Mrs|Rep|Sen|Gov|Gen))(?<!\bSept)[.!?][”’\"')\]]*\s+(?=[“‘\"'(]?[A-Z0-9])"
)
Offsets = tuple[int, int]
Key = tuple[str, str]  # vocabulary and label
About = Claim | Source | Attribution | None  # what has the label; None for a part of the article
Belief = Callable[[AnnotatedArticle, About, Key], bool]


@dataclass(frozen=True)
class Piece:
    """Words of an example; `marked` are those that have the label."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Example:
    """A sentence of an article, cut where its marked words begin and end, and whose words they are."""

    article: str
    publisher: str
    pieces: tuple[Piece, ...]
    note: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def marked(self) -> tuple[str, ...]:
        return tuple(piece.text for piece in self.pieces if piece.marked)


@dataclass(frozen=True)
class _Found:
    record: AnnotatedArticle
    spans: tuple[Offsets, ...]
    sure: float
    note: str = ""
    about: About = None


def examples(
    records: Iterable[AnnotatedArticle], believed: Belief = lambda record, about, key: True
) -> dict[Key, list[Example]]:
    """At most `MOST` examples of each vocabulary and label that the records have, of several articles where possible.

    Only those are taken that are `believed`. First come those of which the annotator was surest, in sentences that are
    neither very short nor very long.
    """
    found: dict[Key, list[_Found]] = defaultdict(list)
    for record in records:
        for key, one in _labelled(record):
            if believed(record, one.about, key):
                found[key].append(one)
    return {key: [_example(one) for one in _best(several)] for key, several in found.items()}


def _best(found: list[_Found]) -> list[_Found]:
    ranked = sorted(found, key=lambda one: (not _is_calm(one), -one.sure))
    best: list[_Found] = []
    for elsewhere in (True, False):
        for one in ranked:
            is_new = all(one.record is not other.record for other in best) if elsewhere else one not in best
            if len(best) < MOST and is_new:
                best.append(one)
    return best


def _is_calm(one: _Found) -> bool:
    start, end = _context(one.record.article.text, one.spans)
    return end - start in CALM


def _labelled(record: AnnotatedArticle) -> Iterator[tuple[Key, _Found]]:
    for section in record.sections:
        yield ("section", section.kind), _Found(record, ((section.start, section.end),), 1.0)
    for words in record.non_claims:
        yield ("non_claim_reason", words.reason), _Found(record, ((words.start, words.end),), 1.0)
    for claim in record.claims:
        yield from _of_claim(record, claim)
    yield from _of_sources(record)
    for attribution in record.attributions:
        if (mention := attribution.source_mention) is not None:
            note = " or ".join(record.source_by_id[one.source_id].name for one in attribution.candidates)
            note = note or record.source_by_id[attribution.source_id].name
            found = _Found(record, ((mention.start, mention.end),), attribution.source_confidence, note, attribution)
            yield ("resolution", attribution.resolution), found
    if record.review and record.review.status:
        text = record.article.text
        yield ("article_status", record.review.status), _Found(record, ((0, len(text.strip().split("\n")[0])),), 1.0)


def _of_claim(record: AnnotatedArticle, claim: Claim) -> Iterator[tuple[Key, _Found]]:
    chain = CHAIN_SIGN.join(record.chain_of(claim))
    spans = tuple((span.start, span.end) for span in claim.spans)
    # What needs review is no model of how to code, except of that it needs review; an attributed claim shows more.
    sure = claim.confidence - claim.needs_review - (claim.attribution_id is None)
    one = _Found(record, spans, sure, chain, claim)
    for name in ("quote_type", "kind", "polarity", "attribution", "stance", "on_record"):
        yield (name, getattr(claim, name)), one
    for flag in claim.flags:
        yield ("flag", flag), one
    for reason in claim.review_reasons:
        yield ("review_reason", reason), one
    if claim.review:
        yield ("review_status", claim.review.status), one
    if claim.hedged:
        yield ("hedged", "hedged"), one
    if claim.nested:
        yield ("nested", "nested"), one
    for link in claim.chain:
        at = ((link.mention.start, link.mention.end),) if link.mention else spans
        linked = _Found(record, at, sure, f"{record.source_by_id[link.source_id].name} in: {chain}", claim)
        yield ("link_role", link.role), linked
        yield ("link_basis", link.basis), linked


def _of_sources(record: AnnotatedArticle) -> Iterator[tuple[Key, _Found]]:
    sure = {
        (mention.start, mention.end): attribution.source_confidence
        for attribution in record.attributions
        if (mention := attribution.source_mention) is not None
    }
    for source in record.sources:
        for mention in source.mentions[:1]:
            at = (mention.start, mention.end)
            one = _Found(record, (at,), sure.get(at, 0.0), source.name, source)
            yield ("source_type", source.type), one
            yield ("affiliation", source.affiliation), one
            if source.anonymous:
                yield ("anonymous", "anonymous"), one
        if not source.mentions:
            for claim in record.claims:
                if claim.source_id == source.source_id:
                    spans = tuple((span.start, span.end) for span in claim.spans)
                    one = _Found(record, spans, claim.confidence - claim.needs_review - 1, source.name, source)
                    yield ("source_type", source.type), one
                    yield ("affiliation", source.affiliation), one


def _example(found: _Found) -> Example:
    article = found.record.article
    start, end = _context(article.text, found.spans)
    pieces, at = [], start
    for first, last in sorted(found.spans):
        pieces += [Piece(article.text[at:first], False), Piece(article.text[first:last], True)]
        at = last
    pieces.append(Piece(article.text[at:end], False))
    kept = tuple(piece for piece in pieces if piece.text)
    return Example(article.article_id, article.publisher or "", kept, found.note)


def _context(text: str, spans: tuple[Offsets, ...]) -> Offsets:
    """The sentences that the spans stand in, within the lines that they begin and end in."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    begin = text.rfind("\n", 0, first) + 1
    stop = text.find("\n", last)
    stop = len(text) if stop < 0 else stop
    ends = [begin, *(match.end() for match in _SENTENCE_END.finditer(text, begin, stop)), stop]
    start = max(end for end in ends if end <= first)
    end = min(end for end in ends if end >= last)
    return start, start + len(text[start:end].rstrip())
