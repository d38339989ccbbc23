#!/usr/bin/env bash
# spaCy 3.8.18, seen 2026-11-27
# Expected: merging tokens (the built-in pipe `merge_entities`, or `doc.retokenize`) leaves every span on its words, as it
#   does with `doc.ents`.
# What happens: span groups (`doc.spans`) keep their token numbers. Each claim behind a merged name moves on by as many
#   tokens as were merged away: it loses its first word, gains one of what follows, and no error says so. Its `start_char`
#   and `end_char` still are the old ones, so that `span.text` and `doc.text[start:end]` disagree.
# What to do: merge before spans are set, or build them anew by `doc.char_span(span.start_char, span.end_char)`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check spacy==3.8.18
venv/bin/python - <<'EOF'
import sys

import spacy
from spacy.pipeline.functions import merge_entities
from spacy.tokens import Span

doc = spacy.blank("en")("Nora Pell said the tunnel is dry but Otis Reed denied it.")
doc.set_ents([Span(doc, 0, 2, label="PERSON"), Span(doc, 8, 10, label="PERSON")])
doc.spans["claims"] = [Span(doc, 3, 7, label="CLAIM")]
before = doc.spans["claims"][0].text
merge_entities(doc)
claim = doc.spans["claims"][0]
after, characters = claim.text, doc.text[claim.start_char : claim.end_char]

print("spaCy", spacy.__version__)
print("claim before merge_entities:", before)
print("claim after merge_entities: ", after)
print("its characters in the text: ", characters)
print("entities:", [entity.text for entity in doc.ents])
as_described = (
    before == characters == "the tunnel is dry"
    and after == "tunnel is dry but"
    and [entity.text for entity in doc.ents] == ["Nora Pell", "Otis Reed"]
)
sys.exit(not as_described)
EOF
