"""Corrections made in other tools come back as records."""

import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from annotator import formats
from annotator.cli import app
from annotator.errors import InputError
from annotator.formats import jsonl
from annotator.formats.tools import cas
from annotator.formats.tools.naming import stem_of
from annotator.labels import ArticleStatus, Kind, ReviewStatus, SourceType
from annotator.records import AnnotatedArticle
from annotator.review import files, gold
from annotator.review.agreement import agreement
from annotator.review.elsewhere import TOOLS, Collected, collect
from tests.factory import HARBOUR, harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import rough_record

STEM = stem_of("harbour")
cassis: Any = import_module("cassis")


def taken(folder: Path, tool: str, *records: AnnotatedArticle, complete: bool = False) -> Collected:
    return collect(folder / tool, tool, records, reviewer="ana", complete=complete)


def written(folder: Path, tool: str) -> Path:
    """The file with the harbour's annotations."""
    formats.write([harbour_record()], folder, [tool])
    names = {"brat": f"{STEM}.ann", "inception": f"{STEM}.json", "xmi": f"{STEM}.xmi"}
    return folder / tool / names.get(tool, "articles.jsonl")


@pytest.mark.parametrize("tool", TOOLS)
def test_what_nobody_touched_is_no_review(tool: str, tmp_path: Path) -> None:
    records = [harbour_record(), rough_record()]
    formats.write(records, tmp_path, [tool])
    left = taken(tmp_path, tool, *records)
    assert (left.reviews, left.untouched, left.problems) == ([], 2, [])


@pytest.mark.parametrize("tool", TOOLS)
def test_what_was_looked_at_and_left_is_accepted_with_all_that_the_tool_cannot_hold(tool: str, tmp_path: Path) -> None:
    records = [harbour_record(), rough_record()]
    formats.write(records, tmp_path, [tool])
    left = taken(tmp_path, tool, *records, complete=True)
    assert left.problems == []
    for record, review in zip(records, left.reviews, strict=True):
        assert {c.review.status for c in review.claims if c.review} == {ReviewStatus.ACCEPTED}
        assert review.review is not None
        assert (review.review.reviewer, review.review.status) == ("ana", ArticleStatus.COMPLETE)
        settled = {"needs_review": False, "review_reasons": (), "review": None}
        assert [claim.model_copy(update={"review": None}) for claim in review.claims] == [
            claim.model_copy(update=settled) for claim in record.claims
        ]
        assert (review.sources, review.attributions) == (record.sources, record.attributions)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("seed", range(15))
def test_any_record_that_nobody_touched_is_untouched(tool: str, seed: int, tmp_path: Path) -> None:
    (text,) = texts(seed, 1)
    record = record_over(text, seed)
    formats.write([record], tmp_path, [tool])
    left = taken(tmp_path, tool, record)
    assert (left.untouched, left.problems) == (1, [])


