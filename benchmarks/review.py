"""What to read first: how far the confidence of a link can be trusted, and how often each reason for review is right.

    python benchmarks/review.py ../shared/gold/sources_polnear_train
    python benchmarks/review.py ../shared/gold/sources_polnear_train --write
    python benchmarks/review.py tests/gold tests/gold_wider ../shared/gold/world2025_dev

Everything from raw text. A claim with a source is wrong where it is no claim of the gold or has another source. Of
gold with resolved sources, five folds of articles tell the calibration error of weights that the other four have
fitted; `--write` fits them on all. Nothing but totals is printed. (The network that links pronouns has learned from
its training articles in every fold: `annotator evaluate` on others tells what carries over.)
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from annotator.evaluation import fold_of, read_gold
from annotator.evaluation.gold.articles import ClaimArticle, GoldArticle, SourceArticle
from annotator.evaluation.predictions import predicted_sources, prediction_of
from annotator.evaluation.scores.claims import claim_outcomes
from annotator.evaluation.scores.counts import Outcome
from annotator.evaluation.scores.matching import characters
from annotator.evaluation.scores.sources import source_outcomes
from annotator.evaluation.scores.statistics import equal_mass_calibration_error
from annotator.labels import AttributionMode, Resolution, ReviewReason
from annotator.pipeline import Annotator
from annotator.records import AnnotatedArticle, Article, Claim
from annotator.sources.trust import MODEL, chance, evidence, weights

FOLDS = 5
RIDGE = 1.0  # pull of the weights to 0, but for the first, which is the share of right ones

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A claim with its source, and what the gold says of it."""

    record: AnnotatedArticle
    claim: Claim
    found: bool
    right: bool

    @property
    def told(self) -> dict[str, float]:
        """What its link's confidence goes by."""
        item = self.record.attribution_of(self.claim)
        assert item is not None, "only claims with an attribution are judged"
        source = self.record.source_of(self.claim)
        anaphoric = self.claim.attribution is AttributionMode.ANAPHORIC
        return evidence(
            item.confidence, item.source_confidence, source.type, anonymous=source.anonymous, anaphoric=anaphoric
        )

    @property
    def resolved(self) -> bool:
        item = self.record.attribution_of(self.claim)
        return item is not None and item.resolution is Resolution.RESOLVED


def judged(article: GoldArticle, record: AnnotatedArticle) -> Iterator[Judged]:
    """The claims of a record that have a source: of gold with resolved sources, the first of each attribution."""
    if isinstance(article, SourceArticle):
        right = _rights(source_outcomes(article.text, article.attributions, predicted_sources(record)))
        for n, item in enumerate(record.attributions):
            first = next((c for c in record.claims if c.attribution_id == item.attribution_id), None)
            if first is not None:
                yield Judged(record, first, n in right, right.get(n, False))
    elif isinstance(article, ClaimArticle):
        right = _rights(claim_outcomes(article, prediction_of(record)["claims"]))
        for n, claim in enumerate(record.claims):
            if claim.attribution_id is not None:
                yield Judged(record, claim, n in right, right.get(n, False))


def own_voice(article: GoldArticle, record: AnnotatedArticle) -> Iterator[Judged]:
    """The claims in the article's own voice: wrong where the gold gives it to a source or has no such claim."""
    if isinstance(article, SourceArticle):
        said = characters(span for item in article.attributions if not item.own_voice for span in item.parts.content)
        for claim in record.claims:
            if claim.attribution_id is None:
                own = characters((span.start, span.end) for span in claim.spans)
                yield Judged(record, claim, True, len(own & said) <= len(own) / 2)
    elif isinstance(article, ClaimArticle):
        outcomes = claim_outcomes(article, prediction_of(record)["claims"])
        right = {o.partner: o.fields.get("attributed_or_not") is True for o in outcomes if o.partner is not None}
        for n, claim in enumerate(record.claims):
            if claim.attribution_id is None:
                yield Judged(record, claim, n in right, right.get(n, False))


def _rights(outcomes: Sequence[Outcome]) -> dict[int, bool]:
    """Whether the source is right, by the number of the prediction."""
    return {o.partner: o.fields.get("source_name") is True for o in outcomes if o.partner is not None}


