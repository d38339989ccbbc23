"""Office documents, PDF, e-books and Markdown. The files of `files/` were written by LibreOffice 7.4 and reportlab."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError, MissingExtraError
from annotator.reading import read
from annotator.reading.layout import completed, sections_of
from tests.reading.noted import paragraphs, read_with_notes
from tests.reading.written import written

FILES = Path(__file__).parent / "files"
PARAGRAPHS = [
    "Bridge is safe, mayor says",
    "By Ines Halloran",
    "3 March 2026",
    "LINDEN — The old bridge over the river is safe and will open to lorries in May, Mayor Anna Moor said on Monday at "
    "a briefing in the town hall.",
    "Checked twice",
    "“It was checked twice by engineers from the ministry,” Moor told reporters after the council voted on the "
    "repairs.",
    "The ramp will be closed at night, the council said.",
    "Lorries pay two euros, it added.",
    "“Nobody asked us,” said farmer Tom Reed.",
    "Year\tLorries\n2024\t1,200",
    "Engineer Paul Renner said the northern pillar had moved by two centimetres since the flood of last autumn.",
]


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_a_document_keeps_its_paragraphs_lists_quotes_and_tables(kind: str) -> None:
    (article,), failures, notes = read_with_notes(FILES / f"bridge.{kind}")
    assert paragraphs(article) == PARAGRAPHS
    assert (failures, notes) == ([], [])


@pytest.mark.parametrize("kind", ["docx", "odt", "pdf"])
def test_the_heading_of_a_document_is_its_title(kind: str) -> None:
    (article,), _, _ = read_with_notes(FILES / f"bridge.{kind}")
    assert article.title == PARAGRAPHS[0]


def test_a_pdf_keeps_its_paragraphs_and_says_that_it_guesses() -> None:
    (article,), _, notes = read_with_notes(FILES / "bridge.pdf")
    found = paragraphs(article)
    assert found[:6] == PARAGRAPHS[:6]
    assert found[-1] == PARAGRAPHS[-1]
    assert "guessed" in notes[0]


def test_columns_of_a_pdf_are_read_one_after_another_without_running_heads() -> None:
    (article,), _, _ = read_with_notes(FILES / "columns.pdf")
    assert article.title == "Bridge is safe, mayor says"
    assert "The Linden Post" not in article.text
    assert "the reported investigation was closed" in article.text  # divided by "investi-" at a line's end
    # The left column ends and the right one begins here; painted, their lines alternate.
    assert "in the town hall. She added that the council had examined every report." in article.text
    assert len(paragraphs(article)) == 4  # the headline, and a text on each of three pages


# A newspaper of two pages in columns; one page with the paper's name in larger letters than the headline; a page that
# a browser printed, on a day that is not the article's.
@pytest.mark.parametrize(
    ("name", "outlet", "title", "byline", "day", "kinds"),
    [
        (
            "masthead",
            "The Elsund Mercury",
            "Market traders say they were never asked about the move",
            "Ida Marsh and Leo Quist",
            "2026-03-11",
            ["headline", "standfirst", "byline", "byline", *7 * ["body"]],
        ),
        (
            "poster",
            "Harbour Gazette",
            "Market to move to the quay while pipes are laid",
            "Ida Marsh, city editor",
            "2026-03-10",
            ["headline", "byline", *5 * ["body"]],
        ),
        (
            "printed",
            "Elsund Courier",
            "Traders fight the move to the quay",
            "Leo Quist",
            "2026-03-11",
            ["headline", "byline", "dateline", *4 * ["body"]],
        ),
    ],
)
def test_the_head_of_a_printed_page_says_whose_it_is(
    name: str, outlet: str, title: str, byline: str, day: str, kinds: list[str]
) -> None:
    (article,), failures, notes = read_with_notes(FILES / f"{name}.pdf")
    parts = sections_of(article)
    known = completed(article, parts)
    assert (known.publisher, known.title, known.byline, known.published) == (outlet, title, byline, day)
    assert [part.kind.value for part in parts] == kinds
    assert failures == []
    assert any(f"the outlet {outlet!r} is guessed" in note for note in notes)
    assert not any("no date" in note for note in notes)


def test_the_address_of_a_printed_web_page_is_the_articles() -> None:
    (article,), _, _ = read_with_notes(FILES / "printed.pdf")
    assert article.url == "https://www.elsund-courier.example/2026/03/traders-fight-the-move"


def test_what_a_pdf_does_not_say_is_asked_for() -> None:
    _, _, notes = read_with_notes(FILES / "bridge.pdf")
    assert "bridge.pdf: no outlet found: give --publisher" in notes
    _, _, notes = read_with_notes(FILES / "columns.pdf")
    assert "columns.pdf: no date found: give --published" in notes


def test_an_outlet_that_is_given_is_not_guessed() -> None:
    notes: list[str] = []
    given = {"publisher": "Elsund Mercury", "published": "2026-03-11"}
    (article,) = read(FILES / "masthead.pdf", given=given, on_warning=lambda one: notes.append(one.note))
    assert (article.publisher, article.published) == ("Elsund Mercury", "2026-03-11")
    assert len(notes) == 1


def test_a_locked_or_broken_pdf_is_a_failure_with_advice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.pdf: not a sound PDF .*Save it anew"):
        list(read(written(tmp_path / "a.pdf", b"%PDF-1.4\n nothing")))


def word(tmp_path: Path, body: str) -> Path:
    """A Word file with this body in its own markup."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root = parse_xml(f'<w:body xmlns:w="{space}">{body}</w:body>')
    for child in list(root):
        document.element.body.insert(len(document.element.body) - 1, child)
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_insertions_controls_fields_and_no_break_hyphens_of_word_are_text(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('It rained, ')}<w:ins>{run('the mayor ')}</w:ins><w:del><w:r><w:delText>a clerk </w:delText></w:r>"
        f"</w:del><w:sdt><w:sdtContent>{run('of Elsund ')}</w:sdtContent></w:sdt>"
        f"<w:fldSimple w:instr='AUTHOR'>{run('said ')}</w:fldSimple>"
        f"{run('in a well')}<w:r><w:noBreakHyphen/></w:r>{run('known inn.')}{run(' Hidden.', '<w:vanish/>')}</w:p>"
    )
    (article,), _, notes = read_with_notes(word(tmp_path, body))
    assert article.text == "It rained, the mayor of Elsund said in a well\u2011known inn."
    assert notes == ["a.docx: tracked changes: insertions are read, 1 deletions are not"]


