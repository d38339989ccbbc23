"""How far confidence can be trusted: how sure the record is, beside how often it is right."""

from collections.abc import Iterable, Sequence

from annotator.evaluation.reports.anaphora import is_anaphoric, is_resolved
from annotator.evaluation.reports.measures import Measure
from annotator.evaluation.reports.units import ArticleReport, Unit
from annotator.evaluation.scores.attributions import Attributions
from annotator.evaluation.scores.statistics import calibration_error, equal_mass_calibration_error
from annotator.records import AnnotatedArticle


def calibration_of_attributions(
    scored: Sequence[Attributions], records: Sequence[AnnotatedArticle]
) -> dict[str, Measure]:
    """How far confidence is from being right: of attributions (linked), and of sources where the content is right."""
    whole: list[tuple[float, bool]] = []
    sources: list[tuple[float, bool]] = []
    for pairs, record in zip(scored, records, strict=True):
        partner = {pair.predicted: pair for pair in pairs.pairs}
        for n, item in enumerate(record.attributions):
            pair = partner.get(n)
            whole.append((item.confidence, pair is not None and pair.linked))
            if pair is not None:
                sources.append((item.source_confidence, pair.linked))
    return {
        f"calibration error, {name}": Measure(calibration_error([c for c, _ in rows], [right for _, right in rows]))
        for name, rows in (("attribution", whole), ("source", sources))
    }


def calibration_of_sources(reports: Sequence[ArticleReport]) -> dict[str, Measure]:
    """How far `source_confidence` is from the share of right names: of all sources, and of anaphoric ones.

    Of attributions that were found and whose source the record stands by; in bins of equal mass.
    """
    stood_by = [unit for report in reports for unit in report.units if unit.found and is_resolved(unit)]
    return {
        "calibration error, source_confidence": _error(stood_by),
        "calibration error, source_confidence, anaphoric": _error(filter(is_anaphoric, stood_by)),
    }


def _error(units: Iterable[Unit]) -> Measure:
    rows = [(unit.predicted["confidence"], unit.fields["source_name"] is True) for unit in units]
    told = [(sure, right) for sure, right in rows if sure is not None]
    return Measure(equal_mass_calibration_error([sure for sure, _ in told], [right for _, right in told]))
