"""WebAnno TSV 3.3.

No package reads it, and INCEpTION is a server in Java. The file is read here by the steps of INCEpTION's own reader
(`Tsv3XDeserializer`: how it builds the text, extends a span, finds the ends of a relation), and two lines are held
against its published form.
"""

import re
from typing import NamedTuple

import pytest

from annotator.formats.tools import webanno_tsv
from annotator.formats.tools.cas import MARK, RELATION
from annotator.formats.tools.inception import graph_of
from annotator.formats.tools.marks import inked
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import TEXT, rough_record

UNESCAPED = {"\\t": "\t", "\\n": "\n", "\\f": "\f", "\\r": "\r", "\\b": "\b", "\\\\": "\\"}


class Read(NamedTuple):
    text: bytes  # UTF-16, as Java counts
    spans: dict[str, tuple[int, int]]  # by disambiguation id
    values: dict[str, dict[str, str]]
    relations: list[tuple[str, str, str]]

    def words(self, number: str) -> str:
        start, end = self.spans[number]
        return self.text[2 * start : 2 * end].decode("utf-16-le")


def unescape_text(text: str) -> str:
    return re.sub(r"\\[tnfrb\\]|\\[\x00-\x1f]", lambda m: UNESCAPED.get(m[0], m[0][1:]), text)


def unescape_value(text: str) -> str:
    return re.sub(r"\\(->|.)", lambda m: {"t": "\t", "n": "\n"}.get(m[1], m[1]), text, flags=re.DOTALL)


def read(content: str) -> Read:
    lines = re.split("\r\n|[\r\n]", content)
    assert lines.pop() == ""
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    features = lines[1].removeprefix(f"#T_SP={MARK}|").split("|")
    assert lines[2:5] == [f"#T_RL={RELATION}|label|BT_{MARK}", "", ""]
    found = Read(b"", {}, {}, [])
    text, head = "", ""
    for line in lines[5:]:
        if line.startswith("#Text="):
            head += unescape_text(line.removeprefix("#Text=")) + "\n"
            continue
        if not line:
            assert not head, "a sentence without a token"
            continue
        fields = line.split("\t")
        assert len(fields) == 3 + len(features) + 2 + 1
        begin, end = map(int, fields[1].split("-"))
        if head:
            units = len(text.encode("utf-16-le")) // 2
            if units > begin:
                assert units == begin + 1
                text = text[:-1]
            text += " " * (begin - units) + head
            head = ""
        for name, cell in zip(features, fields[3:-3], strict=True):
            for value in [] if cell == "_" else re.split(r"(?<!\\)\|", cell):
                match = re.fullmatch(r"(.*)\[(\d+)\]", value, re.DOTALL)
                assert match, value
                start = found.spans.get(match[2], (begin, end))[0]
                found.spans[match[2]] = start, end
                if match[1] != "*":
                    found.values.setdefault(match[2], {})[name] = unescape_value(match[1])
        labels, sources = fields[-3], fields[-2]
        for label, source in [] if labels == "_" else zip(labels.split("|"), sources.split("|"), strict=True):
            ends = re.fullmatch(r"\d+-\d+\[(\d+)_(\d+)\]", source)
            assert ends, source
            found.relations.append((ends[1], unescape_value(label), ends[2]))
    return found._replace(text=text.encode("utf-16-le"))


@pytest.mark.parametrize("record", [harbour_record(), rough_record()], ids=["harbour", "rough"])
def test_spans_values_and_relations_are_there(record: object) -> None:
    graph = graph_of(record)  # type: ignore[arg-type]
    found = read(webanno_tsv.tsv(graph))
    ids = {values["identifier"]: number for number, values in found.values.items()}
    for mark in graph.marks:
        number = ids[mark.mark_id]
        assert found.words(number) == graph.text[mark.start : mark.end]
        assert found.values[number]["label"] == mark.label
        for name, answer in mark.answers.items():
            said = found.values[number][name]
            assert said == (answer.replace("\r", " ") if name not in webanno_tsv.FLAGS else "true")
    assert sorted(found.relations) == sorted((ids[a.start], a.name, ids[a.end]) for a in graph.arrows)


def test_the_text_comes_back_with_its_line_breaks() -> None:
    found = read(webanno_tsv.tsv(graph_of(rough_record())))
    assert found.text.decode("utf-16-le") == TEXT + "\n"  # INCEpTION's reader leaves one more


def test_a_stacked_and_a_relation_cell_look_as_in_the_published_form() -> None:
    content = webanno_tsv.tsv(graph_of(harbour_record()))
    (row,) = [line for line in content.split("\n") if "\ttold\t" in line]
    assert row.startswith("2-15\t113-117\ttold\tCue[4]\t*[4]\t")
    (row,) = [line for line in content.split("\n") if "\ta\t" in line]
    assert row.split("\t")[-3:] == ["attributed\\_to", "2-1[2_3]", ""]


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_placed(seed: int) -> None:
    (text,) = texts(seed, 1)
    graph = graph_of(record_over(text, seed))
    if not graph.text.split():
        return
    found = read(webanno_tsv.tsv(graph))
    assert len(found.text) // 2 == len(graph.text.encode("utf-16-le")) // 2 + 1
    assert sorted("".join(found.words(n).split()) for n in found.spans) == sorted(
        "".join(graph.text[m.start : m.end].split()) for m in graph.marks if inked(graph.text, *m.pieces[0])
    )
