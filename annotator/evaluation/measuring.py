"""Annotate gold and measure what comes out of it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from annotator.evaluation.gold.articles import Form, GoldArticle, GoldSet, spans_of
from annotator.evaluation.gold.files import read_gold
from annotator.evaluation.oracle import Resolve
from annotator.evaluation.reports.attributions import attributions_report
from annotator.evaluation.reports.claims import claims_report
from annotator.evaluation.reports.report import Report
from annotator.evaluation.reports.sources import sources_report
from annotator.evaluation.reports.units import Reported, SetReport
from annotator.records import AnnotatedArticle


class Annotate(Protocol):
    """What is measured: a function from a text and its publisher to the record."""

    def __call__(self, text: str, *, publisher: str | None = None) -> AnnotatedArticle: ...


def evaluate(
    gold_paths: Iterable[str | Path],
    annotate: Annotate,
    *,
    texts: Path | None = None,
    measured: Callable[[GoldArticle], None] | None = None,
    oracle: Resolve | None = None,
) -> Report:
    """Annotate every article of the gold and score the records; a text that stands in two sets is annotated once.

    `texts` is the PolNeAR file for resolved sources (see `read_gold`); `measured` is called after each article.
    With `oracle`, that function gets the gold's spans, so that the errors of sources and chains show by themselves.
    Raises InputError for what is no gold, and whatever `annotate` raises: a number over fewer articles would mislead.
    """
    annotated = _Annotated(annotate, oracle, measured)
    reports = tuple(
        measure(gold, [annotated(article) for article in gold.articles]) for gold in read_gold(gold_paths, texts=texts)
    )
    return Report(reports, annotated.tool)


class _Annotated:
    """The record of every article, annotated once however often its text stands in the gold."""

    def __init__(
        self, annotate: Annotate, oracle: Resolve | None, measured: Callable[[GoldArticle], None] | None
    ) -> None:
        self._annotate, self._oracle, self._measured = annotate, oracle, measured
        self._known: dict[tuple[str, str | None], AnnotatedArticle] = {}

    def __call__(self, article: GoldArticle) -> AnnotatedArticle:
        key = (article.text, article.publisher)
        if key not in self._known:
            self._known[key] = self._read(article)
            if self._measured:
                self._measured(article)
        return self._known[key]

    def _read(self, article: GoldArticle) -> AnnotatedArticle:
        if self._oracle:
            return self._oracle(article.text, publisher=article.publisher, spans=spans_of(article))
        return self._annotate(article.text, publisher=article.publisher)

    @property
    def tool(self) -> dict[str, str]:
        """What annotated; empty where there was nothing to annotate."""
        return next((record.tool.model_dump() for record in self._known.values()), {})


def measure(gold: GoldSet, records: Sequence[AnnotatedArticle]) -> SetReport:
    """Measure the records of a set's articles, one for each article in their order."""
    made = _REPORTS[gold.form](gold.articles, records)
    return SetReport(gold.name, gold.form, made.measures, tuple(made.articles), made.absent)


# A set's articles have the form that its maker takes.
_REPORTS: dict[Form, Callable[[Any, Sequence[AnnotatedArticle]], Reported]] = {
    "claims": claims_report,
    "sources": sources_report,
    "attributions": attributions_report,
}
