#!/usr/bin/env bash
# htmldate 1.11.0, seen 2026-11-27
# Expected: a byline in the style of American news, "By Nora Pell, Dec. 4, 2025", gives 2025-12-04, as "December 4, 2025"
#   does; or nothing, if the abbreviation is not understood.
# What happens: every abbreviated month with its full stop gives the first of January of the year, which looks like any
#   other date. It is a guess from the bare year, made by the extensive search that is on unless turned off.
# What to do: pass `extensive_search=False` and take None for an answer, or spell months out first. trafilatura has the
#   same search on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check htmldate==1.11.0 lxml==6.1.3
venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

from htmldate import find_date

TEXT = "The board of the tunnel met to hear why the eastern tube was closed for most of the winter."
DATES = ["December 4, 2025", "Dec. 4, 2025", "Sept. 4, 2025", "Feb. 4, 2025"]


def page(date):
    return f'<html><body><article><p class="byline">By Nora Pell, {date}</p><p>{TEXT}</p></article></body></html>'


print("htmldate", version("htmldate"))
found = {date: (find_date(page(date)), find_date(page(date), extensive_search=False)) for date in DATES}
for date, (default, careful) in found.items():
    print(f"By Nora Pell, {date:16} -> {default}, with extensive_search=False -> {careful}")
as_described = found[DATES[0]][0] == "2025-12-04" and all(found[date] == ("2025-01-01", None) for date in DATES[1:])
sys.exit(not as_described)
EOF
