"""The folder that a run works in: one run at a time, and nothing left of what an earlier one did not finish."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import OutputError, RunError
from annotator.storage import REMOTE, Folder

MANIFEST = "manifest.json"
FOLDERS = ("articles", "claims", "sources", "records", "done")
FILES = (MANIFEST, "failures.jsonl", "skipped.jsonl", "summary.json")


@contextmanager
def locked(output: str | Path) -> Iterator[None]:
    """Keep a second run out of the folder; the system gives the lock back however this process ends."""
    if REMOTE in str(output):
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


def clear(folder: Folder) -> None:
    """Remove the run that is in the folder, and nothing else of what may be there; the manifest goes last."""
    for name in (*FOLDERS, *reversed(FILES)):
        folder.remove(name)


def sweep(folder: Folder) -> None:
    """Remove what an interrupted run was writing at the time."""
    for name in (*FOLDERS, "."):
        for file in folder.names(name):
            if file.startswith(".") and file.endswith(".part"):
                folder.remove(f"{name}/{file}")
