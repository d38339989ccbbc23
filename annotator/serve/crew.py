"""The workers: processes of their own, each with the model, so that no article holds up or takes along the others."""

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue

from annotator.corpus.files import File, Read
from annotator.corpus.outcomes import Done
from annotator.corpus.settings import Limits, Wish
from annotator.corpus.worker import Worker
from annotator.errors import InputError
from annotator.reading import DEFAULT_FIELDS, Failure
from annotator.reading.address import OFFLINE, saved
from annotator.records import AnnotatedArticle, Article, Tool
from annotator.serve.intake import Entry
from annotator.text import scrub

MAX_CHARACTERS = 200_000  # six times a long feature; a megabyte of text would keep its worker for minutes
ARTICLE_SECONDS = 60.0  # Label Studio waits 100 seconds for an answer, and hears then which article it was
MEGABYTES = 4096  # beyond the model's own
MAX_ARTICLES = 5_000  # of one file that is put into the page; a corpus is a run of its own
MAX_CHARACTERS_READ = 50_000_000  # of all of them


class Crew:
    """So many articles at a time. Use it as a context manager: it loads the models, and ends the processes.

    Raises `ModelError` where the model cannot be loaded, and `RunError` where no process can be started.
    """

    def __init__(
        self,
        workers: int = 1,
        *,
        threads: int = 1,
        characters: int = MAX_CHARACTERS,
        seconds: float = ARTICLE_SECONDS,
        lexicon: Mapping[str, str] | None = None,
        offline: bool = False,
    ) -> None:
        limits = Limits(characters=characters, seconds=seconds, megabytes=MEGABYTES)
        wish = Wish(records=True, other_languages="ignore", threads=threads, limits=limits, lexicon=lexicon or {})
        self.places = workers
        self.tool: Tool
        self._characters, self._limits, self._offline = characters, limits, offline
        self._workers = [Worker(wish) for _ in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="crew")

    def __enter__(self) -> "Crew":
        try:
            described = list(self._threads.map(Worker.describe, self._workers))
        except BaseException:
            self.__exit__()
            raise
        self.tool = Tool(**{name: described[0]["tool"][name] for name in Tool.model_fields})
        for worker in self._workers:
            self._idle.put(worker)
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    async def annotate(self, article: Article) -> AnnotatedArticle:
        """The record of an article, as soon as a worker has time for it.

        Raises `InputError` for one that is too long, takes too long or cannot be annotated.
        """
        if len(article.text) > self._characters:
            found, most = f"{len(article.text):,}", f"{self._characters:,}"
            raise InputError(f"{found} characters, more than {most}. Serve with a higher --max-characters")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._annotate, article)

    async def read(self, entry: Entry) -> list[Read]:
        """All that a file or an address holds, read in a worker's process, within the limits of an article.

        Raises `InputError` for an address that cannot be fetched, or where none may be.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, entry)

    def _read(self, entry: Entry) -> list[Read]:
        entry = entry if entry.address is None else self._fetched(entry)
        worker = self._idle.get()
        try:
            with entry.as_file() as path:
                file = File(str(path), scrub(entry.name), scrub(entry.what), DEFAULT_FIELDS, entry.given, self._limits)
                return _bounded(worker.read(file), entry)
        finally:
            self._idle.put(worker)

    def _fetched(self, entry: Entry) -> Entry:
        address = entry.address or ""
        if self._offline:
            raise InputError(f"{entry.what}: {OFFLINE}")
        url, suffix, data = saved(address)
        return replace(entry, suffix=suffix, data=data, address=None, given={"url": url, **entry.given})

    def _annotate(self, article: Article) -> AnnotatedArticle:
        worker = self._idle.get()
        try:
            [outcome] = worker.annotate([article])
        finally:
            self._idle.put(worker)
        if not isinstance(outcome, Done) or outcome.record is None:
            raise InputError(getattr(outcome, "why", "it has no record"))
        return AnnotatedArticle.model_validate_json(outcome.record)


def _bounded(outcomes: Iterable[Read], entry: Entry) -> list[Read]:
    """The outcomes, up to what a page can hold; that there are more is one of them."""
    taken: list[Read] = []
    articles = characters = 0
    for outcome in outcomes:
        if isinstance(outcome, Article):
            articles, characters = articles + 1, characters + len(outcome.text)
        if articles > MAX_ARTICLES or characters > MAX_CHARACTERS_READ:
            why = f"more than {MAX_ARTICLES:,} articles or {MAX_CHARACTERS_READ // 1_000_000} million characters"
            taken.append(Failure(entry.what, f"{why}; those behind were left. Annotate it with: annotator annotate"))
            break
        taken.append(outcome)
    return taken
