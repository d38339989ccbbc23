"""Records to Label Studio: each article once, the newest machine's drafts current, nothing doubled after a cut."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx

from annotator.errors import StudioError
from annotator.formats.label_studio import RECORDS, kept_in, kept_records, model_version, prediction, sendable, task
from annotator.records import AnnotatedArticle
from annotator.review.project import (
    Studio,
    check_configuration,
    connect,
    find_project,
    make_project,
    need_project,
    told,
)

Queue = Literal["all", "uncertain", "anonymous", "chain", "zero-claims"]

BATCH_TASKS = 100
BATCH_BYTES = 8_000_000  # the server takes some hundred megabytes, but needs several times as much memory for them
ATTEMPTS = 3  # of one batch, when the connection is cut
PAUSE = 2.0  # seconds before the next attempt; doubled each time
PAGE = 200  # tasks a page when the server is asked what it has
CHAIN_LINKS = 3  # from here on a claim is second-hand

QUEUES: dict[Queue, Callable[[AnnotatedArticle], bool]] = {
    "all": lambda record: True,
    "uncertain": lambda record: any(claim.needs_review for claim in record.claims),
    "anonymous": lambda record: any(record.source_of(claim).anonymous for claim in record.claims),
    "chain": lambda record: any(len(claim.chain) >= CHAIN_LINKS for claim in record.claims),
    "zero-claims": lambda record: not record.claims,
}


@dataclass(frozen=True)
class Pushed:
    """What became of the records: counts, and the project's address."""

    url: str
    project: int
    new: int = 0
    updated: int = 0  # articles that were there, with the drafts of another version
    known: int = 0  # articles that were there with these drafts
    left_out: int = 0  # by the queue
    changed_texts: tuple[str, ...] = ()  # ids whose text is another one than before: a second task


