"""What is guessed, mended or left aside is told, and what is read is right all the same."""

import json
import warnings
from pathlib import Path

import pytest

from annotator.errors import InputWarning
from annotator.reading import read
from tests.reading.noted import paragraphs, read_with_notes
from tests.reading.written import json_lines, written

BODY = """<p>LINDEN, June 3 - The old bridge over the river is safe and will open to lorries in May, Mayor Anna
Moor said.</p><p>"It was checked twice by engineers from the ministry," Moor told reporters after the council voted.</p>
<p>Engineer Paul Renner said the northern pillar had moved by two centimetres since the flood of last autumn.</p>"""


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Mayor Łukasz Kaczyński said the bridge was safe; it was checked, he said."),
        ("mac_roman", "“The bridge is safe,” the mayor’s office said. It’s “old”."),
        ("cp1252", "“The bridge is safe,” it’s £3m — the £bn bill, Señor José said. ¿Qué?"),
        ("cp1251", "Мэр Анна сказала, что мост безопасен и будет открыт в мае."),
    ],
)
def test_a_guessed_encoding_is_right_and_told(tmp_path: Path, encoding: str, text: str) -> None:
    (article,), _, notes = read_with_notes(written(tmp_path / "a.txt", text.encode(encoding)))
    assert article.text == text
    assert notes == [f"a.txt: not UTF-8; its encoding was guessed to be {encoding}"]


def test_utf8_needs_no_word(tmp_path: Path) -> None:
    (_,), failures, notes = read_with_notes(written(tmp_path / "a.txt", "Łukasz said “no” – twice. AT&T agreed."))
    assert (failures, notes) == ([], [])


def test_the_encoding_that_a_page_names_below_long_scripts_is_taken(tmp_path: Path) -> None:
    page = (
        f"<html><head><script>{'x' * 5000}</script><meta charset='cp1250'></head><body><article>{BODY}<p>Kaczyński</p>"
    )
    (article,), _, _ = read_with_notes(written(tmp_path / "a.html", page.encode("cp1250")))
    assert "Kaczyński" in article.text


def test_characters_that_were_decoded_twice_are_mended(tmp_path: Path) -> None:
    text = "â€œIt is safe,â€\x9d said Moor. It is \x93open\x94. &quot;Old,&quot; said Renner. R&amp;D agreed."
    (article,), _, notes = read_with_notes(json_lines(tmp_path / "a.jsonl", {"text": text}))
    assert article.text == '“It is safe,” said Moor. It is “open”. "Old," said Renner. R&D agreed.'
    assert "have been mended" in notes[0]


def test_the_note_for_excel_above_a_table_is_no_row(tmp_path: Path) -> None:
    table = "sep=;\nid;text;publisher\n1;The bridge is safe, Moor said; it was checked.;Post\n"
    table = table.replace(
        "The bridge is safe, Moor said; it was checked.", '"The bridge is safe, Moor said; it was old."'
    )
    (article,), failures, _ = read_with_notes(written(tmp_path / "a.csv", table))
    assert (article.text, article.publisher, failures) == ("The bridge is safe, Moor said; it was old.", "Post", [])


def test_rows_below_the_note_for_excel_keep_their_numbers(tmp_path: Path) -> None:
    (), (failure,), _ = read_with_notes(written(tmp_path / "a.csv", "sep=,\r\nid,text\r\n1,\r\n"))  # type: ignore[misc]
    assert failure == "a.csv, row 3: no text"


def test_objects_of_json_are_their_names_and_values(tmp_path: Path) -> None:
    row = {
        "text": "It rained, Moor said.",
        "byline": [{"name": "Jane Roe"}, {"name": "Tom Pell"}],
        "publisher": {"name": "Post"},
        "published": {"$date": "2024-06-03T00:00:00Z"},
        "url": ["https://a.example"],
        "title": {"@value": "Rain"},
    }
    (article,), _, notes = read_with_notes(json_lines(tmp_path / "a.jsonl", row))
    assert (article.byline, article.publisher, article.published, article.url, article.title) == (
        "Jane Roe, Tom Pell",
        "Post",
        "2024-06-03T00:00:00Z",
        "https://a.example",
        "Rain",
    )
    assert notes == []


def test_an_object_that_says_nothing_known_is_kept_and_told(tmp_path: Path) -> None:
    row = {"text": "It rained, Moor said.", "publisher": {"house": 7}}
    (article,), _, notes = read_with_notes(json_lines(tmp_path / "a.jsonl", row))
    assert (article.publisher, article.metadata) == (None, {"publisher": {"house": 7}})
    assert 'the field "publisher" is an object' in notes[0]


def test_a_date_that_says_two_things_stays_as_it_is_and_is_told(tmp_path: Path) -> None:
    rows = [
        {"text": "It rained, Moor said.", "published": date} for date in ("03/04/2026", "23/04/2026", "3 March 2026")
    ]
    articles, _, notes = read_with_notes(json_lines(tmp_path / "a.jsonl", *rows))
    assert [article.published for article in articles] == ["03/04/2026", "2026-04-23", "2026-03-03"]
    assert [article.metadata.get("published_as_written") for article in articles] == [
        None,
        "23/04/2026",
        "3 March 2026",
    ]
    assert len(notes) == 1
    assert "day or month first" in notes[0]


def test_the_title_of_a_row_is_the_headline_on_top_once(tmp_path: Path) -> None:
    rows = [
        {"text": "It rained, Moor said.", "title": "Rain"},
        {"text": "Rain\n\nIt rained, Moor said.", "title": "Rain"},
        {"text": "Rain fell in Elsund, Moor said.", "title": "Rain"},
    ]
    articles, _, _ = read_with_notes(json_lines(tmp_path / "a.jsonl", *rows))
    assert [paragraphs(article)[0] for article in articles] == ["Rain", "Rain", "Rain"]
    assert [len(paragraphs(article)) for article in articles] == [2, 2, 2]


