"""Prodigy: a task an article in JSON lines, for `spans.manual` and `rel.manual`.

A span has both offsets in code points (the end exclusive) and numbers of tokens (the last one inclusive); a relation
joins two tokens, the last ones of its spans. Answers stand in the spans as keys of their own.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.jsonl import json_text
from annotator.formats.tools.about import meta
from annotator.formats.tools.marks import TYPED, Arrow, Graph, Mark, drawn, inked, shown
from annotator.formats.tools.tokens import edges, spaced, tokens
from annotator.labels import VOCABULARIES
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER, TASKS = "prodigy", "articles.jsonl"
_PLACE = ("start", "end", "token_start", "token_end", "label")


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `prodigy/articles.jsonl`.

    Raises `OutputError` where it cannot be written.
    """
    lines = (given(record) + "\n" for record in records)
    return [write_text(folder / FOLDER / TASKS, lines)]


def task(record: AnnotatedArticle) -> dict[str, Any]:
    """The record as a task."""
    record = shown(record)
    return {**content(graph_of(record)), "meta": meta(record.article)}


def given(record: AnnotatedArticle) -> str:
    """The line that Prodigy is given of a record."""
    return json_text(task(record))


def graph_of(record: AnnotatedArticle) -> Graph:
    """The marks that Prodigy is given: a claim of several pieces is several that continue each other."""
    return drawn(shown(record))


def content(graph: Graph) -> dict[str, Any]:
    """Text, tokens, spans and relations of a task; a mark of nothing but blanks is left out."""
    words = list(spaced(graph.text, tokens(graph.text, edges(graph))))
    begins = [start for _, start, _ in words]
    spans = {
        mark.mark_id: _span(mark, place, begins)
        for mark in graph.marks
        if (place := inked(graph.text, *mark.pieces[0]))
    }
    return {
        "text": graph.text,
        "tokens": [
            {"text": word, "start": start, "end": start + len(word), "id": number, "ws": blank}
            for number, (word, start, blank) in enumerate(words)
        ],
        "spans": list(spans.values()),
        "relations": [
            _relation(arrow.name, spans[arrow.start], spans[arrow.end])
            for arrow in graph.arrows
            if arrow.start in spans and arrow.end in spans
        ],
    }


def _span(mark: Mark, place: tuple[int, int], begins: list[int]) -> dict[str, Any]:
    start, end = place
    first, last = bisect_left(begins, start), bisect_left(begins, end) - 1
    where = dict(zip(_PLACE, (start, end, first, last, mark.label), strict=True))
    return {**where, "id": mark.mark_id, "record_id": mark.record_id, **mark.answers}


def _relation(label: str, head: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    ends = {name: {key: span[key] for key in _PLACE} for name, span in (("head_span", head), ("child_span", child))}
    return {"head": head["token_end"], "child": child["token_end"], "label": label, **ends}


def read(text: str, line: str) -> Graph:
    """What a task says of the text that it was made from; a mark without an id of ours has one of its own."""
    graph, found = Graph(text), json.loads(line)
    if not isinstance(found, dict) or found.get("text") != text:
        graph.problems.append("its text is not the one that was exported; its annotations cannot be placed")
        return graph
    at: dict[tuple[int, int, str], str] = {}
    for number, span in enumerate(found.get("spans") or (), 1):
        start, end, label = span.get("start"), span.get("end"), span.get("label")
        if not label or not 0 <= start < end <= len(text):
            graph.problems.append(f"a span at {start}..{end} labelled {label!r} is no stretch of the text with a label")
            continue
        name = span.get("id") if span.get("id") and span["id"] not in at.values() else f"new-{number}"
        at.setdefault((start, end, label), name)
        answers = {
            key: span[key] for key in (*VOCABULARIES, *TYPED, "hedged", "anonymous") if isinstance(span.get(key), str)
        }
        graph.marks.append(Mark(name, label, ((start, end),), answers))
    for relation in found.get("relations") or ():
        ends = [
            at.get(tuple(relation.get(end, {}).get(key) for key in ("start", "end", "label")))
            for end in ("head_span", "child_span")
        ]
        if ends[0] is None or ends[1] is None:
            graph.problems.append(f"a relation labelled {relation.get('label')!r} joins no two spans that are there")
        else:
            graph.arrows.append(Arrow(ends[0], relation["label"], ends[1]))
    return graph
