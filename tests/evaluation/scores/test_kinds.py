"""Quote type and kind of cue are read off the text."""

import pytest

from annotator.evaluation.gold.articles import Parts
from annotator.evaluation.scores.kinds import by_speech, quote_type_of
from tests.evaluation.scores.said import place


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ('He said "we left early".', '"we left early"', "direct"),
        ('He said "we left early".', "we left early", "direct"),
        ('He said they "left early".', 'they "left early"', "mixed"),
        ("He said they left early.", "they left early", "indirect"),
        ("“One.\n“Two,” he said.", "“One.\n“Two,”", "direct"),
        ("Mayor: ‘We can’t stay’ here", "‘We can’t stay’", "direct"),
        ("The dogs' owner can't stay, he said", "The dogs' owner can't stay", "indirect"),
        ('A "b" c "d" he said', "c", "indirect"),
    ],
)
def test_the_quote_type_is_read_off_the_marks(text: str, content: str, expected: str) -> None:
    assert quote_type_of(text, (place(content, text),)) == expected


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "speech cue"),
        ("According to", "speech cue"),
        ("was denied", "speech cue"),
        ("wants", "other cue"),
        (":", "other cue"),
    ],
)
def test_speech_is_told_from_other_cues(cue: str, expected: str) -> None:
    assert by_speech(cue, Parts((), ((0, len(cue)),), ())) == expected
