"""Mail, mailboxes and pages saved in one file."""

from email.message import EmailMessage
from pathlib import Path

from annotator.reading.layout.sectioning import sections_of
from tests.reading.noted import paragraphs, read_with_notes
from tests.reading.written import written

HTML = """<html><head><title>x</title><style>p {}</style></head><body>
<div style="display:none">Preview of the letter.</div><table><tr><td><h1>Bridge is safe</h1></td></tr>
<tr><td><p>The bridge is safe, Moor said.</p><p>“It was checked,”<br>she added.</p></td></tr></table></body></html>"""


def letter(html: bool = True) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Bridge is safe"
    message["From"] = "The Linden Post <news@lindenpost.example>"
    message["Date"] = "Tue, 03 Mar 2026 14:02:00 +0100"
    message.set_content("The bridge is safe, Moor said.\n\nIt was checked, she added.\n\n-- \nSent from my telephone\n")
    if html:
        message.add_alternative(HTML + " " * 200, subtype="html")
    return message


def test_a_newsletter_is_read_without_its_hidden_preview(tmp_path: Path) -> None:
    (article,), failures, notes = read_with_notes(written(tmp_path / "a.eml", bytes(letter())))
    assert (failures, notes) == ([], [])
    assert (article.title, article.publisher, article.published) == (
        "Bridge is safe",
        "The Linden Post",
        "2026-03-03T14:02:00+01:00",
    )
    assert paragraphs(article) == ["Bridge is safe", "The bridge is safe, Moor said.", "“It was checked,” she added."]


def test_a_plain_letter_is_read_without_its_signature_and_attachments_are_told(tmp_path: Path) -> None:
    message = letter(html=False)
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="report.pdf")
    (article,), _, notes = read_with_notes(written(tmp_path / "a.eml", bytes(message)))
    assert paragraphs(article) == ["Bridge is safe", "The bridge is safe, Moor said.", "It was checked, she added."]
    assert notes == ["a.eml: attachments are not read: report.pdf. Save them beside the mail"]


def test_folded_lines_are_joined(tmp_path: Path) -> None:
    mail = b"Subject: Rain\nContent-Type: text/plain; format=flowed\n\nThe bridge is \nsafe, Moor said.\n\nIt is old.\n"
    (article,), _, _ = read_with_notes(written(tmp_path / "a.eml", mail))
    assert paragraphs(article) == ["Rain", "The bridge is safe, Moor said.", "It is old."]


def test_a_mailbox_holds_many_articles_and_a_bad_one_is_a_failure(tmp_path: Path) -> None:
    one = b"From a@b Tue Mar  3 14:02:00 2026\n" + bytes(letter(html=False)) + b"\n"
    empty = b"From a@b Tue Mar  3 14:02:00 2026\nSubject: Nothing\n\n\n"
    articles, failures, _ = read_with_notes(written(tmp_path / "a.mbox", one + empty + one))
    assert [article.article_id for article in articles] == ["a-1", "a-3"]
    assert failures == ["a.mbox, message 2: no text"]


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    words = (
        "<p>" + "The bridge over the river is safe and will open in May, Mayor Anna Moor said on Monday. " * 3 + "</p>"
    )
    page = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge is safe</h1>{words * 3}</article></body>"
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://lindenpost.example/bridge"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.make_related()
    (article,), failures, _ = read_with_notes(written(tmp_path / "a.mhtml", bytes(message)))
    assert failures == []
    assert (article.title, article.url) == ("Bridge is safe", "https://lindenpost.example/bridge")


def test_what_stands_below_the_end_of_a_page_is_read(tmp_path: Path) -> None:
    message = letter(html=False)
    message.add_alternative(HTML + "<p>The road is open, Renner said.</p>" + " " * 200, subtype="html")
    (article,), _, _ = read_with_notes(written(tmp_path / "a.eml", bytes(message)))
    assert paragraphs(article)[-1] == "The road is open, Renner said."


PICTURES = """<html><body><table><tr><td><img src="logo.png" width="80"></td></tr><tr><td style="font-size:12px">Linden
Post</td></tr><tr><td style="font-size:16px"><p>The bridge is safe, Moor said.</p></td></tr>
<tr><td><img src="bridge.jpg" width="600"></td></tr><tr><td style="font-size:12px"><p>The bridge on Monday.</p></td>
</tr><tr><td style="font-size:16px"><p>It was checked, she added.</p><figure><img src="road.jpg" width="600">
<figcaption>The road on Tuesday.</figcaption></figure><img src="ramp.jpg" width="600"><p>The ramp is steep, Renner
said.</p></td></tr><tr><td><div class="image-caption">The ramp.</div></td></tr></table></body></html>"""


def test_captions_of_a_newsletter_are_told_from_the_text(tmp_path: Path) -> None:
    message = letter(html=False)
    message.add_alternative(PICTURES, subtype="html")
    (article,), _, _ = read_with_notes(written(tmp_path / "a.eml", bytes(message)))
    captions = {"The bridge on Monday.", "The road on Tuesday.", "The ramp."}
    assert set(article.metadata["captions"]) == captions
    assert captions < set(paragraphs(article))
    kinds = {article.text[one.start : one.end].strip(): one.kind for one in sections_of(article)}
    assert {words for words, kind in kinds.items() if kind == "caption"} == captions