def test_a_caption_of_word_is_told_from_the_text(tmp_path: Path) -> None:
    caption = "<w:p><w:pPr><w:pStyle w:val='Caption'/></w:pPr>" + run("Mayor Anna Moor at the bridge.") + "</w:p>"
    (article,), _, _ = read_with_notes(word(tmp_path, caption + f"<w:p>{run('It rained, Moor said.')}</w:p>"))
    assert article.metadata["captions"] == ["Mayor Anna Moor at the bridge."]
    assert next(part.kind.value for part in sections_of(article)) == "caption"


def repacked(path: Path, target: Path, **parts: bytes) -> Path:
    """A copy of a zip archive with some of its parts replaced."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, parts.get(part.filename, old.read(part)))
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name])
    return target


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    blanks = b"<?xml version='1.0'?><x>" + b" " * (70 << 20) + b"</x>"
    path = repacked(FILES / "bridge.odt", tmp_path / "large.odt", **{"content.xml": blanks})
    (), (failure,), _ = read_with_notes(path)  # type: ignore[misc]
    assert "unpacks to more than 250 times its size" in failure


def test_comments_beside_a_text_are_counted(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    said = document.add_paragraph("It rained, the mayor said.")
    for text in ("Who says so?", "Ask again."):
        document.add_comment(said.runs, text, author="Tom Pell")
    document.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(FILES / "bridge.odt") as old:
        content = old.read("content.xml")
    comment = b"<office:annotation><text:p>Who says so?</text:p></office:annotation></text:p>"
    commented = content.replace(b"</text:p>", comment, 1)
    assert commented != content
    odt = repacked(FILES / "bridge.odt", tmp_path / "b.odt", **{"content.xml": commented})
    for path, count in ((tmp_path / "a.docx", 2), (odt, 1)):
        (article,), _, notes = read_with_notes(path)
        assert notes == [f"{path.name}: {count} comments beside the text are not read"]
        assert "Who says so?" not in article.text


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_that_defines_entities_is_refused(tmp_path: Path, kind: str) -> None:
    part = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    data = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY one 'two'>]><x>&one;</x>"
    (), (failure,), _ = read_with_notes(repacked(FILES / f"bridge.{kind}", tmp_path / f"a.{kind}", **{part: data}))  # type: ignore[misc]
    assert "defines entities" in failure


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "epub"])
def test_a_cut_archive_is_a_failure(tmp_path: Path, kind: str) -> None:
    sound = (FILES / "bridge.docx").read_bytes()
    (), (failure,), _ = read_with_notes(written(tmp_path / f"a.{kind}", sound[: len(sound) // 2]))  # type: ignore[misc]
    assert failure.startswith(f"a.{kind}: not a sound")


def test_an_extra_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module in ("docx", "striprtf.striprtf", "openpyxl", "pdfminer.high_level"):
        monkeypatch.setitem(sys.modules, module, None)
    for name in ("bridge.docx", "bridge.rtf", "table.xlsx", "bridge.pdf"):
        with pytest.raises(MissingExtraError, match=r"attribution-annotator\[documents\]"):
            list(read(FILES / name))


def test_deleted_words_links_and_footnotes_of_rich_text_stay_out_of_the_text(tmp_path: Path) -> None:
    rtf = (
        r"{\rtf1\ansi It rained{\deleted  on Mars}, {\field{\*\fldinst HYPERLINK "
        r'"https://example.org"}{\fldrslt Moor}} said.{\footnote A note.}\par It was old, she added.\par}'
    )
    (article,), _, _ = read_with_notes(written(tmp_path / "a.rtf", rtf))
    assert paragraphs(article) == ["It rained, Moor said.", "It was old, she added."]
    assert article.metadata["footnotes"] == ["A note."]


@pytest.mark.parametrize("kind", ["rtf", "pdf"])
def test_a_caption_is_told_from_the_text_below_a_picture(kind: str) -> None:
    """Rich text names its style; a PDF sets it small below one picture, and the text itself below the other."""
    (article,), _, _ = read_with_notes(FILES / f"pictures.{kind}")
    assert article.metadata["captions"] == ["The old bridge on Monday, seen from the town hall"]
    found = paragraphs(article)
    assert len(found) == 5
    assert found[2] == "The old bridge on Monday, seen from the town hall"
    assert found[4].startswith("Engineer Paul Renner said")


# --- spreadsheets ---


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_is_one_article_a_row_under_its_title() -> None:
    first, second = read_with_notes(FILES / "table.xlsx")[0]
    assert (first.article_id, first.title, first.published, first.publisher) == (
        "1",
        "Bridge is safe",
        "2026-03-03",
        "Post",
    )
    assert first.text == "Bridge is safe\n\nThe bridge is safe, Mayor Anna Moor said."
    assert second.published == "2026-03-04"


def test_a_header_below_a_note_is_found_and_a_sheet_without_one_is_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["Our articles"], [], ["id", "text"], ["x", "It rained, Moor said."]],
        [["Notes"], ["none"]],
    )
    (article,), failures, notes = read_with_notes(path)
    assert (article.article_id, article.text, failures) == ("x", "It rained, Moor said.", [])
    assert "a sheet was not read: sheet 'Sheet2', row 1: no column \"text\"" in notes[0]


def test_a_sheet_without_the_column_says_which_one_it_may_be(tmp_path: Path) -> None:
    (), (failure,), _ = read_with_notes(workbook(tmp_path / "a.xlsx", [["body"], ["It rained, Moor said."]]))  # type: ignore[misc]
    assert failure == 'a.xlsx, row 1: no column "text". Columns are: body. Try --text-column body'


# --- e-books and Markdown ---

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Linden Review</dc:title>
<dc:date>2026-03-03</dc:date>
<dc:language>en-GB</dc:language></metadata><manifest><item id="c" href="cover.xhtml"/><item id="a" href="one.xhtml"/>
<item id="b" href="text/two.xhtml"/></manifest><spine><itemref idref="c"/><itemref idref="b"/><itemref idref="a"/>
</spine>
</package>"""


