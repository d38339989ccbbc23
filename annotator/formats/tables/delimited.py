"""Both tables as CSV, plain or for a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.tables.columns import CLAIM_COLUMNS, SOURCE_COLUMNS, Column, Row, cells
from annotator.formats.tables.frictionless import datapackage
from annotator.records import AnnotatedArticle
from annotator.storage import write_text

if TYPE_CHECKING:
    import pandas as pd

# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection"; the wide forms are East Asian).
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# Readers strip these before they look: blanks, quotes, controls, and marks that nobody sees.
_SKIPPED = '[\\s"\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*'
# A cell also begins where a reader of another kind of table splits: at a semicolon (Excel in half of Europe), a bar,
_FORMULA = re.compile(rf"(?:\A|(?<=[;|]))(?={_SKIPPED}[{_SIGNS}])")
_BLANKS = str.maketrans("\t\r\n", "   ")  # or a tab


def csv_text(frame: "pd.DataFrame", *, excel: bool = False) -> str:
    """The table as CSV; `excel` puts an apostrophe before text that a spreadsheet would take for a formula."""
    import pandas as pd

    frame = frame.copy()
    for name in frame.columns:
        if pd.api.types.is_bool_dtype(frame[name]):
            frame[name] = frame[name].map({True: "true", False: "false"}, na_action="ignore")
        elif excel and pd.api.types.is_string_dtype(frame[name]):
            frame[name] = frame[name].map(harmless, na_action="ignore")
    return str(frame.to_csv(index=False, lineterminator="\n"))


def harmless(cell: str) -> str:
    """The cell with an apostrophe wherever a spreadsheet would else begin a formula.

    >>> harmless("=1+1"), harmless("Rain; =1+1"), harmless("5 = 4 + 1; fine")
    ("'=1+1", "Rain;' =1+1", '5 = 4 + 1; fine')
    """
    return _FORMULA.sub("'", cell.translate(_BLANKS))


def write_csv(frame: "pd.DataFrame", path: Path, *, excel: bool = False) -> Path:
    """Write the table as CSV; `excel` adds the byte order mark and guards formulas.

    Raises `OutputError` where the file cannot be written.
    """
    return write_text(path, [csv_text(frame, excel=excel)], encoding="utf-8-sig" if excel else "utf-8")


def write_into(records: Sequence[AnnotatedArticle], folder: Path, *, excel: bool = False) -> list[Path]:
    """Write `claims.csv`, `sources.csv` and the `datapackage.json` that describes them.

    The same bytes as of their frames, without pandas, whose import takes longer than an article.
    Raises `OutputError` where a file cannot be written.
    """
    claims = _csv(CLAIM_COLUMNS, ((record, claim) for record in records for claim in record.claims), excel)
    sources = _csv(SOURCE_COLUMNS, ((record, source) for record in records for source in record.sources), excel)
    encoding = "utf-8-sig" if excel else "utf-8"
    return [
        write_text(folder / "claims.csv", claims, encoding=encoding),
        write_text(folder / "sources.csv", sources, encoding=encoding),
        write_text(folder / "datapackage.json", [json.dumps(datapackage(excel=excel), indent=2) + "\n"]),
    ]


def _csv(columns: Sequence[Column[Row]], rows: Iterable[tuple[AnnotatedArticle, Row]], excel: bool) -> Iterator[str]:
    """A table as CSV, line by line, straight from its columns."""
    yield _line([column.name for column in columns])
    for record, row in rows:
        values = cells(columns, record, row)
        yield _line([_cell(column.type, value, excel) for column, value in zip(columns, values, strict=True)])


def _line(values: Sequence[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(values)
    return written.getvalue()


def _cell(kind: str, value: object, excel: bool) -> object:
    """A value as the frame's column of its type would write it."""
    if value is None:
        return None
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "number":
        return float(value)  # type: ignore[arg-type]  # the column says that it is one
    return harmless(str(value)) if excel and kind == "string" else value
