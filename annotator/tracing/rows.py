"""What a trace needs of an article, as rows: from a record, or from the tables of a run."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import AttributionMode, SectionKind, SourceType
from annotator.records import ARTICLE_SOURCE, UNKNOWN_PUBLISHER, AnnotatedArticle, without_rejected

Row = tuple[Any, ...]
CLAIM_COLUMNS = (
    "article_id", "publisher", "published", "claim_id", "claim", "source_id", "source", "anonymous", "quote_type",
    "hedged", "chain", "chain_length", "section", "attribution",
)  # fmt: skip
SOURCE_COLUMNS = ("article_id", "source_id", "source", "type", "affiliation", "role", "anonymous")


@dataclass(frozen=True)
class Rows:
    """An article's claims and named sources, as the columns of the store behind the number."""

    article: str
    claims: tuple[Row, ...]
    sources: tuple[Row, ...]


def rows_of_record(record: AnnotatedArticle) -> Rows:
    """The rows of a record; claims that a reviewer rejected are none."""
    record = without_rejected(record)
    article = record.article
    publisher, published = article.publisher or UNKNOWN_PUBLISHER, article.published or ""
    claims = []
    sections = [(claim.section.value, claim.attribution.value) for claim in record.claims]
    for claim in compress(record.claims, _travel(sections)):
        source = record.source_of(claim)
        links = [record.source_by_id[link.source_id] for link in claim.chain]
        chain = [(_printed(s.source_id, s.name, publisher), s.type.value, s.source_id) for s in links]
        claims.append((
            claim.claim_id, article.article_id, publisher, published, claim.text, source.source_id, source.name,
            source.anonymous, claim.quote_type.value, claim.hedged, json.dumps(chain, ensure_ascii=False),
        ))  # fmt: skip
    sources = tuple(
        (article.article_id, s.source_id, s.name, s.type.value, s.affiliation.value, s.role or "", published)
        for s in record.sources
        if _is_named(s.name, s.type.value, s.anonymous)
    )
    return Rows(article.article_id, tuple(claims), sources)


def rows_of_shard(run: Path, shard: str) -> Iterator[Rows]:
    """The rows of a run's shard, an article after the other.

    Raises `InputError` where a table cannot be read or lacks a column, and `MissingExtraError` without pyarrow.
    """
    claims = _by_article(run / "claims" / f"{shard}.parquet", CLAIM_COLUMNS)
    sources = _by_article(run / "sources" / f"{shard}.parquet", SOURCE_COLUMNS)
    for article in dict.fromkeys([*sources, *claims]):
        there = {row["source_id"]: row for row in sources.get(article, ())}
        told = claims.get(article, ())
        published = told[0]["published"] or "" if told else ""  # the table of sources has no dates
        yield Rows(
            article,
            tuple(
                _claim_row(row, there, run / "claims" / f"{shard}.parquet")
                for row in compress(told, _travel([(row["section"], row["attribution"]) for row in told]))
            ),
            tuple(
                (article, s["source_id"], s["source"], s["type"], s["affiliation"], s["role"] or "", published)
                for s in there.values()
                if _is_named(s["source"], s["type"], s["anonymous"])
            ),
        )


def _travel(claims: Sequence[tuple[str, str]]) -> list[bool]:
    """Which claims, told by section and attribution, are followed: a headline sums up what the text tells.

    Where there is nothing but headlines, they are.
    """
    headings = [section == SectionKind.HEADLINE and how == AttributionMode.UNATTRIBUTED for section, how in claims]
    return [not heading or all(headings) for heading in headings]


def _is_named(name: str, kind: str, anonymous: bool) -> bool:
    return kind not in (SourceType.ARTICLE, SourceType.UNSPECIFIED) and name[:1].isupper() and not anonymous


def _printed(source_id: str, name: str, publisher: str) -> str:
    return publisher if source_id == ARTICLE_SOURCE else name


def _by_article(path: Path, columns: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    try:
        with pq.ParquetFile(path) as file:
            if missing := [name for name in columns if name not in file.schema_arrow.names]:
                raise InputError(f"{path}: no column {', '.join(missing)}. Annotate anew, with --fresh")
            rows = file.read(columns=list(columns)).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read: {error}. Start the run anew with --fresh") from error
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append(row)
    return found


def _claim_row(row: dict[str, Any], sources: dict[str, dict[str, Any]], path: Path) -> Row:
    names = _links(row, sources)
    if len(names) != row["chain_length"] or row["source_id"] not in sources:
        raise InputError(
            f"{path}, claim {row['claim_id']} of {row['article_id']}: its chain cannot be read from the table. "
            "Annotate with --to parquet,jsonl"
        )
    publisher = row["publisher"] or UNKNOWN_PUBLISHER
    chain = [(_printed(s["source_id"], s["source"], publisher), s["type"], s["source_id"]) for s in names]
    return (
        row["claim_id"], row["article_id"], publisher, row["published"] or "", row["claim"], row["source_id"],
        row["source"], row["anonymous"], row["quote_type"], row["hedged"], json.dumps(chain, ensure_ascii=False),
    )  # fmt: skip


def _links(row: dict[str, Any], sources: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources that a chain names; of two with one name, the claim's own, else the first."""
    own = [sources[row["source_id"]]] if row["source_id"] in sources else []
    by_name = {source["source"]: source for source in reversed([*own, *sources.values()])}
    return [by_name[name] for name in row["chain"].split(CHAIN_SIGN) if name in by_name]
