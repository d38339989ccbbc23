"""A record as a task: what the page shows, the prediction to correct, and the record, which comes back with it."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import RecordError
from annotator.formats.jsonl import json_text
from annotator.formats.label_studio.configuration import config
from annotator.formats.label_studio.predictions import prediction
from annotator.labels import ReviewReason
from annotator.records import SCHEMA_VERSION, AnnotatedArticle, Claim
from annotator.storage import write_text
from annotator.text import encodable_record

RECORDS = "records"  # of a task's data: what no region shows
TO_REVIEW = "to_review"  # of a task's data: how many claims need review


def task(record: AnnotatedArticle) -> dict[str, Any]:
    """The record as a task: `data` for the page and the list of tasks, and one prediction.

    Over a lone surrogate the server would fall for good: they are replaced.
    """
    record = encodable_record(record)
    article = record.article
    about = [article.publisher, article.published, article.url, _workload(record.claims)]
    return {
        "data": {
            "text": article.text,
            "article_id": article.article_id,
            "title": article.title or article.article_id,
            "publisher": article.publisher or "",
            "published": article.published or "",
            "url": article.url or "",
            TO_REVIEW: sum(claim.needs_review for claim in record.claims),
            "about": " · ".join(part for part in about if part),
            "text_sha256": article.text_sha256,
            "schema_version": SCHEMA_VERSION,
            RECORDS: kept_records([record]),
        },
        "predictions": [prediction(record)],
    }


def kept_records(records: Iterable[AnnotatedArticle]) -> str:
    """The records as a JSON array in which the text, which the task has, is left out.

    Whatever no region shows comes back with it.
    """
    kept = [encodable_record(record).model_dump(mode="json") for record in records]
    for values in kept:
        del values["article"]["text"]
    return json.dumps(kept, separators=(",", ":"))


def kept_in(data: Mapping[str, Any]) -> list[AnnotatedArticle]:
    """The records that a task's data keep, oldest first; none where the task is not ours.

    Raises `RecordError` where they are no records any more.
    """
    try:
        kept = json.loads(data.get(RECORDS) or "[]")
        for values in kept:
            values["article"].setdefault("text", data["text"])
        return [AnnotatedArticle.model_validate(values) for values in kept]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise RecordError(
            f"article {data.get('article_id')!r}: the record that the task keeps is spoilt: {reason}"
        ) from error


def _workload(claims: Collection[Claim]) -> str:
    """How many claims there are and how many to review, and why: "7 claims, 2 to review: low confidence 2"."""
    said = f"{len(claims)} claims, {sum(claim.needs_review for claim in claims)} to review"
    counts = Counter(reason for claim in claims for reason in claim.review_reasons)
    reasons = ", ".join(f"{reason.replace('_', ' ')} {counts[reason]}" for reason in ReviewReason if counts[reason])
    return f"{said}: {reasons}" if reasons else said


def write_into(records: Iterable[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `label_studio/`: `tasks.json`, one task a line, and the `config.xml` that the project needs.

    Raises `OutputError` where a file cannot be written.
    """
    folder = folder / "label_studio"
    return [
        write_text(folder / "tasks.json", _array(json_text(task(record)) for record in records)),
        write_text(folder / "config.xml", [config()]),
    ]


def _array(items: Iterable[str]) -> Iterator[str]:
    yield "["
    for n, item in enumerate(items):
        yield f",\n{item}" if n else f"\n{item}"
    yield "\n]\n"
