"""The columns of both tables: the only list of them.

The tables, their header, the Frictionless schemas and the README of `schemas/` are made from it.
"""

import builtins
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from annotator.labels import (
    Affiliation,
    AttributionMode,
    Kind,
    Label,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    Resolution,
    ReviewStatus,
    SectionKind,
    SourceType,
    Stance,
    VerdictRating,
)
from annotator.records import AnnotatedArticle, Attribution, Claim, ClaimReview, Source, Span, Verdict
from annotator.text import scrub

CHAIN_SIGN = " > "
LIST_SIGN = "; "

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")

Row = TypeVar("Row", Claim, Source)
Type = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its name, Frictionless type and meaning, and how a row gets its value."""

    name: str
    type: Type
    meaning: str
    value: Callable[[AnnotatedArticle, Row], object]
    vocabulary: builtins.type[Label] | None = None
    constraints: dict[str, Any] = field(default_factory=dict)


def _of_source(get: Callable[[Source], object]) -> Callable[[AnnotatedArticle, Claim], object]:
    return lambda record, claim: get(record.source_of(claim))


def _of_attribution(get: Callable[[Attribution], object]) -> Callable[[AnnotatedArticle, Claim], object]:
    """The value for a claim with an attribution; the article's own voice has none, and an empty cell."""

    def value(record: AnnotatedArticle, claim: Claim) -> object:
        attribution = record.attribution_of(claim)
        return None if attribution is None else get(attribution)

    return value


def _of_review(get: Callable[[ClaimReview], object]) -> Callable[[AnnotatedArticle, Claim], object]:
    return lambda record, claim: None if claim.review is None else get(claim.review)


def _of_verdict(get: Callable[[Verdict], object]) -> Callable[[AnnotatedArticle, Claim], object]:
    return lambda record, claim: None if claim.verdict is None else get(claim.verdict)


def _part(span: Span | None, name: Literal["start", "end", "text"]) -> object:
    return None if span is None else getattr(span, name)


def _candidates(record: AnnotatedArticle, claim: Claim) -> str | None:
    attribution = record.attribution_of(claim)
    return _joined(record.source_by_id[item.source_id].name for item in attribution.candidates) if attribution else None


def _reporters(record: AnnotatedArticle, claim: Claim) -> str | None:
    links = (link for link in claim.chain if link.role is LinkRole.REPORTER)
    return _joined(record.source_by_id[link.source_id].name for link in links)


def _day(published: str | None) -> date | None:
    """The day of a date or time in ISO 8601, in the zone that it was written in; None for words and for no day."""
    try:
        return date.fromisoformat(published[:10]) if published and _ISO_DAY.match(published) else None
    except ValueError:
        return None


def _joined(parts: Iterable[str]) -> str | None:
    return LIST_SIGN.join(parts) or None


_REQUIRED = {"required": True}
_OFFSET = {"minimum": 0}
_PROBABILITY = {"required": True, "minimum": 0, "maximum": 1}


def _place(
    name: str, called: str, meaning: str, span: Callable[[Attribution], Span | None]
) -> tuple[Column[Claim], Column[Claim], Column[Claim]]:
    """The words and the offsets of a span of the attribution."""

    def part(of: Literal["text", "start", "end"]) -> Callable[[AnnotatedArticle, Claim], object]:
        return _of_attribution(lambda attribution: _part(span(attribution), of))

    return (
        Column(name, "string", meaning, part("text")),
        Column(f"{name}_start", "integer", f"Offset of the {called}'s first character", part("start"), None, _OFFSET),
        Column(f"{name}_end", "integer", f"Offset behind the {called}'s last character", part("end"), None, _OFFSET),
    )


CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("article_id", "string", "The article", lambda r, c: r.article.article_id, None, _REQUIRED),
    Column("publisher", "string", "Who published the article", lambda r, c: r.article.publisher),
    Column("title", "string", "Title of the article", lambda r, c: r.article.title),
    Column(
        "published",
        "string",
        "When it was published, ISO 8601 where the input says one date",
        lambda r, c: r.article.published,
    ),
    Column("published_date", "date", "Its day, where the input says one", lambda r, c: _day(r.article.published)),
    Column("url", "string", "Where it was published", lambda r, c: r.article.url),
    Column("article_section", "string", "Part of the paper or site it stood in", lambda r, c: r.article.section),
    Column("agency", "string", "News agency that it came from", lambda r, c: r.article.agency),
    Column("claim_id", "string", "The claim, unique in its article", lambda r, c: c.claim_id, None, _REQUIRED),
    Column("section", "string", "Part of the article", lambda r, c: c.section, SectionKind, _REQUIRED),
    Column("paragraph", "integer", "Index of the non-blank line that the claim begins in", lambda r, c: c.paragraph),
    Column("start", "integer", "Offset of the first character", lambda r, c: c.spans[0].start, None, _OFFSET),
    Column("end", "integer", "Offset behind the last character", lambda r, c: c.spans[-1].end, None, _OFFSET),
    Column(
        "spans",
        "string",
        "Offsets of every piece: 12-40;55-80",
        lambda r, c: ";".join(f"{span.start}-{span.end}" for span in c.spans),
        None,
        {"required": True, "pattern": r"\d+-\d+(;\d+-\d+)*"},
    ),
    Column("claim", "string", "Words of the article, pieces joined by blanks", lambda r, c: c.text),
    Column("claim_normalized", "string", "The claim made readable on its own", lambda r, c: c.claim_normalized),
    Column("quote_type", "string", "Form of the quotation", lambda r, c: c.quote_type, QuoteType, _REQUIRED),
    Column("kind", "string", "What the claim does", lambda r, c: c.kind, Kind, _REQUIRED),
    Column("polarity", "string", "Whether the source holds it to be so", lambda r, c: c.polarity, Polarity, _REQUIRED),
    Column("hedged", "boolean", "The content itself is hedged (may, might, appears)", lambda r, c: c.hedged),
    Column("attribution", "string", "How it is attributed", lambda r, c: c.attribution, AttributionMode, _REQUIRED),
    Column(
        "attributed",
        "boolean",
        "It has a source other than the article itself",
        lambda r, c: c.attribution is not AttributionMode.UNATTRIBUTED,
    ),
    Column("stance", "string", "Stance of the article to the content", lambda r, c: c.stance, Stance, _REQUIRED),
    Column("on_record", "string", "Terms on which it was said", lambda r, c: c.on_record, OnRecord, _REQUIRED),
    Column("source_id", "string", "The source, unique in its article", lambda r, c: c.source_id, None, _REQUIRED),
    Column("source", "string", "Name of the source", _of_source(lambda s: s.name), None, _REQUIRED),
    Column("source_type", "string", "What the source is", _of_source(lambda s: s.type), SourceType, _REQUIRED),
    Column("affiliation", "string", "Where it belongs", _of_source(lambda s: s.affiliation), Affiliation, _REQUIRED),
    Column("anonymous", "boolean", "The reader cannot identify who spoke", _of_source(lambda s: s.anonymous)),
    Column(
        "anonymity_description",
        "string",
        "How the article describes an anonymous source, verbatim",
        _of_source(lambda s: s.anonymity_description),
    ),
    Column(
        "anonymity_reason",
        "string",
        "Reason for the anonymity, verbatim",
        _of_source(lambda s: s.anonymity_reason),
    ),
    *_place("source_mention", "mention", "Its words here", lambda a: a.source_mention),
    *_place("cue", "cue", "Words that attribute the claim", lambda a: a.cue),
    Column(
        "resolution",
        "string",
        "Whether the mention could be given to a source; empty for the article's own voice",
        _of_attribution(lambda a: a.resolution),
        Resolution,
    ),
    Column("candidates", "string", "Sources that an ambiguous mention may belong to, joined by ; ", _candidates),
    Column("source_display", "string", "Links that the claim's own attribution states", lambda r, c: c.source_display),
    Column(
        "chain",
        "string",
        "Names from the origin to the publisher, joined by > ",
        lambda r, c: CHAIN_SIGN.join(r.chain_of(c)),
        None,
        _REQUIRED,
    ),
    Column("chain_length", "integer", "Links of the chain", lambda r, c: len(c.chain), None, {"minimum": 1}),
    Column("reporters", "string", "Who passed it on, joined by ; ", _reporters),
    Column("flags", "string", "Newsroom rules that the claim sets off, joined by ; ", lambda r, c: _joined(c.flags)),
    Column("nested", "integer", "Attributions inside the content", lambda r, c: len(c.nested), None, _OFFSET),
    Column("confidence", "number", "How sure the annotator is, 0 to 1", lambda r, c: c.confidence, None, _PROBABILITY),
    Column(
        "link_confidence",
        "number",
        "How sure it is of the source, 0 to 1; empty for the article's own voice and where the source is open",
        _of_attribution(lambda a: a.link_confidence),
        None,
        {"minimum": 0, "maximum": 1},
    ),
    Column("needs_review", "boolean", "A person should look at it", lambda r, c: c.needs_review),
    Column("review_reasons", "string", "Why, joined by ; ", lambda r, c: _joined(c.review_reasons)),
    Column("at", "string", "Time of its entry in a live blog, as the article has it", lambda r, c: c.at),
    Column("responds_to", "string", "Id of the claim that it denies or disputes", lambda r, c: c.responds_to),
    Column("review_status", "string", "What a reviewer did", _of_review(lambda v: v.status), ReviewStatus),
    Column(
        "review_changed",
        "string",
        "Columns in which the reviewer differs from the machine, joined by ; ",
        _of_review(lambda v: _joined(v.changed)),
    ),
    Column("review_note", "string", "What the reviewer noted", _of_review(lambda v: v.note)),
    Column("reviewer", "string", "Who reviewed the article", lambda r, c: r.review and r.review.reviewer),
    Column("reviewed_at", "string", "When, ISO 8601", lambda r, c: r.review and r.review.reviewed_at),
    Column("verdict", "string", "What a fact-checker found", _of_verdict(lambda v: v.rating), VerdictRating),
    Column("verdict_note", "string", "The finding in words", _of_verdict(lambda v: v.note or None)),
    Column(
        "verdict_evidence",
        "string",
        "Addresses of what it rests on, joined by ; ",
        _of_verdict(lambda v: _joined(v.evidence)),
    ),
    Column("verdict_by", "string", "Who found it", _of_verdict(lambda v: v.by)),
    Column("verdict_at", "string", "When, ISO 8601", _of_verdict(lambda v: v.at.isoformat())),
)


