"""The coding manual: every label with its meaning, examples that a person agreed with, and how to cite it."""

import datetime
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotator.cli import app
from annotator.formats import codebook
from annotator.formats.jsonl import load
from annotator.labels import VOCABULARIES
from tests.factory import harbour_record
from tools import codebook_examples

ROOT = Path(__file__).parents[3]
DAY = datetime.date(2026, 11, 28)
NONE = "no example in the six articles"
LABELS = [(name, label) for name, labels in VOCABULARIES.items() for label in labels]


class Page(HTMLParser):
    """The words of a page by the id of the entry that they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, str] = {}
        self.entry = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dt":
            self.entry = dict(attrs).get("id") or ""

    def handle_data(self, data: str) -> None:
        self.entries[self.entry] = self.entries.get(self.entry, "") + data


def entries_of_page() -> dict[str, str]:
    page = Page()
    page.feed(codebook.FORMATS["html"][1](codebook.manual(made=DAY)))
    return page.entries


def entries_of_markdown() -> dict[str, str]:
    text = codebook.FORMATS["md"][1](codebook.manual(made=DAY))
    entries = {}
    for part in text.split("\n## ")[1:]:
        found = re.match(r".*\(`(\w+)`\)\n", part)
        for entry in part.split("\n### ")[1:] if found else []:
            label, _, rest = entry.partition("\n")
            entries[f"{found[1]}-{label.strip('`').replace(' ', '-')}"] = rest  # type: ignore[index]
    return entries


@pytest.mark.parametrize("entries", [entries_of_page, entries_of_markdown])
def test_every_label_is_there_with_its_meaning_and_an_example_or_a_plain_word_that_there_is_none(
    entries: "type[dict[str, str]]",
) -> None:
    found = entries()
    examples = {(part.name, e.label): e.examples for part in codebook.manual().parts for e in part.entries}
    for name, label in LABELS:
        words = found[f"{name}-{label.value.replace(' ', '-')}"]
        assert label.meaning in words
        shown = [one for one in examples[name, label.value] if one.article in words]
        assert (NONE in words) is not bool(shown), (name, label)


def test_most_labels_of_claims_and_sources_have_examples() -> None:
    kept = {(part.name, entry.label): entry.examples for part in codebook.manual().parts for entry in part.entries}
    coded = [(n, label.value) for n, label in LABELS if n in {"quote_type", "stance", "polarity", "source_type"}]
    assert [key for key in coded if not kept[key]] == [("source_type", "state"), ("source_type", "social_post")]


def test_the_examples_are_words_of_the_six_articles_and_kept_as_they_are_made() -> None:
    texts = {record.article.article_id: record.article.text for record in load(ROOT / "exports" / "records.jsonl")}
    for part in codebook.manual().parts:
        for example in (one for entry in part.entries for one in entry.examples):
            assert example.text in texts[example.article]
            assert all(words.strip() for words in example.marked)
    stored = codebook_examples.FILE.read_text("utf-8")
    assert stored == codebook_examples.made(), "out of date: python tools/codebook_examples.py"


def test_it_says_its_version_digest_and_how_to_cite_it_as_the_citation_file_does() -> None:
    book, later = codebook.manual(made=DAY), codebook.manual(made=DAY + datetime.timedelta(1))
    assert book.digest == later.digest != codebook.manual([harbour_record()]).digest
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    for line in (
        f"version: {book.version}\n",
        "  - name: The attribution-annotator authors\n",
        "license: Apache-2.0\n",
    ):
        assert line in citation
    assert book.citation == (
        f"The attribution-annotator authors (2026). Coding manual of attribution-annotator, version {book.version}, "
        f"schema 1 [2026-11-28; SHA-256 {book.digest[:12]}]. Licence: Apache-2.0."
    )
    for form in ("html", "md"):
        text = codebook.FORMATS[form][1](book)
        assert book.citation in text
        assert book.digest in text


def test_examples_of_ones_own_records_take_the_place_of_those_of_the_package() -> None:
    book = codebook.manual([harbour_record()])
    marked = {
        (part.name, entry.label): [example.marked for example in entry.examples]
        for part in book.parts
        for entry in part.entries
    }
    assert marked["review_reason", "source_ambiguous"] == [("repairs may take weeks",)]
    assert ("a harbour official",) in marked["marks", "anonymous"]
    assert book.none == "no example in the records"


def test_markup_in_an_article_stays_words(tmp_path: Path) -> None:
    text = codebook.FORMATS["md"][1](codebook.manual())
    assert r"@blaublut\_87" in text  # else a slanted word begins there
    page = codebook.FORMATS["html"][1](codebook.manual())
    assert page.count("<script") == 0
    assert "default-src 'none'" in html.unescape(page)


def test_the_command_writes_both_forms_and_names_those_that_there_are(tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(app, ["codebook", "-o", str(tmp_path / "manual")])
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "manual").iterdir()) == ["codebook.html", "codebook.md"]
    wrong = run.invoke(app, ["codebook", "-o", str(tmp_path / "other"), "--to", "pdf"])
    assert wrong.exit_code == 2
    assert "no format pdf. Formats are: html, md" in wrong.stderr
