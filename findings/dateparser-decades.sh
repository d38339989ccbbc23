#!/usr/bin/env bash
# dateparser 1.5.0, seen 2026-11-27
# Expected: "in the 1990s" is not a date, so the answer is None, as for "late 2025"; or some day of that decade.
# What happens: the "s" is read as seconds. The answer is 1990 seconds, 33 minutes, before the base: the day of
#   publication itself, for a claim about thirty years ago. `search_dates` finds it in running text as well.
# What to do: take decades out of the text (four digits and "s", with or without apostrophe) before parsing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0
venv/bin/python - <<'EOF'
import datetime
import sys
from importlib.metadata import version

import dateparser
from dateparser.search import search_dates

PUBLISHED = datetime.datetime(2026, 3, 5, 18, 0)
SENTENCE = "The tunnel leaked in the 1990s, the engineer said."
OPTIONS = {"languages": ["en"], "settings": {"RELATIVE_BASE": PUBLISHED}}

alone = {words: dateparser.parse(words, **OPTIONS) for words in ("the 1990s", "the 1970s", "late 2025")}
within = search_dates(SENTENCE, **OPTIONS)
print("dateparser", version("dateparser"), "- published", PUBLISHED)
for words, date in alone.items():
    print(f"{words:10} -> {date}")
print(SENTENCE, "->", [(words, str(date)) for words, date in within or []])
as_described = (
    all(alone[f"the {n}s"] == PUBLISHED - datetime.timedelta(seconds=n) for n in (1990, 1970))
    and alone["late 2025"] is None
    and [date for _, date in within or []] == [PUBLISHED - datetime.timedelta(seconds=1990)]
)
sys.exit(not as_described)
EOF
