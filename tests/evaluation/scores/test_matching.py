"""Names are the same whatever titles and marks stand around them."""

import pytest

from annotator.evaluation.scores.matching import norm


@pytest.mark.parametrize(
    ("name", "expected"),
    [("The U.S. president", "u s"), ("an official (anonymous)", "official"), ("Mr. Fox", "fox"), (None, "")],
)
def test_names_are_compared_without_articles_titles_and_marks(name: str | None, expected: str) -> None:
    assert norm(name) == expected
