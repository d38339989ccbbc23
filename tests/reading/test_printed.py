"""What pages say around their text, told from lines and where they stand."""

import pytest

from annotator.reading.pdf import Box, Line
from annotator.reading.printed import around

HEIGHT = 800
BODY = "The council will move the market to the quay in May, a report says, and the square is to be dug up for pipes."


def page(*lines: tuple[str, float, int]) -> list[Box]:
    """A page of boxes of one line each: its words, the size of its letters, and its height above the page's bottom."""
    spots = [*lines, *((BODY, 10.0, 500 - 20 * n) for n in range(6))]
    return [Box(1, 50, at, 500, at + size, (Line(50, 500, size, text),)) for text, size, at in spots]


def left_out(boxes: list[Box]) -> list[str]:
    return [boxes[n].lines[m].text for n, m in sorted(around(boxes, {1: HEIGHT}, 1).lines)]


@pytest.mark.parametrize(
    "lines",
    [
        [("Politics", 16, 760), ("12 March 2026", 8, 745), ("Market will move to the quay", 24, 690)],
        [("Harbour Post Office Closes", 24, 760), ("12 March 2026", 8, 745)],
        [("Quay Is Safe", 24, 700), ("12 March 2026", 8, 685), ("Checked Twice", 14, 600)],
        [("By Ida Marsh", 14, 760), ("Market will move to the quay", 24, 690)],
        [("Special report", 9, 760), ("Market will move to the quay", 24, 690)],
        [("MARKET WILL MOVE", 24, 760), ("TRADERS SAY NO", 14, 730)],
    ],
)
def test_a_section_a_headline_or_a_kicker_is_no_paper(lines: list[tuple[str, float, int]]) -> None:
    boxes = page(*lines)
    assert around(boxes, {1: HEIGHT}, 1).publisher is None
    assert not {"By Ida Marsh", "Special report", lines[-1][0]} & set(left_out(boxes)) - {"12 March 2026"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thursday, 12 March 2026", "Thursday, 12 March 2026"),
        ("Thursday, 12 March 2026 | NEWS | 3", "Thursday, 12 March 2026"),
        ("Page 3 - 12 March 2026", "12 March 2026"),
        ("News 3", None),
        ("LOCAL NEWS | 5", None),
        ("5", None),
    ],
)
def test_days_and_numbers_at_the_edge_are_no_text(line: str, day: str | None) -> None:
    boxes = page((line, 8, 780), ("Market will move to the quay", 24, 690))
    assert left_out(boxes) == [line]
    assert around(boxes, {1: HEIGHT}, 1).published == day


def test_text_at_the_edge_of_a_page_stays() -> None:
    boxes = page(("Market will move to the quay", 24, 690), ("“Nobody asked us,” Pell said in 2026.", 10, 40))
    assert left_out(boxes) == []