def edited(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_bytes().decode()
    after = change(before)
    assert after != before
    path.write_bytes(after.encode())


def claim(record: AnnotatedArticle, claim_id: str) -> Any:
    return next(one for one in record.claims if one.claim_id == claim_id)


def test_brat_a_label_a_source_a_deletion_and_a_new_claim(tmp_path: Path) -> None:
    path = written(tmp_path, "brat")

    def change(lines: str) -> str:
        ours = lines.replace("\tkind T9 statement", "\tkind T9 opinion")
        ours = ours.replace("source_name: Tom Lee", "source_name: Thomas Lee")
        kept = [
            line
            for line in ours.split("\n")
            if " T16" not in line and not line.startswith("T16\t") and ":T16" not in line
        ]
        start = HARBOUR.index("the guard slept")
        return "\n".join([*kept[:-1], f"T77\tClaim {start} {start + 15}\tthe guard slept", ""])

    edited(path, change)
    left = taken(tmp_path, "brat", harbour_record())
    (review,) = left.reviews
    assert left.problems == []
    assert (claim(review, "c04").kind, claim(review, "c04").review.changed) == (Kind.OPINION, ("kind",))
    assert review.source_of(claim(review, "c06")).name == "Thomas Lee"
    assert claim(review, "c07").review.status is ReviewStatus.REJECTED
    (new,) = [one for one in review.claims if one.review and one.review.status is ReviewStatus.ADDED]
    assert new.text == "the guard slept"
    accepted = {c.claim_id for c in review.claims if c.review and c.review.status is ReviewStatus.ACCEPTED}
    assert accepted == {"c01", "c02", "c03", "c05"}


def test_brat_a_claim_loses_its_second_piece(tmp_path: Path) -> None:
    path = written(tmp_path, "brat")
    edited(
        path,
        lambda lines: lines.replace(
            " 157 186;208 230\t“The crane fell at midnight,” “and nobody was hurt.”",
            " 157 186\t“The crane fell at midnight,”",
        ),
    )
    (review,) = taken(tmp_path, "brat", harbour_record()).reviews
    assert claim(review, "c03").text == "“The crane fell at midnight,”"
    assert claim(review, "c03").review.changed == ("spans",)


def test_brat_a_note_in_free_words_is_the_reviewers(tmp_path: Path) -> None:
    path = written(tmp_path, "brat")
    edited(
        path,
        lambda lines: lines.replace(
            "#10\tAnnotatorNotes T6\tchain: Ana Ruiz > Daily Example",
            "#10\tAnnotatorNotes T6\tchain: Ana Ruiz > Harbour FM > Daily Example ‖ ask her",
        ),
    )
    (review,) = taken(tmp_path, "brat", harbour_record()).reviews
    assert review.chain_of(claim(review, "c03")) == ("Ana Ruiz", "Harbour FM", "Daily Example")
    assert claim(review, "c03").review.note == "ask her"


def test_brat_another_text_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "brat")
    path.with_suffix(".txt").write_text("Something else.")
    with pytest.raises(InputError, match="has nothing of these 1 articles in the form of brat"):
        taken(tmp_path, "brat", harbour_record())


@pytest.mark.parametrize("tool", ["inception", "xmi"])
def test_inception_a_label_a_longer_span_and_another_source(tool: str, tmp_path: Path) -> None:
    path = written(tmp_path, tool)
    if tool == "inception":
        found = cassis.load_cas_from_json(io.BytesIO(path.read_bytes()))
    else:
        found = cassis.load_cas_from_xmi(path.read_text("utf-8"), typesystem=cas.type_system())
    marks = {mark.identifier: mark for mark in found.select(cas.MARK)}
    marks["source-3"].source_type = "group"
    marks["claim-4"].end += len(" on Monday".rstrip()) - len(" on Monday")
    marks["claim-4"].begin += len("Two ")
    (relation,) = [
        one
        for one in found.select(cas.RELATION)
        if one.label == "attributed_to" and one.Governor.identifier == "claim-6"
    ]
    relation.Dependent = marks["source-1"]
    relation.begin, relation.end = marks["source-1"].begin, marks["source-1"].end
    path.write_text(found.to_json() if tool == "inception" else found.to_xmi(), "utf-8")
    left = taken(tmp_path, tool, harbour_record())
    (review,) = left.reviews
    assert left.problems == []
    assert review.source_by_id["s03"].type is SourceType.GROUP
    assert claim(review, "c04").text == "ferries lay idle on Monday"
    assert claim(review, "c06").source_id == "s01"


def test_inception_an_export_of_a_project_has_a_file_a_person(tmp_path: Path) -> None:
    content = written(tmp_path, "inception").read_bytes()
    folder = tmp_path / "inception" / "annotation" / f"{STEM}.json"
    (tmp_path / "inception" / f"{STEM}.json").unlink()
    folder.mkdir(parents=True)
    for name in ("ana", "ben", "INITIAL_CAS"):
        (folder / f"{name}.json").write_bytes(content)
    left = taken(tmp_path, "inception", harbour_record(), complete=True)
    assert [one.review.reviewer for one in left.reviews if one.review] == ["ana", "ben"]


def test_prodigy_a_kind_a_deletion_and_a_new_cue(tmp_path: Path) -> None:
    path = written(tmp_path, "prodigy")
    task = json.loads(path.read_bytes())
    spans = {span["id"]: span for span in task["spans"]}
    spans["claim-4"]["kind"] = "opinion"
    gone = spans["claim-7"]
    task["spans"] = [span for span in task["spans"] if span is not gone]
    place = (gone["start"], gone["end"])
    task["relations"] = [
        r for r in task["relations"] if place not in {(r[e]["start"], r[e]["end"]) for e in ("head_span", "child_span")}
    ]
    path.write_text(json.dumps({**task, "answer": "accept"}) + "\n")
    left = taken(tmp_path, "prodigy", harbour_record())
    (review,) = left.reviews
    assert left.problems == []
    assert claim(review, "c04").kind is Kind.OPINION
    assert claim(review, "c07").review.status is ReviewStatus.REJECTED


