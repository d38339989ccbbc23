"""A corpus traced: sources to identities, claims to groups, chains completed. The rows lie in DuckDB, on disk."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.labels import SourceType
from annotator.records import ARTICLE_SOURCE, UNKNOWN_PUBLISHER, AnnotatedArticle, without_rejected
from annotator.tracing.chains import Step, Told, changes, circles, complete, stories
from annotator.tracing.identities import Seen, Unsure, joined
from annotator.tracing.names import outlet_key
from annotator.tracing.same_claims import insert, join_claims
from annotator.tracing.words import gist

MEMORY = "1GB"  # of DuckDB; beyond it lies on disk
_TABLES = """
    CREATE TABLE claims (claim BIGINT, claim_id VARCHAR, article VARCHAR, publisher VARCHAR, published VARCHAR,
        text VARCHAR, source_id VARCHAR, source VARCHAR, anonymous BOOLEAN, quote_type VARCHAR, hedged BOOLEAN,
        chain VARCHAR);
    CREATE TABLE words (claim BIGINT, article VARCHAR, word VARCHAR);
    CREATE TABLE sources (number BIGINT, article VARCHAR, source_id VARCHAR, name VARCHAR, type VARCHAR,
        affiliation VARCHAR, role VARCHAR, published VARCHAR);
"""


@dataclass(frozen=True)
class Trace:
    """What was found: `groups` are claims told by more than one article, `identity` is that of each named source."""

    articles: int
    claims: int
    groups: dict[int, list[Told]]
    sources: list[Seen]
    identity: dict[int, str]
    unsure: list[Unsure]
    steps: list[Step] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)
    lost: dict[int, tuple[str, ...]] = field(default_factory=dict)
    circular: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    stories: list[list[int]] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    said: dict[tuple[str, str], int] = field(default_factory=dict)


def trace(
    records: Iterable[AnnotatedArticle], spill: Path, identities: Mapping[tuple[str, str], str] | None = None
) -> Trace:
    """Trace annotated articles; `identities` are a person's, by article and source, and win over what is found.

    `spill` is a folder for the tables while it works. Raises `InputError` where an article comes twice and
    `MissingExtraError` without DuckDB.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("trace", "trace") from error
    store = duckdb.connect(
        str(spill / "trace.duckdb"),
        config={"memory_limit": MEMORY, "autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    try:
        store.execute(_TABLES)
        articles = _fill(store, records)
        join_claims(store)
        return _found(store, articles, identities or {})
    finally:
        store.close()


def _fill(store: Any, records: Iterable[AnnotatedArticle]) -> int:
    seen: set[str] = set()
    rows: dict[str, list[tuple[Any, ...]]] = {"claims": [], "words": [], "sources": []}
    claims = sources = 0
    for record in map(without_rejected, records):
        if record.article.article_id in seen:
            raise InputError(f"{record.article.article_id}: the article comes twice. Give each article once")
        seen.add(record.article.article_id)
        for claim in _claims(record, claims):
            rows["claims"].append(claim)
            rows["words"] += ((claim[0], claim[2], word) for word in sorted(gist(claim[5]).content))
            claims += 1
        for source in _sources(record, sources):
            rows["sources"].append(source)
            sources += 1
        if len(rows["claims"]) >= 2_000:
            _flush(store, rows)
    _flush(store, rows)
    return len(seen)


def _flush(store: Any, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    for table, some in rows.items():
        insert(store, table, iter(some))
        some.clear()
    gist.cache_clear()


def _claims(record: AnnotatedArticle, first: int) -> Iterator[tuple[Any, ...]]:
    article = record.article
    publisher = article.publisher or UNKNOWN_PUBLISHER
    for number, claim in enumerate(record.claims, first):
        source = record.source_of(claim)
        links = [record.source_by_id[link.source_id] for link in claim.chain]
        chain = [[publisher if s.source_id == ARTICLE_SOURCE else s.name, s.type.value] for s in links]
        yield (
            number, claim.claim_id, article.article_id, publisher, article.published or "", claim.text,
            source.source_id, source.name, source.anonymous, claim.quote_type.value, claim.hedged,
            json.dumps(chain, ensure_ascii=False),
        )  # fmt: skip


def _sources(record: AnnotatedArticle, first: int) -> Iterator[tuple[Any, ...]]:
    number = first
    for source in record.sources:
        proper = source.type not in (SourceType.ARTICLE, SourceType.UNSPECIFIED) and source.name[:1].isupper()
        if proper and not source.anonymous:
            article = record.article
            yield (
                number, article.article_id, source.source_id, source.name, source.type.value,
                source.affiliation.value, source.role or "", article.published or "",
            )  # fmt: skip
            number += 1


def _found(store: Any, articles: int, given: Mapping[tuple[str, str], str]) -> Trace:
    groups: dict[int, list[Told]] = defaultdict(list)
    shared: dict[str, set[int]] = defaultdict(set)
    query = "SELECT claims.*, grp FROM claims JOIN groups USING (claim) ORDER BY claim"
    for row in store.execute(query).fetchall():
        told = _told(row)
        groups[told.group].append(told)
        shared[told.article].add(told.group)
    seen, dates = [], {}
    for number, article, source, name, kind, field_of_life, role, published in store.execute(
        "SELECT * FROM sources ORDER BY number"
    ).fetchall():
        stories_of = frozenset(shared.get(article, ()))
        seen.append(Seen(number, article, source, name, kind, field_of_life, role or None, stories_of))
        dates[article] = published
    found, unsure = joined(seen)
    identity = {one.number: given.get((one.article, one.source), f"i{found.find(one.number)}") for one in seen}
    unsure = [pair for pair in unsure if identity[pair.one] != identity[pair.other]]
    outlets = frozenset(outlet_key(p) for (p,) in store.execute("SELECT DISTINCT publisher FROM claims").fetchall())
    said = store.execute("SELECT article, source_id, count(*) FROM claims GROUP BY ALL").fetchall()
    count = store.execute("SELECT count(*) FROM claims").fetchone()[0]
    result = Trace(articles, count, dict(groups), seen, identity, unsure, stories=stories(groups), dates=dates)
    result.said.update({(article, source): n for article, source, n in said})
    for number, group in groups.items():
        steps, lines = complete(group, outlets)
        result.steps.extend(steps)
        result.lines.update(lines)
        result.lost.update(changes(group))
        if circle := circles(group, outlets):
            result.circular[number] = circle
    return result


def _told(row: tuple[Any, ...]) -> Told:
    claim, claim_id, article, publisher, published, text, _, source, anonymous, quote_type, hedged, chain, group = row
    links = tuple((name, kind) for name, kind in json.loads(chain))
    return Told(
        claim, group, article, publisher, published, text, source, anonymous, quote_type, hedged, links, claim_id
    )
