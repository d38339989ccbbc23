"""doccano's lines, read and exported again by doccano itself.

`ANNOTATOR_DOCCANO` names a Python with doccano: `pip install doccano==1.8.4 "marshmallow<4" "numpy<2"`.
"""

import json
from collections import Counter
from pathlib import Path

from annotator.formats.tools import doccano
from annotator.formats.tools.marks import Graph
from tests.factory import harbour_record
from tests.formats.tools.others import asked, needs
from tests.formats.tools.rough import rough_record

RECORDS = [harbour_record(), rough_record()]


def spans(graph: Graph) -> Counter[tuple[str, str]]:
    return Counter((graph.text[mark.start : mark.end], mark.label) for mark in graph.marks)


@needs("ANNOTATOR_DOCCANO", "doccano")
def test_doccano_keeps_every_span_and_relation_and_gives_them_back(tmp_path: Path) -> None:
    given, *_ = doccano.write_into(RECORDS, tmp_path)
    found = asked("ANNOTATOR_DOCCANO", "with_doccano.py", given, tmp_path / "exported.jsonl")
    graphs = [doccano.graph_of(record) for record in RECORDS]
    assert found["errors"] == []
    assert [one["text"] for one in found["articles"]] == [graph.text for graph in graphs]
    assert [one["meta"]["article_id"] for one in found["articles"]] == ["harbour", "../Röm/con 🚢"]
    assert Counter(map(tuple, found["spans"])) == spans(graphs[0]) + spans(graphs[1])
    assert len(found["relations"]) == sum(len(graph.arrows) for graph in graphs)
    exported = (tmp_path / "exported.jsonl").read_bytes().decode().rstrip("\n").split("\n")
    for graph, line in zip(graphs, exported, strict=True):
        back = doccano.read(graph.text, line)
        assert not back.problems
        assert spans(back) == spans(graph)
        assert placed(back) == placed(graph)


def placed(graph: Graph) -> list[tuple[int, str, int]]:
    """Arrows by where their ends begin: doccano gives marks numbers of its own."""
    known = graph.by_id()
    return sorted((known[a.start].start, a.name, known[a.end].start) for a in graph.arrows)


def test_every_line_is_ascii_and_has_the_same_keys(tmp_path: Path) -> None:
    lines = doccano.write_into(RECORDS, tmp_path)[0].read_text("ascii").splitlines()
    assert len({tuple(json.loads(line)) for line in lines}) == 1


def test_numbers_go_on_from_article_to_article() -> None:
    first, second = doccano.articles(RECORDS)
    numbers = [entity["id"] for line in (first, second) for entity in line["entities"]]
    assert numbers == list(range(1, len(numbers) + 1))
    ends = {relation[end] for relation in second["relations"] for end in ("from_id", "to_id")}
    assert ends <= {entity["id"] for entity in second["entities"]}


def test_what_does_not_fit_the_text_is_told() -> None:
    line = {"text": "Rain.", "entities": [{"id": 1, "label": "Claim", "start_offset": 0, "end_offset": 9}]}
    line |= {"relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "cue_of"}]}
    assert doccano.read("Rain.", json.dumps(line)).problems == [
        "a span at 0..9 is no stretch of the text",
        "a relation cue_of joins no two spans that are there",
    ]
    assert "its text is not the one" in doccano.read("Sun.", json.dumps(line)).problems[0]


def test_labels_have_keys_of_their_own() -> None:
    for labels in (doccano.span_labels(), doccano.relation_labels()):
        assert len({label["suffix_key"] for label in labels}) == len(labels)
