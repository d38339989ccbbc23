"""Who is quoted, by whom and how openly: tables over a whole run, by DuckDB over its Parquet files.

Counted are claims. A source is its name as the annotator wrote it: "Karin Holm" of two articles is one source, whether
or not it is one person. The article's own voice is no source; its claims count among the claims and nothing else.
"""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.corpus.run import MANIFEST
from annotator.errors import InputError, MissingExtraError
from annotator.formats.summary import Overview, Rows, render
from annotator.formats.tables import FORMULA
from annotator.records import UNKNOWN_PUBLISHER
from annotator.storage import Folder, write_text

FEW_MONTHS = 2  # with dates in no more than these, days are told apart
ROWS_AT_ONCE = 10_000
SHOWN_OUTLETS, SHOWN_SOURCES = 20, 40  # on the page; the CSV files have all

_SHARES = """
    count(*) AS claims,
    count(*) FILTER (attributed) AS attributed,
    count(*) FILTER (quote_type = 'direct') AS direct,
    count(*) FILTER (quote_type = 'mixed') AS mixed,
    count(*) FILTER (quote_type = 'indirect') AS indirect,
    round(count(*) FILTER (attributed AND quote_type = 'direct') / nullif(count(*) FILTER (attributed), 0), 4)
        AS direct_share,
    count(*) FILTER (attributed AND anonymous) AS anonymous,
    round(count(*) FILTER (attributed AND anonymous) / nullif(count(*) FILTER (attributed), 0), 4) AS anonymous_share,
    round(avg(chain_length) FILTER (attributed), 3) AS chain_length,
    round(count(*) FILTER (attributed AND chain_length > 2) / nullif(count(*) FILTER (attributed), 0), 4)
        AS secondhand_share
"""

# Herfindahl-Hirschman index: the sum of the squared shares of the named sources, 1 where one of them says everything.
OUTLETS = f"""
    WITH said AS (
        SELECT publisher, source, count(*) AS n FROM claims WHERE attributed AND named GROUP BY ALL
    ), shares AS (
        SELECT publisher, source, n / sum(n) OVER (PARTITION BY publisher) AS share FROM said
    ), concentrated AS (
        SELECT publisher, count(*) AS sources, round(sum(share * share), 4) AS concentration,
            arg_max(source, (share, source)) AS top_source, round(max(share), 4) AS top_source_share
        FROM shares GROUP BY publisher
    ), published AS (
        SELECT publisher, count(DISTINCT article_id) AS articles FROM articles GROUP BY publisher
    ), told AS (
        SELECT publisher, {_SHARES} FROM claims GROUP BY publisher
    )
    SELECT publisher, articles, told.* EXCLUDE (publisher), coalesce(sources, 0) AS sources, concentration,
        top_source, top_source_share
    FROM published LEFT JOIN told USING (publisher) LEFT JOIN concentrated USING (publisher)
    ORDER BY claims DESC NULLS LAST, publisher
"""

SOURCES = """
    SELECT source, mode(source_type) AS type, mode(affiliation) AS affiliation, anonymous,
        count(DISTINCT publisher) AS outlets, count(DISTINCT article_id) AS articles, count(*) AS claims,
        count(*) FILTER (quote_type = 'direct') AS direct,
        count(*) FILTER (quote_type = 'mixed') AS mixed,
        count(*) FILTER (quote_type = 'indirect') AS indirect,
        round(count(*) FILTER (quote_type = 'direct') / count(*), 4) AS direct_share,
        round(avg(chain_length), 3) AS chain_length
    FROM claims WHERE attributed GROUP BY source, anonymous ORDER BY claims DESC, source, anonymous
"""

OVER_TIME = f"""
    SELECT period, publisher, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period, publisher ORDER BY period, publisher
"""

ALL_OUTLETS_OVER_TIME = f"""
    SELECT period, count(DISTINCT article_id) AS articles, {_SHARES}
    FROM claims WHERE period IS NOT NULL GROUP BY period ORDER BY period
"""

TOTAL = f"SELECT (SELECT count(DISTINCT article_id) FROM articles) AS articles, {_SHARES} FROM claims"
CHAINS = "SELECT chain_length AS links, count(*) AS claims FROM claims WHERE attributed GROUP BY ALL ORDER BY links"
UNDATED = "SELECT count(DISTINCT article_id) FROM claims WHERE period IS NULL"


