"""One final version of each article from several reviewers, by a rule that can be said in a sentence.

A claim stays where more than half of an article's reviewers have it, and takes for each of its properties what most of
them say; where they are split evenly, the reviewer who is trusted decides, and the split is listed as undecided.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.tables import CHAIN_SIGN
from annotator.labels import ArticleStatus
from annotator.records import AnnotatedArticle, ArticleReview, Claim, Source, source_ids, without_rejected
from annotator.review.alignment import aligned
from annotator.review.verdicts import SETTLED, by_article, claim_review, reviewer_of

LABELS = ("quote_type", "kind", "polarity", "hedged", "attribution", "stance", "on_record", "claim_normalized")


@dataclass(frozen=True)
class Undecided:
    """A property on which reviewers were split evenly: what each says, and whose word was taken."""

    article_id: str
    claim: str
    field: str
    values: tuple[tuple[str, str], ...]  # reviewer, value
    taken: str


@dataclass
class Merged:
    records: list[AnnotatedArticle] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


def merge(
    reviews: Sequence[AnnotatedArticle], machine: dict[str, AnnotatedArticle], *, trust: Sequence[str] = ()
) -> Merged:
    """Merge the reviews of each article; `trust` names reviewers, the one whose word counts most first.

    Those who are not named follow, whoever changed an article last before the others.
    """
    merged = Merged()
    for article_id, records in by_article(reviews).items():
        ranked = _ranked([without_rejected(record) for record in records], trust)
        record = _Article(ranked, merged.undecided).merged() if len(ranked) > 1 else ranked[0]
        if article_id in machine:
            record = _judged_again(machine[article_id], record)
        merged.records.append(record)
    return merged


def _ranked(records: list[AnnotatedArticle], trust: Sequence[str]) -> list[AnnotatedArticle]:
    order = {name: n for n, name in enumerate(trust)}
    latest_first = sorted(records, key=lambda r: (r.review and r.review.reviewed_at) or "", reverse=True)
    return sorted(latest_first, key=lambda r: order.get(reviewer_of(r), len(order)))


@dataclass
class _Version:
    """A reviewer's version of a claim."""

    record: AnnotatedArticle
    claim: Claim


