"""A corpus traced: sources to identities, claims to groups, chains completed. The rows lie in DuckDB, on disk."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.errors import InputError, MissingExtraError
from annotator.records import AnnotatedArticle
from annotator.tracing.chains import Step, Told, changes, circles, complete, stories
from annotator.tracing.identities import Seen, Unsure, joined
from annotator.tracing.names import outlet_key
from annotator.tracing.rows import Rows, rows_of_record
from annotator.tracing.same_claims import insert, join_claims
from annotator.tracing.words import gist

MEMORY = "1GB"  # of DuckDB; beyond it lies on disk
STORE = "trace.duckdb"
AT_ONCE = 2_000  # claims that go to disk together, and that a trace that is stopped loses at most
_TABLES = """
    CREATE TABLE IF NOT EXISTS finished (stage VARCHAR);
    CREATE TABLE IF NOT EXISTS articles (article VARCHAR);
    CREATE TABLE IF NOT EXISTS claims (claim BIGINT, claim_id VARCHAR, article VARCHAR, publisher VARCHAR,
        published VARCHAR, text VARCHAR, source_id VARCHAR, source VARCHAR, anonymous BOOLEAN, quote_type VARCHAR,
        hedged BOOLEAN, chain VARCHAR);
    CREATE TABLE IF NOT EXISTS words (claim BIGINT, article VARCHAR, word VARCHAR);
    CREATE TABLE IF NOT EXISTS sources (number BIGINT, article VARCHAR, source_id VARCHAR, name VARCHAR, type VARCHAR,
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
    articles: Iterable[AnnotatedArticle | Rows],
    spill: Path,
    identities: Mapping[tuple[str, str], str] | None = None,
    *,
    resume: bool = False,
) -> Trace:
    """Trace annotated articles; `identities` are a person's, by article and source, and win over what is found.

    `spill` is a folder for the tables while it works. With `resume`, the tables that a trace of the same articles left
    there when it was stopped are gone on with: what they hold is not worked out again. Raises `InputError` where an
    article comes twice and `MissingExtraError` without DuckDB.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("trace", "trace") from error
    path = spill / STORE
    if not resume:
        path.unlink(missing_ok=True)
        path.with_name(f"{STORE}.wal").unlink(missing_ok=True)
    store = duckdb.connect(
        str(path),
        config={"memory_limit": MEMORY, "autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    try:
        store.execute(_TABLES)
        count = _fill(store, articles)
        if not store.execute("SELECT 1 FROM finished WHERE stage = 'joined'").fetchall():
            join_claims(store)
            store.execute("INSERT INTO finished VALUES ('joined')")
        return _found(store, count, identities or {})
    finally:
        store.close()


@contextmanager
def _transaction(store: Any) -> Iterator[None]:
    """All of it is in the store, or nothing, whenever the process ends."""
    store.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        store.execute("ROLLBACK")
        raise
    store.execute("COMMIT")


def _fill(store: Any, articles: Iterable[AnnotatedArticle | Rows]) -> int:
    """Put the articles behind those that are there already; how many there are now."""
    seen: set[str] = set()
    rows: dict[str, list[tuple[Any, ...]]] = {"articles": [], "claims": [], "words": [], "sources": []}
    there, claims, sources = (_count(store, table) for table in ("articles", "claims", "sources"))
    for place, article in enumerate(articles):
        name = article.article if isinstance(article, Rows) else article.article.article_id
        if name in seen:
            raise InputError(f"{name}: the article comes twice. Give each article once")
        seen.add(name)
        if place < there:
            continue
        found = article if isinstance(article, Rows) else rows_of_record(article)
        rows["articles"].append((name,))
        for number, claim in enumerate(found.claims, claims):
            rows["claims"].append((number, *claim))
            rows["words"] += ((number, name, word) for word in sorted(gist(claim[4]).content))
        rows["sources"] += ((number, *source) for number, source in enumerate(found.sources, sources))
        claims, sources = claims + len(found.claims), sources + len(found.sources)
        if len(rows["claims"]) >= AT_ONCE:
            _flush(store, rows)
    _flush(store, rows)
    return len(seen)


def _count(store: Any, table: str) -> int:
    return int(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _flush(store: Any, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    with _transaction(store):
        for table, some in rows.items():
            insert(store, table, iter(some))
            some.clear()
    gist.cache_clear()


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
    links = json.loads(chain)
    return Told(
        claim=claim,
        group=group,
        article=article,
        publisher=publisher,
        published=published,
        text=text,
        source=source,
        anonymous=anonymous,
        quote_type=quote_type,
        hedged=hedged,
        chain=tuple((name, kind) for name, kind, _ in links),
        claim_id=claim_id,
        links=tuple(source_id for *_, source_id in links),
    )
