#!/usr/bin/env bash
# trafilatura 2.3.1 and htmldate 1.11.0, seen 2026-11-27
# Expected: author and date of a page come from the article that its JSON-LD describes, whatever is nested in it; in a
#   JSON object the order of keys means nothing.
# What happens: the author of a live blog is the author of an update, in either order; its own is not even named beside
#   it. The date is that of the update too where `liveBlogUpdate` stands before `datePublished`, and right otherwise.
# What to do: for `LiveBlogPosting` read author and date from the top level of the JSON-LD yourself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 htmldate==1.11.0 lxml-html-clean==0.4.6
venv/bin/python - <<'EOF'
import json
import sys
from importlib.metadata import version

import trafilatura


def person(name):
    return {"@type": "Person", "name": name}


UPDATE = {"@type": "BlogPosting", "headline": "Trains run", "datePublished": "2026-03-06", "author": person("Otis Reed")}
KIND = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Tunnel closed"}
UPDATES = {"liveBlogUpdate": [UPDATE]}
OWN = {"datePublished": "2026-03-04", "author": person("Nora Pell")}


def found(data):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    page = f"<!doctype html><html><head><title>Tunnel closed</title>{script}</head><body><h1>Tunnel closed</h1></body></html>"
    metadata = trafilatura.extract_metadata(page)
    return metadata.author, metadata.date


updates_first, own_first = found({**KIND, **UPDATES, **OWN}), found({**KIND, **OWN, **UPDATES})
print("trafilatura", version("trafilatura"), "htmldate", version("htmldate"))
print("in: by Nora Pell, 2026-03-04; its update by Otis Reed, 2026-03-06")
print("out, updates before author and date:", updates_first)
print("out, updates after author and date: ", own_first)
sys.exit(not (updates_first == ("Otis Reed", "2026-03-06") and own_first == ("Otis Reed", "2026-03-04")))
EOF