class _Article:
    """The versions of one article, the most trusted first, on which the others' claims are laid."""

    def __init__(self, ranked: list[AnnotatedArticle], undecided: list[Undecided]) -> None:
        self.ranked, self.undecided = ranked, undecided
        self.base = ranked[0]
        self.attributions = {item.attribution_id: item for item in self.base.attributions}
        self.sources = {source.source_id: source for source in self.base.sources}
        self.claims: list[Claim] = []

    def merged(self) -> AnnotatedArticle:
        for versions in self._groups():
            if self._stays(versions):
                self.claims.append(self._claim(versions))
        claims = tuple(sorted(self.claims, key=lambda claim: claim.spans[0].start))
        used = {claim.attribution_id for claim in claims}
        owned = {claim.attribution_id for claim in self.base.claims}
        attributions = [
            i for i in self.attributions.values() if i.attribution_id in used - {None} or i.attribution_id not in owned
        ]
        return self.base.model_copy(
            update={
                "claims": claims,
                "attributions": tuple(attributions),
                "sources": tuple(self._used_sources(claims, attributions)),
                "review": self._review(),
            }
        )

    def _review(self) -> ArticleReview:
        reviews = [record.review for record in self.ranked if record.review]
        statuses = {review.status for review in reviews}
        status = statuses.pop() if len(statuses) == 1 else ArticleStatus.NEEDS_SECOND_LOOK
        return ArticleReview(
            reviewer=" + ".join(reviewer_of(record) for record in self.ranked),
            reviewed_at=max((review.reviewed_at or "" for review in reviews), default="") or None,
            status=status,
            note="\n".join(review.note for review in reviews if review.note) or None,
            task=reviews[0].task,
        )

    def _groups(self) -> list[list[_Version]]:
        """The versions of each claim, those of one reviewer in one group at most."""
        groups = [[_Version(self.base, claim)] for claim in self.base.claims]
        for record in self.ranked[1:]:
            first = self.base.model_copy(update={"claims": tuple(group[0].claim for group in groups)})
            by_id = {id(group[0].claim): group for group in groups}
            for ours, theirs in aligned(first, record):
                if theirs is None:
                    continue
                if ours is None:
                    groups.append([_Version(record, theirs)])
                else:
                    by_id[id(ours)].append(_Version(record, theirs))
        return groups

    def _stays(self, versions: list[_Version]) -> bool:
        having, of = len(versions), len(self.ranked)
        if having * 2 == of:
            names = {reviewer_of(version.record) for version in versions}
            values = tuple((reviewer_of(r), "has it" if reviewer_of(r) in names else "has it not") for r in self.ranked)
            self._split(versions[0].claim, "claim", values)
            return versions[0].record is self.base
        return having * 2 > of

    def _claim(self, versions: list[_Version]) -> Claim:
        """The version that agrees with most on spans, cue, source and chain, taken as a whole; labels by majority."""
        winner = self._whole(versions)
        claim = winner.claim if winner.record is self.base else self._adopted(winner, versions[0])
        labels = {name: getattr(self._majority(versions, name, _label(name)).claim, name) for name in LABELS}
        return claim.model_copy(update={**labels, **self._said(versions)})

    def _said(self, versions: list[_Version]) -> dict[str, Any]:
        """Whether anybody has decided about a claim, and their verdict: that of the first who has one."""
        decided = [v for v in versions if v.claim.review]
        judged = [v for v in versions if v.claim.verdict]
        if len({v.claim.verdict.rating for v in judged if v.claim.verdict}) > 1:
            values = tuple((reviewer_of(v.record), str(v.claim.verdict.rating)) for v in judged if v.claim.verdict)
            self._split(versions[0].claim, "verdict", values)
        settled = SETTLED if any(not v.claim.needs_review for v in decided) else {}
        verdict = judged[0].claim.verdict if judged else None
        return {"review": decided[0].claim.review if decided else None, "verdict": verdict, **settled}

    def _whole(self, versions: list[_Version]) -> _Version:
        agreed = {name: get(self._majority(versions, name, get)) for name, get in WHOLE.items()}
        return max(versions, key=lambda version: sum(get(version) == agreed[name] for name, get in WHOLE.items()))

    def _majority(self, versions: list[_Version], name: str, get: Callable[[_Version], Hashable]) -> _Version:
        """The first version with the value that most have; among values of which as many have each, the trusted one."""
        counts = Counter(get(version) for version in versions)
        most = max(counts.values())
        best = [value for value, count in counts.items() if count == most]
        if len(best) > 1:
            values = tuple((reviewer_of(v.record), str(get(v))) for v in versions)
            self._split(versions[0].claim, name, values)
        return next(version for version in versions if get(version) in best)

    def _split(self, claim: Claim, name: str, values: tuple[tuple[str, str], ...]) -> None:
        words = " ".join(claim.text.split())
        self.undecided.append(
            Undecided(self.base.article.article_id, words, name, values, taken=reviewer_of(self.ranked[0]))
        )

    def _adopted(self, version: _Version, first: _Version) -> Claim:
        """Another reviewer's claim with its attribution and sources, under ids that are free here."""
        claim, record = version.claim, version.record
        ids = {link.source_id for link in claim.chain} | {claim.source_id}
        now = {source_id: self._source(record.source_by_id[source_id]) for source_id in sorted(ids)}
        taken = {other.claim_id for other in (*self.claims, *self.base.claims)}
        changes: dict[str, Any] = {
            "claim_id": first.claim.claim_id if first.record is self.base else _free(claim.claim_id, taken),
            "source_id": now[claim.source_id],
            "chain": tuple(link.model_copy(update={"source_id": now[link.source_id]}) for link in claim.chain),
        }
        attribution = record.attribution_of(claim)
        if attribution is not None:
            name = _free(attribution.attribution_id, set(self.attributions))
            moved = {"attribution_id": name, "source_id": now[claim.source_id], "candidates": ()}
            self.attributions[name] = attribution.model_copy(update=moved)
            changes["attribution_id"] = name
        return claim.model_copy(update=changes)

    def _source(self, source: Source) -> str:
        """The id here of a source with that name, which is added where there is none."""
        same = next((s for s in self.sources.values() if s.name.casefold() == source.name.casefold()), None)
        if same is not None:
            return same.source_id
        name = _free(source.source_id, set(self.sources))
        self.sources[name] = source.model_copy(update={"source_id": name})
        return name

    def _used_sources(self, claims: Sequence[Claim], attributions: Sequence[Any]) -> Iterator[Source]:
        used = set(source_ids(attributions, claims))
        before = {claim.source_id for claim in self.base.claims}
        return (s for s in self.sources.values() if s.source_id in used or s.source_id not in before)


def _cue(version: _Version) -> Hashable:
    attribution = version.record.attribution_of(version.claim)
    return attribution.cue.text if attribution and attribution.cue else "none"


def _source(version: _Version) -> Hashable:
    source = version.record.source_of(version.claim)
    return f"{source.name} ({source.type}, {source.affiliation}{', anonymous' if source.anonymous else ''})"


# What hangs together, and cannot be put together from several reviewers' versions.
WHOLE: dict[str, Callable[[_Version], Hashable]] = {
    "spans": lambda version: ";".join(f"{span.start}-{span.end}" for span in version.claim.spans),
    "cue": _cue,
    "source": _source,
    "chain": lambda version: CHAIN_SIGN.join(version.record.chain_of(version.claim)),
}


def _judged_again(machine: AnnotatedArticle, record: AnnotatedArticle) -> AnnotatedArticle:
    """What became of the machine's claims in the merged record."""
    found = {id(theirs): ours for ours, theirs in aligned(machine, record) if theirs is not None}
    claims = []
    for claim in record.claims:
        if claim.review is None:  # nobody has decided about it, so it stays open
            claims.append(claim)
            continue
        review = claim_review(machine, found.get(id(claim)), record, claim, claim.review.note)
        claims.append(claim.model_copy(update={"review": review}))
    return record.model_copy(update={"claims": tuple(claims)})


def _label(name: str) -> Callable[[_Version], Hashable]:
    return lambda version: str(getattr(version.claim, name))


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)
