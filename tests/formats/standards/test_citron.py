"""Quotes of Citron. It is in no registry of packages: its form is that of its `docs/data_format.md` (commit 1937f2c).

Its own reader (`citron.data.CitronParser`) was run by hand on exports/, the harbour and the hostile text, 2026-11-28:
113 quotes, of 370 spans 369 to the character; the other one gained the full stop that spaCy leaves on "\\x00.".
"""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, ConfigDict, TypeAdapter

from annotator import formats
from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, records
from tests.formats.standards.texts import HOSTILE, hostile_record

EXPORTS = Path(__file__).parents[3] / "exports" / "records.jsonl"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Stretch(Strict):
    start: int
    end: int
    text: str


class Quote(Strict):
    cue: Stretch
    sources: list[Stretch]
    contents: list[Stretch]
    coreferences: list[Stretch] | None = None
    confidence: float | None = None
    id: str | None = None


class LeftOut(Strict):
    id: str
    reason: str


class Document(Strict):
    text: str
    quotes: list[Quote]
    coreference_groups: list[list[Stretch]] | None = None
    left_out: list[LeftOut]  # ours: Citron passes over what it does not know


def written(folder: Path, record: AnnotatedArticle) -> Document:
    (path,) = formats.write([record], folder, ["citron"])
    return TypeAdapter(Document).validate_json(path.read_bytes())


def spans(document: Document) -> list[Stretch]:
    groups = [span for group in document.coreference_groups or [] for span in group]
    return groups + [
        span
        for quote in document.quotes
        for span in (quote.cue, *quote.sources, *quote.contents, *(quote.coreferences or []))
    ]


def test_a_quotation_in_pieces_has_its_cue_and_speaker(tmp_path: Path) -> None:
    quote = next(each for each in written(tmp_path, harbour_record()).quotes if each.id == "a02")
    assert (quote.cue.text, [s.text for s in quote.sources]) == ("said", ["Mayor Ana Ruiz"])
    assert [piece.text for piece in quote.contents] == ["“The crane fell at midnight,”", "“and nobody was hurt.”"]


def test_a_pronoun_is_told_with_the_fullest_mention(tmp_path: Path) -> None:
    document = written(tmp_path, harbour_record())
    quote = next(each for each in document.quotes if each.id == "a03")
    assert [s.text for s in quote.sources] == ["She"]
    assert [s.text for s in quote.coreferences or []] == ["Mayor Ana Ruiz"]
    assert [[s.text for s in group] for group in document.coreference_groups or []] == [["Mayor Ana Ruiz", "She"]]


def test_an_attribution_inside_a_claim_is_a_quote_too(tmp_path: Path) -> None:
    quote = next(each for each in written(tmp_path, harbour_record()).quotes if each.id == "c06-1")
    assert (quote.cue.text, quote.contents[0].text) == ("believed", "the guard slept")


def test_what_has_no_cue_is_named_as_left_out(tmp_path: Path) -> None:
    document = written(tmp_path, hostile_record())
    assert [quote.id for quote in document.quotes] == ["a1", "a2"]
    assert {item.id for item in document.left_out} == {"a3", "c 1/ü", "c5"}
    assert document.text == HOSTILE


@pytest.mark.parametrize("record", list(load(EXPORTS)), ids=lambda record: record.article.article_id)
def test_every_span_begins_and_ends_with_a_token_of_spacy(tmp_path: Path, record: AnnotatedArticle) -> None:
    # Citron reads spans as tokens; one that cut a word would come out wider.
    document = written(tmp_path, record)
    doc = spacy.blank("en")(document.text)
    assert [span.text for span in spans(document) if doc.char_span(span.start, span.end) is None] == []


@given(records())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_has_the_form(tmp_path: Path, record: AnnotatedArticle) -> None:
    document = written(tmp_path, record)
    assert all(document.text[span.start : span.end] == span.text for span in spans(document))
    told = len(document.quotes) + len(document.left_out)
    own = sum(claim.attribution_id is None for claim in record.claims)
    assert told == len(record.attributions) + sum(len(claim.nested) for claim in record.claims) + own


def test_the_files_of_several_articles_are_one_each(tmp_path: Path) -> None:
    paths = formats.write([harbour_record(), harbour_record(), hostile_record()], tmp_path, ["citron"])
    assert len({path.name for path in paths}) == 3
    assert all(json.loads(path.read_text(encoding="utf-8"))["quotes"] for path in paths)
