"""Ten thousand texts as nobody writes them: every format holds them, and gives back what it was given.

More of them, or others: `ANNOTATOR_FUZZ_TEXTS=1000000 ANNOTATOR_FUZZ_SEED=7 pytest tests/formats/test_fuzz.py`.
"""

import csv
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import html as lxml_html

from annotator import formats
from annotator.errors import AnnotatorError
from annotator.formats import jsonl, label_studio, tables
from annotator.formats.pages import clean
from annotator.pipeline import default
from annotator.records import AnnotatedArticle, Article
from annotator.text import encodable_record, scrub, whole
from tests.formats.fuzz import record_over, texts

SEED = int(os.environ.get("ANNOTATOR_FUZZ_SEED", "20261127"))
TEXTS = int(os.environ.get("ANNOTATOR_FUZZ_TEXTS", "10000"))
TOGETHER = 250  # records of one report and one table
READ = 40  # texts that go through the whole pipeline


def drawn(batch: int) -> list[AnnotatedArticle]:
    return [record_over(text, seed) for seed, text in enumerate(texts(SEED + batch, TOGETHER), batch * TOGETHER)]


@pytest.mark.parametrize("batch", range(TEXTS // TOGETHER))
def test_every_format_holds_them(batch: int, tmp_path: Path) -> None:
    records = drawn(batch)
    everywhere = ["jsonl", "csv", "label-studio", "html", "xlsx"]
    # The tools have five files an article, and tests with such texts of their own: one batch in ten goes there too.
    formats.write(records, tmp_path, everywhere if batch % 10 else list(formats.FORMATS), excel=batch % 2 == 1)
    assert list(jsonl.load(tmp_path / "records.jsonl")) == [encodable_record(record) for record in records]
    tasks = json.loads((tmp_path / "label_studio" / "tasks.json").read_bytes().decode())
    assert tasks == [label_studio.task(record) for record in records]
    assert_cells(tmp_path, records, excel=batch % 2 == 1)
    assert_nothing_live((tmp_path / "report.html").read_bytes().decode(), records)


def assert_cells(folder: Path, records: Sequence[AnnotatedArticle], *, excel: bool) -> None:
    """Every cell of both tables is read back as it was, or disarmed where it is for a spreadsheet."""
    claims = [row for record in records for row in tables.claim_cells(record)]
    sources = [row for record in records for row in tables.source_cells(record)]
    for name, rows in (("claims.csv", claims), ("sources.csv", sources)):
        with (folder / name).open(encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
            found = list(csv.reader(file, strict=True))[1:]
        expected = [[written(cell, excel=excel) for cell in row] for row in rows]
        assert [[same(cell) for cell in row] for row in found] == [[same(cell) for cell in row] for row in expected]


def written(cell: object, *, excel: bool) -> str:
    """A cell as the table has it."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell).lower()
    return tables.harmless(str(cell)) if excel and isinstance(cell, str) else str(cell)


def same(cell: str) -> str:
    """A number has several forms that mean the same."""
    return repr(float(cell)) if re.fullmatch(r"[0-9]+\.[0-9]+(?:e-?[0-9]+)?", cell, re.ASCII) else cell


def assert_nothing_live(page: str, records: Sequence[AnnotatedArticle]) -> None:
    """The report shows the texts and makes nothing of what is in them."""
    tree = lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    assert len(tree.xpath("//script | //style")) == 2
    assert not tree.xpath("//img | //iframe | //object | //embed | //link | //base | //form | //comment()")
    assert not tree.xpath("//@*[starts-with(name(), 'on')] | //@src | //@style")
    assert not [href for href in tree.xpath("//@href") if not re.match(r"#a[0-9]|#glossary|https?://", href)]
    blocks = {block.get("id"): block for block in tree.iter("div")}
    for number, record in enumerate(records, 1):
        shown = blocks[f"a{number}-text"].xpath(".//text()[not(ancestor::a[contains(@class, 'badge')])]")
        assert "".join(shown) == clean(record.article.text)


@pytest.mark.parametrize("batch", range(TEXTS // TOGETHER // 10))
def test_parquet_holds_them(batch: int) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    buffer = pytest.importorskip("pyarrow").BufferReader
    records = drawn(batch)
    rows = [row for record in records for row in tables.claim_cells(record)]
    table = parquet.read_table(buffer(tables.parquet(tables.CLAIM_COLUMNS, rows)))
    assert [list(row.values()) for row in table.to_pylist()] == rows


@pytest.mark.parametrize("text", list(texts(SEED, READ)))
def test_the_pipeline_reads_them_or_says_why_not(text: str, tmp_path: Path) -> None:
    try:
        record = default().annotate(Article(article_id="fuzz", text=text, title=text[:80], publisher=text[-20:]))
    except AnnotatorError:
        return
    assert record.article.text == scrub(text)
    spans = [span for claim in record.claims for span in claim.spans]
    assert [span for span in spans if whole(record.article.text, span.start, span.end) != (span.start, span.end)] == []
    formats.write([record], tmp_path, list(formats.FORMATS))
