"""How much a claim needs a person: points by rules that can be said in a sentence each.

While nobody has decided about a claim (`is_open`):
    doubt        3 where the machine asks for review, and 1 less its confidence for every claim
    anonymity    2 where the reader cannot identify who spoke
    chain        1 where it came through somebody between its origin and the publisher
And while there is no verdict on it, 2 times its check-worthiness, which predictions have not.
What a person has decided and checked has 0 points, and so has what was rejected.
"""

from dataclasses import dataclass

from annotator.formats.doubts import why as doubts
from annotator.records import AnnotatedArticle, Claim
from annotator.worklist.applying import is_open
from annotator.worklist.checkworthy import Worth, worth
from annotator.worklist.draft import is_rejected

DOUBT, ANONYMOUS, CHAIN, WORTH = 3.0, 2.0, 1.0, 2.0


@dataclass(frozen=True)
class Need:
    """The points of a claim, why it has them in words for the user, and its check-worthiness."""

    points: float
    why: tuple[str, ...]
    worth: Worth


def need(record: AnnotatedArticle, claim: Claim) -> Need:
    """How much a claim of the record needs a person."""
    worthy = worth(record, claim)
    if is_rejected(claim):
        return Need(0.0, (), worthy)
    points, why = _of_review(record, claim) if is_open(claim) else (0.0, [])
    if claim.verdict is None and worthy.score:
        points += WORTH * worthy.score
        why.append("worth checking: " + ", ".join(worthy.why))
    return Need(round(points, 4), tuple(why), worthy)


def in_order(record: AnnotatedArticle) -> list[tuple[Claim, Need]]:
    """The claims of an article, those that need a person most first; rejected ones are left out."""
    found = [(claim, need(record, claim)) for claim in record.claims if not is_rejected(claim)]
    return sorted(found, key=lambda item: -item[1].points)


def between(claim: Claim) -> int:
    """How many stand between origin and publisher."""
    return max(0, len(claim.chain) - 2)


def _of_review(record: AnnotatedArticle, claim: Claim) -> tuple[float, list[str]]:
    points, why = 1.0 - claim.confidence, []
    if claim.needs_review:
        points += DOUBT
        why += doubts(record, claim)
    if record.source_of(claim).anonymous:
        points += ANONYMOUS
        why.append("the source is anonymous")
    if count := between(claim):
        points += CHAIN
        names = record.chain_of(claim)[1:-1]
        why.append(f"it came through {', '.join(names)}" if count < 4 else f"it came through {count} others")
    return points, why
