"""Exports of news databases, in the forms that the samples of LexisNexisTools, tm.plugin.* and newspapers have."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.reading.noted import paragraphs, read_with_notes
from tests.reading.written import written

NEXIS = """\ufeff
Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2026  16:51:31

                               1 of 2 DOCUMENTS


                              The Linden Post

                            March 3, 2026 Tuesday
                                 Final Edition

Bridge is safe,
mayor says

BYLINE: By Ines Halloran

SECTION: NEWS; Pg. 3

LENGTH: 30 words

The old bridge over the river is safe and will open to
lorries in May, Mayor Anna Moor said.


"It was checked twice," she told reporters.

LOAD-DATE: March 4, 2026

LANGUAGE: ENGLISH

GRAPHIC: Anna Moor at the bridge.

                       Copyright 2026 The Linden Post
                              All Rights Reserved

                               2 of 383 DOCUMENTS


                                Marl Courier

                               4. März 2026

Baker wins prize

LENGTH: 12 words

Baker Lena Holt won the prize, the guild said.

LANGUAGE: ENGLISH
"""
NEW_NEXIS = """Date and Time: Friday, 5. July 2026 09:31:00 CEST
Documents (2)
1. Bridge is safe, mayor says
Client/Matter: -None-


Bridge is safe, mayor says
The Linden Post
(Green)
July 1, 2026 Wednesday 9:20 AM GMT

Copyright 2026 The Linden Post
Section:\xa0NEWS; Version:2
Length:\xa030 words
Byline:\xa0Ines Halloran
Body

The old bridge is safe, Mayor Anna Moor said.
Link to Image
“It was checked twice,” she told reporters.
https://lindenpost.example/bridge
Graphic
Anna Moor at the bridge.
Classification
Language: ENGLISH
Load-Date: July 2, 2026

End of Document

Baker wins prize
Marl Courier
July 2, 2026 Thursday, Marl Courier on the Web

Length:\xa012 words
Body
Baker Lena Holt won the prize, the guild said.

End of Document
"""


def test_nexis_as_text(tmp_path: Path) -> None:
    (first, second), failures, _ = read_with_notes(written(tmp_path / "n.txt", NEXIS))
    assert failures == []
    assert (first.article_id, first.title, first.byline, first.publisher) == (
        "n-1",
        "Bridge is safe, mayor says",
        "Ines Halloran",
        "The Linden Post",
    )
    assert (first.published, first.language, first.section) == ("2026-03-03", "en", "NEWS; Pg. 3")
    assert first.metadata["captions"] == ["Anna Moor at the bridge."]
    assert first.metadata["published_as_written"] == "March 3, 2026 Tuesday"
    assert second.published == "2026-03-04"
    assert paragraphs(second) == ["Baker wins prize", "Baker Lena Holt won the prize, the guild said."]


def test_an_edition_of_its_own_is_no_title(tmp_path: Path) -> None:
    text = NEXIS.replace("Tuesday\n                                 Final", "Tuesday\n\n                        Final")
    (first, _), _, _ = read_with_notes(written(tmp_path / "n.txt", text))
    assert first.title == "Bridge is safe, mayor says"


def test_lines_of_nexis_make_paragraphs(tmp_path: Path) -> None:
    (first, _), _, _ = read_with_notes(written(tmp_path / "n.txt", NEXIS))
    assert paragraphs(first) == [
        "Bridge is safe, mayor says",
        "The old bridge over the river is safe and will open to lorries in May, Mayor Anna Moor said.",
        '"It was checked twice," she told reporters.',
    ]


@pytest.mark.parametrize("kind", ["txt", "docx", "rtf"])
def test_nexis_with_bodies(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"n.{kind}"
    if kind == "docx":
        from docx import Document

        document = Document()
        for line in NEW_NEXIS.split("\n"):
            document.add_paragraph(line)
        document.save(str(path))
    elif kind == "rtf":
        coded = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in NEW_NEXIS)
        written(path, "{\\rtf1\\ansi " + coded.replace("\n", "\\par\n") + "}")
    else:
        written(path, NEW_NEXIS)
    (first, second), failures, _ = read_with_notes(path)
    assert failures == []
    assert (first.title, first.publisher, first.byline, first.published) == (
        "Bridge is safe, mayor says",
        "The Linden Post",
        "Ines Halloran",
        "2026-07-01T09:20:00+00:00",
    )
    assert first.url == "https://lindenpost.example/bridge"
    assert first.metadata["captions"] == ["Anna Moor at the bridge."]
    assert paragraphs(first)[1:] == [
        "The old bridge is safe, Mayor Anna Moor said.",
        "“It was checked twice,” she told reporters.",
    ]
    assert (second.title, second.publisher, second.published) == ("Baker wins prize", "Marl Courier", "2026-07-02")


FACTIVA = """<html><head><title>Factiva</title></head><body>
<div class="article enArticle"><table>
<tr><td><b>HD</b></td><td><span class="enHeadline">Bridge is safe,
 mayor says</span></td></tr><tr><td><b>BY</b></td><td>By Ines Halloran</td></tr><tr><td>WC</td><td>31 words</td></tr>
