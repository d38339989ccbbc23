"""Claim gold comes with its text and all its labels."""

from pathlib import Path

import pytest

from annotator.errors import InputError
from annotator.evaluation import read_gold
from annotator.evaluation.gold.articles import ClaimArticle, GoldClaim
from tests.evaluation.gold.bridge import TEXT, claim_gold, pair, write


def test_claim_gold_comes_with_the_text_beside_it(tmp_path: Path) -> None:
    [gold] = read_gold([write(tmp_path, "bridge.json", claim_gold(), TEXT)])
    [article] = gold.articles
    assert gold.form == "claims"
    assert isinstance(article, ClaimArticle)
    assert (article.text, article.publisher) == (TEXT, "Daily Example")
    [claim] = article.claims
    assert [TEXT[a:b] for a, b in claim.spans] == ["The bridge is closed"]
    assert claim.accepted("kind") == ["statement", "decision"]
    assert claim.accepted("stance") == ["neutral"]
    assert claim.cue is not None
    assert TEXT[slice(*claim.cue)] == "said"
    assert [TEXT[a:b] for a, b in article.non_claims] == ["Reportedly"]


def test_a_missing_text_names_the_file_that_is_expected(tmp_path: Path) -> None:
    path = write(tmp_path, "alone.json", claim_gold())
    with pytest.raises(InputError, match=r"its text is missing: expected .*alone\.txt"):
        read_gold([path])


def test_a_claim_needs_nothing_but_its_place(tmp_path: Path) -> None:
    start, end = pair("The bridge is closed")
    gold = {**claim_gold(), "claims": [{"claim_id": "c01", "start": start, "end": end}]}
    del gold["non_claims"]
    article = read_gold([write(tmp_path, "bridge.json", gold, TEXT)])[0].articles[0]
    assert isinstance(article, ClaimArticle)
    assert article.claims == (GoldClaim("c01", ((start, end),), "The bridge is closed"),)
    assert article.claims[0].accepted("stance") == []
    assert article.non_claims is None