def push(
    records: Iterable[AnnotatedArticle],
    *,
    url: str | None = None,
    api_key: str | None = None,
    project: str,
    create: bool = False,
    queue: Queue = "all",
    reviewers: int = 1,
    advance: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Import the records as tasks with predictions; an article that is there already gets a new prediction at most.

    Articles are known by `article_id` and the digest of their text. `advance` hears how many records are done.

    Raises StudioError when the server cannot be reached, refuses, or has no such project; what was sent stays, and the
    same call goes on from there.
    """
    studio = connect(url, api_key)
    found = find_project(studio, project) if create else need_project(studio, project)
    if found is None:
        found = make_project(studio, project, reviewers)
    else:
        check_configuration(found, studio.url)
    sender = _Sender(studio, found, advance)
    left_out = 0
    for record in records:
        if QUEUES[queue](record):
            sender.take(record)
        else:
            left_out += 1
            advance(1)
    sender.finish()
    address = f"{studio.url}/projects/{found.id}/data"
    return replace(sender.done, url=address, project=found.id, left_out=left_out)


@dataclass
class _There:
    """A task of the project: its number, the versions of its drafts, and the records that its data keep."""

    task: int
    versions: str
    records: list[AnnotatedArticle]
    data: dict[str, Any]


class _Sender:
    """Sends records in batches; what the project has already is asked at the start, and again after every cut."""

    def __init__(self, studio: Studio, project: Any, advance: Callable[[int], None]) -> None:
        self.studio, self.project, self.advance = studio, project, advance
        self.done = Pushed("", 0)
        self.batch: list[AnnotatedArticle] = []
        self.bytes = 0
        self.version: str | None = None
        self.there = self._ask()
        self.seen: set[tuple[str, str]] = set()
        self.ids = {article_id for article_id, _ in self.there}

    def take(self, record: AnnotatedArticle) -> None:
        key = _key(record)
        if key in self.seen:  # given twice: the first counts
            self._count("known")
            self.advance(1)
            return
        self.seen.add(key)
        self.version = model_version(record)
        self.batch.append(record)
        # A task holds the article, the record and the regions made of it, which are about three times the text.
        self.bytes += len(record.article.text) * 4 + 2000 * len(record.claims)
        if len(self.batch) >= BATCH_TASKS or self.bytes >= BATCH_BYTES:
            self._flush()

    def finish(self) -> None:
        if self.batch:
            self._flush()
        if self.version and self.project.model_version != self.version:
            with told(self.studio.url):
                self.studio.client.projects.update(self.project.id, model_version=self.version)

    def _flush(self) -> None:
        batch, self.batch, self.bytes = self.batch, [], 0
        before = self.there.copy()  # what this call found, to tell new from known when an attempt is repeated
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._send(batch)
                break
            except StudioError as error:
                if attempt == ATTEMPTS or not isinstance(error.__cause__, httpx.TransportError):
                    counts = f"{self.done.new + self.done.updated + self.done.known} articles are there"
                    raise StudioError(f"{error}. {counts}; the same command goes on from there") from error
            time.sleep(PAUSE * 2 ** (attempt - 1))
            self.there = self._ask_again()
        for record in batch:
            self._tally(record, before.get(_key(record)))
        self.advance(len(batch))

    def _ask_again(self) -> dict[tuple[str, str], _There]:
        try:
            return self._ask()
        except StudioError:
            return self.there  # still down: the next attempt says so

    def _send(self, batch: list[AnnotatedArticle]) -> None:
        new = [record for record in batch if _key(record) not in self.there]
        if new:
            with told(self.studio.url):
                made = self.studio.client.projects.import_tasks(
                    self.project.id, request=[task(record) for record in new], return_task_ids=True
                )
            if len(made.task_ids) != len(new):
                raise StudioError(f"{self.studio.url}: {len(made.task_ids)} of {len(new)} tasks were taken")
            for record, number in zip(new, made.task_ids, strict=True):
                self.there[_key(record)] = _There(int(number), model_version(record), [], {})
        self._send_drafts([r for r in batch if model_version(r) not in self.there[_key(r)].versions])

    def _send_drafts(self, batch: list[AnnotatedArticle]) -> None:
        """Another version's drafts for tasks that are there; first the data, whose repetition does no harm."""
        for record in batch:
            known = self.there[_key(record)]
            kept = [other for other in known.records if model_version(other) != model_version(record)]
            data = {**known.data, **sendable(task(record)["data"]), RECORDS: kept_records([*kept, record])}
            with told(self.studio.url):
                self.studio.client.tasks.update(str(known.task), data=data)
        if batch:
            drafts = [{"task": self.there[_key(r)].task, **sendable(prediction(r))} for r in batch]
            with told(self.studio.url):
                self.studio.client.projects.import_predictions(self.project.id, request=drafts)
        for record in batch:
            self.there[_key(record)].versions += f",{model_version(record)}"

    def _tally(self, record: AnnotatedArticle, before: _There | None) -> None:
        if before is None:
            self._count("new")
            if record.article.article_id in self.ids:
                changed = (*self.done.changed_texts, record.article.article_id)
                self.done = replace(self.done, changed_texts=changed)
        else:
            self._count("known" if model_version(record) in before.versions else "updated")

    def _count(self, what: str) -> None:
        self.done = replace(self.done, **{what: getattr(self.done, what) + 1})

    def _ask(self) -> dict[tuple[str, str], _There]:
        """Every task of the project by article and text."""
        with told(self.studio.url):
            tasks = self.studio.client.tasks.list(
                project=self.project.id, page_size=PAGE, include="id,data,predictions_model_versions"
            )
            return {
                (str(t.data.get("article_id")), str(t.data.get("text_sha256"))): _There(
                    int(t.id), t.predictions_model_versions or "", kept_in(t.data), t.data
                )
                for t in tasks
            }


def _key(record: AnnotatedArticle) -> tuple[str, str]:
    return sendable(record.article.article_id), record.article.text_sha256
