"""How far machine and reviewers, and reviewers among themselves, agree; and where they do not, side by side.

Spans are compared by F1, one to one; labels of claims that both have by Krippendorff's alpha (Krippendorff 2011), which
for two coders and no gaps is close to Scott's pi; sources and chains by the share of claims on which both say the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations, pairwise
from typing import Any

from annotator.evaluation.scores.counts import Counts
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle, Claim, Span, without_rejected
from annotator.review.alignment import aligned
from annotator.review.disagreements import LABELS, Disagreement, disagreements, worst_first
from annotator.review.verdicts import MACHINE, by_article, reviewer_of

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # confidence; the last band includes 1

Get = Callable[[AnnotatedArticle, Claim], object]
FIELDS: dict[str, Get] = {name: lambda r, c, n=name: getattr(c, n) for name in LABELS} | {
    "source": lambda r, c: r.source_of(c).name.casefold(),
    "source_type": lambda r, c: r.source_of(c).type,
    "affiliation": lambda r, c: r.source_of(c).affiliation,
    "anonymous": lambda r, c: r.source_of(c).anonymous,
    "chain": lambda r, c: tuple(name.casefold() for name in r.chain_of(c)),
}


@dataclass
class Field:
    """One label or property on the claims that both have."""

    agreed: int
    of: int
    alpha: float | None  # None where there is nothing to tell apart

    @property
    def share(self) -> float | None:
        return self.agreed / self.of if self.of else None


@dataclass
class Comparison:
    """Two coders on the articles that both have looked at."""

    one: str
    other: str
    articles: int
    claims: Counts  # claims that both have, half of their words at least the same
    exact: Counts  # claims with the very same spans
    cues: Counts
    mentions: Counts
    fields: dict[str, Field]


@dataclass
class Band:
    """What became of the machine's claims with a confidence from `low` to `high`."""

    low: float
    high: float
    claims: int
    accepted: int
    kept: int  # accepted or corrected


@dataclass
class Agreement:
    """The whole report."""

    articles: int
    reviewers: list[str]
    statuses: dict[str, int]
    corrected: list[tuple[str, int]]  # columns, the most often corrected first
    bands: list[Band]
    comparisons: list[Comparison]
    disagreements: list[Disagreement] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data, with the ratios that the counts stand for."""
        values = asdict(self)
        for comparison, made in zip(values["comparisons"], self.comparisons, strict=True):
            for name in ("claims", "exact", "cues", "mentions"):
                comparison[name]["f1"] = round(getattr(made, name).f1, 4)
            for name, one in made.fields.items():
                comparison["fields"][name]["share"] = None if one.share is None else round(one.share, 4)
        return values


def agreement(reviews: Sequence[AnnotatedArticle], machine: dict[str, AnnotatedArticle]) -> Agreement:
    """Compare the reviews of a pull with the machine's records and with one another."""
    statuses = Counter(c.review.status.value for r in reviews for c in r.claims if c.review)
    corrected = Counter(name for r in reviews for c in r.claims if c.review for name in c.review.changed)
    left = [without_rejected(record) for record in reviews]
    pairs = list(_pairs(left, machine))
    return Agreement(
        articles=len({record.article.article_id for record in reviews}),
        reviewers=sorted({reviewer_of(record) for record in reviews}),
        statuses={status.value: statuses[status.value] for status in ReviewStatus},
        corrected=corrected.most_common(),
        bands=_bands(reviews),
        comparisons=_comparisons(pairs),
        disagreements=worst_first(d for one, other, a, b in pairs for d in disagreements(one, other, a, b)),
    )


Pair = tuple[str, str, AnnotatedArticle, AnnotatedArticle]


def _pairs(left: Sequence[AnnotatedArticle], machine: dict[str, AnnotatedArticle]) -> Iterator[Pair]:
    """Every two coders of an article, the machine first."""
    for article_id, records in by_article(left).items():
        if article_id in machine:
            for record in records:
                yield MACHINE, reviewer_of(record), machine[article_id], record
        for one, other in combinations(records, 2):
            yield reviewer_of(one), reviewer_of(other), one, other


def _comparisons(pairs: Sequence[Pair]) -> list[Comparison]:
    """One for the machine and everybody, then one for each two coders."""
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if pair[0] == MACHINE:
            groups.setdefault((MACHINE, "all reviewers"), []).append(pair)
        groups.setdefault(pair[:2], []).append(pair)
    if len([names for names in groups if names[0] == MACHINE]) == 2:  # one reviewer only: the same twice
        groups.pop((MACHINE, "all reviewers"))
    return [_comparison(one, other, [(a, b) for *_, a, b in group]) for (one, other), group in groups.items()]


def _comparison(one: str, other: str, records: Sequence[tuple[AnnotatedArticle, AnnotatedArticle]]) -> Comparison:
    both = [(a, b, x, y) for a, b in records for x, y in aligned(a, b) if x and y]
    return Comparison(
        one,
        other,
        articles=len(records),
        claims=Counts(len(both), sum(len(a.claims) for a, _ in records), sum(len(b.claims) for _, b in records)),
        exact=_common(records, lambda r: (tuple((s.start, s.end) for s in c.spans) for c in r.claims)),
        cues=_common(records, lambda r: (_offsets(i.cue) for i in r.attributions)),
        mentions=_common(records, lambda r: (_offsets(i.source_mention) for i in r.attributions)),
        fields={name: _field([(get(a, x), get(b, y)) for a, b, x, y in both]) for name, get in FIELDS.items()},
    )


def _offsets(span: Span | None) -> tuple[int, int] | None:
    return (span.start, span.end) if span else None


def _common(
    records: Sequence[tuple[AnnotatedArticle, AnnotatedArticle]], parts: Callable[[AnnotatedArticle], Iterable[Any]]
) -> Counts:
    """Stretches that both have, each counted once."""
    total = Counts()
    for one, other in records:
        ours, theirs = set(parts(one)) - {None}, set(parts(other)) - {None}
        total += Counts(len(ours & theirs), len(ours), len(theirs))
    return total


def _field(values: Sequence[tuple[object, object]]) -> Field:
    agreed = sum(one == other for one, other in values)
    return Field(agreed, len(values), _alpha(values))


def _alpha(values: Sequence[tuple[object, object]]) -> float | None:
    """Krippendorff's alpha of two coders for names; None with fewer than two values to tell apart."""
    codes = {value: n for n, value in enumerate(dict.fromkeys(v for pair in values for v in pair))}
    if len(codes) < 2:
        return None
    import krippendorff

    data = [[codes[one] for one, _ in values], [codes[other] for _, other in values]]
    return round(float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")), 4)


def _bands(reviews: Sequence[AnnotatedArticle]) -> list[Band]:
    """Each band of confidence with what reviewers did to its claims; a claim that they added has none."""
    judged = [
        (claim.confidence, claim.review.status)
        for record in reviews
        for claim in record.claims
        if claim.review and claim.review.status is not ReviewStatus.ADDED
    ]
    bands = []
    for low, high in pairwise(BANDS):
        inside = [s for c, s in judged if low <= c < high or (c == high == BANDS[-1])]
        accepted = sum(status is ReviewStatus.ACCEPTED for status in inside)
        kept = sum(status is not ReviewStatus.REJECTED for status in inside)
        bands.append(Band(low, high, len(inside), accepted, kept))
    return bands
