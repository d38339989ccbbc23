#!/usr/bin/env bash
# dateparser 1.5.0, seen 2026-11-27
# Expected: `PREFER_DATES_FROM: "past"` is the setting for news, which tells what has happened. "On Thursday" in an
#   article of that Thursday is that day.
# What happens: it is the Thursday a week before, while all other weekdays are right. Without the setting every weekday is
#   right (today or the last one), but "December 31" in an article of March lies in the future.
# What to do: no setting does for both. Take weekdays without it, months and days with it.
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

PUBLISHED = datetime.datetime(2026, 3, 5, 18, 0)  # a Thursday
EXPECTED = {  # in a report of that evening: default, "past"
    "on Thursday": ("2026-03-05", "2026-02-26"),
    "on Wednesday": ("2026-03-04", "2026-03-04"),
    "on Friday": ("2026-02-27", "2026-02-27"),
    "December 31": ("2026-12-31", "2025-12-31"),
}


def read(words, **settings):
    return str(dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": PUBLISHED, **settings}).date())


found = {words: (read(words), read(words, PREFER_DATES_FROM="past")) for words in EXPECTED}
print("dateparser", version("dateparser"), "- published", f"{PUBLISHED:%A %Y-%m-%d}")
for words, (default, past) in found.items():
    print(f"{words:13} default {default}, past {past}")
sys.exit(found != EXPECTED)
EOF
