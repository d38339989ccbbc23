"""What a trace writes: tables with a data package, the network as GEXF and GraphML, and pages."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import networkx as nx

from annotator.formats.pages import environment, policy_of, resource
from annotator.formats.tables import harmless
from annotator.storage import whole, write_text
from annotator.tracing.chains import in_time
from annotator.tracing.identities import Seen
from annotator.tracing.network import network
from annotator.tracing.tracing import Trace

PAGES = 500  # stories that get a page, the largest first; the tables have all
DRAWN = 24  # outlets and sources in the drawing
Row = dict[str, Any]


def write(trace: Trace, output: Path, *, excel: bool = False) -> list[Path]:
    """Write all results of a trace into a folder as one set, and return their paths.

    Raises `OutputError` where the folder refuses.
    """
    tables = {"people": _people, "unsure": _unsure, "claims": _claims, "links": _links, "circles": _circles}
    with whole(output, without=_old_pages(output)) as folder:
        resources = []
        for name, rows_of in tables.items():
            rows = iter(rows_of(trace))
            columns = COLUMNS[name]
            text = (_csv(columns, row, excel=excel) for row in chain([None], rows))
            write_text(folder / f"{name}.csv", text, encoding="utf-8-sig" if excel else "utf-8")
            fields = [{"name": column, "type": "string"} for column in columns]
            resources.append(
                {"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "schema": {"fields": fields}}
            )
        package = {"name": "trace", "profile": "tabular-data-package", "resources": resources}
        write_text(folder / "datapackage.json", [json.dumps(package, indent=2) + "\n"])
        graph = network(trace)
        nx.write_gexf(graph, folder / "network.gexf")
        nx.write_graphml_xml(graph, folder / "network.graphml")
        _pages(trace, graph, folder)
        written = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [output / path for path in written]


def _old_pages(output: Path) -> list[str]:
    return [path.name for path in output.glob("story-*.html")]


COLUMNS = {
    "people": (
        "identity", "article_id", "source_id", "name", "type", "affiliation", "role", "published", "claims",
    ),
    "unsure": ("one", "one_name", "one_article", "other", "other_name", "other_article", "reason"),
    "claims": (
        "group", "article_id", "claim_id", "publisher", "published", "earliest", "source", "anonymous", "quote_type",
        "text", "chain", "lost",
    ),
    "links": ("article_id", "claim_id", "cites", "found_in", "status"),
    "circles": ("group", "outlets", "text"),
}  # fmt: skip


def _people(trace: Trace) -> Iterator[Row]:
    for one in sorted(trace.sources, key=lambda one: (trace.identity[one.number], one.number)):
        yield {
            "identity": trace.identity[one.number],
            "article_id": one.article,
            "source_id": one.source,
            "name": one.name,
            "type": one.type,
            "affiliation": one.affiliation,
            "role": one.role,
            "published": trace.dates.get(one.article),
            "claims": trace.said.get((one.article, one.source), 0),
        }


def _unsure(trace: Trace) -> Iterator[Row]:
    by_number = {one.number: one for one in trace.sources}
    for pair in trace.unsure:
        one, other = by_number[pair.one], by_number[pair.other]
        yield _named("one", one, trace) | _named("other", other, trace) | {"reason": pair.reason}


def _named(which: str, one: Seen, trace: Trace) -> Row:
    return {which: trace.identity[one.number], f"{which}_name": one.name, f"{which}_article": one.article}


def _claims(trace: Trace) -> Iterator[Row]:
    for number in sorted(trace.groups):
        yield from _tellings(trace, number)


def _tellings(trace: Trace, number: int) -> Iterator[Row]:
    for n, told in enumerate(in_time(trace.groups[number])):
        yield {
            "group": f"g{number}",
            "article_id": told.article,
            "claim_id": told.claim_id,
            "publisher": told.publisher,
            "published": told.published,
            "earliest": n == 0 and bool(told.published),
            "source": told.source,
            "anonymous": told.anonymous,
            "quote_type": told.quote_type,
            "text": told.text,
            "chain": trace.lines[told.claim],
            "lost": ", ".join(trace.lost.get(told.claim, ())),
        }


def _on_page(trace: Trace, number: int) -> Iterator[Row]:
    """The tellings of a claim with what only a page says: against which one a loss is, and a chain in its own words."""
    ordered = in_time(trace.groups[number])
    for told, row in zip(ordered, _tellings(trace, number), strict=True):
        own = " > ".join([*(name for name, _ in told.chain[:-1]), f"{told.publisher} [{told.article}]"])
        yield row | {"against": ordered[0].publisher, "own_chain": own if own != row["chain"] else ""}


def _links(trace: Trace) -> Iterator[Row]:
    told_of = {told.claim: told for group in trace.groups.values() for told in group}
    for step in trace.steps:
        told = told_of[step.claim]
        yield {
            "article_id": told.article,
            "claim_id": told.claim_id,
            "cites": step.cites,
            "found_in": step.article,
            "status": step.status,
        }


def _circles(trace: Trace) -> Iterator[Row]:
    for number, found in sorted(trace.circular.items()):
        text = in_time(trace.groups[number])[0].text
        yield from ({"group": f"g{number}", "outlets": ", ".join(circle), "text": text} for circle in found)


def _csv(columns: Sequence[str], row: Row | None, *, excel: bool) -> str:
    text = io.StringIO()
    cells = columns if row is None else [_cell(row[column], excel=excel) for column in columns]
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _cell(value: Any, *, excel: bool) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return harmless(value) if excel and isinstance(value, str) else value


def _pages(trace: Trace, graph: "nx.DiGraph[str]", folder: Path) -> None:
    ranked = sorted(trace.stories, key=lambda story: (-sum(len(trace.groups[n]) for n in story), story))
    listed = []
    for number, story in enumerate(ranked[:PAGES], 1):
        name = f"story-{number:03}.html"
        groups = [list(_on_page(trace, n)) for n in story]
        groups.sort(key=lambda rows: (rows[0]["published"] or "~", rows[0]["group"]))
        outlets = sorted({row["publisher"] for rows in groups for row in rows})
        circular = [circle for n in story for circle in trace.circular.get(n, ())]
        title = max(groups, key=len)[0]["text"]
        page = _render("story", title=title, groups=groups, outlets=outlets, circular=sorted(set(circular)))
        write_text(folder / name, [page])
        listed.append({"page": name, "title": title, "outlets": outlets, "claims": len(groups)})
    index = _render("index", trace=trace, listed=listed, drawing=_drawing(graph), stories=len(ranked))
    write_text(folder / "index.html", [index])


def _render(which: str, **about: Any) -> str:
    css = resource("trace.css")
    template = environment().from_string(resource("trace.html.jinja"))
    return template.render(css=css, policy=policy_of(css), which=which, **about)


def _drawing(graph: "nx.DiGraph[str]") -> dict[str, Any]:
    """The most told outlets and sources on a circle."""
    ranked = sorted(graph, key=lambda key: (-graph.nodes[key]["claims"], key))[:DRAWN]
    places = {}
    for n, key in enumerate(sorted(ranked, key=lambda key: (graph.nodes[key]["kind"], key))):
        angle = 2 * pi * n / max(1, len(ranked)) - pi / 2
        places[key] = {
            **graph.nodes[key],
            "x": round(360 + 170 * cos(angle), 1),
            "y": round(230 + 190 * sin(angle), 1),
            "anchor": "middle" if abs(cos(angle)) < 0.1 else "start" if cos(angle) > 0 else "end",
            "dx": 0 if abs(cos(angle)) < 0.1 else 8 if cos(angle) > 0 else -8,
            "dy": 4 if abs(cos(angle)) >= 0.1 else -10 if sin(angle) < 0 else 18,
        }
    lines = [
        {"a": places[one], "b": places[other], "n": count, "width": min(5, 1 + count / 2)}
        for one, other, count in graph.edges(data="claims")
        if one in places and other in places
    ]
    return {"nodes": list(places.values()), "lines": lines, "all": len(graph)}
