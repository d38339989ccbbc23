"""Standards read by the tools of others: anchors of web annotations, the schema of TEI, the types of schema.org."""

import html
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from annotator import formats
from annotator.formats.jsonl import load
from annotator.formats.standards.pieces import Lines
from annotator.records import AnnotatedArticle
from tests.factory import harbour_record, records
from tests.formats.standards.texts import checked_record
from tests.live import standards

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.live

EXPORTS = Path(__file__).parents[2] / "exports" / "records.jsonl"
ARTICLES = [*load(EXPORTS), harbour_record(), checked_record()]
PAGE = """<!doctype html><title>News</title><nav><a>Home</a> <a>🚢 Sea</a></nav><main>{}</main><footer>About</footer>"""


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(standards.tei_schema()))


@pytest.fixture(scope="module")
def node() -> Path:
    return standards.node()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    page = browser.new_page()
    yield page
    page.close()


def targets(folder: Path, record: AnnotatedArticle) -> list[list[dict[str, Any]]]:
    (path,) = formats.write([record], folder, ["web-annotation"])
    items = json.loads(path.read_text(encoding="utf-8"))["first"]["items"]
    return [target["selector"] for item in items for target in item["target"]]


@pytest.mark.ui
@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record.article.article_id)
def test_hypothesis_and_two_others_find_each_place_on_a_page(
    tmp_path: Path, node: Path, page: "Page", record: AnnotatedArticle
) -> None:
    # A page whose paragraphs stand between other words, so that no position is right.
    text = record.article.text
    paragraphs = (f"<p>{html.escape(text[start:end])}</p>\n" for start, end in Lines(text).spans)
    page.set_content(PAGE.format("".join(paragraphs)))
    page.add_script_tag(path=node / "anchors.js")
    for selectors in targets(tmp_path, record):
        words = {name: text.replace("\x00", "") for name, text in selectors[0].items()}  # which no page can hold
        found = page.evaluate("selectors => found(selectors)", selectors)
        assert found["hypothesis"] == words["exact"]  # the only one of the three that takes what is nearest
        if words == selectors[0]:
            assert found["domAnchor"] == words["exact"]
            assert words["exact"] in found["apache"]


def problems(schema: etree.RelaxNG, folder: Path, *of: AnnotatedArticle) -> list[str]:
    paths = formats.write(of, folder, ["tei"])
    return [str(schema.error_log) for path in paths if not schema.validate(etree.parse(path))]


def test_a_document_that_is_no_tei_would_be_told(schema: etree.RelaxNG, tmp_path: Path) -> None:
    (path,) = formats.write([harbour_record()], tmp_path, ["tei"])
    wrong = path.read_bytes().replace(b" who=", b" speaker=", 1)
    assert not schema.validate(etree.fromstring(wrong).getroottree())


def test_every_document_is_valid_tei(schema: etree.RelaxNG, tmp_path: Path) -> None:
    assert problems(schema, tmp_path, *ARTICLES) == []


@given(records())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_valid_tei(schema: etree.RelaxNG, tmp_path: Path, record: AnnotatedArticle) -> None:
    assert problems(schema, tmp_path, record) == []


def compiled(node: Path, kind: str, graph: str) -> str:
    """What the compiler of TypeScript says of a graph whose nodes should be of that type of schema.org."""
    (node / "graph.ts").write_text(
        f'import type {{Claim, ClaimReview, NewsArticle, WithContext}} from "schema-dts";\n'
        f'const graph: {{"@context": "https://schema.org", "@graph": readonly ({kind})[]}} = {graph};\n',
        encoding="utf-8",
    )
    command = ["npx", "tsc", "--noEmit", "--strict", "--skipLibCheck", "graph.ts"]
    return subprocess.run(command, cwd=node, capture_output=True, text=True, timeout=300).stdout


def test_claims_and_reviews_have_the_types_that_schema_org_wants(node: Path, tmp_path: Path) -> None:
    claims, reviews = formats.write(ARTICLES, tmp_path, ["schema-org"])
    assert compiled(node, "Claim | NewsArticle", claims.read_text(encoding="utf-8")) == ""
    assert compiled(node, "ClaimReview", reviews.read_text(encoding="utf-8")) == ""
    wrong = reviews.read_text(encoding="utf-8").replace('"itemReviewed": {', '"itemReviewed": "x", "author": {')
    assert "error TS" in compiled(node, "ClaimReview", wrong)
