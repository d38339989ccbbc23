#!/usr/bin/env bash
# Builds what a release uploads into dist/, and tries the wheel in an empty environment from the lock file.
# Needs build, twine and cyclonedx-bom (pip install build twine cyclonedx-bom).
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf dist
python -m build
twine check --strict dist/*
tried=$(mktemp -d)
trap 'rm -rf "$tried"' EXIT
python -m venv "$tried/venv"
"$tried/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$tried/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps dist/*.whl
(cd "$tried" && venv/bin/annotator annotate "$OLDPWD/exports/articles/anonymous-politics.txt" -o annotated)
cyclonedx-py environment "$tried/venv" --output-format JSON --output-file dist/sbom.json
echo "dist/ is ready: $(ls dist | tr '\n' ' ')"
