"""Work grows with the length of an article, whatever its shape: counted in calls, which no busy machine disturbs."""

import pytest

from benchmarks.growth import KINDS, Steps, exponent

SMALL, LARGE = 60, 240
# Twice the text may take 2.4 times the calls: who can be meant grows with the article, as it has to.
MOST = 1.25


@pytest.fixture(scope="module")
def steps() -> Steps:
    return Steps()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_calls_grow_with_the_length(steps: Steps, kind: str) -> None:
    small, large = KINDS[kind](SMALL), KINDS[kind](LARGE)
    assert exponent(steps.calls(small), steps.calls(large), (len(small), len(large))) < MOST


def test_work_that_grows_with_the_square_is_seen() -> None:
    assert exponent(100, 1600, (50, 200)) == pytest.approx(2)
