"""Articles for the tests: annotated once they are asked for, and their claims found by words."""

import annotator
from annotator.records import AnnotatedArticle, Claim

HEAD = "Council looks again at the old harbour plan\n\n"


def read(body: str) -> AnnotatedArticle:
    return annotator.annotate(HEAD + body, publisher="Daily Example")


def claim_with(record: AnnotatedArticle, words: str) -> Claim:
    found = [claim for claim in record.claims if words in claim.text]
    assert len(found) == 1, [claim.text for claim in record.claims]
    return found[0]


def speaker(record: AnnotatedArticle, words: str) -> str | None:
    """Name of the origin of the one claim with these words; None in the article's own voice."""
    *others, _ = record.chain_of(claim_with(record, words))
    return others[0] if others else None
