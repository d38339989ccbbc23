#!/usr/bin/env bash
# argilla 2.8.0 (the newest), seen 2026-11-28
# Expected: `pip install argilla` gives an SDK that can be imported.
# What happens: it imports `requests` and does not declare it. It used to come with huggingface_hub, which since its version
#   1 asks for httpx instead, so that in a new environment `import argilla` is a ModuleNotFoundError.
# What to do: `pip install argilla requests`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check argilla==2.8.0
venv/bin/python - <<'EOP'
import sys
from importlib.metadata import requires, version

declared = [one for one in requires("argilla") or () if one.split("[")[0].startswith("requests")]
try:
    import argilla

    said = f"imported {argilla.__version__}"
except ModuleNotFoundError as error:
    said = str(error)
print("argilla", version("argilla"), "with huggingface-hub", version("huggingface-hub"))
print("declares requests:", bool(declared))
print("import argilla:   ", said)
sys.exit(bool(declared) or said != "No module named 'requests'")
EOP
