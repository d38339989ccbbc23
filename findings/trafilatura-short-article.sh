#!/usr/bin/env bash
# trafilatura 2.3.1, seen 2026-11-27
# Expected: a news brief of two paragraphs comes out as its two paragraphs, as the same page does with a third one.
# What happens: below some 250 characters the careful extraction is thrown away for a rough one, which gives everything
#   inside <article> as a single paragraph: headline, byline and quotation run together, "... By Tom Pell Baker Lena ...".
#   Whoever reads the first words as the body finds a speaker called "Tom Pell Baker Lena Holt".
# What to do: where one paragraph comes back and the page has one <article> with several <p>, take those.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean
venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

from trafilatura import extract

HEAD = '<article><h2>Baker wins prize</h2><p class="byline">By Tom Pell</p>'
BRIEF = [
    "Baker Lena Holt won the national prize for rye bread on Sunday, the guild said.",
    '"I did not expect it," Holt said. "My mother taught me."',
]
LONGER = [*BRIEF, "She has run the bakery in the old town for thirty years. " * 4]


def lines(paragraphs: list[str]) -> list[str]:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<html><head><title>Marl Courier</title></head><body><main>{HEAD}{body}</article></main></body></html>"
    return (extract(page, include_comments=False) or "").splitlines()


print("trafilatura", version("trafilatura"))
brief, longer = lines(BRIEF), lines(LONGER)
print("two paragraphs:", brief)
print("three paragraphs:", longer)
as_described = len(brief) == 1 and "By Tom Pell Baker Lena Holt" in brief[0] and all(one in longer for one in BRIEF)
sys.exit(not as_described)
EOF
