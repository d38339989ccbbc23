"""The numbers of a report: each a share or an F1, with its 95 % interval over articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.evaluation.scores.counts import Counts, Tally
from annotator.evaluation.scores.statistics import f1_interval, share_interval


@dataclass(frozen=True)
class Measure:
    """One number of a report: `right` of `of` where it is a share, `low` and `high` the ends of its 95 % interval."""

    value: float
    right: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None


def share_of(right: int, of: int) -> Measure:
    return Measure(right / of if of else 0.0, right, of)


def f1_measures(name: str, counts: Sequence[Counts], suffix: str = "") -> dict[str, Measure]:
    """F1 with its interval, precision and recall of counts pooled over articles."""
    total = sum(counts, Counts())
    low, high = f1_interval(counts) or (None, None)
    return {
        f"{name} F1{suffix}": Measure(total.f1, low=low, high=high),
        f"{name} precision{suffix}": share_of(total.right, total.predicted),
        f"{name} recall{suffix}": share_of(total.right, total.gold),
    }


def field_measures(articles: Sequence[Mapping[str, Tally]]) -> dict[str, Measure]:
    """For each field the share that is right of those found, and of all gold with its interval."""
    measures = {}
    for name in dict.fromkeys(name for fields in articles for name in fields):
        each = [fields.get(name, Tally()) for fields in articles]
        total = sum(each, Tally())
        low, high = share_interval([(tally.right, tally.gold) for tally in each]) or (None, None)
        of_all = share_of(total.right, total.gold)
        measures[f"{name}, of found"] = share_of(total.right, total.judged)
        measures[f"{name}, of all gold"] = Measure(of_all.value, of_all.right, of_all.of, low, high)
    return measures