def summarize(run: str | Path, output: Path, *, excel: bool = False) -> list[Path]:
    """Write `outlets.csv`, `sources.csv`, `over_time.csv` and `summary.html` about a run, and return their paths.

    Raises `InputError` where there is no run, or no shard of it is complete; `MissingExtraError` without DuckDB.
    """
    with tempfile.TemporaryDirectory() as spill:
        tables, missing = _tables(Folder(run), Path(spill))
        files = [
            _write_csv(tables, query, output / name, excel=excel)
            for name, query in (("outlets.csv", OUTLETS), ("sources.csv", SOURCES), ("over_time.csv", OVER_TIME))
        ]
        overview = Overview(
            total=_rows(tables, TOTAL)[0],
            outlets=_rows(tables, f"{OUTLETS} LIMIT {SHOWN_OUTLETS}"),
            outlet_count=_number(tables, "SELECT count(DISTINCT publisher) FROM articles"),
            sources=_rows(tables, f"{SOURCES} LIMIT {SHOWN_SOURCES}"),
            source_count=_number(tables, "SELECT count(DISTINCT (source, anonymous)) FROM claims WHERE attributed"),
            over_time=_rows(tables, ALL_OUTLETS_OVER_TIME),
            undated=_number(tables, UNDATED),
            chains=_rows(tables, CHAINS),
            missing_shards=missing,
        )
    return [*files, write_text(output / "summary.html", [render(overview)])]


def _tables(folder: Folder, spill: Path) -> tuple[Any, int]:
    """A connection with the views `claims` and `articles` over the complete shards, and how many shards are missing."""
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("summarize", "corpus") from error
    if not folder.exists(MANIFEST):
        raise InputError(f"{folder}: there is no run. Give the folder that annotate wrote it to with -o")
    shards = sorted(name.removesuffix(".json") for name in folder.names("done") if name.endswith(".json"))
    if not shards:
        raise InputError(f"{folder}: no shard of the run is complete yet. Finish it with the command that began it")
    parts = sum(name.count("-") == 1 and name.endswith(".json") for name in folder.names("articles"))
    tables = duckdb.connect(config={"temp_directory": str(spill), "preserve_insertion_order": False})
    if folder.file_system is not None:
        tables.register_filesystem(folder.file_system)
    for table in ("claims", "sources"):
        files = [folder.path(f"{table}/{shard}.parquet") for shard in shards]
        tables.read_parquet(files).create_view(f"stored_{table}")
    tables.execute(
        f"""
        CREATE VIEW dated AS SELECT *, CASE WHEN regexp_matches(published, '^[0-9]{{4}}-[0-9]{{2}}(-[0-9]{{2}}|$)')
            THEN published END AS day FROM stored_claims;
        CREATE VIEW claims AS SELECT * EXCLUDE (publisher), coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher,
            attribution <> 'unattributed' AS attributed, NOT anonymous AND source_type <> 'unspecified' AS named,
            substr(day, 1, (SELECT if(count(DISTINCT substr(day, 1, 7)) > {FEW_MONTHS}, 7, 10) FROM dated)) AS period
            FROM dated;
        CREATE VIEW articles AS SELECT DISTINCT coalesce(publisher, '{UNKNOWN_PUBLISHER}') AS publisher, article_id
            FROM (SELECT publisher, article_id FROM stored_claims UNION ALL
                  SELECT publisher, article_id FROM stored_sources)
        """
    )
    return tables, max(0, parts - len(shards))


def _rows(tables: Any, query: str) -> Rows:
    found = tables.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _number(tables: Any, query: str) -> int:
    return int(tables.execute(query).fetchone()[0])


def _write_csv(tables: Any, query: str, path: Path, *, excel: bool) -> Path:
    """Write what a query finds, some thousand rows at a time; `excel` guards formulas and adds the byte order mark."""
    found = tables.execute(query)
    names = [column[0] for column in found.description]
    batches: Iterator[Sequence[Sequence[Any]]] = iter(lambda: found.fetchmany(ROWS_AT_ONCE), [])
    parts = (_csv(rows, excel) for rows in chain([[names]], batches))
    return write_text(path, parts, encoding="utf-8-sig" if excel else "utf-8")


def _csv(rows: Sequence[Sequence[Any]], excel: bool) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(cell, excel) for cell in row] for row in rows)
    return text.getvalue()


def _cell(cell: Any, excel: bool) -> Any:
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if excel and isinstance(cell, str) and cell.startswith(FORMULA) else cell