def _claims_of(quote_type: QuoteType | None = None) -> Callable[[AnnotatedArticle, Source], object]:
    """How many claims the source makes, all or those of one quote type."""

    def count(record: AnnotatedArticle, source: Source) -> int:
        own = [claim for claim in record.claims if claim.source_id == source.source_id]
        return len(own) if quote_type is None else sum(claim.quote_type is quote_type for claim in own)

    return count


def _nothing(record: AnnotatedArticle, source: Source) -> None:
    """Nothing: these cells are a person's to fill, never the machine's."""


SOURCE_COLUMNS: tuple[Column[Source], ...] = (
    Column("article_id", "string", "The article", lambda r, s: r.article.article_id, None, _REQUIRED),
    Column("publisher", "string", "Who published the article", lambda r, s: r.article.publisher),
    Column("source_id", "string", "The source, unique in its article", lambda r, s: s.source_id, None, _REQUIRED),
    Column("source", "string", "Name of the source", lambda r, s: s.name, None, _REQUIRED),
    Column("type", "string", "What the source is", lambda r, s: s.type, SourceType, _REQUIRED),
    Column("affiliation", "string", "Where it belongs", lambda r, s: s.affiliation, Affiliation, _REQUIRED),
    Column("role", "string", "Title or function in the words of the article", lambda r, s: s.role),
    Column("count", "integer", "How many people, where the text says so", lambda r, s: s.count),
    Column("anonymous", "boolean", "The reader cannot identify who spoke", lambda r, s: s.anonymous),
    Column(
        "anonymity_description",
        "string",
        "How the article describes an anonymous source, verbatim",
        lambda r, s: s.anonymity_description,
    ),
    Column("anonymity_reason", "string", "Reason for the anonymity, verbatim", lambda r, s: s.anonymity_reason),
    Column("claims", "integer", "Claims of which it is the source", _claims_of(), None, _OFFSET),
    Column("direct", "integer", "Of these, direct quotations", _claims_of(QuoteType.DIRECT), None, _OFFSET),
    Column("mixed", "integer", "Of these, mixed quotations", _claims_of(QuoteType.MIXED), None, _OFFSET),
    Column("indirect", "integer", "Of these, paraphrases", _claims_of(QuoteType.INDIRECT), None, _OFFSET),
    Column("mentions", "string", "Its mentions, joined by ; ", lambda r, s: _joined(m.text for m in s.mentions)),
    Column(
        "first_start",
        "integer",
        "Offset of its first mention",
        lambda r, s: min((mention.start for mention in s.mentions), default=None),
        None,
        _OFFSET,
    ),
    Column("gender", "string", "For a source audit, filled in by a person", _nothing),
    Column("location", "string", "For a source audit, filled in by a person", _nothing),
    Column("age_range", "string", "For a source audit, filled in by a person", _nothing),
    Column("ethnicity", "string", "For a source audit, filled in by a person", _nothing),
    Column("declined", "string", "For a source audit: the source declined to answer", _nothing),
)


def cells(columns: Sequence[Column[Row]], record: AnnotatedArticle, row: Row) -> list[object]:
    """The values of a row, one a column."""
    return [_one_line(column.value(record, row)) for column in columns]


def _one_line(value: object) -> object:
    """A cell is one line, and plain text that UTF-8 can hold: a label's word, a blank for a line break, no NUL."""
    if not isinstance(value, str):
        return value
    return scrub(_LINE_BREAK.sub(" ", value).replace("\0", "\N{REPLACEMENT CHARACTER}"))
