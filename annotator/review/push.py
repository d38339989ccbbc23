"""Records to Label Studio: each article once, the newest machine's drafts current, nothing doubled after a cut."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from annotator.errors import RecordError, StudioError
from annotator.formats.label_studio import RECORDS, kept_in, kept_records, model_version, prediction, sendable, task
from annotator.records import AnnotatedArticle
from annotator.review.project import (
    ONCE,
    Studio,
    check_configuration,
    connect,
    cut_off,
    find_project,
    make_project,
    need_project,
    told,
)
from annotator.text import encodable_record

Queue = Literal["all", "uncertain", "anonymous", "chain", "zero-claims"]

BATCH_TASKS = 100
BATCH_BYTES = 8_000_000  # the server takes some hundred megabytes, but needs several times as much memory for them
ATTEMPTS = 3  # of one batch, when the connection is cut
PAUSE = 2.0  # seconds before the next attempt; doubled each time
PAGE = 200  # tasks a page when the server is asked what it has
LISTED = 500  # characters in which the server names the versions of a task's drafts; it cuts off what is longer
NEW = "--create makes a new one."
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
    outdated: int = (
        0  # articles of the project that nobody has begun and whose drafts, of another version, are not shown
    )


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
    found = find_project(studio, project) if create else need_project(studio, project, NEW)
    if found is None:
        found = make_project(studio, project, reviewers)
    else:
        check_configuration(studio, found)
    sender = _Sender(studio, found, advance)
    left_out = 0
    for record in map(encodable_record, records):  # as the server can keep them
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
    begun: bool = False  # somebody has annotated or skipped it, or left a draft of their own

    def has(self, version: str) -> bool:
        """Whether it has drafts of this version; where the server's list of them is cut off, its data say."""
        listed = f",{self.versions.replace(', ', ',')},"
        kept = len(listed) > LISTED and any(model_version(record) == version for record in self.records)
        return kept or f",{version}," in listed


class _Sender:
    """Sends records in batches; what the project has already is asked at the start, and again after every cut."""

    def __init__(self, studio: Studio, project: Any, advance: Callable[[int], None]) -> None:
        self.studio, self.project, self.advance = studio, project, advance
        self.done = Pushed("", 0)
        self.batch: list[AnnotatedArticle] = []
        self.bytes = 0
        self.version: str | None = None
        self.cut = False  # an attempt failed, so the server may have done what it did not answer
        self.doubles: list[tuple[tuple[str, str], _There]] = []
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
        self._remove_doubles()
        if self.version and self.project.model_version != self.version:
            with told(self.studio.url):
                self.studio.client.projects.update(self.project.id, model_version=self.version)
        if version := self.version:
            unseen = sum(not (task.begun or task.has(version)) for task in self.there.values())
            self.done = replace(self.done, outdated=unseen)

    def _remove_doubles(self) -> None:
        """Delete second tasks of articles of this call that nobody has begun.

        They come from a connection that was cut while the server was still at work: it had not got to the articles when
        it was asked for them again.
        """
        if self.cut:
            self.there = self._ask()
        for key, double in self.doubles:
            if key in self.seen and not double.begun:
                with told(self.studio.url):
                    self.studio.client.tasks.delete(str(double.task))

    def _flush(self) -> None:
        batch, self.batch, self.bytes = self.batch, [], 0
        # What was there before the first attempt, to tell new from known when it is repeated.
        before = {_key(r): self.there[_key(r)].has(model_version(r)) for r in batch if _key(r) in self.there}
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._send(batch)
                break
            except StudioError as error:
                if attempt == ATTEMPTS or not cut_off(error):
                    counts = f"{self.done.new + self.done.updated + self.done.known} articles are there"
                    raise StudioError(f"{error}. {counts}; the same command goes on from there") from error
                self.cut = True
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
                    self.project.id,
                    request=[task(record) for record in new],
                    return_task_ids=True,
                    request_options=ONCE,
                )
            if len(made.task_ids) != len(new):
                raise StudioError(f"{self.studio.url}: {len(made.task_ids)} of {len(new)} tasks were taken")
            for record, number in zip(new, made.task_ids, strict=True):
                self.there[_key(record)] = _There(int(number), model_version(record), [], {})
        self._send_drafts([r for r in batch if not self.there[_key(r)].has(model_version(r))])

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
                self.studio.client.projects.import_predictions(self.project.id, request=drafts, request_options=ONCE)
        for record in batch:
            self.there[_key(record)].versions += f",{model_version(record)}"

    def _tally(self, record: AnnotatedArticle, before: bool | None) -> None:
        """Count a record; `before` is whether its task had these drafts, None where there was no task."""
        if before is None:
            self._count("new")
            if record.article.article_id in self.ids:
                changed = (*self.done.changed_texts, record.article.article_id)
                self.done = replace(self.done, changed_texts=changed)
        else:
            self._count("known" if before else "updated")

    def _count(self, what: str) -> None:
        self.done = replace(self.done, **{what: getattr(self.done, what) + 1})

    def _ask(self) -> dict[tuple[str, str], _There]:
        """Every task of the project by article and text; a second one of an article goes to the doubles."""
        there: dict[tuple[str, str], _There] = {}
        self.doubles = []
        for found in self._tasks():
            key = (str(found.data.get("article_id")), str(found.data.get("text_sha256")))
            one = _There(
                int(found.id),
                found.predictions_model_versions or "",
                _readable(found.data),
                found.data,
                bool(found.total_annotations or found.cancelled_annotations or found.draft_exists),
            )
            first = there.setdefault(key, one)
            if first is not one:
                there[key], double = (one, first) if one.begun and not first.begun else (first, one)
                self.doubles.append((key, double))
        return there

    def _tasks(self) -> list[Any]:
        fields = "id,data,predictions_model_versions,total_annotations,cancelled_annotations,draft_exists"
        with told(self.studio.url):
            return list(self.studio.client.tasks.list(project=self.project.id, page_size=PAGE, include=fields))


def _readable(data: dict[str, Any]) -> list[AnnotatedArticle]:
    """The records that a task keeps; none where somebody spoilt them, which a pull tells and newer drafts mend."""
    try:
        return kept_in(data)
    except RecordError:
        return []


def _key(record: AnnotatedArticle) -> tuple[str, str]:
    return sendable(record.article.article_id), record.article.text_sha256