def fitted(rows: Rows, right: Rows) -> Rows:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    ridge = np.diag([1e-6, *[RIDGE] * (rows.shape[1] - 1)])
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        chances = _chances(rows, found)
        slope = rows.T @ (chances - right) + ridge @ found
        bend = (rows.T * (chances * (1 - chances))) @ rows + ridge
        found -= np.linalg.solve(bend, slope)
    return found


def _chances(rows: Rows, weights: Rows) -> Rows:
    chances: Rows = 1 / (1 + np.exp(-rows @ weights))
    return chances


def calibration(claims: Sequence[Judged]) -> tuple[Table, dict[str, float]]:
    """Calibration errors of links with and without fitting, fold by fold, and the weights fitted on all."""
    known = [one for one in claims if one.found and one.resolved]
    names = list(known[0].told)
    rows = np.array([list(one.told.values()) for one in known])
    right = np.array([one.right for one in known], dtype=np.float64)
    folds = np.array([fold_of(one.record.article.article_id, FOLDS) for one in known])
    before = np.array([one.record.attribution_of(one.claim).source_confidence for one in known])  # type: ignore[union-attr]
    now = np.zeros(len(known))
    for n in range(FOLDS):
        now[folds == n] = _chances(rows[folds == n], fitted(rows[folds != n], right[folds != n]))
    shipped = np.array([chance(one.told, weights()) for one in known])
    anaphoric = np.array([one.claim.attribution is AttributionMode.ANAPHORIC for one in known])
    table = Table(
        "calibration error, percent", "links", "right", "source_confidence", "fitted on other folds", "as shipped"
    )
    parts = [(f"fold {n + 1}", folds == n) for n in range(FOLDS)]
    for name, part in (*parts, ("anaphoric", anaphoric), ("all", folds >= 0)):
        errors = (_error(chances[part], right[part]) for chances in (before, now, shipped))
        table.add_row(name, str(part.sum()), _share(right[part].sum(), part.sum()), *errors)
    return table, dict(zip(names, map(float, fitted(rows, right).round(4)), strict=True))


def _error(chances: Rows, right: Rows) -> str:
    return _percent(equal_mass_calibration_error(chances.tolist(), [bool(r) for r in right]))


def reasons(claims: Sequence[Judged]) -> Table:
    """How many claims have each reason, how many of these are wrong, and which share of all wrong ones that is."""
    table = Table("reason", "claims", "of all", "wrong, of these", "of all wrong", "the only one", "wrong, of these")
    wrong = sum(not one.right for one in claims)
    marked = [(reason.value, [c for c in claims if reason in c.claim.review_reasons]) for reason in ReviewReason]
    for name, some in [*marked, ("any", [c for c in claims if c.claim.needs_review]), ("all claims", list(claims))]:
        alone = [one for one in some if len(one.claim.review_reasons) == 1]
        bad, bad_alone = (sum(not one.right for one in part) for part in (some, alone))
        shares = ((len(some), len(claims)), (bad, len(some)), (bad, wrong))
        only = (str(len(alone)), _share(bad_alone, len(alone)))
        table.add_row(name, str(len(some)), *(_share(part, of) for part, of in shares), *only)
    return table


def _share(part: int, of: int) -> str:
    return _percent(part / of) if of else "-"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def records_of(articles: Iterable[GoldArticle]) -> Iterator[tuple[GoldArticle, AnnotatedArticle]]:
    """Each article with its record, annotated from raw text."""
    annotator = Annotator()
    for article in articles:
        given = Article(article_id=article.article_id, text=article.text, publisher=article.publisher)
        yield article, annotator.annotate(given)


def main() -> None:
    options = ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("gold", nargs="+", type=Path, help="resolved sources or claim gold, never a sealed set")
    options.add_argument("--write", action="store_true", help=f"fit the weights on all of it, into {MODEL.name}")
    asked = options.parse_args()
    if any("sealed" in path.resolve().name for path in asked.gold):
        options.error("a sealed set is measured once, as a whole: annotator evaluate --totals")
    articles = [article for gold in read_gold(asked.gold) for article in gold.articles]
    made = list(records_of(articles))
    claims = [one for article, record in made for one in judged(article, record)]
    console = Console(width=140)
    table, fitted_weights = calibration(claims)
    console.print(table, "Claims with a source", reasons(claims))
    console.print(
        "The article's own voice", reasons([one for article, record in made for one in own_voice(article, record)])
    )
    if asked.write:
        MODEL.write_text(json.dumps(fitted_weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
