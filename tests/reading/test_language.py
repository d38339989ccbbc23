"""The language of a text."""

import sys
from pathlib import Path

import pytest

from annotator.reading import language_of
from tests.reading.written import SENTENCE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SENTENCE, "en"),
        ("Le maire a déclaré vendredi que le pont resterait fermé pendant tout l'été.", "fr"),
        ("Der Minister sagte am Freitag, die Gespräche würden fortgesetzt.", "de"),
        ("1234 5678, he said", None),
        ("", None),
    ],
)
def test_the_language_is_told_where_there_is_enough_text(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_plain_english_is_told_without_the_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path("exports/articles/anonymous-politics.txt").read_text(encoding="utf-8")
    monkeypatch.setitem(sys.modules, "py3langid", None)  # importing it is an error now
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De minister zei vrijdag dat de brug in de stad dicht was en is, on en off. " * 6, "nl"),
        ("Ministeren sagde fredag at broen i byen var lukket, og at den ikke er her. " * 6, "da"),
        ("Government don talk say the people wey dey for the area no go fit comot. " * 6, "pcm"),
    ],
)
def test_other_languages_do_not_pass_for_english(text: str, code: str) -> None:
    assert language_of(text) == code
