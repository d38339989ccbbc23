"""Fields, dates and metadata of a row."""

from pathlib import Path
from typing import Any

import pytest

from annotator.reading import Fields, read
from tests.reading.written import SENTENCE, json_lines


def test_known_fields_have_their_place_and_the_others_are_metadata(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "body": SENTENCE,
        "title": " Ferry ",
        "byline": ["Ann Field", "Bo Marsh"],
        "published": 20240305,
        "section": "local",
        "words": 10,
        "share": 0.5,
        "none": None,
        "not a number": float("nan"),
        "tags": ["sea", None],
    }

    (article,) = read([json_lines(tmp_path / "a.jsonl", row)], fields=Fields(text="body"))

    assert (article.article_id, article.title, article.byline) == ("7", "Ferry", "Ann Field, Bo Marsh")
    assert article.published == "2024-03-05"
    assert article.section == "local"
    assert article.metadata == {"words": 10, "share": 0.5, "tags": ["sea"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-05T08:30:00Z", "2024-03-05T08:30:00Z"),
        ("5 March 2024", "2024-03-05"),
        ("23/04/2026", "2026-04-23"),
        ("03/04/2026", "03/04/2026"),
        (1709627400, "2024-03-05T08:30:00+00:00"),
        (1709627400000, "2024-03-05T08:30:00+00:00"),
        (2024, "2024"),
        ("99999999", "99999999"),
        (None, None),
        ("", None),
    ],
)
def test_the_date_is_iso_where_it_is_sure(tmp_path: Path, value: Any, expected: str | None) -> None:
    (article,) = read([json_lines(tmp_path / "a.jsonl", {"text": SENTENCE, "published": value})])

    assert article.published == expected


@pytest.mark.parametrize(("given", "told"), [("Elsund Mercury", 0), ("the elsund mercury", 0), ("Daily Example", 1)])
def test_another_outlet_than_the_one_that_the_file_names_is_told(tmp_path: Path, given: str, told: int) -> None:
    notes: list[str] = []
    path = json_lines(tmp_path / "a.jsonl", {"text": SENTENCE, "publisher": "The Elsund Mercury"})
    (article,) = read([path], given={"publisher": given}, on_warning=lambda one: notes.append(one.note))
    assert article.publisher == given
    assert len([note for note in notes if "names the outlet" in note]) == told
