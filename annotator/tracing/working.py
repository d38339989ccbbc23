"""The folder in which a trace keeps its tables while it works, beside its results, and what makes it another trace."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from annotator.errors import OutputError
from annotator.storage import result_files

INPUTS = "inputs.json"


@contextmanager
def working(output: Path, places: Sequence[Path]) -> Iterator[Path]:
    """A folder whose content a trace of the same inputs may go on with; gone when the block ends well or with an error.

    It stays where the process is stopped. Inputs are the same while their paths, sizes and times of change are, and the
    annotator's version. Raises `OutputError` where it cannot be made, and what `result_files` raises.
    """
    output = output.resolve()
    folder = output.with_name(f".{output.name}.trace")
    inputs = _described(places)
    try:
        if not (folder / INPUTS).exists() or (folder / INPUTS).read_text("utf-8") != inputs:
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True)
            (folder / INPUTS).write_text(inputs, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written to ({error.strerror}). Choose another folder with -o"
        ) from error
    try:
        yield folder
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _described(places: Sequence[Path]) -> str:
    files = [path for place in places for path in result_files(place, tables=True)]
    about = [[str(path.resolve()), *_state(path)] for path in files]
    return json.dumps({"version": version("attribution-annotator"), "files": about}, indent=1)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0  # whoever reads it says so
    return found.st_size, found.st_mtime_ns
