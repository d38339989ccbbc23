"""Argilla's files, read by its SDK.

`ANNOTATOR_ARGILLA` names a Python with it: `pip install argilla==2.8.0 requests`.
"""

import json
from pathlib import Path

import pytest

from annotator.errors import OutputError
from annotator.formats.tools import argilla
from annotator.formats.tools.marks import drawn
from tests.factory import harbour_record
from tests.formats.tools.others import asked, needs
from tests.formats.tools.rough import TEXT, rough_record

RECORDS = [harbour_record(), rough_record()]


@needs("ANNOTATOR_ARGILLA", "argilla")
def test_the_sdk_understands_settings_and_records(tmp_path: Path) -> None:
    argilla.write_into(RECORDS, tmp_path)
    found = asked("ANNOTATOR_ARGILLA", "with_argilla.py", tmp_path / "argilla")
    assert found["fields"] == ["text", "claims"]
    assert found["questions"][0] == ["marks", "SpanQuestion"]
    assert (found["labels"], found["overlapping"]) == (["Claim", "Source", "Cue"], True)
    assert [one["id"] for one in found["records"]] == ["harbour", "../Röm/con 🚢"]
    assert found["records"][1]["text"] == TEXT
    for record, one in zip(RECORDS, found["records"], strict=True):
        words = {(record.article.text[m.start : m.end], m.label) for m in drawn(record).marks}
        assert {(text, label) for text, label in one["spans"]} == words


def test_a_chain_stands_beside_the_text(tmp_path: Path) -> None:
    _, path = argilla.write_into([harbour_record()], tmp_path)
    (record,) = json.loads(path.read_bytes())
    assert "Friday 🚢 — Harbour official (anonymous) > Coastal Wire > Daily Example\n" in record["fields"]["claims"]


def test_more_marks_than_argilla_takes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argilla, "MOST_SPANS", 3)
    with pytest.raises(OutputError, match=r"harbour: \d+ marks; Argilla takes 3 an article"):
        argilla.article(harbour_record())
