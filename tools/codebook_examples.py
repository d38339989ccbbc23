"""Makes annotator/formats/templates/codebook.json: the examples of the coding manual, from exports/ and tests/gold.

    python tools/codebook_examples.py

An example is what the annotator made of one of the six articles where the person who annotated it by hand, before any
program had read it, gave the same label. A test fails where the file and this differ.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from annotator.formats.codebook import as_json, examples
from annotator.formats.codebook.examples import About, Key
from annotator.formats.jsonl import load
from annotator.records import AnnotatedArticle, Attribution, Claim, Source

ROOT = Path(__file__).parents[1]
FILE = ROOT / "annotator" / "formats" / "templates" / "codebook.json"
OF_CLAIM = ("quote_type", "kind", "polarity", "attribution", "stance", "on_record")
COMPUTED = ("section", "review_reason", "review_status", "article_status")  # of these the gold says nothing


def made() -> str:
    """The content of the file."""
    return as_json(examples(load(ROOT / "exports" / "records.jsonl"), agreed))


def agreed(record: AnnotatedArticle, about: About, key: Key) -> bool:
    """Whether the gold says of a claim, a source or a stretch of text what the record says."""
    name, label = key
    if name in COMPUTED:
        return True
    gold = _gold(record.article.article_id)
    if about is None:
        return True if name != "non_claim_reason" else any(str(one["reason"]) == label for one in gold["non_claims"])
    if isinstance(about, Source):
        return _agreed_source(gold, about, name)
    if isinstance(about, Attribution):
        claims = [claim for claim in record.claims if claim.attribution_id == about.attribution_id]
        return any((said := _same(gold, claim)) and said["source"] == _name(record, claim) for claim in claims)
    said = _same(gold, about)
    if said is None:
        return False
    if name in OF_CLAIM:
        return said[name] == label and said["source"] == _name(record, about)
    if name == "hedged":
        return bool(said["hedged"])
    if name == "nested":
        return bool(said["nested"])
    return tuple(said["chain"]) == record.chain_of(about)  # flags and links follow from it


def _agreed_source(gold: dict[str, Any], source: Source, name: str) -> bool:
    field = {"source_type": "source_type", "affiliation": "affiliation", "anonymous": "anonymous"}[name]
    own = {"source_type": source.type, "affiliation": source.affiliation, "anonymous": source.anonymous}[name]
    return any(one["name"] == source.name and one[field] == own for one in gold["sources"])


def _name(record: AnnotatedArticle, claim: Claim) -> str:
    return record.chain_of(claim)[0]


def _same(gold: dict[str, Any], claim: Claim) -> dict[str, Any] | None:
    spans = [(span.start, span.end) for span in claim.spans]
    return next(
        (one for one in gold["claims"] if [(s["start"], s["end"]) for s in one["content_spans"]] == spans), None
    )


@cache
def _gold(article: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "tests" / "gold" / f"{article}.json").read_text("utf-8"))
    return loaded


if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")
