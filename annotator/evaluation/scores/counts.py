"""How many are right: of what was predicted, of what the gold has, and field by field."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """How many are right, how many were predicted, how many the gold has."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was predicted and nothing is gold."""
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True)
class Tally:
    """Of `gold` units that have the field, `judged` were found and have a prediction, and `right` are right."""

    right: int = 0
    judged: int = 0
    gold: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.judged + other.judged, self.gold + other.gold)


@dataclass(frozen=True)
class Outcome:
    """What became of one gold unit: the index of its partner, and which of its fields are right.

    `fields` holds the fields that the unit has; None is a field that was not judged, because the unit was missed or
    its partner says nothing.
    """

    partner: int | None
    overlap: float
    fields: Mapping[str, bool | None]

    @property
    def found(self) -> bool:
        return self.partner is not None


def tallies(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Add up the outcomes by field: right of those judged, and right of all that the gold has."""
    total: defaultdict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        for name, right in outcome.fields.items():
            total[name] += Tally(right is True, right is not None, 1)
    return dict(total)
