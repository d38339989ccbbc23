"""Credits of pictures, and captions."""

import pytest

from annotator.labels import NonClaimReason
from tests.reading.layout.lines import kind_of, reason_of


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Anna Lind",
        "(AP Photo/Anna Lind)",
        "Reuters/Anna Lind",
        "Anna Lind via Getty Images.",
        "Image source, Getty Images",
        "Image: Anna Lind.",
    ],
)
def test_pure_credits(line: str) -> None:
    assert kind_of(line) == "boilerplate"
    assert reason_of(line) is NonClaimReason.CREDIT


@pytest.mark.parametrize(
    "line",
    [
        "The tanker off Lund on Monday. Photo: Anna Lind",
        "The tanker off Lund on Monday (AP Photo/Anna Lind)",
        "The tanker off Lund on Monday. REUTERS/Anna Lind",
        "A crane on the quay Image: Anna Lind.",
        "The tanker off Lund on Monday [Anna Lind/Getty Images]",
        "Image caption, The tanker lies off Lund",
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(line) == "caption"
