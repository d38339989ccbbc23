"""What became of each claim of the machine, and who said so."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.tables import CLAIM_COLUMNS
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle, Claim, ClaimReview, source_ids
from annotator.review.corrections import note_of
from annotator.review.regions import Page

# A claim that somebody has looked at asks for no review; why it did stays in the machine's record.
SETTLED: Mapping[str, Any] = {"needs_review": False, "review_reasons": ()}
MACHINE = "machine"  # who said what no reviewer did
# Columns of the claim table that a reviewer can change; a claim is corrected where one of them differs.
REVIEWED_COLUMNS = (
    *("spans", "claim_normalized", "quote_type", "kind", "polarity", "hedged", "attribution", "stance", "on_record"),
    *("source", "source_type", "affiliation", "anonymous", "source_mention_start", "source_mention_end"),
    *("cue_start", "cue_end", "chain"),
)
# Two columns that say one thing to a reader.
_SHOWN_AS = {
    "source_mention_start": "source_mention",
    "source_mention_end": "source_mention",
    "cue_start": "cue",
    "cue_end": "cue",
}


def judged(base: AnnotatedArticle, record: AnnotatedArticle, page: Page | None = None) -> AnnotatedArticle:
    """The record with every claim's review: accepted, corrected or added, and the base's rejected ones among them."""
    before = {claim.claim_id: claim for claim in base.claims}
    claims = []
    for claim in record.claims:
        old = before.get(claim.claim_id)
        review = claim_review(base, old, record, claim, note_of(page, claim) if page else None)
        claims.append(claim.model_copy(update={"review": review, **SETTLED}))
    return _with_rejected(base, record.model_copy(update={"claims": tuple(claims)}))


def claim_review(
    base: AnnotatedArticle, old: Claim | None, record: AnnotatedArticle, claim: Claim, note: str | None
) -> ClaimReview:
    """What became of the machine's claim `old`; without one, the claim was added."""
    if old is None:
        return ClaimReview(status=ReviewStatus.ADDED, note=note)
    changed = changed_columns(base, old, record, claim)
    status = ReviewStatus.CORRECTED if changed else ReviewStatus.ACCEPTED
    return ClaimReview(status=status, changed=changed, note=note)


def changed_columns(base: AnnotatedArticle, old: Claim, record: AnnotatedArticle, new: Claim) -> tuple[str, ...]:
    """Names of the columns in which two versions of a claim differ, in the order of the table."""
    different = [
        _SHOWN_AS.get(column.name, column.name)
        for column in CLAIM_COLUMNS
        if column.name in REVIEWED_COLUMNS and column.value(base, old) != column.value(record, new)
    ]
    return tuple(dict.fromkeys(different))


def _with_rejected(base: AnnotatedArticle, record: AnnotatedArticle) -> AnnotatedArticle:
    """The record with the claims that a reviewer deleted in their old places, marked, and what they refer to."""
    there = {claim.claim_id for claim in record.claims}
    gone = [claim for claim in base.claims if claim.claim_id not in there]
    if not gone:
        return record
    mark = {"review": ClaimReview(status=ReviewStatus.REJECTED), **SETTLED}
    claims = [*record.claims, *(claim.model_copy(update=mark) for claim in gone)]
    order = {claim.claim_id: n for n, claim in enumerate(base.claims)}
    claims.sort(key=lambda c: (c.spans[0].start, order.get(c.claim_id, len(order))))
    attributions = {item.attribution_id: item for item in record.attributions}
    sources = {source.source_id: source for source in record.sources}
    for claim in gone:
        attribution = base.attribution_of(claim)
        if attribution is not None:
            attributions.setdefault(attribution.attribution_id, attribution)
    for source_id in source_ids(attributions.values(), gone):
        if source_id not in sources:
            sources[source_id] = base.source_by_id[source_id]
    return record.model_copy(
        update={
            "claims": tuple(claims),
            "attributions": tuple(attributions.values()),
            "sources": tuple(sources.values()),
        }
    )


def by_article(reviews: Iterable[AnnotatedArticle]) -> dict[str, list[AnnotatedArticle]]:
    """The reviews of each article, in the order of their reviewers."""
    grouped: dict[str, list[AnnotatedArticle]] = {}
    for record in reviews:
        grouped.setdefault(record.article.article_id, []).append(record)
    return {name: sorted(group, key=reviewer_of) for name, group in grouped.items()}


def reviewer_of(record: AnnotatedArticle) -> str:
    """Who reviewed the record."""
    return record.review.reviewer if record.review else ""
