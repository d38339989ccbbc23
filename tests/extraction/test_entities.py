"""The entities that the head marks: whole words of a paragraph, and people whom nobody knows are people."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from annotator.extraction.entities import ENTITY_TAGS, FILE, entities_of, settled
from annotator.extraction.extracted import Entity
from annotator.extraction.extractor import Extractor
from annotator.extraction.pieces import Pieces, lines_of
from annotator.pipeline import MODEL_FOLDER


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(MODEL_FOLDER)


def named(extractor: Extractor, text: str) -> dict[str, str]:
    found = extractor.entities(text, lines_of(text))
    return {text[one.start : one.end]: one.label for one in found}


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Tadhg Oyelaran-Birkeland said the pier would close in May.", {"Tadhg Oyelaran-Birkeland": "PERSON"}),
        ("“Nobody asked us,” said Wanjiru Ohlsdotter, 54.", {"Wanjiru Ohlsdotter": "PERSON"}),
        ("The European Commission fined Siemens on Friday.", {"Siemens": "ORG", "Friday": "DATE"}),
        ("Voters in Norway and two French mayors disagreed.", {"Norway": "GPE", "French": "NORP", "two": "CARDINAL"}),
    ],
)
def test_what_a_text_names_has_its_kind(extractor: Extractor, text: str, entities: dict[str, str]) -> None:
    assert entities.items() <= named(extractor, text).items()


def test_a_capital_tells_a_name_from_a_word(extractor: Extractor) -> None:
    assert named(extractor, "Amina Rose said it was late.") == {"Amina Rose": "PERSON"}
    assert named(extractor, "A rose is a rose, she said.") == {}


def test_no_entity_goes_on_over_the_end_of_a_paragraph() -> None:
    text = "Ann\nMoor left"
    pieces = Pieces([1, 0, 2, 3, 0], [0, 3, 4, 9, 13], [3, 4, 8, 13, 14], [(0, 2), (2, 5)], start_id=9)
    chances = np.full((5, len(ENTITY_TAGS)), -9.0, np.float32)
    for n, tag in enumerate(("B-PERSON", "I-PERSON", "I-PERSON", "O", "O")):
        chances[n, ENTITY_TAGS.index(tag)] = -0.1
    chances[2, ENTITY_TAGS.index("B-PERSON")] = -1.0
    found = list(entities_of(pieces, chances, len(text)))
    assert [text[one.start : one.end] for one in found] == ["Ann", "Moor"]


def test_a_short_name_is_what_the_one_longer_name_is() -> None:
    text = "Halder Foods; Halder’s; Ann Brandt; Brandt; Moor Bank; Bo Moor; Moor; Orlo"
    labels = ("ORG", "PERSON", "PERSON", "ORG", "ORG", "PERSON", "ORG", "GPE")
    starts = [0, *(n + 2 for n, sign in enumerate(text) if sign == ";")]
    given = [Entity(s, s + len(text[s:].split(";")[0]), label) for s, label in zip(starts, labels, strict=True)]
    assert [(text[one.start : one.end], one.label) for one in settled(text, given)] == [
        *(("Halder Foods", "ORG"), ("Halder’s", "ORG")),
        *(("Ann Brandt", "PERSON"), ("Brandt", "PERSON")),
        *(("Moor Bank", "ORG"), ("Bo Moor", "PERSON"), ("Moor", "ORG")),  # two longer names settle nothing
        ("Orlo", "GPE"),
    ]


def test_entities_stand_where_the_text_has_them_whatever_its_length(extractor: Extractor) -> None:
    text = "\n".join(f"Nobody came to meeting {n}. Ngozi Haraldsen waited in the hall all evening." for n in range(90))
    people = [one for one in extractor.entities(text, lines_of(text)) if one.label == "PERSON"]
    assert [text[one.start : one.end] for one in people] == ["Ngozi Haraldsen"] * 90


def test_attributions_are_the_same_with_the_head_and_without(tmp_path: Path, extractor: Extractor) -> None:
    text = "The pier is safe, Amina Wanjiru said. “It held,” she added, and left."
    for path in MODEL_FOLDER.iterdir():
        if path.name != FILE:
            shutil.copy(path, tmp_path)
    without = Extractor(tmp_path)
    assert not without.marks_entities
    assert without.entities(text, lines_of(text)) == []
    assert without.extract(text, lines_of(text)) == extractor.extract(text, lines_of(text))
