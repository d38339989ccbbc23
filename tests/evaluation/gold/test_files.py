"""Gold is read as it stands, whatever its form, and what is no gold says so."""

from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.evaluation import read_gold
from tests.evaluation.gold.bridge import TEXT, attribution_row, claim_gold, write, write_rows


def test_a_folder_is_a_set_for_each_form_that_it_holds(tmp_path: Path) -> None:
    write(tmp_path, "a/one.json", claim_gold(), TEXT)
    write(tmp_path, "a/b/two.json", claim_gold(), TEXT)
    write_rows(tmp_path / "a" / "dev.jsonl", attribution_row())
    assert [(gold.name, gold.form, len(gold.articles)) for gold in read_gold([tmp_path / "a"])] == [
        (str(tmp_path / "a"), "claims", 2),
        (str(tmp_path / "a"), "attributions", 1),
    ]


def test_a_pattern_is_one_set(tmp_path: Path) -> None:
    write(tmp_path, "one.json", claim_gold(), TEXT)
    write(tmp_path, "two.json", claim_gold(), TEXT)
    pattern = str(tmp_path / "*.json")
    assert [(gold.name, len(gold.articles)) for gold in read_gold([pattern])] == [(pattern, 2)]


def without(gold: dict[str, Any], field: str) -> dict[str, Any]:
    del gold["claims"][0][field]
    return gold


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"title": "No gold"}, "unknown form of gold with the fields title"),
        ([1, 2], "begins with no JSON object"),
        (without(claim_gold(), "claim_id"), "lacks the field 'claim_id'"),
        ({**claim_gold(), "claims": [{**claim_gold()["claims"][0], "cue": {"start": 5, "end": 999}}]}, "5..999"),
        (claim_gold() | {"sha256": "0" * 64}, "sha256 differs"),
    ],
)
def test_what_is_no_gold_is_refused_with_its_file(tmp_path: Path, gold: Any, message: str) -> None:
    path = write(tmp_path, "bad.json", gold, TEXT)
    with pytest.raises(InputError, match=r"bad\.") as caught:
        read_gold([path])
    assert message in str(caught.value)


def test_a_place_without_gold_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold there"):
        read_gold([tmp_path])
    with pytest.raises(InputError, match="no gold there"):
        read_gold([str(tmp_path / "*.json")])
