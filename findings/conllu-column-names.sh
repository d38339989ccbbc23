#!/usr/bin/env bash
# conllu 6.0.0, seen 2026-11-28
# Expected: the columns that a CoNLL-U Plus file declares (`# global.columns = ID FORM NE ne`) are the keys of each token.
# What happens: the names are made small. `token["FORM"]` is a KeyError, and of two columns that differ in case alone the
#   later one takes the place of the first, without a word.
# What to do: read tokens by small names, and give columns names that differ in more than case.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check conllu==6.0.0
venv/bin/python - <<'EOP'
import sys
from importlib.metadata import version

import conllu

FILE = "# global.columns = ID FORM NE ne\n# sent_id = 1\n1\tAxios\tB-MEDIA\tB-Source\n\n"
(sentence,) = conllu.parse(FILE)
token = dict(sentence[0])
print("conllu", version("conllu"))
print("declared: ID FORM NE ne, with B-MEDIA in NE and B-Source in ne")
print("token:   ", token)
sys.exit(token != {"id": 1, "form": "Axios", "ne": "B-Source"})
EOP
