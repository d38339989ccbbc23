"""The quality gate: no measure falls below its floor in `floors.json`.

The articles of `tests/gold` and `tests/gold_wider` are always measured; the other sets lie in a folder `shared`
beside the repository, or where `ANNOTATOR_SHARED` says, and are skipped by name where they are missing.
"""

import json
import os
from pathlib import Path

import pytest

from annotator.evaluate import evaluate, oracle_of
from annotator.pipeline import annotate, default

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or ROOT.parent / "shared")
GIVEN = ", given spans"
FLOORS = {
    name: floors for name, floors in json.loads((ROOT / "tests/floors.json").read_text()).items() if name != "about"
}


@pytest.mark.parametrize("name", FLOORS)
def test_no_measure_falls_below_its_floor(name: str) -> None:
    place = name.removesuffix(GIVEN)
    path = SHARED / place.removeprefix("shared/") if place.startswith("shared/") else ROOT / place
    if not path.exists():
        pytest.skip(f"the gold of {name} is not here: put it at {path}, or set ANNOTATOR_SHARED")
    oracle = oracle_of(default()) if name.endswith(GIVEN) else None
    measures = evaluate([path], annotate, oracle=oracle).sets[0].measures
    below = {
        m: (round(100 * measures[m].value, 1), floor)
        for m, floor in FLOORS[name].items()
        if 100 * measures[m].value < floor - 1e-9
    }
    assert not below, f"{name}: below the floor (measured, floor): {below}"


GOLD = [ROOT / "tests/gold", ROOT / "tests/gold_wider", SHARED / "gold/wikinews", SHARED / "gold/seed_article.json"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_an_anonymous_source_never_gets_a_persons_name(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"the gold of {path} is not here: set ANNOTATOR_SHARED")
    named = {
        unit.text: unit.predicted["source_name"]
        for article in evaluate([path], annotate).sets[0].articles
        for unit in article.units
        if unit.found
        and unit.gold.get("anonymous")
        and unit.predicted.get("anonymous") is False
        and unit.predicted["source_type"] == "person"
        and unit.fields.get("source_name") is False
    }
    assert not named