<tr><td>PD</td><td>3 March 2026</td></tr><tr><td>ET</td><td>15:32</td></tr><tr><td>SN</td><td>The Linden Post</td></tr>
<tr><td>SC</td><td>LINDEN</td></tr><tr><td>LA</td><td>English</td></tr><tr><td>CR</td><td>Reuters</td></tr>
<tr><td>LP</td><td><p>The bridge is safe, Moor said.</p><p>It is old.</p></td></tr>
<tr><td>TD</td><td><p>It was checked, she added.</p></td></tr><tr><td>NS</td><td>gtrans : Transport</td></tr>
<tr><td>AN</td><td>Document LINDEN0020260303em330001r</td></tr></table></div>
<div class="article"><div class="article deArticle"><div id="hd"><span class="deHeadline">Baker wins prize</span></div>
<div>News</div><div>Tom Pell</div><div>12 words</div><div>4 March 2026</div><div>Marl Courier</div><div>MARLCO</div>
<div>1; National</div><div>13</div><div>English</div><div>(c) 2026 Marl Courier</div>
<p>Baker Lena Holt won the prize, the guild said.</p><div>Marl Newspapers Limited</div>
<p>Document MARLCO0020260304em340002x</p></div></div></body></html>"""


def test_factiva_pages_with_and_without_codes(tmp_path: Path) -> None:
    (first, second), failures, _ = read_with_notes(written(tmp_path / "f.html", FACTIVA))
    assert failures == []
    assert (first.title, first.byline, first.publisher, first.published, first.language) == (
        "Bridge is safe, mayor says",
        "Ines Halloran",
        "The Linden Post",
        "2026-03-03T15:32:00",
        "en",
    )
    assert (first.agency, first.metadata["factiva_id"]) == ("Reuters", "LINDEN0020260303em330001r")
    assert paragraphs(first)[1:] == ["The bridge is safe, Moor said.", "It is old.", "It was checked, she added."]
    assert (second.title, second.byline, second.publisher, second.published) == (
        "Baker wins prize",
        "Tom Pell",
        "Marl Courier",
        "2026-03-04",
    )
    assert second.section == "News"
    assert paragraphs(second) == ["Baker wins prize", "Baker Lena Holt won the prize, the guild said."]


def test_factiva_as_text(tmp_path: Path) -> None:
    text = """HD    Bridge is safe, mayor says
BY    By Ines Halloran
PD    3 March 2026
SN    The Linden Post
LP
The bridge is safe, Moor said.

TD
It was checked, she added.

Document LINDEN0020260303em330001r

HD    Baker wins prize
PD    4 March 2026
SN    Marl Courier
LP
Baker Lena Holt won the prize, the guild said.

Document MARLCO0020260304em340002x
"""
    (first, second), _, _ = read_with_notes(written(tmp_path / "f.txt", text))
    assert (first.title, first.publisher, first.published) == (
        "Bridge is safe, mayor says",
        "The Linden Post",
        "2026-03-03",
    )
    assert paragraphs(first)[1:] == ["The bridge is safe, Moor said.", "It was checked, she added."]
    assert second.title == "Baker wins prize"


OLD_EUROPRESSE = """<table><tr><td><span class="DocPublicationName">Le Pont</span><br>
<span class="DocHeader">Politique, </span><span class="DocHeader">jeudi </span>
<span class="DocHeader">5 mars 2026</span>
<span class="DocHeader">, p. 03</span><br><br><span class="TitreArticleVisu">The <b>bridge</b> is safe</span><br>
<br>
Ines Halloran<br><p></p>It rained, <font>Moor</font> said.<p></p>It was old.<p></p><b><i>© 2026 Le Pont. Tous droits
réservés.</i></b><p></p>Numéro de document : news·20260305·PO·1<table><tr><td>Date d'émission : <b>2026-10-05</b></td>
</tr></table></td></tr></table>"""
NEW_EUROPRESSE = """<article><header><div><span class="DocPublicationName">Le Pont </span></div><div>
<span class="DocHeader">Communication, mardi 3 mars 2026, p. 16</span></div><div class="titreArticle">
<p class="titreArticleVisu">The bridge is safe</p></div><div>Ines Halloran</div></header><section><div class="DocText">
<p>It rained, <mark>Moor</mark> said.</p></div></section><aside><div><p><b>Illustration(s) : </b></p><div>
<p>A photo.</p></div></div><div><b>Note(s) : </b><p>A note.</p></div></aside><footer><small>© 2026</small>
<span>2026-07-04</span>
</footer></article>"""


def test_europresse_old_and_new(tmp_path: Path) -> None:
    (old, other), _, _ = read_with_notes(
        written(tmp_path / "e.html", f"<html><body>{OLD_EUROPRESSE * 2}</body></html>")
    )
    assert (old.title, old.byline, old.publisher, old.published) == (
        "The bridge is safe",
        "Ines Halloran",
        "Le Pont",
        "2026-03-05",
    )
    assert (old.section, old.metadata["page"]) == ("Politique", "03")
    assert paragraphs(old) == ["The bridge is safe", "It rained, Moor said.", "It was old."]
    assert other.article_id == "e-2"
    (new, _), _, _ = read_with_notes(written(tmp_path / "n.html", f"<html><body>{NEW_EUROPRESSE * 2}</body></html>"))
    assert (new.title, new.byline, new.publisher, new.published) == (
        "The bridge is safe",
        "Ines Halloran",
        "Le Pont",
        "2026-03-03",
    )
    assert (new.metadata["captions"], new.metadata["footnotes"]) == (["A photo."], ["A note."])


def test_proquest_as_text(tmp_path: Path) -> None:
    rule = "_" * 60
    text = f"""{rule}

