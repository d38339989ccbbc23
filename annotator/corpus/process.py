"""The process that answers a `Worker`: it reads pages, describes itself and annotates, with the model loaded once."""

import gc
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from annotator.corpus.outcomes import outcomes_of
from annotator.corpus.settings import Wish
from annotator.errors import AnnotatorError, InputError
from annotator.records import Article

ANNOTATOR_SETTING = "ANNOTATOR_RUN_ANNOTATOR"  # "module:function" that makes another annotator; for tests
DECIDING = ("spacy", "onnxruntime", "tokenizers", "numpy", "pyarrow", "trafilatura", "py3langid")


def serve(line: Connection) -> None:
    """Answer questions until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the side that asks
    wish, annotator = Wish(), None
    while True:
        try:
            what, about = line.recv()
        except (EOFError, OSError):
            return
        answer: Any
        try:
            if what == "load":
                wish, annotator, answer = about, _load(about), None
                gc.freeze()  # the model stays: no need to look through it for garbage after every few articles
                _limit_memory(about.limits.megabytes)
            elif what == "page":
                answer = _read_page(**about)
            elif what == "describe":
                answer = _described(annotator)
            else:
                answer = list(outcomes_of(annotator, about, wish))
        except AnnotatorError as error:
            answer = error
        line.send(answer)


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


def _load(wish: Wish) -> Any:
    """The annotator; what turns records into rows is imported with it, outside the time that an article has."""
    from annotator.formats import jsonl, tables  # noqa: F401

    if named := os.environ.get(ANNOTATOR_SETTING):
        from importlib import import_module

        module, _, function = named.partition(":")
        return getattr(import_module(module), function)()
    from annotator.pipeline import Annotator

    return Annotator(threads=wish.threads)


def _limit_memory(megabytes: int) -> None:
    """Refuse this process so many megabytes beyond what it has now; no limit where the system does not tell."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError):
        return


def _read_page(html: str, article_id: str, url: str | None, where: str) -> Article | str:
    from annotator.reading.page import article_from_html

    try:
        return article_from_html(html, article_id=article_id, url=url, where=where)
    except InputError as error:
        return str(error)


if __name__ == "__main__":
    # Imported under its own name: what is sent must be of the classes that the other side knows.
    from annotator.corpus.process import serve as serve_here

    serve_here(Connection(int(sys.argv[1])))
