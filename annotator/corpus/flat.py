"""The tables of a run as two CSV files, for programs that read no Parquet."""

from pathlib import Path

from annotator.corpus.summaries import DUCKDB, complete_shards
from annotator.corpus.workplace import CSV_FILES
from annotator.errors import InputError, MissingExtraError, OutputError
from annotator.storage import Folder, is_remote


def write_csv(run: str | Path) -> list[Path]:
    """Write `claims.csv` and `sources.csv` into a run of this machine, from the shards that are complete, in order.

    The cells are those of the small tables: plain UTF-8, `true` and `false`, empty where nothing is known. Raises
    `InputError` where there is no complete shard, `MissingExtraError` without DuckDB, `OutputError` for a run that lies
    elsewhere or a folder that cannot be written.
    """
    if is_remote(run):
        raise OutputError(f"{run}: CSV is written on this machine only. Copy the run here, or read its Parquet files")
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("CSV of a run", "corpus") from error
    folder = Folder(run)
    shards, _ = complete_shards(folder)
    written = []
    for name in CSV_FILES:
        path = Path(folder.path(name))
        with duckdb.connect(config={**DUCKDB, "preserve_insertion_order": True}) as tables:
            files = [folder.path(f"{path.stem}/{shard}.parquet") for shard in shards]
            try:
                tables.read_parquet(files).write_csv(str(path), header=True)
            except duckdb.Error as error:
                raise InputError(f"{run}: no CSV can be made of its tables: {error}") from error
        written.append(path)
    return written
