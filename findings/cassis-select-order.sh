#!/usr/bin/env bash
# dkpro-cassis 0.12.0, seen 2026-11-28
# Expected: `cas.select()` gives annotations in the order of UIMA's index, which Java code relies on: by begin, and of two
#   that begin together the longer one first, so that a sentence comes before the words in it.
# What happens: of two that begin together the shorter one comes first. A claim comes behind the source that it begins with,
#   and a loop that takes "the last span opened" as the parent puts the sentence into its first word.
# What to do: sort what `select` gives by (begin, -end) before nesting is read off it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dkpro-cassis==0.12.0
venv/bin/python - <<'EOP'
import sys
from importlib.metadata import version

from cassis import Cas, TypeSystem

types = TypeSystem()
mark = types.create_type("example.Mark")
cas = Cas(types, sofa_string="The mayor resigned.")
cas.add_all([mark(begin=0, end=18), mark(begin=0, end=9)])  # added longer first, as UIMA would give them
found = [one.get_covered_text() for one in cas.select("example.Mark")]
print("dkpro-cassis", version("dkpro-cassis"))
print("select:", found)
print("UIMA:  ", sorted(found, key=len, reverse=True))
sys.exit(found != ["The mayor", "The mayor resigned"])
EOP
