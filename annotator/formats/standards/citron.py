"""Citron: the BBC's JSON of quotes, a file an article, as its training, evaluation and annotator read it.

A quote is an attribution: cue, sources, contents, and the fullest mention of a source that is called otherwise there.
Citron needs a cue and has no chains; what it cannot have is listed under `left_out`, which its reader passes over.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.formats.tools.naming import named
from annotator.records import AnnotatedArticle, Attribution, Nested, Source, Span, without_rejected
from annotator.storage import write_text
from annotator.text import encodable_record

FOLDER = "citron"

Node = dict[str, Any]


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `citron/`, one JSON file an article."""
    return [
        write_text(folder / FOLDER / f"{stem}.json", [json.dumps(document(record), ensure_ascii=False, indent=1), "\n"])
        for stem, record in named(map(encodable_record, records))
    ]


def document(record: AnnotatedArticle) -> Node:
    """The article in Citron's words; offsets are code points, ends exclusive, as in the record."""
    record = without_rejected(record)
    quotes = [quote for item in record.attributions if (quote := _quote(record, item))]
    quotes += [
        quote
        for claim in record.claims
        for number, nested in enumerate(claim.nested, 1)
        if (quote := _nested_quote(f"{claim.claim_id}-{number}", nested))
    ]
    return {
        "text": record.article.text,
        "quotes": quotes,
        "coreference_groups": [_spans(source.mentions) for source in record.sources if len(source.mentions) > 1],
        "left_out": list(_left_out(record)),
    }


def _quote(record: AnnotatedArticle, item: Attribution) -> Node | None:
    if item.cue is None:
        return None
    source = record.source_by_id[item.source_id]
    return {
        "id": item.attribution_id,
        "cue": _span(item.cue),
        "sources": _spans([item.source_mention] if item.source_mention else []),
        "contents": _spans(item.contents),
        "coreferences": _spans(_others(source, item.source_mention)),
        "confidence": item.confidence,
    }


def _nested_quote(name: str, nested: Nested) -> Node | None:
    if nested.cue is None:
        return None
    mention = [nested.source_mention] if nested.source_mention else []
    return {"id": name, "cue": _span(nested.cue), "sources": _spans(mention), "contents": _spans(nested.contents)}


def _others(source: Source, mention: Span | None) -> list[Span]:
    """The fullest mention of the source, where it is another than the quote's own."""
    fullest = max(source.mentions, key=lambda span: (len(span.text), -span.start), default=None)
    return [fullest] if fullest and mention and fullest.text != mention.text else []


def _left_out(record: AnnotatedArticle) -> Iterator[Node]:
    for item in record.attributions:
        if item.cue is None:
            yield {"id": item.attribution_id, "reason": "no cue, and Citron has no quote without one"}
    for claim in record.claims:
        if claim.attribution_id is None:
            yield {"id": claim.claim_id, "reason": "the article's own voice, which is no quote"}
        for number, nested in enumerate(claim.nested, 1):
            if nested.cue is None:
                yield {"id": f"{claim.claim_id}-{number}", "reason": "no cue, and Citron has no quote without one"}


def _spans(spans: Sequence[Span]) -> list[Node]:
    return [_span(span) for span in spans]


def _span(span: Span) -> Node:
    return {"start": span.start, "end": span.end, "text": span.text}
