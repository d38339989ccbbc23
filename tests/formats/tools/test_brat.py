"""brat's files, read by brat's own code and by packages that read them.

brat is in no package: `ANNOTATOR_BRAT` names the folder `server/src` of a clone of github.com/nlplab/brat. Its code
reads texts and annotations from strings under any Python; its own way to open a file wants Python 3.10 at most.
"""

import io
import os
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotator.formats.tools import brat
from annotator.formats.tools.marks import Graph
from annotator.formats.tools.naming import stem_of
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import TEXT, rough_record

RECORDS = [harbour_record(), rough_record()]


@pytest.fixture(params=RECORDS, ids=["harbour", "rough"])
def record(request: pytest.FixtureRequest) -> AnnotatedArticle:
    found: AnnotatedArticle = request.param
    return found


def files(record: AnnotatedArticle, folder: Path) -> tuple[str, str]:
    """Text and annotations, as they lie in the folder; and the folder has them alone beside the configuration."""
    brat.write_into([record], folder)
    stem = folder / "brat" / stem_of(record.article.article_id)
    assert len(list((folder / "brat").iterdir())) == 4
    return stem.with_suffix(".txt").read_bytes().decode(), stem.with_suffix(".ann").read_bytes().decode()


def spans_of(graph: Graph) -> list[tuple[str, list[tuple[int, int]]]]:
    return [(mark.label, brat.cut(graph.text, mark.pieces)) for mark in graph.marks]


