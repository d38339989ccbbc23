"""Reviews as gold: claim gold that `annotator evaluate` reads, and attributions that `annotator train` learns from."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.evaluation.gold.claims import CLAIM_FORMAT
from annotator.labels import ArticleStatus
from annotator.records import AnnotatedArticle, Claim, NonClaim, Span, without_rejected
from annotator.review.verdicts import by_article, reviewer_of
from annotator.storage import whole, write_text

ATTRIBUTIONS = "attributions.jsonl"


def complete(records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
    """The articles whose reviewer said that they are complete, as the reviewer left them."""
    kept = [without_rejected(r) for r in records if r.review and r.review.status is ArticleStatus.COMPLETE]
    for article_id, versions in by_article(kept).items():
        if len(versions) > 1:
            names = " and ".join(reviewer_of(version) for version in versions)
            raise InputError(f"article {article_id!r} has reviews by {names}. Merge them first: annotator review merge")
    return kept


def write(records: Sequence[AnnotatedArticle], folder: Path) -> list[Path]:
    """Write `NAME.json` and `NAME.txt` for each article, and `attributions.jsonl` for all of them.

    Raises `OutputError` where a file cannot be written.
    """
    with whole(folder) as new:
        made = [path for record in records for path in _write_article(record, new)]
        lines = (json.dumps(attributions(record), ensure_ascii=False) + "\n" for record in records)
        made.append(write_text(new / ATTRIBUTIONS, lines))
    return [folder / path.relative_to(new) for path in made]


def _write_article(record: AnnotatedArticle, folder: Path) -> tuple[Path, Path]:
    name = _file_name(record)
    text = record.article.text.encode("utf-8", "replace").decode()
    gold = json.dumps(claim_gold(record), ensure_ascii=False, indent=1)
    return write_text(folder / f"{name}.txt", [text]), write_text(folder / f"{name}.json", [gold, "\n"])


def _file_name(record: AnnotatedArticle) -> str:
    """A name that every file system takes, and that no two articles share."""
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", record.article.article_id).strip("-.")[:60] or "article"
    return f"{words}-{record.article.text_sha256[:8]}"


def claim_gold(record: AnnotatedArticle) -> dict[str, Any]:
    """A record in the form of claim gold."""
    text = record.article.text.encode("utf-8", "replace")
    return {
        "format": CLAIM_FORMAT,
        "doc_id": record.article.article_id,
        "sha256": hashlib.sha256(text).hexdigest(),
        "outlet": record.article.publisher,
        "reviewer": reviewer_of(record),
        "claims": [_claim(record, claim) for claim in record.claims],
        "non_claims": [_span(item) for item in record.non_claims],
    }


def _claim(record: AnnotatedArticle, claim: Claim) -> dict[str, Any]:
    source, attribution = record.source_of(claim), record.attribution_of(claim)
    return {
        "claim_id": claim.claim_id,
        "content_spans": [_span(span) for span in claim.spans],
        "content_text": claim.text,
        "quote_type": claim.quote_type,
        "kind": claim.kind,
        "attribution": claim.attribution,
        "stance": claim.stance,
        "on_record": claim.on_record,
        "source": source.name,
        "source_type": source.type,
        "affiliation": source.affiliation,
        "anonymous": source.anonymous,
        "chain": list(record.chain_of(claim)),
        "cue": _span(attribution.cue) if attribution and attribution.cue else None,
        "source_mention": _span(attribution.source_mention) if attribution and attribution.source_mention else None,
        "alternatives": {},
    }


def _span(span: Span | NonClaim) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def attributions(record: AnnotatedArticle) -> dict[str, Any]:
    """A record in the form of PolNeAR's attributions: what the extractor is trained on."""
    return {
        "id": record.article.article_id,
        "text": record.article.text.encode("utf-8", "replace").decode(),
        "publisher": record.article.publisher,
        "attributions": list(_attributions(record)),
    }


def _attributions(record: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    for item in record.attributions:
        yield {
            "id": item.attribution_id,
            "source": _offsets(item.source_mention),
            "cue": _offsets(item.cue),
            "content": [[span.start, span.end] for span in item.contents],
        }


def _offsets(span: Span | None) -> list[list[int]]:
    return [[span.start, span.end]] if span else []