# --- pages ---


def linked(*nodes: object, title: str = "Bridge is safe, mayor says", h1: str = "Bridge is safe, mayor says") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    meta = (
        f'<meta property="og:title" content="{title}"><link rel="canonical" href="https://lindenpost.example/bridge">'
    )
    return f"<html lang='en'><head><title>{title}</title>{scripts}{meta}</head><body><article><h1>{h1}</h1>{BODY}"


OWN = {
    "@type": "NewsArticle",
    "headline": "Bridge is safe, mayor says",
    "author": {"name": "Jane Roe"},
    "publisher": {"name": "The Linden Post"},
    "datePublished": "2024-06-03",
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Pop star marries in secret",
    "author": {"name": "Gossip Writer"},
    "publisher": {"name": "Glitz Weekly"},
    "datePublished": "2019-01-01",
}


@pytest.mark.parametrize(
    "others",
    [
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]},
        {"@type": "SocialMediaPosting", **{k: v for k, v in OTHER.items() if k != "@type"}},
        {"@type": "WebPage", "hasPart": [OTHER]},
    ],
)
def test_the_node_of_the_page_is_believed_and_not_the_first(tmp_path: Path, others: object) -> None:
    (article,), _, _ = read_with_notes(written(tmp_path / "a.html", linked(others, OWN)))
    assert (article.title, article.byline, article.publisher, article.published) == (
        "Bridge is safe, mayor says",
        "Jane Roe",
        "The Linden Post",
        "2024-06-03",
    )


def test_nodes_of_other_articles_alone_say_nothing_of_this_one(tmp_path: Path) -> None:
    others = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}
    (article,), _, _ = read_with_notes(written(tmp_path / "a.html", linked(others)))
    assert article.title == "Bridge is safe, mayor says"
    assert (article.byline, article.published) == (None, None)
    assert article.publisher != "Glitz Weekly"


def test_a_page_that_says_different_titles_is_told(tmp_path: Path) -> None:
    page = linked(OWN | {"headline": "Mayor calms fears"}, title="Safe after all", h1="Bridge to open in May")
    (_,), _, notes = read_with_notes(written(tmp_path / "a.html", page))
    assert "the page says different titles" in notes[0]


def test_inline_quotations_keep_their_place_and_get_marks(tmp_path: Path) -> None:
    page = f"""<html><body><article><h1>Bridge is safe</h1>{BODY}
    <p><q>Nobody asked us</q>, said farmer Tom Reed, who lives near the bridge.</p>
    <p>The minister said <q>no <em>comment</em></q> when asked about the costs.</p></article>"""
    (article,), _, _ = read_with_notes(written(tmp_path / "a.html", page))
    assert paragraphs(article)[-2:] == [
        "“Nobody asked us”, said farmer Tom Reed, who lives near the bridge.",
        "The minister said “no comment” when asked about the costs.",
    ]


def test_both_articles_of_a_page_are_read(tmp_path: Path) -> None:
    second = """<article><h2>Baker wins prize</h2><p class="byline">By Tom Pell</p><p>Baker Lena Holt won the national
    prize for rye bread on Sunday, the guild said in a statement.</p><p>"I did not expect it," Holt said. "My mother
    taught me how to bake, and she won it too."</p></article>"""
    first = f"<article><h2>Bridge is safe</h2>{BODY}</article>"
    page = f"<html><head><title>The Linden Post</title></head><body>{first}{second}"
    (one, two), failures, notes = read_with_notes(written(tmp_path / "a.html", page))
    assert failures == []
    assert (one.article_id, one.title, two.article_id, two.title) == (
        "a-1",
        "Bridge is safe",
        "a-2",
        "Baker wins prize",
    )
    assert len(paragraphs(two)) == 3
    assert notes == ["a.html: the page holds 2 articles: each is one of its own"]


def test_teasers_and_comments_are_no_articles_of_their_own(tmp_path: Path) -> None:
    teaser = "<article><h3>Baker wins prize</h3><p>Baker Lena Holt won the prize for rye bread on Sunday.</p></article>"
    comment = "<article><p>I do not believe a word of it, and never will I do so.</p><p>Nor do I, dear.</p></article>"
    page = f"<html><body><article><h1>Bridge is safe</h1>{BODY}</article>{teaser * 3}{comment * 3}"
    articles, _, _ = read_with_notes(written(tmp_path / "a.html", page))
    assert [article.title for article in articles] == ["Bridge is safe"]


# --- folders, and Python's own warnings ---


def test_files_of_a_folder_that_cannot_be_read_are_told_and_litter_is_not(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "b.doc",
        "c.zip",
        "d",
        "Thumbs.db",
        "~$b.doc",
        ".hidden",
        "p.html",
        "p_files/x.css",
        "p_files/f.html",
    ):
        written(tmp_path / name, f"<article>{BODY}</article>")
    articles, failures, _ = read_with_notes(tmp_path)
    assert [article.article_id for article in articles] == ["a", "p"]
    assert [failure.partition(":")[0] for failure in failures] == ["b.doc", "c.zip", "d"]
    assert "Save it as .docx" in failures[0]
    assert "Unpack it" in failures[1]


def test_without_a_listener_notes_are_warnings_of_python(tmp_path: Path) -> None:
    with pytest.warns(InputWarning, match="encoding was guessed"):
        list(read(written(tmp_path / "a.txt", "It’s old, Moor said.".encode("cp1252"))))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(read(written(tmp_path / "b.txt", "It’s old, Moor said.")))