@pytest.mark.skipif("ANNOTATOR_BRAT" not in os.environ, reason="ANNOTATOR_BRAT names no folder with brat's own code")
def test_brat_itself_reads_every_line(
    record: AnnotatedArticle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(os.environ["ANNOTATOR_BRAT"])
    monkeypatch.setitem(sys.modules, "message", None)  # how its code knows that it is no server
    text, annotations = files(record, tmp_path)
    read = import_module("annotation").TextAnnotations(text=text, source=annotations)
    graph = brat.graph_of(record)
    assert read.failed_lines == []
    assert (read.get_messages().errors, read.get_messages().warnings) == ([], [])
    assert [(t.type, t.spans) for t in read.get_textbounds()] == spans_of(graph)
    assert len(list(read.get_attributes())) == sum(len(set(m.answers) - set(brat.TYPED)) for m in graph.marks)
    assert [r.type for r in read.get_relations()] == [arrow.name for arrow in graph.arrows]
    notes = [note.get_text() for note in read.get_oneline_comments() if note.type == brat.NOTES]
    assert len(notes) == sum(bool(set(m.answers) & set(brat.TYPED)) for m in graph.marks)


@pytest.mark.skipif("ANNOTATOR_BRAT" not in os.environ, reason="ANNOTATOR_BRAT names no folder with brat's own code")
def test_brat_itself_understands_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    messager = type(
        "Messager", (), dict.fromkeys(("error", "warning", "info", "debug"), lambda said, *_: told.append(said))
    )
    folders = {"BASE_DIR": str(tmp_path), "WORK_DIR": str(tmp_path), "DATA_DIR": str(tmp_path)}
    monkeypatch.syspath_prepend(os.environ["ANNOTATOR_BRAT"])
    monkeypatch.setitem(sys.modules, "message", SimpleNamespace(Messager=messager))
    monkeypatch.setitem(sys.modules, "config", SimpleNamespace(**folders))
    for module in ("annotation", "projectconfig"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    annotation = import_module("annotation")
    monkeypatch.setattr(annotation, "open_textfile", lambda path, *_: io.StringIO(Path(path).read_text("utf-8")))
    brat.write_into(RECORDS, tmp_path)
    found = import_module("projectconfig").ProjectConfiguration(str(tmp_path / "brat"))
    assert told == []
    assert found.get_entity_types() == ["Claim", "Source", "Cue"]
    assert found.arc_types_from_to("Claim", "Source") == ["attributed_to"]
    assert set(found.arc_types_from_to("Source", "Source")) == {"cited_by", "same_source"}
    assert (found.arc_types_from_to("Cue", "Claim"), found.arc_types_from_to("Claim", "Claim")) == (["cue_of"], [])
    assert found.attributes_for("Source") == ["source_type", "affiliation", "anonymous"]
    assert found.overlap_types("Claim", "Cue") == {"<ANY>"}


def test_bratly_reads_every_line(record: AnnotatedArticle, tmp_path: Path) -> None:
    _, annotations = files(record, tmp_path)
    path = tmp_path / "brat" / f"{stem_of(record.article.article_id)}.ann"
    # Its grammar raises at the first line that it does not know; it gives new numbers to all unless told not to.
    read: Any = import_module("bratly.io").read_and_load_ann_file(str(path), renumerotize=False, sorting=False)
    kinds = [type(one).__name__ for one in read.annotations]
    graph = brat.graph_of(record)
    assert kinds.count("EntityAnnotation") == len(graph.marks)
    assert kinds.count("RelationAnnotation") == len(graph.arrows)
    assert len(kinds) == len(annotations.splitlines())


def test_pybrat_finds_the_words_of_every_span(record: AnnotatedArticle, tmp_path: Path) -> None:
    text, _ = files(record, tmp_path)
    (read,) = import_module("pybrat.parser").BratParser().parse(tmp_path / "brat")
    for entity in read.entities:
        assert entity.mention == " ".join(text[span.start : span.end] for span in entity.spans)
    assert sorted((e.type, [(s.start, s.end) for s in e.spans]) for e in read.entities) == sorted(
        spans_of(brat.graph_of(record))
    )
    assert len(read.relations) == len(brat.graph_of(record).arrows)


def test_the_text_is_the_records_own_to_the_byte(tmp_path: Path) -> None:
    assert files(rough_record(), tmp_path)[0] == TEXT


def test_a_claim_with_a_gap_over_line_breaks_is_one_annotation(tmp_path: Path) -> None:
    _, annotations = files(rough_record(), tmp_path)
    (line,) = [line for line in annotations.split("\n") if "obody" in line and line[0] == "T"]
    assert line.split("\t")[2] == "“The crane fell, and 𝒏obody was hurt,” “not one.”"


def test_a_chain_of_three_and_its_names_are_there(tmp_path: Path) -> None:
    _, annotations = files(harbour_record(), tmp_path)
    assert "chain: Harbour official (anonymous) > Coastal Wire > Daily Example\n" in annotations
    (relation,) = [line for line in annotations.split("\n") if "\tcited_by " in line]
    assert [
        annotations.split(f"\n{end.split(':')[1]}\t")[1].split("\n")[0].split("\t")[1] for end in relation.split()[2:]
    ] == [
        "a harbour official",
        "Coastal Wire",
    ]


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_read_back_line_for_line(seed: int) -> None:
    (text,) = texts(seed, 1)
    graph = brat.graph_of(record_over(text, seed))
    annotations = "".join(brat.standoff(graph))
    lines = io.StringIO(annotations).read().splitlines()
    assert all(line[0] in "TAR#" and "\t" in line for line in lines)
    read = brat.read(graph.text, annotations)
    assert not read.problems
    assert [(m.mark_id, m.label) for m in read.marks] == [
        (m.mark_id, m.label) for m in graph.marks if brat.cut(graph.text, m.pieces)
    ]


def test_the_configuration_names_every_answer() -> None:
    lines = {line.split("\t")[0]: line for line in brat.annotation_conf().splitlines()}
    for mark in brat.graph_of(harbour_record()).marks:
        assert mark.label in lines
        for name, answer in mark.answers.items():
            assert name in brat.TYPED or answer in lines[name]


def test_lines_that_say_nothing_are_told() -> None:
    read = brat.read(
        "Rain.",
        "T1\tClaim 0 9\tRain.\nA1\thedged T7\nR1\tcue_of Arg1:T1 Arg2:T2\nT2\tCue 0 4\tRain\n\n*\tEquiv T2 T2\n",
    )
    assert read.problems == [
        "'* Equiv T2 T2' is no line that a record has a place for",
        "T1: 'Claim 0 9' is no stretch of a text of 5 characters",
        "A1: 'hedged T7' is an attribute of no span",
        "R1: 'cue_of Arg1:T1 Arg2:T2' joins no two spans that are there",
    ]
    assert [mark.mark_id for mark in read.marks] == ["T2"]
