"""Sentence by sentence: what is wrong, and what was won and lost since an earlier report."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.evaluation.reports.units import Unit


def errors_of(unit: Unit) -> Iterator[str]:
    """One line for a missed unit, one for each wrong field; the sentence stands behind."""
    if not unit.found:
        yield f"{unit.key} missed: {unit.text!r} in: {unit.sentence}"
    for name, right in unit.fields.items():
        # `cue` and `source_mention` already say what their strict `_overlap` would repeat.
        if right is False and not name.endswith("_overlap"):
            yield (
                f"{unit.key} {name}: gold {unit.gold.get(name)!r}, predicted {unit.predicted.get(name)!r} "
                f"in: {unit.sentence}"
            )


_Key = tuple[str, str, str]


def units_in(report: Mapping[str, Any]) -> Iterator[tuple[_Key, Mapping[str, Any]]]:
    """The units of a report by form, article and key."""
    for part in report["sets"]:
        for article in part["articles"]:
            for unit in article["units"]:
                yield (part["form"], article["article_id"], unit["key"]), unit


def changes_between(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """Whether each change is a gain, and the line that tells it."""
    if was["found"] != now["found"]:
        before, after = ("found", "missed") if was["found"] else ("missed", "found")
        yield now["found"], f"{now['key']}: was {before}, now {after}: {now['sentence']}"
        return
    for name, right in now["fields"].items():
        earlier = was["fields"].get(name)
        if None not in (right, earlier) and right != earlier and not name.endswith("_overlap"):
            values = f"was {was['predicted'].get(name)!r}, now {now['predicted'].get(name)!r}"
            yield right, f"{now['key']} {name}: {values}, gold {now['gold'].get(name)!r}: {now['sentence']}"
