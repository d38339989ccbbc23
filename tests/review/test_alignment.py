"""The claims of two records, one to one."""

from annotator.records import without_rejected
from annotator.review.alignment import aligned
from tests.review.reviews import BASE, of_ana


def test_alignment_takes_the_best_pairs_first() -> None:
    pairs = aligned(BASE, without_rejected(of_ana()))
    assert [(a and a.text, b and b.text) for a, b in pairs if a is None or b is None] == [
        ("repairs may take weeks", None),
        (None, "the guard slept"),
    ]
