"""The report on agreement as people see it: tables of a terminal, and a page."""

from collections.abc import Iterator

from rich.table import Table

from annotator.formats.pages import environment, policy_of, resource
from annotator.labels import ReviewStatus
from annotator.review.agreement import FIELDS, Agreement, Field


def tables(report: Agreement) -> Iterator[Table]:
    """The counts for a terminal."""
    done = Table("status", "claims", title="What reviewers did")
    for status, count in report.statuses.items():
        done.add_row(status, str(count))
    yield done
    if report.corrected:
        columns = Table("column", "claims", title="Most often corrected")
        for name, count in report.corrected[:8]:
            columns.add_row(name, str(count))
        yield columns
    bands = Table("confidence", "claims", "accepted", "kept", title="The machine's claims by confidence")
    for band in report.bands:
        if band.claims:
            shares = (f"{100 * n / band.claims:.0f} %" for n in (band.accepted, band.kept))
            bands.add_row(f"{band.low:.1f} to {band.high:.1f}", str(band.claims), *shares)
    yield bands
    yield _table_of_comparisons(report)


def _table_of_comparisons(report: Agreement) -> Table:
    table = Table("", *(f"{c.one} and {c.other}" for c in report.comparisons), title="Agreement (F1; share, alpha)")
    for name in ("claims", "exact", "cues", "mentions"):
        table.add_row(name, *(f"{100 * getattr(c, name).f1:.0f} %" for c in report.comparisons))
    for name in FIELDS:
        table.add_row(name, *(_shown(c.fields[name]) for c in report.comparisons))
    return table


def _shown(one: Field) -> str:
    if one.share is None:
        return "–"
    return f"{100 * one.share:.0f} %" + ("" if one.alpha is None else f", {one.alpha:.2f}")


def render(report: Agreement) -> str:
    """The report as one HTML page that needs nothing but a browser."""
    css = resource("review.css")
    page = environment().from_string(resource("review.html.jinja"))
    return page.render(report=report, css=css, policy=policy_of(css), statuses=list(ReviewStatus))
