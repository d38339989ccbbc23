"""The process that answers a `Worker`: it reads files, describes itself and annotates, with the model loaded once."""

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from annotator.corpus.files import read_file
from annotator.corpus.outcomes import outcomes_of
from annotator.corpus.settings import Wish
from annotator.errors import AnnotatorError

ANNOTATOR_SETTING = "ANNOTATOR_RUN_ANNOTATOR"  # "module:function" that makes another annotator; for tests
READER_SETTING = "ANNOTATOR_RUN_READER"  # "module:function" that reads instead of `outcomes_of`; for tests
DECIDING = ("spacy", "onnxruntime", "tokenizers", "numpy", "pyarrow", "trafilatura", "py3langid")
READY, DONE = "ready", "done"  # what the process says when it has started, and after its last answer to a question
SECONDS_ORPHANED = 60  # that the process works on beyond its time when the side that should end it is gone


def serve(line: Connection) -> None:
    """Answer questions until the other side is gone: any number of answers each, then `DONE` or an error of ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the side that asks
    answering = _Answering(line)
    with suppress(EOFError, OSError):
        line.send(READY)
        while True:
            what, about, seconds = line.recv()
            answering.answer(what, about, seconds)


class _Answering:
    """Holds the model, once it is loaded."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._wish = Wish()
        self._annotator: Any = None
        self._seconds = 0.0

    def answer(self, what: str, about: Any, seconds: float) -> None:
        questions: dict[str, Callable[[Any], None]] = {
            "load": self._load,
            "describe": lambda _: self._send(_described(self._annotator)),
            "annotate": lambda articles: self._send(list(outcomes_of(self._annotator, articles, self._wish))),
            "read": self._read,
        }
        self._seconds = seconds
        _end_after(seconds)
        try:
            questions[what](about)
        except AnnotatorError as error:
            self._send(error)
        else:
            self._send(DONE)
        _end_after(None)

    def _send(self, answer: Any) -> None:
        _end_after(None)  # the other side takes its answers when it has time
        self._line.send(answer)
        _end_after(self._seconds)

    def _load(self, wish: Wish) -> None:
        _limit_memory(None)
        self._wish, self._annotator = wish, _annotator_for(wish)
        gc.freeze()  # the model stays: no need to look through it for garbage after every few articles
        _limit_memory(wish.limits.megabytes)

    def _read(self, file: Any) -> None:
        _limit_memory(file.limits.megabytes)
        if named := os.environ.get(READER_SETTING):
            read_file(file, self._send, _named(named))
        else:
            read_file(file, self._send)


def _described(annotator: Any) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    tool = annotator.tool.model_dump()
    extractor = getattr(annotator, "extractor", None)
    tool["model_sha256"] = _digest_of(extractor.folder) if extractor is not None else None
    return {"tool": tool, "packages": {name: installed(name) for name in DECIDING}}


def _digest_of(folder: Path) -> str:
    """One digest for the files of the model."""
    import hashlib

    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".md":
            found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _annotator_for(wish: Wish) -> Any:
    """The annotator; what turns records into rows is imported with it, outside the time that an article has."""
    from annotator.formats import jsonl, tables  # noqa: F401

    if named := os.environ.get(ANNOTATOR_SETTING):
        return _named(named)()
    from annotator.language.lexicon import Lexicon
    from annotator.language.light import import_spacy

    import_spacy()
    from annotator.pipeline import Annotator

    return Annotator(threads=wish.threads, lexicon=Lexicon(wish.lexicon))


def _named(name: str) -> Any:
    """What "module:function" names."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _end_after(seconds: float | None) -> None:
    """Have the system end this process if it works longer, which it does only where nobody is left to end it."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + SECONDS_ORPHANED)


def _limit_memory(megabytes: int | None) -> None:
    """Refuse this process so many megabytes beyond what it has now; no limit where the system does not tell.

    Counted is what it may write to: a large file that it looks into is no memory of its own.
    """
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        pages = int(Path("/proc/self/statm").read_text().split()[5])  # data and stack
        most = pages * resource.getpagesize() + (megabytes << 20) if megabytes else hard
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    except (ImportError, OSError, ValueError):
        return
