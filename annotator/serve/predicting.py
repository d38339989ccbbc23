"""Tasks in, predictions out: a few at a time, and one that fails does not take the others along."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from pydantic import ValidationError

from annotator.errors import AnnotatorError
from annotator.formats import label_studio
from annotator.records import AnnotatedArticle, Article, Tool
from annotator.serve.messages import Failure, Task
from annotator.text import scrub

log = logging.getLogger(__name__)

Result = dict[str, Any] | list[Any]  # a prediction, or the empty list of a task that failed


class Annotates(Protocol):
    """What makes records: so many articles at a time, and with this tool."""

    places: int
    tool: Tool

    async def annotate(self, article: Article) -> AnnotatedArticle:
        """The record; raises an error of ours where there is none."""
        ...


async def predictions(
    annotator: Annotates, tasks: Sequence[Any], is_gone: Callable[[], Awaitable[bool]]
) -> tuple[list[Result], list[Failure]]:
    """A prediction a task, an empty list for one that failed, and the failures, in the order of the tasks.

    Before each task `is_gone` is asked whether the caller is still there; the others are left if not.
    """
    results: list[Result] = [[] for _ in tasks]
    failures: list[Failure] = []
    waiting = iter(enumerate(tasks))

    async def work() -> None:
        for place, task in waiting:
            if await is_gone():
                log.warning("the caller left before task %d of %d", place + 1, len(tasks))
                return
            try:
                results[place] = await _prediction(annotator, task)
            except (ValueError, AnnotatorError) as error:
                failures.append(_failure(place, task, _first_line(error)))

    async with asyncio.TaskGroup() as group:
        for _ in range(annotator.places):
            group.create_task(work())
    return results, sorted(failures, key=lambda failure: failure.index)


async def _prediction(annotator: Annotates, task: Any) -> dict[str, Any]:
    return label_studio.prediction(await annotator.annotate(_article(Task.model_validate(task))))


def _failure(place: int, task: Any, error: str) -> Failure:
    name = task.get("id") if isinstance(task, dict) else None
    name = name if isinstance(name, int | str) else None
    log.warning("task %r: %s", name, error)
    return Failure.model_construct(index=place, task=name, error=error)


def _article(task: Task) -> Article:
    """The article of a task."""
    text = task.data.get("text")
    if not isinstance(text, str):
        fields = ", ".join(map(str, task.data)) or "none"
        raise ValueError(f"data.text must hold the article; the fields are: {fields}")
    known = {
        key: scrub(value)
        for key in ("title", "publisher", "published", "url")
        if isinstance(value := task.data.get(key), str) and value
    }
    if known.get("title") == task.data.get("article_id"):  # `push` writes the id where there is no title
        known.pop("title", None)
    return Article(article_id="task", text=scrub(text), **known)  # one for one, so the offsets stay


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
    return str(error).split("\n", 1)[0]
