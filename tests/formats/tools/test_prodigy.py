"""Prodigy's tasks.

Prodigy is sold, and none of its code is public: the tasks are read with spaCy, as Explosion's own published project for
relations (`explosion/projects`, `tutorials/rel_component`) reads what Prodigy saves.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from annotator.formats.tools import prodigy
from annotator.formats.tools.marks import inked
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import rough_record


def doc_of(task: dict[str, Any]) -> Doc:
    words, spaces = [token["text"] for token in task["tokens"]], [token["ws"] for token in task["tokens"]]
    return Doc(spacy.blank("en").vocab, words=words, spaces=spaces)


@pytest.mark.parametrize("record", [harbour_record(), rough_record()], ids=["harbour", "rough"])
def test_spacy_makes_the_text_the_spans_and_the_relations_of_it(record: AnnotatedArticle, tmp_path: Path) -> None:
    (path,) = prodigy.write_into([record], tmp_path)
    task = json.loads(path.read_bytes())
    doc = doc_of(task)
    assert doc.text == task["text"] == record.article.text
    assert [(token["start"], token["id"]) for token in task["tokens"]] == [(token.idx, token.i) for token in doc]
    by_end: dict[int, list[str]] = {}
    for span in task["spans"]:
        found = doc.char_span(span["start"], span["end"], label=span["label"])
        assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])
        by_end.setdefault(span["token_end"], []).append(span["label"])
    for relation in task["relations"]:
        assert relation["head_span"]["label"] in by_end[relation["head"]]
        assert relation["child_span"]["label"] in by_end[relation["child"]]
    assert len(task["relations"]) == len(prodigy.graph_of(record).arrows)


@pytest.mark.parametrize("record", [harbour_record(), rough_record()], ids=["harbour", "rough"])
def test_what_was_written_comes_back(record: AnnotatedArticle) -> None:
    graph = prodigy.graph_of(record)
    back = prodigy.read(graph.text, json.dumps(prodigy.task(record)))
    assert not back.problems
    assert [(m.mark_id, m.label, m.pieces, m.answers) for m in back.marks] == [
        (m.mark_id, m.label, m.pieces, m.answers) for m in graph.marks
    ]
    assert back.arrows == graph.arrows


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_made_of_its_tokens(seed: int) -> None:
    (text,) = texts(seed, 1)
    record = record_over(text, seed)
    task, graph = prodigy.task(record), prodigy.graph_of(record)
    assert doc_of(task).text == graph.text == task["text"]
    assert len(task["spans"]) == sum(inked(graph.text, *mark.pieces[0]) is not None for mark in graph.marks)
    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]


def test_what_does_not_fit_is_told() -> None:
    spans = [{"start": 0, "end": 9, "label": "Claim"}, {"start": 0, "end": 4, "label": "Claim"}]
    relation = {"label": "cue_of", "head_span": {"start": 0, "end": 1, "label": "Cue"}, "child_span": spans[1]}
    line = json.dumps({"text": "Rain.", "spans": spans, "relations": [relation]})
    read = prodigy.read("Rain.", line)
    assert read.problems == [
        "a span at 0..9 labelled 'Claim' is no stretch of the text with a label",
        "a relation labelled 'cue_of' joins no two spans that are there",
    ]
    assert [mark.mark_id for mark in read.marks] == ["new-2"]
