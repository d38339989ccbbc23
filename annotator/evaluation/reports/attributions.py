"""Corpora of attributions: linked, exact and by token, split by kind, and how far confidence can be trusted."""

from collections.abc import Mapping, Sequence

from annotator.evaluation.gold.articles import AttributionArticle, GoldAttribution, Parts
from annotator.evaluation.predictions import parts_of
from annotator.evaluation.reports.calibration import calibration_of_attributions
from annotator.evaluation.reports.measures import Measure, f1_measures, share_of
from annotator.evaluation.reports.nesting import chains_of_two
from annotator.evaluation.reports.units import ArticleReport, Reported, Unit, sentences_around, spurious_at, words_at
from annotator.evaluation.scores.attributions import Attributions, Pair
from annotator.evaluation.scores.counts import Counts
from annotator.evaluation.scores.kinds import by_quote_type, by_speech
from annotator.records import AnnotatedArticle


def attributions_report(articles: Sequence[AttributionArticle], records: Sequence[AnnotatedArticle]) -> Reported:
    """Measures of a corpus of attributions, and the outcomes of each article; a record for each article, in order."""
    both = list(zip(articles, records, strict=True))
    scored = [
        Attributions(gold.text, [item.parts for item in gold.attributions], [*map(parts_of, record.attributions)])
        for gold, record in both
    ]
    measures = _measures([pairs.counts() for pairs in scored], "") | calibration_of_attributions(scored, records)
    if chained := [hit for gold, record in both for hit in chains_of_two(gold, record)]:
        measures["chains of two found"] = share_of(sum(chained), len(chained))
    reports = [_article(gold, pairs) for gold, pairs in zip(articles, scored, strict=True)]
    return Reported(measures | _by_kind(scored), reports)


def _measures(articles: Sequence[Mapping[str, Counts]], suffix: str) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for name in dict.fromkeys(name for counts in articles for name in counts):
        measures |= f1_measures(name, [counts.get(name, Counts()) for counts in articles], suffix)
    return measures


def _by_kind(scored: Sequence[Attributions]) -> dict[str, Measure]:
    """F1 by quote type and by kind of cue; precision and recall of every role and kind would bury the rest."""
    measures: dict[str, Measure] = {}
    for kind_of in (by_quote_type, by_speech):
        split = [pairs.split(kind_of) for pairs in scored]
        for kind in sorted({kind for parts in split for kind in parts}):
            only = _measures([parts.get(kind, {}) for parts in split], f", {kind}")
            measures |= {name: measure for name, measure in only.items() if " F1" in name}
    return measures


def _article(gold: AttributionArticle, scored: Attributions) -> ArticleReport:
    partner = {pair.gold: pair for pair in scored.pairs}
    units = [_unit(scored, n, item, partner.get(n)) for n, item in enumerate(gold.attributions)]
    paired = {pair.predicted for pair in scored.pairs}
    extra = [parts.content or parts.cue for j, parts in enumerate(scored.predicted) if j not in paired]
    return ArticleReport(
        gold.article_id, tuple(units), tuple(spurious_at(gold.text, spans) for spans in extra if spans)
    )


def _unit(scored: Attributions, n: int, item: GoldAttribution, pair: Pair | None) -> Unit:
    text, ours = scored.text, scored.gold[n]
    shown = item.parts.content or item.parts.cue
    return Unit(
        item.attribution_id,
        words_at(text, ours.content),
        sentences_around(text, shown[0][0], shown[-1][1]),
        pair is not None,
        {"source": pair.linked if pair else None},
        _values(text, ours),
        _values(text, scored.predicted[pair.predicted]) if pair else {},
    )


def _values(text: str, parts: Parts) -> dict[str, str]:
    return {"source": words_at(text, parts.source), "cue": words_at(text, parts.cue)}
