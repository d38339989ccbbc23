"""What is being read and annotated, step by step, so that the page can show how far it is."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from annotator.errors import AnnotatorError
from annotator.reading import Failure, Passed, Warned, told_language
from annotator.records import AnnotatedArticle, Article
from annotator.serve.intake import Entry

log = logging.getLogger(__name__)
MAX_WAITING = 20  # inputs that may be read and annotated at a time
MAX_KEPT = 200  # jobs of which the page still tells what became of them
MAX_TOLD = 200  # failures and warnings of one job that are listed


class Annotates(Protocol):
    """What reads files and makes records: so many articles at a time."""

    places: int

    async def annotate(self, article: Article) -> AnnotatedArticle: ...

    async def read(self, entry: Entry) -> Sequence[Article | Failure | Passed | Warned]: ...


@dataclass
class Made:
    """An article that was annotated: its place in the worklist, its title and how many claims it has."""

    key: str
    title: str
    claims: int
    review: int


@dataclass
class Job:
    """One thing that was put in, and how far it is."""

    job_id: str
    what: str
    who: str
    total: int | None = None  # articles in it, once it has been read
    done: int = 0
    finished: bool = False
    made: list[Made] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    @property
    def says(self) -> str:
        """How far it is, in words."""
        if self.total is None and not self.finished:
            return "Reading the text"
        total = self.total or 0
        articles = f"{total:,} article{'' if total == 1 else 's'}"
        if not self.finished:
            return f"Annotating: {self.done:,} of {articles} done"
        failed = f", {len(self.failures):,} could not be read or annotated" if self.failures else ""
        return f"Done: {len(self.made):,} of {articles}{failed}"


class TooManyError(Exception):
    """So many inputs are waiting that another one is not taken."""


class Jobs:
    """The jobs of this server; they end with it, and what they made is in the worklist by then."""

    def __init__(self, annotator: Annotates, keep: Callable[[AnnotatedArticle, str], Made]) -> None:
        self._annotator, self._keep = annotator, keep
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def get(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def begin(self, what: str, who: str, entries: Sequence[Entry]) -> Job:
        """Start reading and annotating. Raises `TooManyError`."""
        if len(self._tasks) >= MAX_WAITING:
            raise TooManyError
        job = Job(secrets.token_urlsafe(9), what, who)
        self._jobs[job.job_id] = job
        while len(self._jobs) > MAX_KEPT:
            self._jobs.pop(next(iter(self._jobs)))
        task = asyncio.create_task(self._run(job, entries))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _run(self, job: Job, entries: Sequence[Entry]) -> None:
        try:
            articles = [article for entry in entries for article in await self._read(job, entry)]
            job.total = len(articles)
            waiting = iter(articles)

            async def work() -> None:
                for article in waiting:
                    await self._annotate(job, article)
                    job.done += 1

            async with asyncio.TaskGroup() as group:
                for _ in range(self._annotator.places):
                    group.create_task(work())
        finally:
            job.finished = True

    async def _read(self, job: Job, entry: Entry) -> list[Article]:
        articles = []
        for outcome in await _or_failure(self._annotator.read(entry), entry.what) or ():
            if isinstance(outcome, Article):
                articles.append(outcome)
            elif isinstance(outcome, Failure):
                job.failures.append(outcome)
            elif isinstance(outcome, Passed):
                job.warnings.append(Warned(outcome.where, f"passed over: {outcome.reason}"))
            else:
                job.warnings.append(outcome)
        return articles

    async def _annotate(self, job: Job, article: Article) -> None:
        try:
            language = await asyncio.to_thread(told_language, article)
            record = await self._annotator.annotate(article.model_copy(update={"language": language}))
            job.made.append(await asyncio.to_thread(self._keep, record, job.who))
        except AnnotatorError as error:
            job.failures.append(Failure(article.title or article.article_id, str(error)))
        except Exception as error:  # no article is worth the others
            log.exception("article %r", article.article_id)
            job.failures.append(Failure(article.title or article.article_id, f"cannot be kept ({error!r})"))


async def _or_failure(
    reading: Awaitable[Sequence[Article | Failure | Passed | Warned]], what: str
) -> Sequence[Article | Failure | Passed | Warned]:
    try:
        return await reading
    except AnnotatorError as error:
        return [Failure(what, str(error))]
