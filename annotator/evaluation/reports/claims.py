"""Claim gold: claims found and spurious, and each of their fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.evaluation.gold.articles import ClaimArticle, GoldClaim
from annotator.evaluation.predictions import prediction_of
from annotator.evaluation.reports.anaphora import anaphora
from annotator.evaluation.reports.measures import Measure, f1_measures, field_measures, share_of
from annotator.evaluation.reports.units import ArticleReport, Reported, Unit, sentences_around, spurious_at
from annotator.evaluation.scores.claims import (
    LABELS,
    PLACES,
    VALUE_OF,
    ClaimScore,
    PredictedClaim,
    claim_outcomes,
    fields_of,
    score_claims,
    spans_of_claim,
)
from annotator.evaluation.scores.counts import Outcome
from annotator.records import AnnotatedArticle


def claims_report(articles: Sequence[ClaimArticle], records: Sequence[AnnotatedArticle]) -> Reported:
    """Measures of claim gold over all articles, and the outcomes of each; a record for each article, in order."""
    scores, reports = [], []
    for gold, record in zip(articles, records, strict=True):
        predicted = prediction_of(record)["claims"]
        outcomes = claim_outcomes(gold, predicted)
        scores.append(score_claims(gold, predicted, outcomes))
        reports.append(_article(gold, predicted, outcomes))
    absent = _absent(articles)
    measures = _measures(scores, absent)
    if not {"attribution", "source"} & {*absent}:
        measures |= anaphora(reports)
    return Reported(measures, reports, absent)


def _absent(articles: Sequence[ClaimArticle]) -> tuple[str, ...]:
    """The fields that no claim and no article of the gold has."""
    claims = [claim for article in articles for claim in article.claims]
    names = {VALUE_OF.get(name, name) for claim in claims for name in fields_of(claim)}
    absent = [name for name in (*LABELS, "source", "anonymous", "chain", *PLACES) if claims and name not in names]
    return (*absent, *(["non_claims"] if all(article.non_claims is None for article in articles) else []))


def _measures(scores: Sequence[ClaimScore], absent: Sequence[str]) -> dict[str, Measure]:
    total = sum(scores, ClaimScore())
    measures = f1_measures("claim", [score.claims for score in scores])
    measures["exact spans"] = share_of(total.exact_spans, total.claims.right)
    if "non_claims" not in absent:
        measures["claims in non-claim text"] = share_of(total.in_non_claims, total.claims.predicted)
    return measures | field_measures([score.fields for score in scores])


def _article(gold: ClaimArticle, predicted: Sequence[PredictedClaim], outcomes: Sequence[Outcome]) -> ArticleReport:
    units = tuple(
        _unit(gold.text, claim, outcome, predicted[outcome.partner] if outcome.partner is not None else {})
        for claim, outcome in zip(gold.claims, outcomes, strict=True)
    )
    paired = {outcome.partner for outcome in outcomes}
    spurious = [spurious_at(gold.text, spans_of_claim(c)) for j, c in enumerate(predicted) if j not in paired]
    return ArticleReport(gold.article_id, units, tuple(spurious))


def _unit(text: str, claim: GoldClaim, outcome: Outcome, partner: Mapping[str, Any]) -> Unit:
    place = claim.spans[0][0], claim.spans[-1][1]
    return Unit(
        claim.claim_id,
        claim.text,
        sentences_around(text, *place),
        outcome.found,
        dict(outcome.fields),
        _gold_values(text, claim, outcome),
        _predicted_values(text, partner, outcome) if partner else {},
    )


def _gold_values(text: str, claim: GoldClaim, outcome: Outcome) -> dict[str, Any]:
    values = {name: getattr(claim, VALUE_OF.get(name, name)) for name in outcome.fields}
    for name in values:
        if _is_place(name):
            values[name] = text[slice(*values[name])]
    return values | ({"chain": list(claim.chain)} if claim.chain is not None else {})


def _predicted_values(text: str, partner: Mapping[str, Any], outcome: Outcome) -> dict[str, Any]:
    values = {name: partner.get(VALUE_OF.get(name, name)) for name in outcome.fields}
    for name, place in values.items():
        if _is_place(name) and place:
            values[name] = text[place["start"] : place["end"]]
    return values | {"resolution": partner.get("resolution")}


def _is_place(field: str) -> bool:
    return VALUE_OF.get(field, field) in PLACES
