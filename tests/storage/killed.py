"""A writer that is killed at every one of its steps: `python -m tests.storage.killed FOLDER` tells what is left.

For each step a line of JSON: how the writer ended, and the files and their words as they were found then, after our
own reader had looked, and after the next writer.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from annotator.storage import settle, whole, write_text

NAMES = ("claims.csv", "label_studio/tasks.json", "records.jsonl")
STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")  # what Python announces of work on a disk


def write(folder: Path, words: str) -> None:
    """The old set has a list of failures, which goes with it."""
    with whole(folder, without=["failures.jsonl"] if words == "new" else []) as new:
        for name in (*NAMES, *(["failures.jsonl"] if words == "old" else [])):
            write_text(new / name, [words])


def falling(folder: Path, step: int) -> int:
    """Write the new set in a process that is killed at its step (counted from 1); returns how it ended."""
    if (child := os.fork()) == 0:
        done = 0

        def watch(event: str, _: tuple[object, ...]) -> None:
            nonlocal done
            if event not in STEPS:
                return
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        write(folder, "new")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def found(folder: Path) -> dict[str, str]:
    """Files and their words, what lies in hidden folders apart."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    inside = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_text(encoding="utf-8") for name, path in inside.items() if not name.startswith(".")}


def main(folder: Path) -> None:
    os.fsync = lambda _: None  # what was written outlives a kill without it
    step, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        step += 1
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, "old")
        write_text(folder / "label_studio" / "notes.txt", ["mine"])
        ended = falling(folder, step)
        left = found(folder)
        settle(folder)
        settled = found(folder)
        write(folder, "next")
        hidden = [path.name for path in folder.iterdir() if path.name.startswith(".")]
        print(json.dumps({"ended": ended, "left": left, "settled": settled, "next": found(folder), "hidden": hidden}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
