"""Sentence by sentence: what is wrong, and what was won and lost since an earlier report."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.evaluation.reports.units import ArticleReport, Unit


def errors_in(article: ArticleReport) -> Iterator[str]:
    """One line for each unit that was missed, each field that is wrong and each spurious prediction."""
    for unit in article.units:
        yield from (f"{article.article_id} {line}" for line in _errors_of(unit))
    for extra in article.spurious:
        yield f"{article.article_id} spurious: {extra.text!r} in: {extra.sentence}"


def _errors_of(unit: Unit) -> Iterator[str]:
    if not unit.found:
        yield f"{unit.key} missed: {unit.text!r} in: {unit.sentence}"
    for name, right in unit.fields.items():
        # `cue` and `source_mention` already say what their strict `_overlap` would repeat.
        if right is False and not name.endswith("_overlap"):
            yield (
                f"{unit.key} {name}: gold {unit.gold.get(name)!r}, predicted {unit.predicted.get(name)!r} "
                f"in: {unit.sentence}"
            )


def gains_and_losses(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """One line for each field of a unit that became right or wrong, gains first; then their number.

    Both are reports as JSON; units that only one of them has are counted.
    """
    before, after = dict(_units_in(earlier)), dict(_units_in(now))
    both = [key for key in after if key in before]
    changes = [(gain, f"{key[1]} {line}") for key in both for gain, line in _changes(before[key], after[key])]
    for gain, line in sorted(changes, key=lambda change: not change[0]):
        yield f"{'gain' if gain else 'loss'}: {line}"
    gains = sum(gain for gain, _ in changes)
    yield f"gains: {gains}, losses: {len(changes) - gains}"
    if len(both) < max(len(before), len(after)):
        ours, theirs = len(after) - len(both), len(before) - len(both)
        yield f"not compared: {ours} only in this run, {theirs} only in the earlier one"


_Key = tuple[str, str, str]


def _units_in(report: Mapping[str, Any]) -> Iterator[tuple[_Key, Mapping[str, Any]]]:
    """The units of a report by form, article and key."""
    for part in report["sets"]:
        for article in part["articles"]:
            for unit in article["units"]:
                yield (part["form"], article["article_id"], unit["key"]), unit


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
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
