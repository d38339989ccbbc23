"""Who is quoted, by whom and how openly: tables over a whole run, by DuckDB over its Parquet files.

Counted are claims. A source is its name as the annotator wrote it: "Karin Holm" of two articles is one source, whether
or not it is one person; with the identities of a trace, a source is an identity. The article's own voice is no source;
its claims count among the claims and nothing else.
"""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.corpus import queries
from annotator.errors import InputError, MissingExtraError
from annotator.formats import tables as tables_of
from annotator.formats.jsonl import load
from annotator.formats.summary import Overview, Rows, render
from annotator.formats.tables import harmless
from annotator.storage import MANIFEST, RECORDS, Folder, is_remote, whole, write_text

ROWS_AT_ONCE = 10_000
# DuckDB would fetch an extension that it misses from its maker.
DUCKDB = {
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
SHOWN_OUTLETS, SHOWN_SOURCES = 20, 40  # on the page; the CSV files have all


Identities = Mapping[tuple[str, str], str]


def summarize(
    run: str | Path, output: Path, *, excel: bool = False, identities: Identities | None = None
) -> list[Path]:
    """Write `outlets.csv`, `sources.csv`, `over_time.csv` and `summary.html` about a run or a folder of results,
    and return their paths. `identities` are those of a trace, by article and source; who has none goes by the name.

    Raises `InputError` where there is no run, no shard of it is complete or one is damaged, and where no identity is of
    a source of the run; `MissingExtraError` without DuckDB.
    """
    duckdb = _imported()
    small = _is_of_few(run)
    shards, missing = ([], 0) if small else complete_shards(Folder(run))
    with tempfile.TemporaryDirectory() as spill, whole(output) as folder:
        try:
            place = Folder(_as_run(run, spill)) if small else Folder(run)
            tables = _tables(duckdb, place, shards or [FEW], spill, identities or {})
            if identities and not _number(tables, queries.MATCHED):
                raise InputError(f"{run}: has none of the sources of the identities. Give the people.csv of its trace")
            sources = queries.SOURCES if identities is None else queries.SOURCES_BY_IDENTITY
            written = [
                _write_csv(tables, queries.OUTLETS, folder / "outlets.csv", excel=excel),
                _write_csv(tables, sources, folder / "sources.csv", excel=excel),
                _write_csv(tables, queries.OVER_TIME, folder / "over_time.csv", excel=excel),
                write_text(
                    folder / "summary.html", [render(_overview(tables, missing, by_identity=identities is not None))]
                ),
            ]
        except duckdb.Error as error:
            raise InputError(f"{run}: cannot be summarized: {error}. Start the run anew with --fresh") from error
    return [output / path.name for path in written]


FEW = "few"  # the one shard that the records of a few articles make


def _is_of_few(run: str | Path) -> bool:
    """Whether a folder holds the results of a few articles, and no run."""
    return not is_remote(run) and not (Path(run) / MANIFEST).exists() and (Path(run) / RECORDS).is_file()


def _as_run(results: str | Path, folder: str) -> Path:
    """The tables of a few articles as a run has them, in a folder of its own."""
    made = Path(folder) / "tables"
    records = list(load(Path(results)))
    claims = [row for record in records for row in tables_of.claim_cells(record)]
    sources = [row for record in records for row in tables_of.source_cells(record)]
    for name, data in (
        ("claims", tables_of.parquet(tables_of.CLAIM_COLUMNS, claims)),
        ("sources", tables_of.parquet(tables_of.SOURCE_COLUMNS, sources)),
    ):
        (made / name).mkdir(parents=True)
        (made / name / f"{FEW}.parquet").write_bytes(data)
    return made


def _imported() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("summarize", "corpus") from error
    return duckdb


def complete_shards(folder: Folder) -> tuple[list[str], int]:
    """Names of the complete shards, and how many shards are missing."""
    if not folder.exists(MANIFEST):
        raise InputError(f"{folder}: there is no run. Give the folder that annotate wrote it to with -o")
    shards = sorted(name.removesuffix(".json") for name in folder.names("done") if name.endswith(".json"))
    if not shards:
        raise InputError(f"{folder}: no shard of the run is complete yet. Finish it with the command that began it")
    parts = sum(name.count("-") == 1 and name.endswith(".json") for name in folder.names("articles"))
    return shards, max(0, parts - len(shards))


def _tables(duckdb: Any, folder: Folder, shards: list[str], spill: str, identities: Identities) -> Any:
    """A connection with the views `claims` and `articles` over the shards."""
    tables = duckdb.connect(config={"temp_directory": spill, **DUCKDB})
    if folder.file_system is not None:
        tables.register_filesystem(folder.file_system)
    for table in ("claims", "sources"):
        files = [folder.path(f"{table}/{shard}.parquet") for shard in shards]
        tables.read_parquet(files).create_view(f"stored_{table}")
    tables.execute(queries.NO_IDENTITIES)
    if identities:
        _fill(tables, identities)
    tables.execute(queries.VIEWS)
    return tables


def _fill(tables: Any, identities: Identities) -> None:
    import pyarrow as pa

    articles, sources = zip(*identities, strict=True)
    coming = pa.table({"article_id": articles, "source_id": sources, "identity": list(identities.values())})
    tables.register("coming", coming)
    tables.execute("INSERT INTO identities SELECT * FROM coming")
    tables.unregister("coming")


def _overview(tables: Any, missing: int, *, by_identity: bool) -> Overview:
    return Overview(
        total=_rows(tables, queries.TOTAL)[0],
        outlets=_rows(tables, f"{queries.OUTLETS} LIMIT {SHOWN_OUTLETS}"),
        outlet_count=_number(tables, queries.OUTLET_COUNT),
        sources=_rows(tables, f"{queries.SOURCES} LIMIT {SHOWN_SOURCES}"),
        source_count=_number(tables, queries.SOURCE_COUNT),
        over_time=_rows(tables, queries.ALL_OUTLETS_OVER_TIME),
        undated=_number(tables, queries.UNDATED),
        chains=_rows(tables, queries.CHAINS),
        missing_shards=missing,
        by_identity=by_identity,
    )


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
    return harmless(cell) if excel and isinstance(cell, str) else cell
