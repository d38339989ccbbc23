"""The report for fact-checkers: one HTML file that needs nothing but a browser, also without scripts and on paper.

Every string of a record passes the template's escaping and `clean`; a content security policy lets only the report's
own style sheet and script act, so an article's words stay words.
"""

import base64
import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from annotator.labels import (
    VOCABULARIES,
    AttributionMode,
    Label,
    LinkBasis,
    QuoteType,
    Resolution,
    SectionKind,
    SourceType,
)
from annotator.records import (
    ARTICLE_SOURCE,
    UNKNOWN_PUBLISHER,
    AnnotatedArticle,
    Attribution,
    Claim,
    Link,
    Nested,
    Source,
    Span,
    without_rejected,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template

COLOURS = 12  # report.css has the hues .k1 to .k12; further sources begin again and differ by their letter
GLOSSARY = ("quote_type", "kind", "attribution", "stance", "on_record", "flag", "link_role", "link_basis")

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
# What HTML does not allow in a text: lone surrogates, C1 controls, noncharacters.
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NOT_HTML = re.compile(f"[\x80-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_C0 = {n: 0x2400 + n for n in range(0x20) if chr(n) not in "\t\n"} | {0x7F: 0x2421}
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"'`\\]+", re.IGNORECASE)


def render(records: Sequence[AnnotatedArticle]) -> str:
    """The report on all records as one self-contained HTML document that can always be encoded as UTF-8."""
    css, script = resource("report.css"), resource("report.js")
    views = [ArticleView(number, without_rejected(record)) for number, record in enumerate(records, 1)]
    return _template().render(
        css=css,
        script=script,
        policy=policy_of(css, script),
        articles=views,
        totals=Totals(claim for view in views for claim in view.claims),
        sources=sum(view.source_count for view in views),
        tools=sorted({(t.name, t.version, t.model, t.lexicon) for t in (record.tool for record in records)}),
        node_width=NODE_WIDTH,
        glossary=[(name.replace("_", " "), VOCABULARIES[name]) for name in GLOSSARY],
    )


def clean(value: object) -> object:
    """Replace the characters that HTML forbids by visible signs, and every line end by a newline.

    >>> clean("bell \\x07, nul \\0")
    'bell ␇, nul ␀'
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").translate(_C0)
    return _NOT_HTML.sub("\ufffd", text)


def web_address(url: str | None) -> str | None:
    """The address if it may become a link: http or https with a host, and nothing that could end an attribute."""
    if url is None or not _WEB_ADDRESS.fullmatch(url):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:  # "http://[" and the like
        return None


@cache
def resource(name: str) -> str:
    """A template, style sheet or script of this folder."""
    return files(__package__).joinpath(name).read_text("utf-8")


def _csp_hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def environment() -> "Environment":
    """What every page is made with: all that it shows is escaped, and cleaned of what HTML forbids."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, finalize=clean, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["words"] = lambda label: str(label).replace("_", " ")
    made.filters["percent"] = lambda share: f"{share:.0%}"
    return made


@cache
def _template() -> "Template":
    return environment().from_string(resource("report.html.jinja"))


def policy_of(css: str, script: str | None = None) -> str:
    """The content security policy of a page on which only its own style sheet and script may act."""
    scripts = f"script-src '{_csp_hash(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_csp_hash(css)}'; {scripts}base-uri 'none'; form-action 'none'"


# --- What the template shows ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceView:
    """A source with its letter, its colour and its numbers."""

    source: Source
    anchor: str
    letter: str
    colour: int
    claims: Counter[QuoteType]
    passed_on: int
    share: float

    @property
    def own_voice(self) -> bool:
        return _is_own_voice(self.source)

    @property
    def total(self) -> int:
        return self.claims.total()

    @property
    def people(self) -> int | None:
        """How many people they are, for sources that are people."""
        return self.source.count if self.source.type in (SourceType.PERSON, SourceType.GROUP) else None


@dataclass(frozen=True)
class LinkView:
    """One step of a chain with the source behind it."""

    link: Link
    source: SourceView

    @property
    def inherited(self) -> bool:
        return self.link.basis is LinkBasis.INHERITED


@dataclass(frozen=True)
class ClaimView:
    """A claim with its number and everything that its card says."""

    number: int
    article: int
    claim: Claim
    source: SourceView
    chain: tuple[LinkView, ...]
    attribution: Attribution | None
    candidates: tuple[tuple[SourceView, float], ...]

    @property
    def card(self) -> str:
        return f"a{self.article}-c{self.number}"

    @property
    def mark(self) -> str:
        return f"a{self.article}-m{self.number}"

    @property
    def anonymous(self) -> bool:
        return self.source.source.anonymous

    @property
    def unattributed(self) -> bool:
        return self.claim.attribution is AttributionMode.UNATTRIBUTED

    @property
    def filters(self) -> str:
        kinds = {"anonymous": self.anonymous, "unattributed": self.unattributed, "review": self.claim.needs_review}
        return " ".join(name for name, holds in kinds.items() if holds)

    @property
    def unresolved(self) -> Resolution | None:
        if self.attribution is None or self.attribution.resolution is Resolution.RESOLVED:
            return None
        return self.attribution.resolution

    @property
    def tags(self) -> list[tuple[str, Label]]:
        """The labels worth a tag: what only repeats "own voice" is left out."""
        claim = self.claim
        tags: list[tuple[str, Label]] = [
            ("quote", claim.quote_type),
            ("kind", claim.kind),
            ("attribution", claim.attribution),
            ("stance", claim.stance),
            ("terms", claim.on_record),
        ]
        if claim.polarity == "negative":
            tags.insert(2, ("polarity", claim.polarity))
        return [(name, label) for name, label in tags if label not in ("none", "not_applicable")]

    @property
    def nested(self) -> list[tuple[str, str, Nested]]:
        """Each inner attribution as who, cue, and the record itself."""
        return [
            (n.source_mention.text if n.source_mention else "", n.cue.text if n.cue else "", n)
            for n in self.claim.nested
        ]


class Totals:
    """How many claims there are, and how many of them are anonymous, unattributed or to be reviewed."""

    def __init__(self, claims: Iterable[ClaimView]) -> None:
        listed = list(claims)
        self.claims = len(listed)
        self.anonymous = sum(claim.anonymous for claim in listed)
        self.unattributed = sum(claim.unattributed for claim in listed)
        self.review = sum(claim.claim.needs_review for claim in listed)
        self.flags = sorted({flag for claim in listed for flag in claim.claim.flags})

    def share(self, count: int) -> float:
        """The share of all claims; 0 where there are none."""
        return count / self.claims if self.claims else 0.0


class ArticleView:
    """An article with its claims numbered in the order of the text and its sources lettered in the order of use."""

    def __init__(self, number: int, record: AnnotatedArticle) -> None:
        self.number = number
        self.record = record
        self.article = record.article
        self.anchor = f"a{number}"
        self.link = web_address(record.article.url)
        self.publisher = record.article.publisher or UNKNOWN_PUBLISHER
        ordered = sorted(record.claims, key=lambda claim: claim.spans[0].start)
        self.sources = _source_views(self.anchor, record, ordered)
        self.claims = [self._claim(n, claim) for n, claim in enumerate(ordered, 1)]
        self.totals = Totals(self.claims)

    def _claim(self, number: int, claim: Claim) -> ClaimView:
        attribution = self.record.attribution_of(claim)
        candidates = attribution.candidates if attribution else ()
        return ClaimView(
            number=number,
            article=self.number,
            claim=claim,
            source=self.sources[claim.source_id],
            chain=tuple(LinkView(link, self.sources[link.source_id]) for link in claim.chain),
            attribution=attribution,
            candidates=tuple((self.sources[c.source_id], c.score) for c in candidates),
        )

    @property
    def source_count(self) -> int:
        return sum(not view.own_voice for view in self.sources.values())

    @property
    def headline(self) -> str:
        if title := (self.article.title or "").strip():
            return title
        spans = [s for s in self.record.sections if s.kind is SectionKind.HEADLINE]
        texts = (" ".join(self.article.text[s.start : s.end].split()) for s in spans)
        return next(filter(None, texts), self.article.article_id)

    @cached_property
    def blocks(self) -> list["Block"]:
        return list(_blocks(self))

    @cached_property
    def graph(self) -> "Graph":
        return Graph(self)


def _is_own_voice(source: Source) -> bool:
    return source.source_id == ARTICLE_SOURCE or source.type is SourceType.ARTICLE


def _letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ...

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    head, last = divmod(number, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def _source_views(anchor: str, record: AnnotatedArticle, claims: Sequence[Claim]) -> dict[str, SourceView]:
    in_use = [claim.source_id for claim in claims] + [link.source_id for claim in claims for link in claim.chain]
    order = dict.fromkeys([*in_use, *(source.source_id for source in record.sources)])
    views: dict[str, SourceView] = {}
    lettered = 0
    for n, source_id in enumerate(order):
        source = record.source_by_id[source_id]
        own = _is_own_voice(source)
        quotes = Counter(claim.quote_type for claim in claims if claim.source_id == source_id)
        views[source_id] = SourceView(
            source=source,
            anchor=f"{anchor}-s{n + 1}",
            letter="" if own else _letters(lettered),
            colour=0 if own else lettered % COLOURS + 1,
            claims=quotes,
            passed_on=sum(
                claim.source_id != source_id and source_id in {link.source_id for link in claim.chain}
                for claim in claims
            ),
            share=quotes.total() / len(claims) if claims else 0.0,
        )
        lettered += not own
    return views


# --- The text with its marks ------------------------------------------------------------------------------------------

MarkKind = Literal["claim", "cue", "mention", "section"]


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that the report shows: of a claim, a cue, a source mention or a section."""

    start: int
    end: int
    kind: MarkKind
    claim: ClaimView | None = None
    source: SourceView | None = None
    section: SectionKind | None = None
    first: bool = False


@dataclass(frozen=True)
class Piece:
    """A flat part of a line: a claim's badge (no text of the article), or text that all its marks cover in full."""

    text: str
    classes: str
    title: str = ""
    claims: str = ""
    badge: ClaimView | None = None
    first: bool = False


@dataclass(frozen=True)
class Block:
    """One line of the text; a blank one has no pieces."""

    kind: SectionKind
    pieces: list[Piece]
    after: str


def _marks(view: ArticleView) -> Iterator[Mark]:
    for section in view.record.sections:
        yield Mark(section.start, section.end, "section", section=section.kind)
    seen: set[tuple[int, int, str]] = set()
    for kind, span, source in _cues_and_mentions(view):
        if (span.start, span.end, kind) not in seen:
            seen.add((span.start, span.end, kind))
            yield Mark(span.start, span.end, kind, source=source)
    for claim in view.claims:
        for n, span in enumerate(claim.claim.spans):
            yield Mark(span.start, span.end, "claim", claim=claim, source=claim.source, first=n == 0)


def _cues_and_mentions(view: ArticleView) -> Iterator[tuple[MarkKind, Span, SourceView | None]]:
    """Every cue and mention of the record; where one span is listed twice, the mention with its source comes first."""
    for source in view.sources.values():
        for span in source.source.mentions:
            yield "mention", span, source
    found: list[tuple[Span | None, Span | None, SourceView | None]] = [
        (item.cue, item.source_mention, view.sources[item.source_id]) for item in view.record.attributions
    ]
    for claim in view.claims:
        found += [(link.link.cue, link.link.mention, link.source) for link in claim.chain]
        found += [(nested.cue, nested.source_mention, None) for nested in claim.claim.nested]
    for cue, mention, owner in found:
        if mention:
            yield "mention", mention, owner
        if cue:
            yield "cue", cue, owner


def _blocks(view: ArticleView) -> Iterator[Block]:
    text = view.article.text
    lines = [match.span(1) for match in _LINE.finditer(text) if match.group()]
    starts = [start for start, _ in lines]
    by_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in _marks(view):
        first, last = bisect_right(starts, mark.start) - 1, bisect_right(starts, mark.end - 1) - 1
        for n in range(first, last + 1):
            by_line[n].append(mark)
    for n, (start, end) in enumerate(lines):
        marks = by_line[n]
        begins_here = any(mark.kind == "claim" and mark.start >= start for mark in marks)
        line_end = starts[n + 1] if n + 1 < len(lines) else len(text)
        if text[start:end].strip(" \t") or begins_here:
            kind = _section_at(text, start, end, marks)
            yield Block(kind, list(_pieces(text, start, end, marks, kind)), "\n" if line_end > end else "")
        else:
            yield Block(SectionKind.BODY, [], text[start:line_end])


def _section_at(text: str, start: int, end: int, marks: Sequence[Mark]) -> SectionKind:
    """The section of the line's first visible character."""
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    found = [mark.section for mark in marks if mark.section and mark.start <= at < mark.end]
    return found[-1] if found else SectionKind.BODY


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], kind: SectionKind) -> Iterator[Piece]:
    """Split a line at every border of a mark, so that crossing marks become flat pieces."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[min(max(mark.start, start), end)].append(mark)
    cuts = sorted({start, end, *opening, *(mark.end for mark in marks if mark.end < end)})
    active: list[Mark] = []
    for left, right in pairwise([*cuts, end]):
        yield from (_badge(m) for m in opening[left] if m.kind == "claim" and m.start >= start)
        active = [mark for mark in active if mark.end > left] + opening[left]
        if left < right:
            yield _piece(text[left:right], active, kind)


def _badge(mark: Mark) -> Piece:
    return Piece("", f"k{mark.source.colour}" if mark.source else "", badge=mark.claim, first=mark.first)


def _piece(text: str, marks: Sequence[Mark], block: SectionKind) -> Piece:
    classes, title = [], []
    claims = [mark.claim for mark in marks if mark.claim]
    if claims:
        inner = min(claims, key=lambda claim: len(claim.claim.text))
        classes += [
            "m",
            f"q-{inner.claim.quote_type}",
            f"k{inner.source.colour}",
            *(["over"] if len(claims) > 1 else []),
        ]
        title += [f"claim {c.number}: {c.source.source.name} ({_quote_words(c.claim.quote_type)})" for c in claims]
    if mentions := [mark for mark in marks if mark.kind == "mention"]:
        source = mentions[-1].source
        classes += ["mention", f"n{source.colour if source else 0}"]
        title.append(f"source mention: {source.source.name}" if source else "source mention inside the claim")
    if any(mark.kind == "cue" for mark in marks):
        classes.append("cue")
        title.append("cue")
    sections = [mark.section for mark in marks if mark.section]
    if sections and sections[-1] is not block:
        classes.append(f"sec-{sections[-1]}")
    return Piece(text, " ".join(classes), "; ".join(title), " ".join(claim.card for claim in claims))


def _quote_words(quote: QuoteType) -> str:
    return "own voice" if quote is QuoteType.NONE else str(quote)


# --- The drawing of the chains ----------------------------------------------------------------------------------------

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