Document 1 of 2

Bridge is safe, mayor says

Author: Halloran, Ines.

Publication info: The Linden Post ; Linden [Linden] 03 Mar 2026: A.3.

Abstract: The bridge is safe.

Full text: The bridge is safe, Moor said.

It was checked, she added: twice.

Title: Bridge is safe, mayor says

Publication title: The Linden Post

Publication date: Mar 3, 2026

Section: A

Language of publication: English

ProQuest document ID: 123456

Document URL: https://proquest.example/docview/123456

{rule}

Document 2 of 2

Baker wins prize

Abstract: Baker Lena Holt won the prize, the guild said.

Publication title: Marl Courier

ProQuest document ID: 123457

{rule}
"""
    (first, second), failures, _ = read_with_notes(written(tmp_path / "p.txt", text))
    assert failures == []
    assert (first.title, first.byline, first.publisher, first.published, first.language) == (
        "Bridge is safe, mayor says",
        "Halloran, Ines",
        "The Linden Post",
        "2026-03-03",
        "en",
    )
    assert paragraphs(first)[1:] == ["The bridge is safe, Moor said.", "It was checked, she added: twice."]
    assert second.title == "Baker wins prize"
    assert second.metadata["text_is"] == "abstract only"


PROQUEST_ITEM = """<div><a name="DocID_MSTAR_{number}"></a><p></p><p>{title}</p><p><strong>Author: </strong>{author}</p>
<p><a href="https://proquest.example/{number}">ProQuest document link</a></p><p><strong>Abstract: </strong>Short.</p>
<p><strong>Full text: </strong><Text>html&gt;<head><title></title></head><body><div><a>Enlarge this image.</a></div>
<p>{text}</p><p>{rule}</p><p>More of it.</p></body></Text></p><p><strong>Publication title: </strong>{outlet}</p>
<p><strong>Publication date: </strong>{date}</p><p>column: Guest Essay</p>
<p><strong>ProQuest document ID: </strong>{number}</p></div>"""


def test_a_mail_of_proquest_gives_each_of_its_articles(tmp_path: Path) -> None:
    bridge = PROQUEST_ITEM.format(
        number=11, title="The bridge is safe", author="Halloran, Ines; Roe, Jane", text="It is safe, Moor said.",
        rule="_" * 40, outlet="The Linden Post, Late Edition (East Coast); Linden, L.D.", date="Mar 3, 2026",
    )  # fmt: skip
    bread = PROQUEST_ITEM.format(
        number=12, title="Baker wins prize", author="Anonymous", text="Baker Lena Holt won, the guild said.", rule="*",
        outlet="Marl Courier; Marl", date="Mar 1, 2026",
    )  # fmt: skip
    page = f"<html><body><table><tr><td>Do not reply to this email.</td></tr></table>{bridge}{bread}</body></html>"
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "noreply@proquest.example", "Documents"
    mail.set_content(page, subtype="html", cte="quoted-printable")
    path = tmp_path / "sent.eml"
    path.write_bytes(mail.as_bytes())
    (first, second), failures, _ = read_with_notes(path)
    assert failures == []
    assert [(one.title, one.byline, one.publisher, one.published) for one in (first, second)] == [
        ("The bridge is safe", "Halloran, Ines; Roe, Jane", "The Linden Post", "2026-03-03"),
        ("Baker wins prize", None, "Marl Courier", "2026-03-01"),
    ]
    assert paragraphs(first)[1:] == ["It is safe, Moor said.", "More of it."]
    assert (first.metadata["proquest_id"], second.metadata["proquest_id"]) == ("11", "12")
