"""Sources that only the text around tells: how many the record resolves, and how many of these rightly."""

from collections.abc import Iterable, Sequence

from annotator.evaluation.reports.measures import Measure, share_of
from annotator.evaluation.reports.units import ArticleReport, Unit
from annotator.labels import AttributionMode, Resolution, SourceType


def anaphora(reports: Sequence[ArticleReport]) -> dict[str, Measure]:
    """How many anaphoric sources of the gold the record resolves, and how many of these are right: wrong is worse.

    The last measure leaves out those that the gold lets be explicit and the record takes for that.
    """
    anaphoric = [unit for report in reports for unit in report.units if unit.found and is_anaphoric(unit)]
    resolved = [unit for unit in anaphoric if is_resolved(unit)]
    taken_up = [unit for unit in resolved if not _is_taken_for_explicit(unit)]
    return {
        "anaphoric sources resolved, of found": share_of(len(resolved), len(anaphoric)),
        "anaphoric sources right, of resolved": share_of(_named_right(resolved), len(resolved)),
        "anaphoric sources right, of resolved as such": share_of(_named_right(taken_up), len(taken_up)),
    }


def is_anaphoric(unit: Unit) -> bool:
    """Whether only the text around tells who the gold's source is."""
    return bool(unit.gold.get("attribution") == AttributionMode.ANAPHORIC.value)


def is_resolved(unit: Unit) -> bool:
    """Whether the record credits a source and stands by it: not the article itself, nobody, or one of several."""
    credited = unit.predicted.get("source_type") not in {SourceType.UNSPECIFIED.value, SourceType.ARTICLE.value}
    return credited and unit.predicted.get("resolution") == Resolution.RESOLVED.value


def _is_taken_for_explicit(unit: Unit) -> bool:
    explicit = unit.predicted.get("attribution") == AttributionMode.EXPLICIT.value
    return explicit and unit.fields.get("attribution") is True


def _named_right(units: Iterable[Unit]) -> int:
    return sum(unit.fields.get("source_name") is True for unit in units)
