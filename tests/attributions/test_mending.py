"""Cue, source and contents end where the codebook has them end."""

import pytest

import annotator
from annotator.labels import AttributionMode
from tests.articles import claim_with, read


def test_who_is_told_is_no_content() -> None:
    record = read("In a letter, Pryce warned the chief secretary, Fiona Amadi, last month that delay would be fatal.")
    assert claim_with(record, "would be fatal").text == "delay would be fatal"


@pytest.mark.parametrize("question", ["Asked whether he would coach again", "Asked to explain the accident"])
def test_the_question_that_somebody_was_asked_is_no_claim(question: str) -> None:
    record = read(f"{question} on the pier, the captain, Bo Lindt, said: “Of course I will coach.”")
    assert not any("on the pier" in claim.text for claim in record.claims)


def test_a_dateline_and_a_label_before_a_colon_speak_to_nobody() -> None:
    record = annotator.annotate(
        "The latest: Man hurt as Elsund pier falls\n\n"
        "London, United Kingdom: Mending a pier, while not easy, has been done.",
        publisher="Daily Example",
    )
    assert [claim.attribution for claim in record.claims] == [AttributionMode.UNATTRIBUTED] * 2


def test_a_content_never_begins_within_a_word() -> None:
    claim = claim_with(
        read(
            "One activist, Nur Kahn, on Sunday told Agence France-Presse arson has been used "
            '"as a weapon to evict poor dwellers" by developers.'
        ),
        "arson",
    )
    assert claim.text.startswith("arson has been used")


def test_a_sentence_before_is_no_part_of_a_paraphrase() -> None:
    record = read(
        "Brightmill, founded in 1961, employs 7,800 people. Revenue reached €2bn, according to its annual report."
    )
    assert claim_with(record, "7,800").attribution is AttributionMode.UNATTRIBUTED
    assert claim_with(record, "Revenue reached").text == "Revenue reached €2bn"


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Officials said Wednesday an inquiry was under way.", "an inquiry was under way"),
        ("Officials said Monday would be quiet at the pier.", "Monday would be quiet at the pier"),
    ],
)
def test_the_day_of_the_saying_is_no_content_and_a_day_that_is_spoken_of_is(words: str, content: str) -> None:
    assert [claim.text for claim in read(words).claims if claim.attribution_id] == [content]
