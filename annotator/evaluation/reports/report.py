"""The result of an evaluation: as a table, as JSON, as lines of errors, beside an earlier one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import InputError
from annotator.evaluation.reports.errors import errors_in, gains_and_losses
from annotator.evaluation.reports.measures import Measure
from annotator.evaluation.reports.units import SetReport

if TYPE_CHECKING:
    from rich.table import Table

FORMAT = "annotator-evaluation/1"


@dataclass(frozen=True)
class Report:
    """The result of an evaluation."""

    sets: tuple[SetReport, ...]
    tool: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All measures and outcomes as JSON values; what a later run is compared with."""
        return {"format": FORMAT, "tool": self.tool, "sets": [asdict(part) for part in self.sets]}

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Set, measure, value in percent, "right/of" and interval, as printed."""
        return [
            (part.name, name, f"{100 * m.value:.1f}", _share(m), _interval(m))
            for part in self.sets
            for name, m in part.measures.items()
        ]

    def table(self) -> "Table":
        """The rows as a table for the terminal, a rule between the sets; below it what could not be measured."""
        from rich.table import Table

        table = Table("gold", "measure", "%", "of", "95 % interval", caption="\n".join(self.absences()) or None)
        for _, rows in groupby(self.rows(), key=lambda row: row[0]):
            for row in rows:
                table.add_row(*row)
            table.add_section()
        return table

    def absences(self) -> Iterator[str]:
        """One line for each set whose gold lacks fields: they are not measured."""
        for part in self.sets:
            if part.absent:
                yield f"{part.name}: not measured, because the gold has no {', '.join(part.absent)}"

    def totals(self) -> "Report":
        """The report without its articles: of a set that is to stay unread nobody sees a text, a name or an error."""
        return replace(self, sets=tuple(replace(part, articles=()) for part in self.sets))

    def errors(self) -> Iterator[str]:
        """One line for each unit that was missed, each field that is wrong and each spurious prediction."""
        return (line for part in self.sets for article in part.articles for line in errors_in(article))

    def compare(self, earlier: Mapping[str, Any]) -> Iterator[str]:
        """Gains and losses against an earlier report, one line each with its sentence, then their number.

        `earlier` is what `to_json` returned. Only units that both reports have are compared.
        Raises InputError when it is no such report.
        """
        if not isinstance(earlier, Mapping) or earlier.get("format") != FORMAT:
            raise InputError(f"the earlier report is not one of `annotator evaluate --json` (format {FORMAT!r})")
        return gains_and_losses(earlier, self.to_json())


def _share(measure: Measure) -> str:
    return f"{measure.right}/{measure.of}" if measure.of is not None else ""


def _interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    return f"{100 * measure.low:.1f}–{100 * measure.high:.1f}"


def may_be_written(path: Path) -> bool:
    """Whether a report may take this place: nothing is there, or an earlier report is; never gold given by mistake."""
    if not path.exists():
        return True
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")).get("format") == FORMAT)
    except (ValueError, AttributeError, OSError):
        return False
