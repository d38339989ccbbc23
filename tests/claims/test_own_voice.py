"""The article's own voice, cut into claims."""

import pytest

from tests.articles import claim_with, read


def test_a_sentence_ends_after_the_time_of_day() -> None:
    record = read("The gates close at 6 p.m. Thailand plans to build a new harbour in the north of the island.")
    assert claim_with(record, "Thailand").text.startswith("Thailand")


def test_parts_between_semicolons_are_claims() -> None:
    record = read("The rain fell for nine days in Elsund; the river rose by four metres in a week.")
    assert [claim.text for claim in record.claims if claim.section == "body"] == [
        "The rain fell for nine days in Elsund",
        "the river rose by four metres in a week",
    ]


@pytest.mark.parametrize(
    "line",
    ["(With PTI inputs)", "Email the reporters at tips@example.org", "Elsund | Updated: July 18, 2025 21:47 IST"],
)
def test_lines_of_the_page_are_no_claims(line: str) -> None:
    record = read(f"The rain fell for nine days in Elsund and in the hills above it.\n\n{line}")
    assert not any(line[1:10] in claim.text for claim in record.claims)
