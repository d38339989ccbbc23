"""The drawing of an article's chains: boxes in layers, and edges that are as wide as the claims that went their way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.formats.html.view import ArticleView, ClaimView, SourceView
from annotator.records import Link

NODE_WIDTH, NODE_HEIGHT = 200, 56  # two lines of a name and its note
LANE_HEIGHT = 6  # room that an edge needs which passes a column by
COLUMN_GAP, ROW_GAP = 76, 9
THINNEST, THICKEST = 1.5, 12.0


@dataclass
class Node:
    """A box of the drawing, or a lane (`view` is None) on which an edge passes through a column."""

    view: SourceView | None
    column: int
    height: float = NODE_HEIGHT
    note: str = ""
    x: float = 0
    y: float = 0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Edge:
    """A step that `count` claims took; `lanes` are the columns it passes on its way."""

    start: Node
    end: Node
    count: int
    inherited: bool
    width: float
    lanes: list[Node]
    path: str = ""

    @property
    def title(self) -> str:
        names = [node.view.source.name for node in (self.start, self.end) if node.view]
        how = ", inherited" if self.inherited else ""
        return f"{' → '.join(names)}: {self.count} claim{'s' if self.count > 1 else ''}{how}"


class Graph:
    """The chains of one article in layers: origins left, who passed it on between, the publisher right."""

    def __init__(self, view: ArticleView) -> None:
        chains = [_steps(claim.claim.chain) for claim in view.claims]
        columns = _columns(chains)
        self.nodes = {i: Node(view.sources[i], n, note=_note(i, chains)) for i, n in columns.items()}
        self.edges = _edges(view.claims, self.nodes)
        lanes = [lane for edge in self.edges for lane in edge.lanes]
        for node in self.nodes.values():
            into = sum(edge.width for edge in self.edges if edge.end is node)
            out = sum(edge.width for edge in self.edges if edge.start is node)
            node.height = max(NODE_HEIGHT, into + 8, out + 8)
        self.columns = max(columns.values(), default=-1) + 1
        self.width = self.columns * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP
        self.height = self._place([*self.nodes.values(), *lanes])
        self._draw()

    def _place(self, nodes: Sequence[Node]) -> float:
        """Set every position, column by column, each box near the middle of what leads to it; returns the height."""
        before: dict[int, list[Node]] = defaultdict(list)
        for edge in self.edges:
            for left, right in pairwise([edge.start, *edge.lanes, edge.end]):
                before[id(right)].append(left)
        columns = [[node for node in nodes if node.column == n] for n in range(self.columns)]
        order = {id(node): n for n, node in enumerate(node for column in columns for node in column)}
        heights = [sum(node.height + ROW_GAP for node in column) - ROW_GAP for column in columns]
        total = max(heights, default=0)
        for n, column in enumerate(columns):
            if n:
                column.sort(key=lambda node: _mean(other.middle for other in before[id(node)]))
            else:  # origins of one outlet side by side, those that go straight to the publisher below them
                column.sort(key=lambda node: _mean(order[id(edge.end)] for edge in self.edges if edge.start is node))
            y = (total - heights[n]) / 2
            for node in column:
                node.x, node.y = n * (NODE_WIDTH + COLUMN_GAP), y
                y += node.height + ROW_GAP
        return total

    def _draw(self) -> None:
        starts, ends = _ports(self.edges, at_start=True), _ports(self.edges, at_start=False)
        for n, edge in enumerate(self.edges):
            x, y = edge.start.x + NODE_WIDTH, starts[n]
            path = [f"M{x:.1f} {y:.1f}"]
            for lane in edge.lanes:
                path += [_curve(x, y, lane.x, lane.middle), f"H{lane.x + NODE_WIDTH:.1f}"]
                x, y = lane.x + NODE_WIDTH, lane.middle
            edge.path = " ".join([*path, _curve(x, y, edge.end.x, ends[n])])


def _steps(chain: Sequence[Link]) -> list[str]:
    """The source ids of a chain without immediate repetitions."""
    ids = [link.source_id for link in chain]
    return ids[:1] + [b for a, b in pairwise(ids) if a != b]


def _columns(chains: Sequence[Sequence[str]]) -> dict[str, int]:
    """The column of every source: publishers last, whoever passed something on before them, mere origins first."""
    distance: dict[str, int] = {}
    publishers = {chain[-1] for chain in chains}
    for chain in chains:
        for n, source_id in enumerate(reversed(chain)):
            between = 0 < n < len(chain) - 1
            distance[source_id] = max(distance.get(source_id, 0), n if between else 0)
    first = max(distance.values(), default=0) + 1 if len(distance) > len(publishers) else 0
    return {i: first if i in publishers else first - (away or first) for i, away in distance.items()}


def _edges(claims: Sequence[ClaimView], nodes: dict[str, Node]) -> list[Edge]:
    counts: Counter[tuple[str, str]] = Counter()
    stated: set[tuple[str, str]] = set()
    for claim in claims:
        for n, (left, right) in enumerate(pairwise(claim.chain)):
            if (step := (left.link.source_id, right.link.source_id))[0] != step[1]:
                counts[step] += 1
                if not right.inherited and not (n == 0 and left.inherited):
                    stated.add(step)
    most = max(counts.values(), default=1)
    edges = []
    for (left_id, right_id), count in counts.items():
        start, end = nodes[left_id], nodes[right_id]
        width = THINNEST + (THICKEST - THINNEST) * (count - 1) / max(most - 1, 4)
        lanes = [Node(None, n, max(width, LANE_HEIGHT)) for n in range(start.column + 1, end.column)]
        edges.append(Edge(start, end, count, (left_id, right_id) not in stated, width, lanes))
    return edges


def _note(source_id: str, chains: Sequence[Sequence[str]]) -> str:
    """What the box says below the name: how many claims begin here and how many pass through."""
    own = sum(chain[0] == source_id for chain in chains)
    through = sum(source_id in chain[1:] for chain in chains)
    if any(chain[-1] == source_id for chain in chains):
        return f"publishes {through + own}" + (f", {own} in its own voice" if own else "")
    parts = [f"origin of {own}"] * bool(own) + [f"passes on {through}"] * bool(through)
    return ", ".join(parts)


def _ports(edges: Sequence[Edge], *, at_start: bool) -> list[float]:
    """Where each edge meets its box, so that edges lie side by side instead of on one another."""
    ports = [0.0] * len(edges)
    by_node: dict[int, list[int]] = defaultdict(list)
    for n, edge in enumerate(edges):
        by_node[id(edge.start if at_start else edge.end)].append(n)
    for meeting in by_node.values():
        node = edges[meeting[0]].start if at_start else edges[meeting[0]].end
        meeting.sort(key=lambda n: _neighbour(edges[n], at_start).middle)
        y = node.middle - sum(edges[n].width for n in meeting) / 2
        for n in meeting:
            ports[n] = y + edges[n].width / 2
            y += edges[n].width
    return ports


def _neighbour(edge: Edge, at_start: bool) -> Node:
    path = [edge.start, *edge.lanes, edge.end]
    return path[1] if at_start else path[-2]


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (x1 + x2) / 2
    return f"C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
