"""The findings of a check as a table, as JSON lines and as a page."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from annotator.formats.pages import environment, policy_of, resource
from annotator.formats.tables import harmless
from annotator.storage import whole, write_text
from annotator.tracing.checking import Finding

COLUMNS = (
    "article_id", "what", "verdict", "marked", "text", "speaker", "original_id", "original_text", "original_speaker",
    "changes", "lost",
)  # fmt: skip


def write(findings: Sequence[Finding], output: Path, *, excel: bool = False) -> list[Path]:
    """Write `check.csv`, `check.jsonl` and `check.html` into a folder as one set, and return their paths."""
    css = resource("trace.css")
    page = environment().from_string(resource("trace.html.jinja"))
    with whole(output) as folder:
        written = [
            write_text(folder / "check.csv", [_csv(findings, excel=excel)], encoding="utf-8-sig" if excel else "utf-8"),
            write_text(folder / "check.jsonl", [line(finding) + "\n" for finding in findings]),
            write_text(
                folder / "check.html",
                [page.render(css=css, policy=policy_of(css), which="check", findings=findings)],
            ),
        ]
    return [output / path.name for path in written]


def line(finding: Finding) -> str:
    """One finding as JSON."""
    return json.dumps(asdict(finding), ensure_ascii=False)


def _csv(findings: Sequence[Finding], *, excel: bool) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for finding in findings:
        row = asdict(finding) | {
            "marked": str(finding.marked).lower() if finding.verdict == "shortened" else "",
            "changes": "; ".join(f"{change.original} → {change.printed}" for change in finding.changes),
            "lost": ", ".join(finding.lost),
            "verdict": finding.verdict.value,
        }
        cells = [row[column] for column in COLUMNS]
        table.writerow([harmless(c) if excel and isinstance(c, str) else c for c in cells])
    return text.getvalue()
