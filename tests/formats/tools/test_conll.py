"""The columns, read by the package `conllu`, which writes their names small."""

from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from annotator.formats.tools import conll
from annotator.formats.tools.marks import drawn, inked, shown
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record
from tests.formats.fuzz import record_over, texts
from tests.formats.tools.rough import NAME, TEXT, rough_record


def blocks(records: list[AnnotatedArticle], folder: Path) -> list[Any]:
    (path,) = conll.write_into(records, folder)
    with path.open(encoding="utf-8", newline="\n") as file:
        return list(import_module("conllu").parse_incr(file))


def spans(rows: list[Any], column: str) -> list[tuple[int, int, str]]:
    """The spans of a BIO column, with the id of each."""
    made: list[tuple[int, int, str]] = []
    for row in rows:
        tag = row[column]
        if tag.startswith("B-"):
            made.append((int(row["start"]), int(row["end"]), unquote(row[f"{column}_id"])))
        elif tag.startswith("I-"):
            assert row[f"{column}_id"] == made[-1][2]
            made[-1] = (made[-1][0], int(row["end"]), made[-1][2])
    return made


def test_words_stand_where_the_text_has_them(tmp_path: Path) -> None:
    rows = [row for block in blocks([rough_record()], tmp_path) for row in block]
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["form"] for row in rows)
    assert "".join(row["form"] for row in rows) == "".join(TEXT.split())


def test_sources_and_cues_are_spans_with_ids(tmp_path: Path) -> None:
    record = harbour_record()
    rows = [row for block in blocks([record], tmp_path) for row in block]
    for label in ("Source", "Cue"):
        marks = [m for m in drawn(record).marks if m.label == label]
        assert spans(rows, f"annotator:{label}".lower()) == sorted((m.start, m.end, m.record_id) for m in marks)


def test_a_claim_with_a_gap_and_over_lines_keeps_its_id_and_its_chain(tmp_path: Path) -> None:
    rows = [row for block in blocks([rough_record()], tmp_path) for row in block]
    pieces = [span for span in spans(rows, "annotator:claim") if span[2] == "c2"]
    assert [TEXT[start:end] for start, end, _ in pieces] == [
        "“The crane\tfell,",
        "and 𝒏obody was hurt,”",
        "“not\u2028one.”",
    ]
    assert {row["annotator:claim_chain"] for row in rows if row["annotator:claim_id"] == "c2"} == {"s1>s2>article"}


def test_claims_inside_claims_have_a_column_of_their_own(tmp_path: Path) -> None:
    rows = [row for block in blocks([rough_record()], tmp_path) for row in block]
    assert [TEXT[start:end] for start, end, _ in spans(rows, "annotator:claim2")] == ["the guard slept"]


def test_each_article_begins_with_what_is_known_of_it(tmp_path: Path) -> None:
    found = [block.metadata for block in blocks([harbour_record(), rough_record()], tmp_path)]
    first, second = [one for one in found if "newdoc id" in one]
    assert [unquote(one["newdoc id"]) for one in (first, second)] == ["harbour", "../Röm/con 🚢"]
    assert first["source s01"] == "Harbour official (anonymous)"
    assert second["source s1"] == " ".join(NAME.split())


@pytest.mark.parametrize("seed", range(40))
def test_any_text_is_read_word_for_word(seed: int, tmp_path: Path) -> None:
    (text,) = texts(seed, 1)
    record = shown(record_over(text, seed))
    rows = [row for block in blocks([record], tmp_path) for row in block]
    assert "".join(row["form"] for row in rows) == "".join(record.article.text.split())
    ids = {unquote(row[key]) for row in rows for key in row if key.endswith("_id")} - {"_", None}
    assert ids == {m.record_id for m in drawn(record).marks if inked(record.article.text, *m.pieces[0]) and m.record_id}
