#!/usr/bin/env bash
# rapidfuzz 3.14.6, seen 2026-11-27
# Expected: `partial_ratio_alignment` finds where a quotation stands in an article; its offsets count in the article that
#   was passed, with the library's own `default_process` as without.
# What happens: with it they count in the processed text, of which it trims the ends. An article that begins with a
#   quotation mark, as so many do, gives every offset one too low, with a score of 100.
# What to do: use a processor that keeps the length (lower-casing of plain letters), or align without one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rapidfuzz==3.14.6
venv/bin/python - <<'EOF'
import sys

import rapidfuzz
from rapidfuzz.fuzz import partial_ratio_alignment
from rapidfuzz.utils import default_process

QUOTATION = "the pumps run daily"
REST = "The tunnel is dry,” the engineer said. “All of the pumps run daily,” she said."


def found(article, processor):
    match = partial_ratio_alignment(QUOTATION, article, processor=processor)
    return match.score, article[match.dest_start : match.dest_end]


print("rapidfuzz", rapidfuzz.__version__)
results = {(mark, name): found(mark + REST, name) for mark in ("", "“") for name in (None, default_process)}
for (mark, processor), (score, words) in results.items():
    begins, how = repr(mark + "The"), processor.__name__ if processor else "no processor"
    print(f"article begins {begins:7} {how:16} score {score} {words!r}")
shifted = results.pop(("“", default_process))
as_described = shifted == (100, " the pumps run dail") and set(results.values()) == {(100, QUOTATION)}
sys.exit(not as_described)
EOF
