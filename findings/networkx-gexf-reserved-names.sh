#!/usr/bin/env bash
# networkx 3.6.1, seen 2026-11-27
# Expected: attributes of nodes and edges go into GEXF as data, whatever their names, and come back from it.
# What happens: some names mean something to the writer. `start` and `end` of a claim (its characters) make it a node that
#   exists from time 5 to time 22 of a "dynamic" graph. `type` of an edge (the kind of quotation) goes into the place
#   that GEXF has for directed or undirected, so that the file is against the format, and `read_gexf` drops it. A `type`
#   of a node is kept.
# What to do: give such attributes names of your own (`text_start`, `text_end`, `quote_type`) before `write_gexf`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check networkx==3.6.1
venv/bin/python - <<'EOF'
import re
import sys
from pathlib import Path

import networkx

graph = networkx.DiGraph()
graph.add_node("claim 1", start=5, end=22, type="claim")
graph.add_node("Nora Pell", type="source")
graph.add_edge("Nora Pell", "claim 1", type="indirect", cue="said")
networkx.write_gexf(graph, "chain.gexf")
text = Path("chain.gexf").read_text()
back = networkx.read_gexf("chain.gexf")
claim, edge = back.nodes["claim 1"], back.edges["Nora Pell", "claim 1"]

print("networkx", networkx.__version__)
for pattern in ("<graph .*?>", '<node id="claim 1".*?>', "<edge .*?>"):
    print(re.search(pattern, text).group())
print("node back:", claim)
print("edge back:", edge)
as_described = (
    'mode="dynamic"' in re.search("<graph .*?>", text).group()
    and re.search('<node id="claim 1".*? start="5" end="22"', text) is not None
    and re.search('<edge .*? type="indirect"', text) is not None
    and 'title="start"' not in text
    and claim["type"] == "claim"
    and edge["cue"] == "said"
    and "type" not in edge
)
sys.exit(not as_described)
EOF