def test_prodigy_what_was_rejected_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "prodigy")
    edited(path, lambda line: json.dumps({**json.loads(line), "answer": "reject"}))
    with pytest.raises(InputError, match="has nothing of these 1 articles"):
        taken(tmp_path, "prodigy", harbour_record())


def test_doccano_other_numbers_change_nothing_and_a_moved_span_is_another_claim(tmp_path: Path) -> None:
    path = written(tmp_path, "doccano")
    line = json.loads(path.read_bytes())
    for entity in line["entities"]:
        entity["id"] += 1000
    for relation in line["relations"]:
        relation |= {"from_id": relation["from_id"] + 1000, "to_id": relation["to_id"] + 1000}
    path.write_text(json.dumps(line))
    assert taken(tmp_path, "doccano", harbour_record()).untouched == 1
    (moved,) = [
        e for e in line["entities"] if HARBOUR[e["start_offset"] : e["end_offset"]] == "Two ferries lay idle on Monday"
    ]
    moved["end_offset"] -= len(" on Monday")
    path.write_text(json.dumps(line))
    (review,) = taken(tmp_path, "doccano", harbour_record()).reviews
    assert claim(review, "c04").review.status is ReviewStatus.REJECTED
    assert [c.text for c in review.claims if c.review and c.review.status is ReviewStatus.ADDED] == [
        "Two ferries lay idle"
    ]
    kept = {c.claim_id: c.kind for c in review.claims if c.review and c.review.status is ReviewStatus.ACCEPTED}
    assert kept == {c.claim_id: c.kind for c in harbour_record().claims if c.claim_id != "c04"}


def test_doccano_a_file_a_person(tmp_path: Path) -> None:
    path = written(tmp_path, "doccano")
    for name in ("ana", "ben"):
        (path.parent / f"{name}.jsonl").write_bytes(path.read_bytes())
    path.unlink()
    left = taken(tmp_path, "doccano", harbour_record(), complete=True)
    assert [one.review.reviewer for one in left.reviews if one.review] == ["ana", "ben"]
    assert len(left.machine) == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_a_file_that_is_cut_short_is_told(tool: str, tmp_path: Path) -> None:
    path = written(tmp_path, tool)
    path.write_bytes(path.read_bytes()[: -len(path.read_bytes()) // 2])
    try:
        left = taken(tmp_path, tool, harbour_record())
    except InputError as error:
        assert "articles in the form of" in str(error)  # noqa: PT017
    else:
        assert left.problems or tool == "brat"  # brat's lines stand alone: those that are gone were deleted


def test_report_and_gold_work_on_what_came_back(tmp_path: Path) -> None:
    path = written(tmp_path, "brat")
    edited(path, lambda lines: lines.replace("\tkind T9 statement", "\tkind T9 opinion"))
    files.write(taken(tmp_path, "brat", harbour_record(), complete=True), tmp_path / "reviews")
    reviews, machine = files.read(tmp_path / "reviews")
    assert agreement(reviews, machine).disagreements
    assert len(gold.complete(reviews)) == 1


def test_the_command_says_what_it_took(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "brat")
    edited(path, lambda lines: lines.replace("\tkind T9 statement", "\tkind T9 opinion") + "A99\thedged T99\n")
    jsonl.write([harbour_record()], tmp_path / "records.jsonl")
    arguments = [str(path.parent), "--from", "brat", "--records", str(tmp_path / "records.jsonl"), "--reviewer", "ana"]
    with pytest.raises(SystemExit) as ended:
        app(["review", "collect", *arguments, "-o", str(tmp_path / "reviews")])
    said = capfd.readouterr().err
    assert ended.value.code == 1
    assert "'hedged T99' is an attribute of no span" in said
    assert "1 reviews of 1 of 1 articles; 0 untouched, 0 not there, 1 problems" in said
    with pytest.raises(SystemExit):
        app(["review", "collect", *arguments[:1], "--from", "argilla", *arguments[3:], "-o", str(tmp_path / "reviews")])
    assert "no way back from argilla" in capfd.readouterr().err
