"""Both tables as pandas' data frames."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from annotator.formats.tables.columns import CLAIM_COLUMNS, SOURCE_COLUMNS, Column, Row, cells
from annotator.records import AnnotatedArticle

if TYPE_CHECKING:
    import pandas as pd


def claims_frame(records: Iterable[AnnotatedArticle]) -> "pd.DataFrame":
    """The claim table: one row a claim, in the order of the articles."""
    return _frame(CLAIM_COLUMNS, ((record, claim) for record in records for claim in record.claims))


def sources_frame(records: Iterable[AnnotatedArticle]) -> "pd.DataFrame":
    """The source table: one row a source and article, the article's own voice among them."""
    return _frame(SOURCE_COLUMNS, ((record, source) for record in records for source in record.sources))


def _frame(columns: Sequence[Column[Row]], rows: Iterable[tuple[AnnotatedArticle, Row]]) -> "pd.DataFrame":
    import pandas as pd

    # Types that know a missing value; strings as Python objects, so that pyarrow is not needed.
    types: dict[str, Any] = {
        "string": pd.StringDtype("python"),
        "integer": "Int64",
        "number": "Float64",
        "boolean": "boolean",
        "date": "datetime64[s]",
    }
    values = [cells(columns, record, row) for record, row in rows]
    frame = pd.DataFrame(values, columns=[column.name for column in columns], dtype=object)
    return frame.astype({column.name: types[column.type] for column in columns})
