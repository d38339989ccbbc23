"""A fact-checker's verdict in a record: what is refused, and that records without one are as they were."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from annotator.formats.tables.columns import CLAIM_COLUMNS
from annotator.labels import VerdictRating
from annotator.records import AnnotatedArticle, Verdict
from tests.factory import harbour_record

GIVEN: dict[str, Any] = {
    "rating": "misleading",
    "note": "The ferries were idle before.",
    "evidence": ("https://daily.example/a", "http://wire.example/b;c"),
    "by": "Ada",
    "at": datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
}


def with_verdict() -> AnnotatedArticle:
    record = harbour_record()
    first = record.claims[0].model_copy(update={"verdict": Verdict(**GIVEN)})
    return record.model_copy(update={"claims": (first, *record.claims[1:])})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"evidence": ["javascript:alert(1)"]}, "'javascript:alert\\(1\\)' is no address that begins with http"),
        ({"evidence": ["https://"]}, "is no address"),
        ({"evidence": ["https://[x"]}, "is no address"),
        ({"evidence": ["https://a.example/b c"]}, "is no address"),
        ({"evidence": ["https://a.example/b\u202ec"]}, "is no address"),
        ({"by": ""}, "at least 1 character"),
        ({"at": datetime(2026, 3, 4, 12, 30)}, "timezone"),
        ({"rating": "pants_on_fire"}, "'true', 'mostly_true'"),
    ],
)
def test_what_is_no_verdict_is_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Verdict(**GIVEN | change)


def test_a_scheme_in_capitals_is_written_small() -> None:
    verdict = Verdict(**GIVEN | {"evidence": ["HTTPS://Daily.example/A"]})
    assert verdict.evidence == ("https://Daily.example/A",)


def test_a_verdict_survives_the_way_through_json_and_stands_in_the_table() -> None:
    record = with_verdict()
    assert AnnotatedArticle.model_validate_json(record.model_dump_json()) == record
    row = {column.name: column.value(record, record.claims[0]) for column in CLAIM_COLUMNS}
    assert {name: value for name, value in row.items() if name.startswith("verdict")} == {
        "verdict": VerdictRating.MISLEADING,
        "verdict_note": "The ferries were idle before.",
        "verdict_evidence": "https://daily.example/a; http://wire.example/b;c",
        "verdict_by": "Ada",
        "verdict_at": "2026-03-04T12:30:00+00:00",
    }


def test_a_claim_without_one_says_nothing_of_it() -> None:
    assert "verdict" not in harbour_record().claims[0].model_dump()
