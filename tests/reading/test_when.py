"""Dates of any usual form."""

import pytest

from annotator.reading.when import iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-03", "2026-03-03"),
        ("2026-03-03T14:02:00+01:00", "2026-03-03T14:02:00+01:00"),
        ("20260303", "2026-03-03"),
        ("20231008T043000Z", "2023-10-08T04:30:00Z"),
        ("Published 14:02, Tuesday 3 March 2026", "2026-03-03T14:02:00"),
        ("Thu, 04 Jun 2026 10:00:00 +0200", "2026-06-04T10:00:00+02:00"),
        ("Mar 3, 2026 2:05 p.m. EST", "2026-03-03T14:05:00-05:00"),
        ("July 1, 2019 Monday 9:20 AM GMT", "2019-07-01T09:20:00+00:00"),
        ("May 11, 2010 Tuesday London Edition", "2010-05-11"),
        ("April 7, 2018 Saturday, The Linden Post on the Web", "2018-04-07"),
        ("jeudi 5 octobre 2013", "2013-10-05"),
        ("5. März 2019", "2019-03-05"),
        ("2018 年 10 月 7 日 17:04", "2018-10-07T17:04:00"),
        ("23/04/2026", "2026-04-23"),
        ("04/23/2026", "2026-04-23"),
    ],
)
def test_a_date_that_says_one_thing_is_iso(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2026", "99999999", "September 2017", "03/04/2026", "3 hours ago", "Monday", "x" * 500 + " 3 March 2026"],
)
def test_what_is_no_date_or_two_is_none(text: str) -> None:
    assert iso(text) is None
