"""A unit is shown with its sentence."""

import pytest

from annotator.evaluation.reports.units import sentences_around


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("left", "Dr. Fox left."),
        ("rained", "“It rained.”"),
        ("slept. He", "She slept. He ran."),
        ("Headline", "Headline without a stop"),
    ],
)
def test_sentences_around_a_stretch(words: str, sentences: str) -> None:
    text = "Headline without a stop\n\n“It rained.” Dr. Fox left. She slept. He ran."
    start = text.index(words)
    assert sentences_around(text, start, start + len(words)) == sentences
