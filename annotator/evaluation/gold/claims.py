"""Claim gold: every claim of an article with all its labels, beside the text that it was made from."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.evaluation.gold.articles import ClaimArticle, GoldClaim
from annotator.evaluation.gold.spans import check_inside, offsets_in, spans_in

CLAIM_FORMAT = "claim-attribution-gold/1"


def claim_article(path: Path, gold: Mapping[str, Any]) -> ClaimArticle:
    """An article of claim gold; raises InputError where its text is missing or is another than it was."""
    text = _text_beside(path, gold)
    claims = tuple(_claim(item) for item in gold["claims"])
    for claim in claims:
        check_inside(
            [*claim.spans, *(span for span in (claim.cue, claim.source_mention) if span)], text, claim.claim_id
        )
    return ClaimArticle(gold["doc_id"], text, gold.get("outlet"), claims, spans_in(gold["non_claims"]))


def _text_beside(path: Path, gold: Mapping[str, Any]) -> str:
    beside = path.with_suffix(".txt")
    try:
        data = beside.read_bytes()
    except OSError:
        raise InputError(f"{path}: its text is missing: expected {beside}") from None
    if hashlib.sha256(data).hexdigest() != gold["sha256"]:
        raise InputError(
            f"{beside}: not the text that {path.name} was made from (its sha256 differs). Restore the text"
        )
    return data.decode("utf-8")


def _claim(item: Mapping[str, Any]) -> GoldClaim:
    labels = ("quote_type", "kind", "attribution", "stance", "on_record", "source", "source_type", "affiliation")
    return GoldClaim(
        claim_id=item["claim_id"],
        spans=spans_in(item.get("content_spans") or [item]),
        text=item["content_text"],
        **{name: item[name] for name in labels},
        anonymous=item["anonymous"],
        chain=tuple(item["chain"]),
        cue=offsets_in(item["cue"]) if item["cue"] else None,
        source_mention=offsets_in(item["source_mention"]) if item["source_mention"] else None,
        alternatives={name: tuple(values) for name, values in item["alternatives"].items()},
    )
