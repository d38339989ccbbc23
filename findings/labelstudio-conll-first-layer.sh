#!/usr/bin/env bash
# label-studio-sdk 2.1.2, seen 2026-11-27
# Expected: with two `<Labels>` controls (one for claims, one for sources) the CoNLL 2003 export has both, or always the
#   same one.
# What happens: each article has one layer only, that of whichever region the annotator happened to mark first. The same
#   two spans marked in another order give another file; one corpus mixes articles of claims with articles of sources.
# What to do: put all labels into one control before exporting to CoNLL, or write CoNLL from the full JSON.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check label-studio-sdk==2.1.2
venv/bin/python - <<'EOF'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from label_studio_sdk.converter import Converter

CONFIG = """<View>
  <Labels name="claims" toName="text"><Label value="Claim"/></Labels>
  <Labels name="sources" toName="text"><Label value="Source"/></Labels>
  <Text name="text" value="$text"/>
</View>"""
TEXT = "The tunnel is dry, said the engineer"


def region(name, label, words):
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "from_name": name, "to_name": "text", "type": "labels", "value": value}


def tags(result):
    annotation = {"id": 9, "result": result, "completed_by": 1}
    Path("tasks.json").write_text(json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [annotation]}]))
    Converter(CONFIG, ".", download_resources=False).convert("tasks.json", "out", "CONLL2003", is_dir=False)
    rows = [line.split() for line in Path("out/result.conll").read_text().splitlines()[1:] if line]
    return " ".join(f"{row[0]}/{row[-1]}" for row in rows)


claim, source = region("claims", "Claim", "The tunnel is dry"), region("sources", "Source", "the engineer")
claim_first, source_first = tags([claim, source]), tags([source, claim])
print("label-studio-sdk", version("label-studio-sdk"))
print("claim marked first: ", claim_first)
print("source marked first:", source_first)
as_described = (
    claim_first == "The/B-Claim tunnel/I-Claim is/I-Claim dry/I-Claim ,/O said/O the/O engineer/O"
    and source_first == "The/O tunnel/O is/O dry/O ,/O said/O the/B-Source engineer/I-Source"
)
sys.exit(not as_described)
EOF
