"""Resolved sources: who is credited, by what chain, and which attributions share a source."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from annotator.evaluation.gold.articles import ResolvedAttribution, SourceArticle
from annotator.evaluation.predictions import predicted_sources
from annotator.evaluation.reports.anaphora import anaphora
from annotator.evaluation.reports.calibration import calibration_of_sources
from annotator.evaluation.reports.measures import Measure, field_measures, share_of
from annotator.evaluation.reports.mentions import by_mention
from annotator.evaluation.reports.units import ArticleReport, Reported, Unit, sentences_around, words_at
from annotator.evaluation.scores.counts import Outcome, tallies
from annotator.evaluation.scores.sources import PredictedSource, source_outcomes
from annotator.evaluation.scores.statistics import b_cubed
from annotator.records import AnnotatedArticle


class _Judged(NamedTuple):
    """One gold attribution, the prediction that was paired with it, and what is right of it."""

    article: SourceArticle
    gold: ResolvedAttribution
    outcome: Outcome
    predicted: PredictedSource | None


def sources_report(articles: Sequence[SourceArticle], records: Sequence[AnnotatedArticle]) -> Reported:
    """Measures of resolved sources, and the outcomes of each article; a record for each article, in order."""
    judged = [_judged(gold, predicted_sources(record)) for gold, record in zip(articles, records, strict=True)]
    reports = [
        ArticleReport(gold.article_id, tuple(map(_unit, rows))) for gold, rows in zip(articles, judged, strict=True)
    ]
    found = [row.outcome.found for rows in judged for row in rows]
    measures = {"attributions found": share_of(sum(found), len(found))}
    measures |= field_measures([tallies(row.outcome for row in rows) for rows in judged])
    measures |= anaphora(reports) | calibration_of_sources(reports) | by_mention(articles, reports)
    return Reported(measures | _same_source([row for rows in judged for row in rows]), reports)


def _judged(gold: SourceArticle, predicted: Sequence[PredictedSource]) -> list[_Judged]:
    outcomes = source_outcomes(gold.text, gold.attributions, predicted)
    return [
        _Judged(gold, item, outcome, predicted[outcome.partner] if outcome.partner is not None else None)
        for item, outcome in zip(gold.attributions, outcomes, strict=True)
    ]


def _same_source(judged: Sequence[_Judged]) -> dict[str, Measure]:
    """How well the attributions are sorted by source; one that was missed is a cluster of its own."""
    return {
        "same source B-cubed F1, of found": _b_cubed_f1(row for row in judged if row.predicted),
        "same source B-cubed F1, of all gold": _b_cubed_f1(judged),
    }


def _b_cubed_f1(judged: Iterable[_Judged]) -> Measure:
    ours: list[Hashable] = []
    theirs: list[Hashable] = []
    for n, (article, gold, _, predicted) in enumerate(judged):
        ours.append((article.article_id, gold.source_id))
        theirs.append((article.article_id, predicted.source_id) if predicted else n)
    return Measure(b_cubed(ours, theirs)[2])


def _unit(judged: _Judged) -> Unit:
    article, item, outcome, theirs = judged
    content = item.parts.content or item.parts.cue
    gold = _gold_values(item)
    return Unit(
        item.attribution_id,
        words_at(article.text, content),
        sentences_around(article.text, content[0][0], content[-1][1]),
        outcome.found,
        dict(outcome.fields),
        gold,
        {name: _listed(getattr(theirs, name)) for name in [*gold, "resolution", "confidence"]} if theirs else {},
    )


def _gold_values(item: ResolvedAttribution) -> dict[str, Any]:
    return {
        "source_name": item.source_names[0],
        "source_type": item.source_types[0],
        "anonymous": item.anonymous[0],
        "attribution": item.modes[0],
        "quote_type": item.quote_types[0],
        "chain": [min(link) for link in item.chains[0][:-1]],
    }


def _listed(value: Any) -> Any:
    """A tuple as JSON has it."""
    return list(value) if isinstance(value, tuple) else value
