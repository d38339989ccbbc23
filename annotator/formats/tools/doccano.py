"""doccano: a line an article for a project of sequence labelling with relations, and the labels to import.

Offsets are code points. Its labels have no answers: of what a mark says, the label alone is there, and each claim with
its chain among the data of the article. All is written in ASCII, for doccano may guess the encoding, and guess wrong.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.label_studio import COLOURS, RELATIONS
from annotator.formats.tools.about import KNOWN, claims, meta
from annotator.formats.tools.marks import Arrow, Graph, Mark, drawn, shown
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

FOLDER, ARTICLES = "doccano", "articles.jsonl"
_GREY = "#7f7f7f"


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `doccano/`: `articles.jsonl`, `span_labels.json` and `relation_labels.json`.

    Raises `OutputError` where a file cannot be written.
    """
    folder = folder / FOLDER
    return [
        write_text(folder / ARTICLES, (json.dumps(line) + "\n" for line in articles(records))),
        write_text(folder / "span_labels.json", [json.dumps(span_labels(), indent=1), "\n"]),
        write_text(folder / "relation_labels.json", [json.dumps(relation_labels(), indent=1), "\n"]),
    ]


def graph_of(record: AnnotatedArticle) -> Graph:
    """The marks that doccano is given: a claim of several pieces is several that continue each other."""
    return drawn(shown(record))


def given(record: AnnotatedArticle) -> str:
    """The line that doccano is given of a record, as if it stood alone."""
    return json.dumps(next(articles([record])))


def articles(records: Iterable[AnnotatedArticle]) -> Iterator[dict[str, Any]]:
    """The lines of the file; the numbers of spans and relations go on from article to article."""
    spans = relations = 0
    for record in records:
        graph, about = graph_of(record), shown(record)
        numbers = {mark.mark_id: n for n, mark in enumerate(graph.marks, spans + 1)}
        yield {
            "text": graph.text,
            **dict.fromkeys(KNOWN, ""),  # each line has each: a key that one lacks is NaN in the others, and no JSON
            **meta(about.article),
            "claims": claims(about),
            "entities": [_entity(numbers[mark.mark_id], mark) for mark in graph.marks],
            "relations": [
                {"id": n, "from_id": numbers[arrow.start], "to_id": numbers[arrow.end], "type": arrow.name}
                for n, arrow in enumerate(graph.arrows, relations + 1)
            ],
        }
        spans, relations = spans + len(graph.marks), relations + len(graph.arrows)


def _entity(number: int, mark: Mark) -> dict[str, Any]:
    return {"id": number, "label": mark.label, "start_offset": mark.start, "end_offset": mark.end}


def span_labels() -> list[dict[str, str]]:
    """What doccano's page of labels imports, with the colours and keys of Label Studio."""
    return [
        {"text": label, "suffix_key": key, "background_color": colour, "text_color": "#ffffff"}
        for label, (colour, key) in COLOURS.items()
    ]


def relation_labels() -> list[dict[str, str]]:
    """The same for relations; a key is the first letter of the name that no other has."""
    made: list[dict[str, str]] = []
    for relation in RELATIONS:
        taken = {label["suffix_key"] for label in made}
        key = next(letter for letter in relation.name if letter.isalpha() and letter not in taken)
        look = {"background_color": _GREY, "text_color": "#ffffff"}
        made.append({"text": relation.name, "suffix_key": key, **look})
    return made


def read(text: str, line: str) -> Graph:
    """What a line of doccano's export says; its ids are its own, so that marks are known by place and label alone."""
    graph, found = Graph(text), json.loads(line)
    if not isinstance(found, dict) or found.get("text") != text:
        graph.problems.append("its text is not the one that was exported; its annotations cannot be placed")
        return graph
    for entity in found.get("entities") or ():
        place = entity.get("start_offset"), entity.get("end_offset")
        if not 0 <= place[0] < place[1] <= len(text):
            graph.problems.append(f"a span at {place[0]}..{place[1]} is no stretch of the text")
        else:
            graph.marks.append(Mark(f"new-{entity['id']}", str(entity["label"]), (place,)))
    known = graph.by_id()
    for relation in found.get("relations") or ():
        arrow = Arrow(f"new-{relation['from_id']}", str(relation["type"]), f"new-{relation['to_id']}")
        if arrow.start in known and arrow.end in known:
            graph.arrows.append(arrow)
        else:
            graph.problems.append(f"a relation {arrow.name} joins no two spans that are there")
    return graph
