"""The page about a run: plots drawn as SVG, tables beneath; no script, and nothing of an article can become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.pages import environment, policy_of, resource

WIDTH, HEIGHT = 640, 160  # of the plots over time, in units of the drawing


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Overview:
    """What the page shows: totals, and the first rows of each table."""

    total: dict[str, Any]
    outlets: Rows
    outlet_count: int
    sources: Rows
    source_count: int
    over_time: Rows
    undated: int
    chains: Rows
    missing_shards: int
    by_identity: bool = False


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: its label, its figure as text, and its parts as shares of the chart's width."""

    label: str
    figure: str
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Curve:
    """A share over time: points of the drawing, and the labels of its axes."""

    title: str
    points: tuple[tuple[float, float, str], ...]
    top: str
    first: str
    last: str


def render(overview: Overview) -> str:
    """The page as one self-contained HTML document that can always be encoded as UTF-8."""
    css = resource("summary.css")
    return (
        environment()
        .from_string(resource("summary.html.jinja"))
        .render(
            css=css,
            policy=policy_of(css),
            overview=overview,
            quote_types=[_quote_types(row) for row in overview.outlets if row["attributed"]],
            anonymous=_bars(overview.outlets, "publisher", "anonymous_share"),
            concentration=_bars(overview.outlets, "publisher", "concentration", percent=False),
            chains=_chains(overview.chains),
            curves=[
                curve
                for title, name in (
                    ("Share of attributed claims from anonymous sources", "anonymous_share"),
                    ("Claims", "claims"),
                )
                if (curve := _curve(title, overview.over_time, name))
            ],
        )
    )


def _quote_types(row: dict[str, Any]) -> Bar:
    parts = tuple((kind, row[kind] / row["attributed"]) for kind in ("direct", "mixed", "indirect"))
    return Bar(row["publisher"], f"{row['direct_share'] or 0:.0%} direct", parts)


def _bars(rows: Sequence[dict[str, Any]], label: str, figure: str, *, percent: bool = True) -> list[Bar]:
    known = [row for row in rows if row[figure] is not None]
    most = max((row[figure] for row in known), default=0) or 1
    text = "{:.0%}" if percent else "{:.3f}"
    return [Bar(row[label], text.format(row[figure]), (("share", row[figure] / most),)) for row in known]


def _chains(rows: Sequence[dict[str, Any]]) -> list[Bar]:
    total = sum(row["claims"] for row in rows) or 1
    most = max((row["claims"] for row in rows), default=0) or 1
    return [
        Bar(
            f"{row['links']} link{'s' if row['links'] > 1 else ''}",
            f"{row['claims'] / total:.1%}",
            (("share", row["claims"] / most),),
        )
        for row in rows
    ]


def _curve(title: str, rows: Sequence[dict[str, Any]], name: str) -> Curve | None:
    """A curve, where there are two periods at least."""
    known = [row for row in rows if row[name] is not None]
    if len(known) < 2:
        return None
    most = max(row[name] for row in known) or 1
    text = "{:.0%}" if name.endswith("share") else "{:,}"
    points = tuple(
        (
            round(n * WIDTH / (len(known) - 1), 1),
            round(HEIGHT - row[name] / most * HEIGHT, 1),
            f"{row['period']}: {text.format(row[name])}",
        )
        for n, row in enumerate(known)
    )
    return Curve(title, points, text.format(most), known[0]["period"], known[-1]["period"])
