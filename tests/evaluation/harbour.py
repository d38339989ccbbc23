"""Gold of one article in every form, and an annotator that knows this article only."""

import hashlib
import json
from pathlib import Path
from typing import Any

from annotator.records import AnnotatedArticle
from tests.factory import HARBOUR, harbour_record

FERRIES = "Two ferries lay idle on Monday"


REPAIRS = "repairs may take weeks"


def at(words: str) -> dict[str, Any]:
    start = HARBOUR.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def pair(words: str) -> list[int]:
    return [at(words)["start"], at(words)["end"]]


def annotate(text: str, *, publisher: str | None = None) -> AnnotatedArticle:
    record = harbour_record()
    assert (text, publisher) == (HARBOUR, "Daily Example")
    return record


def gold_claim(claim_id: str, content: str, **changes: Any) -> dict[str, Any]:
    claim = {
        "claim_id": claim_id,
        **at(content),
        "content_spans": [at(content)],
        "content_text": content,
        "quote_type": "indirect",
        "kind": "statement",
        "attribution": "anaphoric",
        "stance": "neutral",
        "on_record": "on_record",
        "source": "Tom Lee",
        "source_type": "person",
        "affiliation": "corporate",
        "anonymous": False,
        "chain": ["Tom Lee", "Daily Example"],
        "cue": at("added"),
        "source_mention": at("He added"),
        "alternatives": {},
    }
    return {**claim, **changes}


def own_voice_claim(claim_id: str, content: str) -> dict[str, Any]:
    own = {"source": "Daily Example", "source_type": "article", "affiliation": "media", "chain": ["Daily Example"]}
    labels = {"quote_type": "none", "attribution": "unattributed", "on_record": "not_applicable"}
    return gold_claim(claim_id, content, cue=None, source_mention=None, **own, **labels)


def claim_gold(folder: Path) -> Path:
    """Three claims: one of the record's, one with another source than the record's, one that the record lacks."""
    gold = {
        "format": "claim-attribution-gold/1",
        "doc_id": "harbour",
        "sha256": hashlib.sha256(HARBOUR.encode()).hexdigest(),
        "outlet": "Daily Example",
        "claims": [
            own_voice_claim("c01", FERRIES),
            gold_claim("c02", "the guard slept"),  # 15 of the 31 characters of what the record has: missed
            gold_claim("c03", REPAIRS),
        ],
        "non_claims": [at("Follow us on all channels")],
    }
    (folder / "harbour.txt").write_bytes(HARBOUR.encode())
    path = folder / "harbour.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def polnear(path: Path) -> Path:
    """Two attributions: one as the record has it, one that the record lacks."""
    rows = [
        {"id": "E1", "source": [pair("Mayor Ana Ruiz")], "cue": [pair("said")],
         "content": [pair("“The crane fell at midnight,”"), pair("“and nobody was hurt.”")]},
        {"id": "E2", "source": [pair("the guard")], "cue": [pair("slept")], "content": [pair(FERRIES)]},
    ]  # fmt: skip
    gold = {"id": "harbour", "publisher": "Daily Example", "text": HARBOUR, "attributions": rows}
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def resolved(folder: Path) -> tuple[Path, Path]:
    """Resolved sources of one article, and the file with its text."""

    def item(n: int, content: str, source_id: str, name: str, **labels: Any) -> dict[str, Any]:
        good = {"source_id": source_id, "source_name": name, "source_type": "person", "anonymous": False}
        more = {"attribution": "anaphoric", "quote_type": "indirect", "chain": [source_id, "publisher"]}
        spans = {"source": [], "cue": [at("said")], "content": [at(content)]}
        return {"index": n, **spans, "resolved": {**good, **more, **labels}}

    gold = {
        "doc_id": "harbour",
        "publisher": "Daily Example",
        "sources": [{"source_id": "ruiz", "source_name": "Ana Ruiz"}, {"source_id": "lee", "source_name": "Tom Lee"}],
        "attributions": [
            item(0, "the crane had been overloaded", "ruiz", "Ana Ruiz"),
            item(1, REPAIRS, "lee", "Tom Lee"),
            item(2, "Follow us on all channels", "lee", "Tom Lee"),
            item(3, FERRIES, "lee", "Tom Lee", alternatives={"source_id": ["publisher"]}),
        ],
    }
    texts = folder / "texts.jsonl"
    texts.write_text(json.dumps({"id": "harbour", "text": HARBOUR}), encoding="utf-8")
    path = folder / "resolved.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path, texts
