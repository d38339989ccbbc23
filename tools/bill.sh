#!/usr/bin/env bash
# bill.sh ENVIRONMENT FILE: the bill of materials (CycloneDX) of an environment that holds the packages of requirements.lock
# and not yet our own, which would be told with its place on this machine. Needs cyclonedx-bom.
set -euo pipefail
cd "$(dirname "$0")/.."
"${PYTHON:-python}" -m cyclonedx_py environment "$1" --pyproject pyproject.toml --output-format JSON --output-file "$2"
grep -q '"name": "spacy"' "$2"
if grep 'file://' "$2"; then
  echo "$0: $2 names files of this machine" >&2
  exit 1
fi
