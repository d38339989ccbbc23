"""Tidy tables: `claims.csv` has a row a claim, `sources.csv` a row a source and article.

`CLAIM_COLUMNS` and `SOURCE_COLUMNS` are the only list of the columns: the tables, their header, the Frictionless
schemas and the README of `schemas/` are made from them. Plain UTF-8, line feeds, quoting as in RFC 4180, no JSON and
no line break in a cell, an empty cell for what is not known, `true` and `false`.
"""

import builtins
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from annotator.errors import MissingExtraError
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
)
from annotator.records import SCHEMA_VERSION, AnnotatedArticle, Attribution, Claim, ClaimReview, Source, Span
from annotator.storage import write_text
from annotator.text import scrub

if TYPE_CHECKING:
    import pandas as pd

CHAIN_SIGN = " > "
LIST_SIGN = "; "

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

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


def _part(span: Span | None, name: Literal["start", "end", "text"]) -> object:
    return None if span is None else getattr(span, name)


def _candidates(record: AnnotatedArticle, claim: Claim) -> str | None:
    attribution = record.attribution_of(claim)
    return _joined(record.source_by_id[item.source_id].name for item in attribution.candidates) if attribution else None


def _reporters(record: AnnotatedArticle, claim: Claim) -> str | None:
    links = (link for link in claim.chain if link.role is LinkRole.REPORTER)
    return _joined(record.source_by_id[link.source_id].name for link in links)


def _joined(parts: Iterable[str]) -> str | None:
    return LIST_SIGN.join(parts) or None


_REQUIRED = {"required": True}
_OFFSET = {"minimum": 0}
_PROBABILITY = {"required": True, "minimum": 0, "maximum": 1}

CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("article_id", "string", "The article", lambda r, c: r.article.article_id, None, _REQUIRED),
    Column("publisher", "string", "Who published the article", lambda r, c: r.article.publisher),
    Column("title", "string", "Title of the article", lambda r, c: r.article.title),
    Column("published", "string", "When it was published, as the input gives it", lambda r, c: r.article.published),
    Column("url", "string", "Where it was published", lambda r, c: r.article.url),
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
    Column("source_mention", "string", "Its words here", _of_attribution(lambda a: _part(a.source_mention, "text"))),
    Column(
        "source_mention_start",
        "integer",
        "Offset of the mention's first character",
        _of_attribution(lambda a: _part(a.source_mention, "start")),
        None,
        _OFFSET,
    ),
    Column(
        "source_mention_end",
        "integer",
        "Offset behind the mention's last character",
        _of_attribution(lambda a: _part(a.source_mention, "end")),
        None,
        _OFFSET,
    ),
    Column("cue", "string", "Words that attribute the claim", _of_attribution(lambda a: _part(a.cue, "text"))),
    Column(
        "cue_start",
        "integer",
        "Offset of the cue's first character",
        _of_attribution(lambda a: _part(a.cue, "start")),
        None,
        _OFFSET,
    ),
    Column(
        "cue_end",
        "integer",
        "Offset behind the cue's last character",
        _of_attribution(lambda a: _part(a.cue, "end")),
        None,
        _OFFSET,
    ),
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
    Column("needs_review", "boolean", "A person should look at it", lambda r, c: c.needs_review),
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


def claims_frame(records: Iterable[AnnotatedArticle]) -> "pd.DataFrame":
    """The claim table: one row a claim, in the order of the articles."""
    return _frame(CLAIM_COLUMNS, ((record, claim) for record in records for claim in record.claims))


def sources_frame(records: Iterable[AnnotatedArticle]) -> "pd.DataFrame":
    """The source table: one row a source and article, the article's own voice among them."""
    return _frame(SOURCE_COLUMNS, ((record, source) for record in records for source in record.sources))


def _frame(columns: Sequence[Column[Row]], rows: Iterable[tuple[AnnotatedArticle, Row]]) -> "pd.DataFrame":
    import pandas as pd

    # Types that know a missing value; strings as Python objects, for Arrow refuses a lone surrogate.
    types: dict[str, Any] = {
        "string": pd.StringDtype("python"),
        "integer": "Int64",
        "number": "Float64",
        "boolean": "boolean",
    }
    values = [_cells(columns, record, row) for record, row in rows]
    frame = pd.DataFrame(values, columns=[column.name for column in columns], dtype=object)
    return frame.astype({column.name: types[column.type] for column in columns})


