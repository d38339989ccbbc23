"""Annotations of a Label Studio project as records: what each reviewer left of an article, and what they did to it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.errors import RecordError, StudioError
from annotator.formats.label_studio import RECORDS, kept_in, model_version
from annotator.records import AnnotatedArticle, ArticleReview
from annotator.review.corrections import corrected
from annotator.review.project import Studio, connect, need_project, not_ours, told
from annotator.review.regions import Page
from annotator.review.verdicts import judged

PAGE = 500  # tasks a page when the server is asked which there are
PART = 100  # tasks a request; their ids have to fit an address


@dataclass
class Pulled:
    """What a project holds: a record for each annotation, the machine's for each of its articles, and what is open."""

    project: int
    reviews: list[AnnotatedArticle] = field(default_factory=list)
    machine: list[AnnotatedArticle] = field(default_factory=list)
    tasks: int = 0
    skipped: int = 0
    drafts: int = 0  # begun and not submitted
    untouched: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)  # link to the task, what is wrong


def pull(
    *, url: str | None = None, api_key: str | None = None, project: str, advance: Callable[[int], None] = lambda _: None
) -> Pulled:
    """Fetch every annotation of a project. `advance` hears how many tasks are read.

    Raises StudioError when the server cannot be reached, refuses, or has no such project, or one that nothing was
    pushed to.
    """
    studio = connect(url, api_key)
    found = need_project(studio, project)
    pulled = Pulled(found.id)
    names = _reviewers(studio)
    ours = 0
    for one in _tasks(studio, found.id):
        pulled.tasks += 1
        ours += RECORDS in one["data"]
        link = studio.link(found.id, one["id"])
        try:
            _read_task(one, link, names, pulled)
        except RecordError as error:
            pulled.problems.append((link, f"{error}. The task is left out"))
        advance(1)
    if pulled.tasks and not ours:
        raise not_ours(studio, found, pulled.tasks)
    return pulled


def _reviewers(studio: Studio) -> dict[int, str]:
    with told(studio.url):
        return {user.id: user.email for user in studio.client.users.list()}


def _tasks(studio: Studio, project: int) -> Iterator[dict[str, Any]]:
    """All tasks with their annotations, some at a time: a task has its text, records and predictions several times.

    JSON is the only way out of the server that loses nothing.
    """
    with told(studio.url):
        ids = sorted(int(task.id) for task in studio.client.tasks.list(project=project, page_size=PAGE, include="id"))
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        yield from sorted(_part(studio, project, part), key=lambda task: part.index(task["id"]))


def _part(studio: Studio, project: int, ids: list[int]) -> list[dict[str, Any]]:
    # The SDK's own argument for ids has a name that the server does not know.
    only = {"additional_query_parameters": {"ids[]": ids}}
    with told(studio.url):
        parts = studio.client.projects.exports.download_sync(
            project, export_type="JSON", download_all_tasks=True, request_options=only
        )
        try:
            tasks: list[dict[str, Any]] = json.loads(b"".join(parts))
        except ValueError as error:
            raise StudioError(f"{studio.url}: the export of project {project} is cut short. Try again") from error
    return [task for task in tasks if task["id"] in ids]


def _read_task(one: Mapping[str, Any], link: str, names: Mapping[int, str], pulled: Pulled) -> None:
    submitted = [a for a in one["annotations"] if not a.get("was_cancelled")]
    pulled.skipped += len(one["annotations"]) - len(submitted)
    pulled.drafts += len(one.get("drafts") or ())
    pulled.untouched += not one["annotations"] and not one.get("drafts")
    if not submitted:
        return
    kept = kept_in(one["data"])
    if not kept:
        pulled.problems.append((link, "the task was not pushed by the annotator: it keeps no record. It is left out"))
        return
    pulled.machine.append(kept[-1])
    for annotation in _last_of_each(submitted):
        base = _base(annotation, kept)
        page = Page.read(annotation.get("result") or (), base.article.text)
        record = corrected(base, page)
        review = ArticleReview(
            reviewer=_who(annotation, names),
            reviewed_at=annotation.get("updated_at"),
            status=page.status,
            note=page.note,
            task=link,
            seconds=annotation.get("lead_time"),
        )
        pulled.reviews.append(judged(base, record, page).model_copy(update={"review": review}))
        pulled.problems += [(link, problem) for problem in page.problems]


def _last_of_each(annotations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One annotation a reviewer, the one that was changed last."""
    last = {str(a.get("completed_by")): a for a in sorted(annotations, key=lambda a: str(a.get("updated_at")))}
    return list(last.values())


def _base(annotation: Mapping[str, Any], kept: list[AnnotatedArticle]) -> AnnotatedArticle:
    """The machine's record that the reviewer began with; the newest where that is not known."""
    parent = annotation.get("prediction") or {}
    version = parent.get("model_version") if isinstance(parent, Mapping) else None
    return next((record for record in reversed(kept) if model_version(record) == version), kept[-1])


def _who(annotation: Mapping[str, Any], names: Mapping[int, str]) -> str:
    by = annotation.get("completed_by")
    by = by.get("id") if isinstance(by, Mapping) else by
    return names.get(by, f"user {by}") if isinstance(by, int) else "unknown reviewer"
