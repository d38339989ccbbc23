"""Web pages: the main text below its headline, and nothing of the page around it."""

import socket
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import InputError
from annotator.reading import read
from annotator.reading.page import article_from_html
from tests.reading.pages import FIRST, HEADLINE, NEWS, SECOND, THIRD, page, text_of


def test_the_text_is_headline_and_paragraphs_with_blank_lines_between() -> None:
    article = article_from_html(page(linked=NEWS), article_id="bridge")

    assert article.text.split("\n\n") == [HEADLINE, FIRST, "What was found", SECOND, THIRD]
    assert article.article_id == "bridge"


@pytest.mark.parametrize("end", [" - The Harbour Post", " | The Harbour Post", " – Local – The Harbour Post", ""])
def test_the_site_name_is_cut_from_the_title(end: str) -> None:
    head = f'<title>{HEADLINE}{end}</title><meta property="og:site_name" content="The Harbour Post">'

    article = article_from_html(page(head=head), article_id="x")

    assert article.title == HEADLINE
    assert article.text.count(HEADLINE) == 1


def test_a_dash_that_belongs_to_the_headline_stays() -> None:
    linked = NEWS | {"headline": "Bridge is safe - mayor"}

    article = article_from_html(page(f"<p>{FIRST}</p><p>{SECOND}</p>", linked=linked), article_id="x")

    assert article.title == "Bridge is safe - mayor"
    assert article.text.startswith(f"Bridge is safe - mayor\n\n{FIRST}")


def test_a_headline_in_other_words_on_the_page_is_not_said_twice() -> None:
    article = article_from_html(page(linked=NEWS | {"headline": "Mayor denies the bridge claim"}), article_id="x")

    assert article.text.split("\n\n")[:2] == ["Mayor denies the bridge claim", FIRST]


def test_no_date_is_made_of_a_copyright_line() -> None:
    assert article_from_html(page(), article_id="x").published is None


def test_markup_inside_a_paragraph_leaves_the_words() -> None:
    marked = FIRST.replace("Carla Reed", '<a href="/reed">Carla\n  <b>Reed</b></a>').replace("old", "<i>old</i>")

    assert FIRST in text_of(f"<p>{marked}</p><p>{SECOND}</p>").split("\n\n")


def test_a_line_break_inside_a_sentence_is_a_blank() -> None:
    broken = FIRST.replace("on Tuesday", "<br>on Tuesday")

    assert FIRST in text_of(f"<p>{broken}</p><p>{SECOND}</p>").split("\n\n")


def test_a_line_break_after_words_that_are_no_sentence_ends_the_line() -> None:
    assert f"What was found<br>{FIRST}".replace("<br>", "\n") in text_of(
        f"<p>What was found<br>{FIRST}</p><p>{SECOND}</p>"
    )


@pytest.mark.parametrize("between", ["<br>", "<br><br>", "<br/>\n<br/>"])
def test_line_breaks_after_a_sentence_end_the_paragraph(between: str) -> None:
    text = text_of(f"<p>{FIRST}{between}{SECOND}{between}{THIRD}</p>")

    assert text.split("\n\n")[-3:] == [FIRST, SECOND, THIRD]


def test_quotations_and_lists_are_paragraphs() -> None:
    body = f"<p>{FIRST}</p><blockquote><p>{SECOND}</p></blockquote><ul><li>{THIRD}</li><li>Nobody has looked.</li></ul>"

    assert text_of(body).split("\n\n")[-4:] == [FIRST, SECOND, THIRD, "Nobody has looked."]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no page at all",
        "<html></html>",
        "<html><body><div></div><noscript>Please enable JavaScript to view this page.</noscript></body></html>",
        "<html><head><title>Sign in</title></head><body><ul><li>Home</li><li>News</li></ul><form></form></body></html>",
    ],
)
def test_a_page_without_article_says_what_to_do(html: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match=r"login\.html: no article text found in the page\. Save .* as a \.txt file"):
        article_from_html(html, article_id="x", where="login.html")
    assert capsys.readouterr().err == ""


def test_markup_that_a_library_stumbles_over_is_our_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_: Any, **__: Any) -> None:
        raise AssertionError("parent is None")

    monkeypatch.setattr("trafilatura.bare_extraction", stumbles)

    with pytest.raises(InputError, match=r"x: the page cannot be parsed \(AssertionError\('parent is None'\)\)"):
        article_from_html(page(), article_id="x")


def test_a_fragment_of_a_page_is_read() -> None:
    assert article_from_html(f"<p>{FIRST} {SECOND}</p>", article_id="x").text == f"{FIRST} {SECOND}"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)

    article = article_from_html(page(linked=NEWS), article_id="x", url="https://harbour.example/bridge")

    assert article.url == "https://harbour.example/bridge"


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-16", "no-such-encoding"])
def test_a_page_file_is_read_in_the_encoding_it_declares(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "bridge.html"
    path.write_bytes(page(head=f'<meta charset="{declared}">').encode("cp1252"))

    (article,) = read([path])

    assert article.article_id == "bridge"
    assert SECOND in article.text


def test_a_declared_encoding_is_used_where_it_is_no_western_one(tmp_path: Path) -> None:
    sentence = (
        "Министр сообщил журналистам, что переговоры продолжатся в пятницу. Решение, по его словам, ещё не принято."
    )
    path = tmp_path / "page.htm"
    path.write_bytes(page(f"<p>{sentence}</p>", head='<meta charset="koi8-r">').encode("koi8-r"))

    (article,) = read([path])

    assert sentence in article.text


def test_what_the_user_says_wins_over_the_page(tmp_path: Path) -> None:
    path = tmp_path / "bridge.html"
    path.write_text(page(linked=NEWS), encoding="utf-8")

    (article,) = read([path], given={"publisher": "Evening Wire", "url": "https://wire.example/1"})

    assert (article.publisher, article.url, article.title) == ("Evening Wire", "https://wire.example/1", HEADLINE)


def test_a_page_that_is_too_deep_to_walk_through_is_our_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: Any) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr("annotator.reading.page._flow", too_deep)

    with pytest.raises(InputError, match=r"x: the page cannot be parsed \(RecursionError"):
        article_from_html(page(), article_id="x")


def test_a_title_longer_than_any_headline_is_not_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("two long texts were compared")

    monkeypatch.setattr("annotator.reading.page.SequenceMatcher", refused)
    title = "Bridge " * 200

    article = article_from_html(page(linked=NEWS | {"headline": title}), article_id="x")

    assert article.text.startswith(title.strip())
    assert FIRST in article.text


def test_blanks_around_a_line_break_are_dropped() -> None:
    text = text_of(f"<p>What \t was found \t<br>\t And when</p><p>{FIRST} {SECOND}</p>")

    assert "What was found\nAnd when" in text.split("\n\n")


def test_an_end_of_the_page_amid_the_article_ends_nothing() -> None:
    safe, moved = (
        "The bridge is safe, Mayor Anna Moor said on Monday.",
        "The pillar had moved, Paul Renner said on Friday.",
    )
    page = f"<html><body><article><h1>Bridge</h1><p>{safe}</p></body></html><p>{moved}</p></article></body></html>"
    article = article_from_html(page, article_id="a")
    assert article.text.split("\n\n")[1:] == [safe, moved]
