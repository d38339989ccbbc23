"""Claim gold: every claim of an article with all its labels, beside the text that it was made from."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.evaluation.gold.articles import ClaimArticle, GoldClaim, Offsets
from annotator.evaluation.gold.spans import check_inside, offsets_in, spans_in

CLAIM_FORMAT = "claim-attribution-gold/1"


def claim_article(path: Path, gold: Mapping[str, Any]) -> ClaimArticle:
    """An article of claim gold; raises InputError where its text is missing or is another than it was."""
    text = _text_beside(path, gold)
    claims = tuple(_claim(item, text) for item in gold["claims"])
    for claim in claims:
        check_inside(
            [*claim.spans, *(span for span in (claim.cue, claim.source_mention) if span)], text, claim.claim_id
        )
    non_claims = gold.get("non_claims")
    return ClaimArticle(
        gold["doc_id"], text, gold.get("outlet"), claims, None if non_claims is None else spans_in(non_claims)
    )


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


_LABELS = (
    "quote_type", "kind", "attribution", "stance", "on_record", "source", "source_type", "affiliation", "anonymous",
)  # fmt: skip


def _claim(item: Mapping[str, Any], text: str) -> GoldClaim:
    """A claim with the labels that its gold has; its place is the only thing that it must have."""
    spans = spans_in(item.get("content_spans") or [item])
    return GoldClaim(
        claim_id=item["claim_id"],
        spans=spans,
        text=item.get("content_text") or text[spans[0][0] : spans[-1][1]],
        chain=tuple(item["chain"]) if item.get("chain") is not None else None,
        alternatives={name: tuple(values) for name, values in item.get("alternatives", {}).items()},
        cue=_place(item.get("cue")),
        source_mention=_place(item.get("source_mention")),
        **{name: item.get(name) for name in _LABELS},
    )


def _place(span: Any) -> Offsets | None:
    return offsets_in(span) if span else None
