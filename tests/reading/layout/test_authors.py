"""Bylines."""

import pytest

from annotator.labels import NonClaimReason
from tests.reading.layout.lines import kind_of, reason_of


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Lind",
        "By ANNA LIND and Per Ek, Associated Press",
        "By Anna Lind in Lund",
        "Written by Anna Lind | 12 March 2024",
        "Author: Anna Lind",
        "By Reuters",
    ],
)
def test_bylines(line: str) -> None:
    assert kind_of(line) == "byline"
    assert reason_of(line) is NonClaimReason.BYLINE
