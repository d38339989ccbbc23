"""Lines that are a date."""

import pytest

from annotator.labels import NonClaimReason
from tests.reading.layout.lines import kind_of, reason_of


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, January 15, 2019",
        "12 March 2024, 14:05 GMT",
        "Updated: 3 May 2024",
        "Published 3 hours ago",
        "2024-03-12 14:05",
        "6:05 p.m.",
    ],
)
def test_date_lines(line: str) -> None:
    assert kind_of(line) == "dateline"
    assert reason_of(line) is NonClaimReason.DATELINE
