"""The claims, sources and cues of a record as marks on its text, joined by arrows: what every tool is given.

They are those of the Label Studio task, so that a correction comes back the same way whatever tool it was made in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from annotator.formats.label_studio import (
    CHAIN,
    CLAIM_NORMALIZED,
    CONTINUES,
    DOUBTED,
    NOTE,
    SOURCE_NAME,
    SPAN,
    TEXT,
    prediction,
)
from annotator.records import AnnotatedArticle, without_rejected
from annotator.text import encodable_record

TYPED = (SOURCE_NAME, CHAIN, CLAIM_NORMALIZED, NOTE)  # answers in a person's own words; others are from a vocabulary
Stretch = tuple[int, int]  # half-open, in code points of the text


@dataclass(frozen=True)
class Mark:
    """A labelled stretch of the text, or several that are one, with its answers by the name of the question."""

    mark_id: str
    label: str
    pieces: tuple[Stretch, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    record_id: str = ""  # claim_id, source_id or attribution_id of what it shows

    @property
    def start(self) -> int:
        return min(start for start, _ in self.pieces)

    @property
    def end(self) -> int:
        return max(end for _, end in self.pieces)


class Arrow(NamedTuple):
    """A relation from a mark to another, by their ids."""

    start: str
    name: str
    end: str


@dataclass
class Graph:
    """Marks and arrows on a text; `problems` has what could not be understood where they were read from a file."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def by_id(self) -> dict[str, Mark]:
        return {mark.mark_id: mark for mark in self.marks}


def shown(record: AnnotatedArticle) -> AnnotatedArticle:
    """The record as tools get it: without what a reviewer deleted, and without what UTF-8 cannot hold."""
    return encodable_record(without_rejected(record))


def drawn(record: AnnotatedArticle) -> Graph:
    """The marks and arrows of a record that is `shown`; the pieces of a claim are marks joined by `continues`."""
    results = prediction(record)["result"]
    answers: dict[str, dict[str, str]] = {}
    for result in results:
        if result["type"] in {"choices", "textarea"}:
            value = result["value"]
            answer = value["choices"][0] if result["type"] == "choices" else value["text"][0]
            answers.setdefault(result["id"], {})[result["from_name"]] = answer
    marks = [
        Mark(
            _own_id(result["id"]),
            result["value"]["labels"][0],
            ((result["value"]["start"], result["value"]["end"]),),
            answers.get(result["id"], {}),
            _record_id(result["meta"]),
        )
        for result in results
        if result["type"] == "labels"
    ]
    arrows = [
        Arrow(_own_id(result["from_id"]), name, _own_id(result["to_id"]))
        for result in results
        if result["type"] == "relation"
        for name in result["labels"]
    ]
    return Graph(record.article.text, marks, arrows)


def _own_id(region_id: str) -> str:
    """A region's id without what colours it in Label Studio: a mark has the same one whoever doubts its claim."""
    return region_id.replace(DOUBTED, "", 1)


def _record_id(meta: Mapping[str, Any]) -> str:
    return str(meta.get("claim_id") or meta.get("source_id") or meta.get("attribution_id") or "")


def joined(graph: Graph) -> Graph:
    """The graph with the pieces of a claim as one mark, for tools whose marks may have gaps."""
    of: dict[str, str] = {arrow.start: arrow.end for arrow in graph.arrows if arrow.name == CONTINUES.name}
    known = graph.by_id()

    def head(mark_id: str) -> str:
        while mark_id in of:
            mark_id = of[mark_id]
        return mark_id

    pieces: dict[str, list[Stretch]] = {}
    for mark in graph.marks:
        pieces.setdefault(head(mark.mark_id), []).extend(mark.pieces)
    marks = [replace(known[mark_id], pieces=tuple(parts)) for mark_id, parts in pieces.items()]
    arrows = [Arrow(head(a.start), a.name, head(a.end)) for a in graph.arrows if a.name != CONTINUES.name]
    return Graph(graph.text, marks, arrows, graph.problems)


def results(graph: Graph) -> Iterator[dict[str, Any]]:
    """The graph as results of a Label Studio annotation; a mark of several pieces is several joined by `continues`."""
    for mark in graph.marks:
        before = mark.mark_id
        for number, (start, end) in enumerate(mark.pieces, 1):
            piece = mark.mark_id if number == 1 else f"{mark.mark_id}-{number}"
            yield _result(piece, SPAN, "labels", start, end, {"labels": [mark.label]})
            if number > 1:
                yield _relation(Arrow(piece, CONTINUES.name, before))
            before = piece
        for name, answer in mark.answers.items():
            value = {"text": [answer]} if name in TYPED else {"choices": [answer]}
            yield _result(mark.mark_id, name, "textarea" if name in TYPED else "choices", mark.start, mark.end, value)
    yield from map(_relation, graph.arrows)


def _result(mark_id: str, name: str, kind: str, start: int, end: int, value: dict[str, Any]) -> dict[str, Any]:
    place = {"start": start, "end": end}
    return {"id": mark_id, "from_name": name, "to_name": TEXT, "type": kind, "value": {**place, **value}}


def _relation(arrow: Arrow) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": arrow.start,
        "to_id": arrow.end,
        "direction": "right",
        "labels": [arrow.name],
    }


def united(pieces: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in text order, those that overlap made one."""
    made: list[Stretch] = []
    for start, end in sorted(pieces):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def inked(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without the blanks at its ends; None where it holds nothing else.

    >>> inked("a  b ", 1, 5), inked("a  b", 1, 3)
    ((3, 4), None)
    """
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return (begin, begin + len(words.strip())) if words.strip() else None
