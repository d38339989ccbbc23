"""Why a claim needs review, in words that a reader of the report and a reviewer in Label Studio are told."""

from annotator.labels import ReviewReason
from annotator.records import AnnotatedArticle, Claim

_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}


def why(record: AnnotatedArticle, claim: Claim) -> list[str]:
    """One phrase a reason, whoever could be meant by name among them; nothing where no review is needed.

    >>> why(record, record.claims[6])
    ["two sources could be meant: Tom Lee or guard"]
    """
    return [_phrase(reason, _could_be(record, claim)) for reason in claim.review_reasons]


def _could_be(record: AnnotatedArticle, claim: Claim) -> list[str]:
    attribution = record.attribution_of(claim)
    return [record.source_by_id[one.source_id].name for one in attribution.candidates] if attribution else []


def _phrase(reason: ReviewReason, names: list[str]) -> str:
    several = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    if reason is ReviewReason.SOURCE_AMBIGUOUS and len(names) > 1:
        return f"{_COUNTS.get(len(names), len(names))} sources could be meant: {several}"
    if reason is ReviewReason.SOURCE_UNRESOLVED and names:
        return f"{reason.meaning}; it may be {several}"
    return reason.meaning
