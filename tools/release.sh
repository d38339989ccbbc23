#!/usr/bin/env bash
# Builds what a release uploads into dist/, and tries the wheel in an empty environment from the lock file.
# Needs build, twine and cyclonedx-bom (pip install build twine cyclonedx-bom).
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf dist
tried=$(mktemp -d)
trap 'rm -rf "$tried"' EXIT
# What was committed, less the picture: a package page has no docs/ beside its README.
mkdir "$tried/tree"
git archive HEAD | tar -x -C "$tried/tree"
sed -i '/^!\[.*\](docs\/report\.png)$/,+1d' "$tried/tree/README.md"
python -m build --outdir dist "$tried/tree"
twine check --strict dist/*
python -m venv "$tried/venv"
"$tried/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
bash tools/bill.sh "$tried/venv" dist/sbom.json
"$tried/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps dist/*.whl
(cd "$tried" && venv/bin/annotator annotate "$OLDPWD/exports/articles/anonymous-politics.txt" -o annotated)
echo "dist/ is ready: $(ls dist | tr '\n' ' ')"
