"""Tasks in, predictions out."""

import logging
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from annotator.formats import label_studio
from annotator.pipeline import Annotator
from annotator.records import Article
from annotator.serve.messages import Failure, Task
from annotator.text import scrub

log = logging.getLogger(__name__)


def predictions(
    annotator: Annotator, tasks: Sequence[Any], start: int = 0
) -> tuple[list[dict[str, Any] | list[Any]], list[Failure]]:
    """A prediction a task, an empty list for one that failed, and the failures; the first task has number `start`."""
    results: list[dict[str, Any] | list[Any]] = [[] for _ in tasks]
    failures: list[Failure] = []
    articles: list[Article] = []

    def failed(place: int, error: str) -> None:
        task = tasks[place].get("id") if isinstance(tasks[place], dict) else None
        task = task if isinstance(task, int | str) else None
        log.warning("task %r: %s", task, error)
        failures.append(Failure.model_construct(index=start + place, task=task, error=error))

    def unexpected(article: Article, error: Exception) -> None:
        failed(int(article.article_id), f"cannot be annotated ({type(error).__name__}: {_first_line(error)})")

    for place, task in enumerate(tasks):
        try:
            articles.append(_article(Task.model_validate(task), str(place)))
        except ValueError as error:
            failed(place, _first_line(error))
    for record in annotator.annotate_many(articles, unexpected):
        results[int(record.article.article_id)] = label_studio.prediction(record)
    return results, failures


def _article(task: Task, name: str) -> Article:
    """The article of a task, named by its place in the request."""
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
    return Article(article_id=name, text=scrub(text), **known)  # one for one, so the offsets stay


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
    return str(error).split("\n", 1)[0]
