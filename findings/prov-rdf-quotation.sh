#!/usr/bin/env bash
# prov 3.2.3, rdflib 7.6.0, seen 2026-11-28
# Expected: a quotation written as RDF has `prov:wasQuotedFrom`, as an attribution has `prov:wasAttributedTo`, and a derivation
#   with a note of its own has `prov:wasDerivedFrom` beside the node that holds the note, for PROV-O defines the plain property
#   as what the qualified form says in short.
# What happens: quotations and primary sources come out in the qualified form alone, whether they have notes or not, and
#   derivations as soon as they have one. Attributions have both. A query for `prov:wasQuotedFrom` finds
#   nothing.
# What to do: ask for `prov:qualifiedQuotation/prov:entity` too, or add the plain properties before the graph is handed on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check prov==3.2.3 rdflib==7.6.0
venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import rdflib
from prov.model import ProvDocument

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
NOTE = {"ex:basis": "explicit"}

document = ProvDocument()
document.add_namespace("ex", "https://example.org/")
for name in ("claim", "article", "witness", "report"):
    document.entity(f"ex:{name}")
document.agent("ex:mayor")
document.quotation("ex:claim", "ex:article")
document.primary_source("ex:claim", "ex:witness")
document.derivation("ex:claim", "ex:report", other_attributes=NOTE)
document.attribution("ex:claim", "ex:mayor", other_attributes=NOTE)
turtle = document.serialize(format="rdf", rdf_format="turtle")
graph = rdflib.Graph().parse(data=turtle, format="turtle")

PLAIN = ("wasQuotedFrom", "hadPrimarySource", "wasDerivedFrom", "wasAttributedTo")
QUALIFIED = ("qualifiedQuotation", "qualifiedPrimarySource", "qualifiedDerivation", "qualifiedAttribution")
found = {name: len(list(graph.subject_objects(PROV[name]))) for name in (*PLAIN, *QUALIFIED)}
print("prov", version("prov"), "- rdflib", version("rdflib"))
for plain, qualified in zip(PLAIN, QUALIFIED, strict=True):
    print(f"{plain:17} {found[plain]}   {qualified:23} {found[qualified]}")
sys.exit([found[name] for name in PLAIN] != [0, 0, 0, 1] or [found[name] for name in QUALIFIED] != [1, 1, 1, 1])
EOF
