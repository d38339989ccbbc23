#!/usr/bin/env bash
# trafilatura 2.3.1, seen 2026-11-27
# Expected: HTML's element for a quotation inside a sentence, `<q>`, stays inside the sentence, with quotation marks as a
#   browser shows them (the marks are not in the source; the element stands for them).
# What happens: `<q>` is treated as a block, as `<blockquote>` is. The text has a line break after each quotation, which
#   cuts the sentence in pieces ("said" and its object apart from who else said it), and no marks at all, so that direct
#   speech reads as indirect.
# What to do: replace `<q>` by its marks and text before extraction.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6
venv/bin/python - <<'EOF'
import sys

import trafilatura

SENTENCE = "Nora Pell told the board <q>the tunnel is dry</q> and that <q>the pumps run daily</q>, two people said."
PAGE = f"""<!doctype html><html lang="en"><head><title>Tunnel</title></head><body><article><h1>Tunnel reopens</h1>
<p>The board of the tunnel met on Monday evening to hear why the eastern tube was closed for most of the winter.</p>
<p>{SENTENCE}</p>
<p>It will meet again in April, when the contractor is to show what the repairs cost and who is going to pay.</p>
</article></body></html>"""

lines = trafilatura.extract(PAGE).splitlines()
print("trafilatura", trafilatura.__version__)
print("in:  ", SENTENCE)
for line in lines[2:-1]:
    print("out: ", line)
as_described = lines[2:-1] == [
    "Nora Pell told the board the tunnel is dry",
    "and that the pumps run daily",
    ", two people said.",
]
sys.exit(not as_described)
EOF
