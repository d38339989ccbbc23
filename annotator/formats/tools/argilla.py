"""Argilla: a dataset on disk as its SDK reads it, with a question of spans; Argilla has no relations.

Offsets are code points. What no span can say stands in a field beside the text: each claim with its chain.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotator.errors import OutputError
from annotator.formats.jsonl import json_text
from annotator.formats.label_studio import ARTICLE_NOTE, ARTICLE_STATUS, COLOURS, version_of
from annotator.formats.tools.about import KNOWN, claims, meta
from annotator.formats.tools.marks import drawn, shown
from annotator.labels import VOCABULARIES
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER = "argilla"
TEXT, CLAIMS, MARKS = "text", "claims", "marks"
MOST_SPANS = 10_000  # of a record; the server refuses one with more


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `argilla/`: `settings.json` and `records.json`.

    Raises `OutputError` where a file cannot be written, or an article has more marks than Argilla takes.
    """
    folder = folder / FOLDER
    lines = ",\n".join(json_text(article(record)) for record in records)
    return [
        write_text(folder / "settings.json", [json.dumps(settings(), indent=1), "\n"]),
        write_text(folder / "records.json", [f"[\n{lines}\n]\n"]),
    ]


def settings() -> dict[str, Any]:
    """Fields, questions and metadata of the dataset."""
    spans = {
        "type": "span",
        "field": TEXT,
        "allow_overlapping": True,
        "visible_options": len(COLOURS),
        "options": [{"text": label, "value": label} for label in COLOURS],
    }
    statuses = [{"text": word.meaning, "value": word.value} for word in VOCABULARIES[ARTICLE_STATUS]]
    choice = {"type": "label_selection", "options": statuses, "visible_options": None}
    plain = {"type": "text", "use_markdown": False}
    return {
        "guidelines": "Mark each claim, the source that it comes from, and the cue that hands it to the source.",
        "fields": [
            {"name": TEXT, "title": "Article", "required": True, "settings": plain},
            {"name": CLAIMS, "title": "Claims and their chains", "required": False, "settings": plain},
        ],
        "questions": [
            {"name": MARKS, "title": "Claims, sources and cues", "required": True, "settings": spans},
            {"name": ARTICLE_STATUS, "title": "Article", "required": False, "settings": choice},
            {"name": ARTICLE_NOTE, "title": "Note", "required": False, "settings": plain},
        ],
        "metadata": [{"name": name, "title": name, "settings": {"type": "terms"}} for name in KNOWN],
        "vectors": [],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
    }


def article(record: AnnotatedArticle) -> dict[str, Any]:
    """The record, its marks a suggestion to correct; those of the same place and label are one, as Argilla wants them.

    Raises `OutputError` for a record with more marks than Argilla takes.
    """
    record = shown(record)
    found = {(mark.start, mark.end, mark.label) for mark in drawn(record).marks}
    if len(found) > MOST_SPANS:
        raise OutputError(f"{record.article.article_id}: {len(found):,} marks; Argilla takes {MOST_SPANS:,} an article")
    value = [dict(zip(("start", "end", "label"), place, strict=True)) for place in sorted(found)]
    return {
        "id": record.article.article_id,
        "fields": {TEXT: record.article.text, CLAIMS: "\n".join(claims(record))},
        "metadata": meta(record.article),
        "suggestions": {MARKS: {"value": value, "score": None, "agent": version_of(record.tool)}} if value else {},
        "responses": {},
        "vectors": {},
    }
