"""The folder that a run works in: one run at a time, and nothing left of what an earlier one did not finish."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import OutputError, RunError
from annotator.storage import MANIFEST, Folder, is_remote

FOLDERS = ("articles", "claims", "sources", "records", "done")
CSV_FILES = ("claims.csv", "sources.csv")
FILES = (*CSV_FILES, MANIFEST, "failures.jsonl", "skipped.jsonl", "warnings.jsonl", "summary.json")
PARTIAL = re.compile(r"\.[0-9a-f]{16}\.part")  # a file that `storage.atomic` is writing


@contextmanager
def locked(output: str | Path) -> Iterator[None]:
    """Keep a second run out of the folder; the system gives the lock back however this process ends."""
    if is_remote(output):
        yield
        return
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        Path(output).mkdir(parents=True, exist_ok=True)
        file = (Path(output) / ".lock").open("w")
    except OSError as error:
        message = f"{output}: cannot be written to ({error.strerror}). Choose another folder with -o"
        raise OutputError(message) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunError(f"{output}: another run is at work there. Wait for it, or choose another -o") from error
        yield


def check_that_it_may_be_used(folder: Folder) -> None:
    """Raise `RunError` where files lie under the names of a run's, and no run's manifest beside them."""
    if folder.exists(MANIFEST):
        if not _is_of_a_run(folder):
            raise RunError(f"{folder}: holds a {MANIFEST} that is of no run. Choose another folder with -o")
    elif taken := [name for name in FOLDERS if folder.names(name)]:
        raise RunError(f"{folder}: holds {taken[0]}/, which is of no run. Choose another folder with -o")


def _is_of_a_run(folder: Folder) -> bool:
    try:
        manifest = folder.read_json(MANIFEST)
    except RunError:  # damaged: whose it is cannot be told
        return False
    return isinstance(manifest, dict) and {"format", "tool", "inputs"} <= manifest.keys()


def is_of_a_run(place: str, output: str | Path) -> bool:
    """Whether a file lies where the run in `output` puts its own, in an input folder for instance: it is no input."""
    folder = f"{str(output).rstrip('/')}/"
    if not is_remote(place):
        place, folder = str(Path(place).resolve()), f"{Path(output).resolve()}/"
    return place.startswith(folder) and place.removeprefix(folder).partition("/")[0] in (*FOLDERS, *FILES)


def clear(folder: Folder) -> None:
    """Remove the run that is in the folder, and nothing else of what may be there.

    What says that something is complete goes before what it says it of, and the manifest last: a run that is cleared
    in part can be cleared again, or goes on.
    """
    for name in (*reversed(FOLDERS), *reversed(FILES)):
        folder.remove(name)


def sweep(folder: Folder) -> None:
    """Remove what an interrupted run was writing at the time."""
    for name in (*FOLDERS, "."):
        for file in folder.names(name):
            if PARTIAL.fullmatch(file):
                folder.remove(f"{name}/{file}")