def chapter(title: str, words: str) -> str:
    return (
        f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>"
        f"<body><h1>{title}</h1><p>{words}</p><p>{words}</p></body></html>"
    )


def test_the_chapters_of_an_e_book_are_articles_in_its_own_order(tmp_path: Path) -> None:
    long = "It rained for three days in the north of the country and on the coast, the weather service said on Monday."
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("OEBPS/book.opf", PACKAGE)
        book.writestr("OEBPS/cover.xhtml", chapter("Cover", "The Linden Review"))
        book.writestr("OEBPS/one.xhtml", chapter("Rain", long + " It " * 20))
        book.writestr("OEBPS/text/two.xhtml", chapter("Sun", long + " So " * 20))
    articles, failures, notes = read_with_notes(written(tmp_path / "a.epub", data.getvalue()))
    assert [(one.title, one.publisher, one.published, one.language) for one in articles] == [
        ("Sun", "The Linden Review", "2026-03-03", "en"),
        ("Rain", "The Linden Review", "2026-03-03", "en"),
    ]
    assert paragraphs(articles[0])[0] == "Sun"
    assert failures == []
    assert notes == ["a.epub: 1 parts of fewer than 40 words were left out: covers, contents, notes"]


def test_markdown_is_text_without_its_marks(tmp_path: Path) -> None:
    text = """---
title: "Bridge is safe"
author: [Ines Halloran, Tom Pell]
date: 3 March 2026
tags: [bridges]
---
It **rained**, [Moor](https://example.org "her page") *said*.[^1]

> “Nobody asked us,” said Reed.

- The ramp is closed, she said.
- Lorries pay.

![Anna Moor at the bridge](moor.jpg)

| Year | Lorries |
|------|---------|
| 2024 | 1,200   |

[^1]: On Monday.
"""
    (article,), _, _ = read_with_notes(written(tmp_path / "a.md", text))
    assert (article.title, article.byline, article.published) == (
        "Bridge is safe",
        "Ines Halloran, Tom Pell",
        "2026-03-03",
    )
    assert paragraphs(article) == [
        "Bridge is safe",
        "It rained, Moor said.",
        "“Nobody asked us,” said Reed.",
        "The ramp is closed, she said.",
        "Lorries pay.",
        "Anna Moor at the bridge",
        "Year\tLorries\n2024\t1,200",
    ]
    assert article.metadata["footnotes"] == ["On Monday."]
    assert article.metadata["captions"] == ["Anna Moor at the bridge"]
