"""Quoted words are found as they stand, with gaps, with other words, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tracing import Change, Verdict, compare
from annotator.tracing.words import words_of

ORIGINAL = (
    "“The dam has lost a third of its water, and we may have to close it for ever,” she said. "
    "“I asked for the papers in May and nobody gave me any.”"
)


@pytest.mark.parametrize(
    ("quotation", "verdict", "changes", "marked"),
    [
        ("the dam has lost a third of its water", Verdict.VERBATIM, [], False),
        ('I asked for the papers in "May"', Verdict.VERBATIM, [], False),
        ("The dam … and we may have to close it", Verdict.SHORTENED, [("has lost a third of its water", "")], True),
        ("I asked for the papers and nobody gave me any", Verdict.SHORTENED, [("in May", "")], False),
        ("[It] has lost a third of its water", Verdict.SHORTENED, [], True),
        (
            "The dam has lost half of its water, and we will have to close it",
            Verdict.ALTERED,
            [("a third", "half"), ("may", "will")],
            False,
        ),
        ("and we have to close it for ever", Verdict.ALTERED, [("may", "")], False),
        ("we will open the dam tomorrow", Verdict.NOT_FOUND, [], False),
        ("a third of the papers", Verdict.NOT_FOUND, [], False),
    ],
)
def test_a_quotation_gets_its_verdict(
    quotation: str, verdict: Verdict, changes: list[tuple[str, str]], marked: bool
) -> None:
    found = compare(quotation, ORIGINAL)
    assert (found.verdict, found.marked) == (verdict, marked)
    assert list(found.changes) == [Change(*change) for change in changes]


SOME = ["we", "may", "not", "close", "the", "dam", "in", "May", "14", "fourteen"]
WORDS = st.lists(st.sampled_from(SOME), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_verbatim_is_said_of_nothing_else_than_the_very_words(quotation: str, original: str) -> None:
    wanted = " ".join(word.key for word in words_of(quotation))
    there = " ".join(word.key for word in words_of(original))
    is_there = bool(wanted) and f" {wanted} " in f" {there} "
    assert (compare(quotation, original).verdict is Verdict.VERBATIM) == is_there


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_can_be_compared(quotation: str, original: str) -> None:
    found = compare(quotation, original)
    assert 0 <= found.start <= found.end <= len(original)


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        ("I asked for the papers three times", [("in May", "three times")]),
        ("I asked for the papers in late June and nobody gave me any", [("May", "late June")]),
        ("The dam has lost most of its water, and we may have to close it", [("a third", "most")]),
        ("The lake has lost a third of its water", [("dam", "lake")]),
        ("we may have to close it next year", [("for ever", "next year")]),
        ("yesterday I asked for the papers in May", [("", "yesterday")]),
        ("We lost a third of its water", [("has", "We")]),
        ("I begged for the papers in May and everybody gave me any", [("asked", "begged"), ("nobody", "everybody")]),
    ],
)
def test_altered_words_are_those_and_no_others(quotation: str, changes: list[tuple[str, str]]) -> None:
    found = compare(quotation, ORIGINAL)
    assert found.verdict is Verdict.ALTERED
    assert list(found.changes) == [Change(*change) for change in changes]
