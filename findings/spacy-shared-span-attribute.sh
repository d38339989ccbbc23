#!/usr/bin/env bash
# spaCy 3.8.18, seen 2026-11-27
# Expected: an attribute of one's own on a span (`Span.set_extension`) belongs to that span: a claim and a quotation over
#   the same words, with other labels and ids, in other span groups, each have their own value.
# What happens: values are kept by name, start and end. Two spans over the same words share one value, whatever their
#   label, id and group: the second source written replaces the first, also in what `Doc.to_json` saves.
# What to do: keep what belongs to an annotation in a table by id, not on the span.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check spacy==3.8.18
venv/bin/python - <<'EOF'
import sys

import spacy
from spacy.tokens import Span

Span.set_extension("source", default=None)
doc = spacy.blank("en")("The tunnel is dry, Otis Reed quoted Nora Pell as saying.")
doc.spans["claims"] = [Span(doc, 0, 4, label="CLAIM", span_id="claim-1")]
doc.spans["quotations"] = [Span(doc, 0, 4, label="QUOTATION", span_id="quotation-1")]
doc.spans["claims"][0]._.source = "Nora Pell"
doc.spans["quotations"][0]._.source = "Otis Reed"
spans = [spans[0] for spans in doc.spans.values()]
saved = doc.to_json(underscore=["source"])["underscore_span"]["source"]

print("spaCy", spacy.__version__)
print("set: claim-1 Nora Pell, quotation-1 Otis Reed")
for span in spans:
    print("got:", span.id_, span._.source)
print("to_json:", saved)
as_described = [span._.source for span in spans] == ["Otis Reed"] * 2 and [s["value"] for s in saved] == ["Otis Reed"]
sys.exit(not as_described)
EOF
