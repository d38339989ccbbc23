"""How many wordings of each kind of case are told right, and how many another version told right.

    python benchmarks/wordings.py tests/wordings --json before.json      # in the tree of the version before
    python benchmarks/wordings.py tests/wordings --before before.json    # in this one
    python benchmarks/wordings.py tests/wordings_who --half 2            # of each file every second line

A wording is right where every claim that it lists is there (most of its words, and the labels that are given), and no
piece that nobody claims stands in somebody's claim. `tests/wordings/README.md` says what the fields mean. Nothing but
totals is printed: who reads the wordings that go wrong and mends them has no unread ones any more.
"""

import json
import re
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

import annotator
from annotator.evaluation.scores.matching import norm
from annotator.labels import AttributionMode, Polarity
from annotator.records import AnnotatedArticle, Claim

SAME_WORDS = 0.75  # of the words of a claim and of a wording's, together
LABELS = ("polarity", "kind", "quote_type", "stance", "on_record", "attribution")

_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Old harbour is looked at again</title></head><body><article>
<h1>Old harbour is looked at again</h1><p>The harbour of the town has been closed since the flood of last autumn, and no
ship has come in for eleven weeks.</p><p>Its walls were built of brick and lime a hundred years ago and have been mended
four times since then.</p>{}<p>The roads to the north of the river were opened to cars and lorries in the last days of
the winter.</p></article></body></html>"""  # an element by itself is no article that a reader would find

Row = dict[str, Any]


def main() -> None:
    parser = ArgumentParser(description="Share of wordings told right, by kind.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="write how many were right of each kind")
    parser.add_argument("--before", type=Path, help="what another version wrote")
    parser.add_argument(
        "--half", type=int, choices=(1, 2), help="the first line of each file and every second, or others"
    )
    asked = parser.parse_args()
    right, tried, claims, told = (Counter[str]() for _ in range(4))
    for file in sorted(asked.folder.glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for line in lines[asked.half - 1 :: 2] if asked.half else lines:
            row = json.loads(line)
            record = annotated(row)
            tried[file.stem] += 1
            right[file.stem] += is_right(record, row)
            claims[file.stem] += len(row["claims"])
            told[file.stem] += claims_right(record, row)
    if asked.json:
        asked.json.write_text(json.dumps({kind: right[kind] for kind in tried}, indent=1) + "\n", encoding="utf-8")
    before = json.loads(asked.before.read_text(encoding="utf-8")) if asked.before else None
    table = Table("kind", "wordings", *(["right before"] if before else []), "right", "claims", "right")
    for kind in tried:
        was = [str(before[kind])] if before else []
        table.add_row(kind, str(tried[kind]), *was, str(right[kind]), str(claims[kind]), str(told[kind]))
    was = [str(sum(before.values()))] if before else []
    table.add_row("all", str(tried.total()), *was, str(right.total()), str(claims.total()), str(told.total()))
    Console(width=100).print(table)


def annotated(row: Row) -> AnnotatedArticle:
    """The record of a wording's text, or of an article that has its element among others."""
    if "html" not in row:
        return annotator.annotate(row["text"], publisher=row["publisher"])
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(row["html"] if "<body" in row["html"] else _PAGE.format(row["html"]), encoding="utf-8")
        (article,) = annotator.read(page)
    return annotator.annotate(article.text, publisher=row["publisher"])


def is_right(record: AnnotatedArticle, row: Row) -> bool:
    """Whether a record has every claim of a wording, each by another claim of its own, and nothing that is nobody's."""
    all_there = claims_right(record, row) == len(row["claims"])
    return all_there and not any(_is_claimed(record, piece, row) for piece in row.get("not_claims", ()))


def claims_right(record: AnnotatedArticle, row: Row) -> int:
    """How many claims of a wording a record has, each by another claim of its own."""
    left = list(record.claims)
    for wanted in row["claims"]:
        found = next((claim for claim in left if _is_claim(record, claim, wanted)), None)
        if found is not None:
            left.remove(found)
    return len(record.claims) - len(left)


def _is_claim(record: AnnotatedArticle, claim: Claim, wanted: Row) -> bool:
    text = wanted["text"] if isinstance(wanted["text"], str) else " ".join(wanted["text"])
    same_words = _overlap(_words(claim.text), _words(text)) >= SAME_WORDS
    return (
        same_words
        and _is_whose(record, claim, wanted)
        and all(getattr(claim, name).value == wanted[name] for name in LABELS if name in wanted)
    )


def _is_whose(record: AnnotatedArticle, claim: Claim, wanted: Row) -> bool:
    names = wanted.get("source_any") or [wanted["source"]]
    own = claim.attribution is AttributionMode.UNATTRIBUTED
    if names == [""]:
        return own
    source = record.source_of(claim)
    if own or norm(source.name) not in map(norm, names):
        return False
    open_question = len({name.endswith("(anonymous)") for name in names}) > 1
    if "anonymous" in wanted and not open_question and source.anonymous != wanted["anonymous"]:
        return False
    chains = wanted.get("chain_any") or ([wanted["chain"]] if "chain" in wanted else [])
    told = [norm(name) for name in record.chain_of(claim)]
    return not chains or any(told[1:] == [norm(name) for name in chain][1:] for chain in chains)


def _is_claimed(record: AnnotatedArticle, piece: Any, row: Row) -> bool:
    """Whether somebody is said to claim a piece of text that nobody claims."""
    words = piece if isinstance(piece, str) else piece["text"]
    may_be_negative = row.get("or_negative") or (isinstance(piece, dict) and piece.get("or_negative"))
    for claim in record.claims:
        if claim.attribution is AttributionMode.UNATTRIBUTED or " ".join(_words(words)) not in " ".join(
            _words(claim.text)
        ):
            continue
        if not (may_be_negative and claim.polarity is Polarity.NEGATIVE and claim.needs_review):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _overlap(some: list[str], others: list[str]) -> float:
    both, either = Counter(some) & Counter(others), Counter(some) | Counter(others)
    return both.total() / max(either.total(), 1)


if __name__ == "__main__":
    main()
