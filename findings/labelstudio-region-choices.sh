#!/usr/bin/env bash
# label-studio-sdk 2.1.2, seen 2026-11-27
# Expected: a choice made for one region (`perRegion="true"`, say "denies" for one claim) can be found again in the
#   exports JSON_MIN and CSV, next to that claim or with its offsets.
# What happens: the choice comes out as a bare word beside the list of claims, without region, id or offsets. An
#   annotation where the first claim is denied and one where the second is give the same bytes.
# What to do: read choices from the full JSON, where the choice has the `id` of its region.
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
  <Choices name="stance" toName="text" perRegion="true"><Choice value="affirms"/><Choice value="denies"/></Choices>
  <Text name="text" value="$text"/>
</View>"""
TEXT = "The tunnel is dry, the engineer said. The pumps run daily, she said."
CLAIMS = {"c1": "The tunnel is dry", "c2": "The pumps run daily"}


def region(name, key, **extra):
    start = TEXT.index(CLAIMS[key])
    value = {"start": start, "end": start + len(CLAIMS[key]), "text": CLAIMS[key], **extra}
    return {"id": key, "from_name": name, "to_name": "text", "type": next(iter(extra)), "value": value}


def export(denied):
    result = [region("claims", key, labels=["Claim"]) for key in CLAIMS] + [region("stance", denied, choices=["denies"])]
    annotation = {"id": 9, "result": result, "completed_by": 1, "created_at": "", "updated_at": "", "lead_time": 1}
    Path("tasks.json").write_text(json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [annotation]}]))
    for form in ("JSON_MIN", "CSV"):
        Converter(CONFIG, ".", download_resources=False).convert("tasks.json", "out", form, is_dir=False)
    return Path("out/result.json").read_text(), Path("out/result.csv").read_text()


first, second = export("c1"), export("c2")
stance = json.loads(first[0])[0]["stance"]
print("label-studio-sdk", version("label-studio-sdk"))
print("JSON_MIN has two claims, and as stance:", repr(stance))
print("c1 denied and c2 denied give the same JSON_MIN:", first[0] == second[0], "- the same CSV:", first[1] == second[1])
sys.exit(not (stance == "denies" and first == second))
EOF
