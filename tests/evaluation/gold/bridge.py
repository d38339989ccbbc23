"""Gold of one article in every form, as it stands in files."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

TEXT = "The bridge is closed, said a guard.\nReportedly it will open on Monday, the Herald wrote."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def pair(words: str) -> list[int]:
    return [at(words)["start"], at(words)["end"]]


def claim_gold() -> dict[str, Any]:
    claim = {
        "claim_id": "c01",
        **at("The bridge is closed"),
        "content_spans": [at("The bridge is closed")],
        "content_text": "The bridge is closed",
        "quote_type": "indirect",
        "kind": "statement",
        "attribution": "explicit",
        "stance": "neutral",
        "on_record": "unnamed_no_terms",
        "source": "guard (anonymous)",
        "source_type": "person",
        "affiliation": "unknown",
        "anonymous": True,
        "chain": ["guard (anonymous)", "Daily Example"],
        "cue": at("said"),
        "source_mention": at("a guard"),
        "alternatives": {"chain": [["Daily Example"]], "kind": ["decision"]},
    }
    return {
        "format": "claim-attribution-gold/1",
        "doc_id": "bridge",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "outlet": "Daily Example",
        "claims": [claim],
        "non_claims": [at("Reportedly")],
    }


def source_gold() -> dict[str, Any]:
    resolved = {
        "source_id": "guard",
        "source_name": "guard (anonymous)",
        "source_type": "person",
        "anonymous": True,
        "attribution": "explicit",
        "quote_type": "indirect",
        "chain": ["guard", "publisher"],
        "alternatives": {
            "source_id": ["herald", "publisher"],
            "source_name": ["bridge guard (anonymous)", "Herald"],
            "chain": [["guard", "herald", "publisher"]],
        },
    }
    nameless = {
        "source_id": "unspecified_1",
        "source_name": "unspecified",
        "source_type": "unspecified",
        "anonymous": True,
        "attribution": "explicit",
        "quote_type": "indirect",
        "chain": ["unspecified_1", "publisher"],
    }
    return {
        "doc_id": "bridge",
        "publisher": "nyt",
        "sources": [
            {"source_id": "guard", "source_name": "guard (anonymous)"},
            {"source_id": "herald", "source_name": "Herald"},
            {"source_id": "unspecified_1", "source_name": "unspecified"},
        ],
        "attributions": [
            {
                "index": 0,
                "source": [at("a guard")],
                "cue": [at("said")],
                "content": [at("The bridge is closed")],
                "resolved": resolved,
            },
            {
                "index": 1,
                "source": [],
                "cue": [at("Reportedly")],
                "content": [at("it will open on Monday")],
                "resolved": nameless,
            },
        ],
    }


def attribution_row(**more: Any) -> dict[str, Any]:
    said = {
        "id": "E1",
        "source": [pair("a guard")],
        "cue": [pair("said")],
        "content": [pair("closed"), pair("The bridge")],
        **more,
    }
    return {"id": "bridge", "publisher": "nyt", "text": TEXT, "attributions": [said]}


def write(folder: Path, name: str, gold: Any, text: str | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(gold), encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_bytes(text.encode())
    return path


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