def _cells(columns: Sequence[Column[Row]], record: AnnotatedArticle, row: Row) -> list[object]:
    return [_one_line(column.value(record, row)) for column in columns]


def claim_cells(record: AnnotatedArticle) -> list[list[object]]:
    """Rows of the claim table of one article, as `parquet` takes them."""
    return [[_stored(cell) for cell in _cells(CLAIM_COLUMNS, record, claim)] for claim in record.claims]


def source_cells(record: AnnotatedArticle) -> list[list[object]]:
    """Rows of the source table of one article, as `parquet` takes them."""
    return [[_stored(cell) for cell in _cells(SOURCE_COLUMNS, record, source)] for source in record.sources]


def _stored(cell: object) -> object:
    """A label as its word, and a text as UTF-8 can hold it."""
    return scrub(str(cell)) if isinstance(cell, str) else cell


def parquet(columns: "Sequence[Column[Claim]] | Sequence[Column[Source]]", rows: Sequence[Sequence[object]]) -> bytes:
    """A table as the bytes of a Parquet file, of the same columns and types however few rows there are.

    Raises `MissingExtraError` without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    table = pa.table([pa.array(list(cells), field.type) for cells, field in zip(cells, schema, strict=True)], schema)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _one_line(value: object) -> object:
    """A cell is one line, and plain text: a label's word, a blank for a line break, no NUL."""
    return _LINE_BREAK.sub(" ", value).replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def csv_text(frame: "pd.DataFrame", *, excel: bool = False) -> str:
    """The table as CSV; `excel` puts an apostrophe before text that a spreadsheet would take for a formula."""
    import pandas as pd

    frame = frame.copy()
    for name in frame.columns:
        if pd.api.types.is_bool_dtype(frame[name]):
            frame[name] = frame[name].map({True: "true", False: "false"}, na_action="ignore")
        elif excel and pd.api.types.is_string_dtype(frame[name]):
            frame[name] = frame[name].map(_harmless, na_action="ignore")
    return str(frame.to_csv(index=False, lineterminator="\n"))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def write_csv(frame: "pd.DataFrame", path: Path, *, excel: bool = False) -> Path:
    """Write the table as CSV; `excel` adds the byte order mark and guards formulas.

    Raises `OutputError` where the file cannot be written.
    """
    return write_text(path, [csv_text(frame, excel=excel)], encoding="utf-8-sig" if excel else "utf-8")


def write(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `claims.csv`, `sources.csv` and the `datapackage.json` that describes them.

    Raises `OutputError` where a file cannot be written.
    """
    import json

    return [
        write_csv(claims_frame(records), folder / "claims.csv", excel=excel),
        write_csv(sources_frame(records), folder / "sources.csv", excel=excel),
        write_text(folder / "datapackage.json", [json.dumps(datapackage(excel=excel), indent=2) + "\n"]),
    ]


def claims_schema() -> dict[str, Any]:
    """The Frictionless table schema of `claims.csv`."""
    return {
        **_table_schema(CLAIM_COLUMNS),
        "primaryKey": ["article_id", "claim_id"],
        "foreignKeys": [
            {
                "fields": ["article_id", "source_id"],
                "reference": {"resource": "sources", "fields": ["article_id", "source_id"]},
            }
        ],
    }


def sources_schema() -> dict[str, Any]:
    """The Frictionless table schema of `sources.csv`."""
    return {**_table_schema(SOURCE_COLUMNS), "primaryKey": ["article_id", "source_id"]}


def datapackage(*, excel: bool = False) -> dict[str, Any]:
    """The Frictionless Data Package (version 1) that describes both tables."""
    return {
        "profile": "tabular-data-package",
        "name": "attribution-annotator",
        "title": "Claims, sources and attribution chains of news articles",
        "version": SCHEMA_VERSION,
        "resources": [
            _resource("claims", "One row a claim", claims_schema(), excel),
            _resource("sources", "One row a source and article", sources_schema(), excel),
        ],
    }


def _resource(name: str, title: str, schema: dict[str, Any], excel: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if excel else "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _table_schema(columns: Sequence[Column[Row]]) -> dict[str, Any]:
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def _field(column: Column[Row]) -> dict[str, Any]:
    constraints = dict(column.constraints)
    if column.vocabulary:
        constraints["enum"] = [label.value for label in column.vocabulary]
    described = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**described, "constraints": constraints} if constraints else described
