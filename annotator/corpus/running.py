"""A run: many articles, any number of processes or machines, and the same bytes however often it was interrupted.

The inputs are read once, in parts of a few hundred articles (`articles/`); each part becomes a shard: a file of the
claim table, one of the source table and, where asked for, the records. What a shard holds follows from its part alone,
so it does not matter who makes it, or how often. Its file in `done/` is put there last and says that it is complete.
"""

from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from annotator.corpus import manifest, plan
from annotator.corpus.results import Summary, put_together
from annotator.corpus.settings import DEFAULT_SETTINGS, Settings
from annotator.corpus.tasks import Engine, on_this_machine
from annotator.corpus.workplace import check_that_it_may_be_used, clear, is_of_a_run, locked, sweep
from annotator.errors import InputError, MissingExtraError
from annotator.reading import STDIN, Failure, files_of
from annotator.storage import Folder, is_remote


class Watcher:
    """Is told how a run gets on; this one keeps it to itself."""

    def say(self, message: str) -> None:
        """A sentence for the user."""

    def begin(self, what: str, articles: int | None, words: int | None) -> None:
        """A stage begins, with so much to do, where that is known."""

    def advance(self, articles: int, words: int) -> None:
        """So much more is done; called from several threads."""


def run(
    inputs: Iterable[str | Path],
    output: str | Path,
    settings: Settings = DEFAULT_SETTINGS,
    *,
    workers: int = 1,
    engine: Engine | None = None,
    fresh: bool = False,
    watcher: Watcher | None = None,
) -> Summary:
    """Annotate all articles of `inputs` into the folder `output`, or finish the run that is in it.

    `engine` does the tasks: without one, `workers` processes of this machine. Raises `InputError` where an input is
    not there, `RunError` where the folder holds a run of other inputs, versions or settings, `OutputError` where the
    folder cannot be written.
    """
    watcher = watcher or Watcher()
    engine = engine or partial(on_this_machine, workers=workers)
    left_out: list[Failure] = []
    files = _files(inputs, output, settings, left_out.append)
    with locked(output):
        folder = Folder(output, settings.limits.bytes)
        check_that_it_may_be_used(folder)
        if fresh:
            clear(folder)
        sweep(folder)
        if said := manifest.check_or_write(folder, files, settings):
            watcher.say(said)
        if tasks := plan.reading_tasks(folder, files):
            watcher.begin("reading", None, None)
            engine(folder, settings, tasks, watcher.advance)
        shards = list(plan.shards_of(folder, settings))
        if tasks := plan.annotating_tasks(folder, shards):
            watcher.begin("annotating", *(sum(task[name] for task in tasks) for name in ("articles", "words")))
            engine(folder, settings, tasks, watcher.advance)
        sweep(folder)  # a machine that was lost, too, was writing something
        return put_together(folder, shards, left_out)


def _files(
    inputs: Iterable[str | Path], output: str | Path, settings: Settings, left_out: Callable[[Failure], None]
) -> list[tuple[str, str]]:
    """The files to read; what is left out of a folder, as a link out of it is, goes to `left_out`."""
    entries = list(inputs)
    if STDIN in map(str, entries):
        raise InputError("standard input: a run may have to read its inputs again. Save it in a file first")
    links = settings.follow_links
    found = (file for entry in entries for file in files_of(entry, follow_links=links, on_failure=left_out))
    files = [file for file in found if not is_of_a_run(file[0], output)]
    for place, _ in files:
        if not is_remote(place) and not Path(place).is_file():
            raise InputError(f"{place}: no file but a pipe or device; a run may have to read its inputs again")
    _check_extras([place for place, _ in files])
    return files


def _check_extras(places: list[str]) -> None:
    """Miss a package now, and not in a line of failures for each file."""
    needed = {".parquet": ("pyarrow", "Parquet", "parquet"), ".zst": ("zstandard", "Zstandard (.zst)", "corpus")}
    needed |= dict.fromkeys((".warc", ".warc.gz"), ("warcio", "WARC", "corpus"))
    needed |= {".docx": ("docx", "Word (.docx)", "documents"), ".pdf": ("pdfminer", "A PDF", "documents")}
    needed |= {
        ".rtf": ("striprtf", "Rich text (.rtf)", "documents"),
        ".xlsx": ("openpyxl", "Excel (.xlsx)", "documents"),
    }
    for ending, (module, what, extra) in needed.items():
        if find_spec(module) is None and any(place.lower().endswith(ending) for place in places):
            raise MissingExtraError(what, extra)
    if find_spec("pyarrow") is None:
        raise MissingExtraError("A run, which writes Parquet,", "corpus")
