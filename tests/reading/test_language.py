"""The language of a text."""

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
