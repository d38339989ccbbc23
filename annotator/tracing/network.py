"""Who passes claims on to whom, as a graph of identities and outlets."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain, pairwise

import networkx as nx

from annotator.labels import SourceType
from annotator.tracing.chains import Told
from annotator.tracing.identities import Seen
from annotator.tracing.names import outlet_key
from annotator.tracing.tracing import Trace

OUTLETS = ("article", "media")  # types of sources that are outlets


def network(trace: Trace) -> "nx.DiGraph[str]":
    """Outlets and the sources of the claims that travelled: an edge for each pair of neighbours of a chain.

    A source is its identity, labelled with the name that most articles give it; one that is an outlet of the corpus is
    that outlet. A source without an identity goes by its name, an anonymous one by its name and its article.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    edges: Counter[tuple[str, str]] = Counter()
    nodes = _Nodes(trace, graph)
    for told in chain.from_iterable(trace.groups.values()):
        links = [nodes.of(told, n) for n in range(len(told.chain))]
        edges.update(pairwise(links))
    for (one, other), count in sorted(edges.items()):
        graph.add_edge(one, other, claims=count, weight=count)
    return graph


class _Nodes:
    """The node of each link of a chain, made where it comes first."""

    def __init__(self, trace: Trace, graph: "nx.DiGraph[str]") -> None:
        self._graph = graph
        told_by = (told.publisher for told in chain.from_iterable(trace.groups.values()))
        self._outlets = {outlet_key(name): name for name in sorted(told_by, reverse=True)}
        self._identity = {(one.article, one.source): trace.identity[one.number] for one in trace.sources}
        seen: dict[str, list[Seen]] = defaultdict(list)
        for one in trace.sources:
            seen[trace.identity[one.number]].append(one)
        self._called = {identity: called([one.name for one in some]) for identity, some in seen.items()}
        self._times = Counter(self._called.values())
        self._outlet_of = {
            identity: key
            for identity, some in seen.items()
            for one in some
            if one.type != SourceType.PERSON and (key := outlet_key(one.name)) in self._outlets
        }

    def of(self, told: Told, place: int) -> str:
        name, kind = told.chain[place]
        identity = self._identity.get((told.article, told.links[place])) if told.links else None
        outlet = outlet_key(name) if outlet_key(name) in self._outlets else self._outlet_of.get(identity or "")
        anonymous = "(anonymous)" in name
        if outlet is not None and not anonymous:
            key = label = self._outlets[outlet]
        elif identity is not None:
            label = self._called[identity]
            key = label if self._times[label] == 1 else f"{label} ({identity})"
        else:
            label = name
            key = f"{name} [{told.article}]" if anonymous else name  # anonymous sources of two articles are two
        return self._counted(_xml(key), _xml(label), kind in OUTLETS or outlet is not None, anonymous, identity)

    def _counted(self, key: str, label: str, outlet: bool, anonymous: bool, identity: str | None) -> str:
        if key not in self._graph:
            about: Mapping[str, object] = {"label": label, "kind": "outlet" if outlet else "source", "claims": 0}
            self._graph.add_node(key, **about, anonymous=anonymous, identity=_xml(identity or ""))
        self._graph.nodes[key]["claims"] += 1
        return key


def called(names: list[str]) -> str:
    """The name to show: the commonest of those with two words or more, where there is one.

    >>> called(["Holm", "Holm", "Karin Holm"])
    'Karin Holm'
    """
    times = Counter(names)
    return min(times, key=lambda name: (" " not in name, -times[name], name))


def _xml(text: str) -> str:
    """Without the characters that XML does not allow."""
    return "".join(
        c if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe") else "�" for c in text
    )
