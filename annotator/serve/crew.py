"""The workers: processes of their own, each with the model, so that no article holds up or takes along the others."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from annotator.corpus.outcomes import Done
from annotator.corpus.settings import Limits, Wish
from annotator.corpus.worker import Worker
from annotator.errors import InputError
from annotator.records import AnnotatedArticle, Article, Tool

MAX_CHARACTERS = 200_000  # six times a long feature; a megabyte of text would keep its worker for minutes
ARTICLE_SECONDS = 60.0  # Label Studio waits 100 seconds for an answer, and hears then which article it was
MEGABYTES = 4096  # beyond the model's own


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
    ) -> None:
        limits = Limits(characters=characters, seconds=seconds, megabytes=MEGABYTES)
        wish = Wish(records=True, other_languages="ignore", threads=threads, limits=limits, lexicon=lexicon or {})
        self.places = workers
        self.tool: Tool
        self._characters = characters
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

    def _annotate(self, article: Article) -> AnnotatedArticle:
        worker = self._idle.get()
        try:
            [outcome] = worker.annotate([article])
        finally:
            self._idle.put(worker)
        if not isinstance(outcome, Done) or outcome.record is None:
            raise InputError(getattr(outcome, "why", "it has no record"))
        return AnnotatedArticle.model_validate_json(outcome.record)
