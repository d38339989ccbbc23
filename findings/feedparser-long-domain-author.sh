#!/usr/bin/env bash
# feedparser 6.0.14, seen 2026-11-27
# Expected: `<author>desk@paper.media (Nora Pell)</author>`, the form that RSS 2.0 gives for an author, comes apart into
#   name and address, as it does for desk@paper.news.
# What happens: an address counts up to the fourth letter of its top-level domain. What is left of a longer one (.media,
#   .press, .agency, .london) becomes the head of the name: "a (Nora Pell". The same in `authors`.
# What to do: take `entry.author`, which has the text as it was, and split it yourself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check feedparser==6.0.14
venv/bin/python - <<'EOF'
import sys

import feedparser

EXPECTED = {
    "desk@paper.news (Nora Pell)": ("Nora Pell", "desk@paper.news"),
    "desk@paper.media (Nora Pell)": ("a (Nora Pell", "desk@paper.medi"),
    "desk@paper.agency (Nora Pell)": ("cy (Nora Pell", "desk@paper.agen"),
}


def author(text):
    feed = f"""<rss version="2.0"><channel><title>Paper</title><link>https://paper.example/</link><description>News</description>
    <item><title>Tunnel reopens</title><author>{text}</author></item></channel></rss>"""
    entry = feedparser.parse(feed).entries[0]
    return entry.author, (entry.author_detail.name, entry.author_detail.email)


found = {text: author(text) for text in EXPECTED}
print("feedparser", feedparser.__version__)
for text, (whole, parts) in found.items():
    print(f"{text:30} -> name and address {parts}")
sys.exit(not all(found[text] == (text, parts) for text, parts in EXPECTED.items()))
EOF
