"""CAS in JSON and XMI, read by dkpro-cassis, the library of INCEpTION's makers."""

import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import MissingExtraError
from annotator.formats.tools import cas, inception, xmi
from annotator.formats.tools.marks import Graph, inked
from annotator.formats.tools.naming import stem_of
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import TEXT, rough_record

RECORDS = [harbour_record(), rough_record()]
cassis: Any = import_module("cassis")


@pytest.fixture(params=RECORDS, ids=["harbour", "rough"])
def record(request: pytest.FixtureRequest) -> AnnotatedArticle:
    found: AnnotatedArticle = request.param
    return found


def from_json(record: AnnotatedArticle, folder: Path) -> Any:
    inception.write_into([record], folder)
    with (folder / "inception" / f"{stem_of(record.article.article_id)}.json").open("rb") as file:
        return cassis.load_cas_from_json(file)


def from_xmi(record: AnnotatedArticle, folder: Path) -> Any:
    xmi.write_into([record], folder)
    with (folder / "xmi" / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    with (folder / "xmi" / f"{stem_of(record.article.article_id)}.xmi").open("rb") as file:
        return cassis.load_cas_from_xmi(file, typesystem=types)


@pytest.mark.parametrize("load", [from_json, from_xmi])
def test_cassis_finds_text_marks_answers_and_relations(record: AnnotatedArticle, load: Any, tmp_path: Path) -> None:
    found, graph = load(record, tmp_path), inception.graph_of(record)
    assert found.sofa_string == record.article.text
    words = {one.identifier: (one.label, one.get_covered_text()) for one in found.select(cas.MARK)}
    assert words == {m.mark_id: (m.label, graph.text[m.start : m.end]) for m in graph.marks}
    for mark in graph.marks:
        (one,) = [one for one in found.select(cas.MARK) if one.identifier == mark.mark_id]
        assert {name: one.get(name) for name in (*cas.CHOSEN, *cas.TYPED) if one.get(name)} == {
            name: answer for name, answer in mark.answers.items() if name not in cas.FLAGS
        }
        assert [bool(one.get(flag)) for flag in cas.FLAGS] == [flag in mark.answers for flag in cas.FLAGS]
    relations = found.select(cas.RELATION)
    assert sorted((one.Governor.identifier, one.label, one.Dependent.identifier) for one in relations) == sorted(
        map(tuple, graph.arrows)
    )
    assert all((one.begin, one.end) == (one.Dependent.begin, one.Dependent.end) for one in relations)


def test_offsets_on_the_disk_are_utf_16_units() -> None:
    values = json.loads(inception.json_cas(inception.graph_of(rough_record())))
    units = TEXT.encode("utf-16-le")
    marks = [fs for fs in values["%FEATURE_STRUCTURES"] if fs["%TYPE"] == cas.MARK]
    (claim,) = [mark for mark in marks if mark["identifier"] == "claim-2-2"]
    assert units[2 * claim["begin"] : 2 * claim["end"]].decode("utf-16-le") == "“not\u2028one.”"


def test_the_layers_are_what_inception_takes_for_spans_and_relations() -> None:
    types = cassis.load_typesystem(inception.layers())
    mark, relation = types.get_type(cas.MARK), types.get_type(cas.RELATION)
    primitive = {"uima.cas.String", "uima.cas.Boolean"}
    assert {feature.rangeType.name for feature in mark.features} == primitive
    ends = {
        feature.name: feature.rangeType.name for feature in relation.features if feature.rangeType.name not in primitive
    }
    assert ends == {"Governor": cas.MARK, "Dependent": cas.MARK}
    assert {mark.supertype.name, relation.supertype.name} == {"uima.tcas.Annotation"}


@pytest.mark.parametrize("seed", range(40))
def test_any_text_comes_back(seed: int) -> None:
    (text,) = texts(seed, 1)
    graph = inception.graph_of(record_over(text, seed))
    for back in (inception.read(graph.text, inception.json_cas(graph)), xmi.read(graph.text, xmi.xmi(graph))):
        assert not back.problems
        assert {m.mark_id: m.pieces[0] for m in back.marks} == {
            m.mark_id: place for m in graph.marks if (place := inked(graph.text, *m.pieces[0]))
        }


def test_what_a_person_adds_without_a_label_is_told() -> None:
    made = cas.cas_of(Graph("It rained."))
    made.add(made.typesystem.get_type(cas.MARK)(begin=0, end=2))
    made.add(made.typesystem.get_type(cas.MARK)(begin=3, end=9, label="Claim"))
    back = inception.read("It rained.", made.to_json())
    assert back.problems == ["“It” at 0..2 has no label: Claim, Source or Cue"]
    assert [(mark.mark_id, mark.pieces) for mark in back.marks] == [("new-2", ((3, 9),))]


def test_another_text_is_told() -> None:
    content = inception.json_cas(Graph("It rained."))
    assert "its text is not the one that was exported" in inception.read("It snowed?!", content).problems[0]


def test_without_cassis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    cas.type_system.cache_clear()
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[inception\]"):
        inception.write_into(RECORDS, tmp_path)


def test_control_characters_become_signs_in_xmi_alone() -> None:
    graph = Graph("a\x0bb")
    assert cassis.load_cas_from_xmi(xmi.xmi(graph), typesystem=cas.type_system()).sofa_string == "a␋b"
    assert cassis.load_cas_from_json(io.StringIO(inception.json_cas(graph))).sofa_string == "a\x0bb"
