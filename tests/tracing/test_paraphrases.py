"""What a paraphrase keeps of its original, and what it loses."""

import pytest

from annotator.tracing.paraphrases import Wording, closest, differences


@pytest.mark.parametrize(
    ("printed", "original", "lost"),
    [
        ("The pier will reopen in spring", "We may reopen the pier in spring if they find no cracks", ["hedge"]),
        ("The pier has a permit", "The pier has no permit", ["negation"]),
        ("The pier cost 30 million euros", "The pier cost 3 million euros", ["number"]),
        ("The pier cost fourteen euros", "The pier cost 14 euros", []),
        ("Nobody came", "Cold and tired", ["negation"]),
    ],
)
def test_what_differs_is_named(printed: str, original: str, lost: list[str]) -> None:
    assert differences(Wording(printed), Wording(original)) == lost


def test_somebody_else_says_it() -> None:
    printed = Wording("The pier is shut", "Anna Voss", named_person=True)
    assert differences(printed, Wording("The pier is shut", "Tom Lee", named_person=True)) == ["speaker"]
    assert differences(printed, Wording("The pier is shut", "Director Voss", named_person=True)) == []


def test_a_claim_that_shares_too_little_is_not_the_original() -> None:
    assert closest(Wording("The pier will reopen in spring"), [Wording("The pier has two cracks")]) is None
