"""The claims of two records of an article, one to one."""

from annotator.evaluation.scores.matching import Tokens, jaccard, pairs_of
from annotator.records import AnnotatedArticle, Claim


def aligned(one: AnnotatedArticle, other: AnnotatedArticle) -> list[tuple[Claim | None, Claim | None]]:
    """Pairs of claims, those with most words in common first; None where one side lacks it."""
    tokens = Tokens(one.article.text)
    ours = [tokens.inside((s.start, s.end) for s in claim.spans) for claim in one.claims]
    theirs = [tokens.inside((s.start, s.end) for s in claim.spans) for claim in other.claims]
    overlaps = sorted(
        ((jaccard(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs) if a & b),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    found = {i: j for _, i, j in pairs_of(overlaps)}
    pairs: list[tuple[Claim | None, Claim | None]] = [
        (claim, other.claims[found[i]] if i in found else None) for i, claim in enumerate(one.claims)
    ]
    return pairs + [(None, claim) for j, claim in enumerate(other.claims) if j not in set(found.values())]
