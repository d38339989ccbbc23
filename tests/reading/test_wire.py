"""Wire formats, feeds and the JSON of news services."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reading.noted import paragraphs, read_with_notes
from tests.reading.written import written

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf-3-3.dtd">
<nitf><head><title>Bridge</title><meta name="online_sections" content="Front Page; News"/>
<docdata><date.issue norm="20260303T000000"/></docdata>
<pubdata date.publication="20260303T000000" name="The Linden Post" ex-ref="http://lindenpost.example/b"/></head>
<body><body.head><hedline><hl1>Bridge is safe, mayor says</hl1></hedline>
<byline class="print_byline">By INES HALLORAN</byline><byline class="normalized_byline">Halloran, Ines</byline>
<dateline><location>LINDEN</location></dateline></body.head><body.content>
<block class="lead_paragraph"><p>The bridge is safe, <person>Moor</person> said.</p></block>
<block class="full_text"><p>The bridge is safe, <person>Moor</person> said.</p>
<p>It was <em>checked</em>, she added.</p>
<media><media-caption>Moor at the bridge.</media-caption></media></block></body.content></body></nitf>"""
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta>
<provider literal="Linden Wire"/><versionCreated>2026-03-03T10:00:00+01:00</versionCreated></itemMeta><contentMeta>
<contentCreated>2026-03-03T09:00:00+01:00</contentCreated>
<infoSource qcode="is:AP"><name>Associated Press</name></infoSource>
<language tag="en-GB"/><by>By Ines Halloran</by><headline>Bridge is safe, mayor says</headline></contentMeta>
<contentSet>
<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content>
<p>The bridge is safe, Moor said.</p><p>It was checked, she added.</p></body.content></body></nitf></inlineXML>
</contentSet></newsItem>"""
PARAGRAPHS = ["Bridge is safe, mayor says", "The bridge is safe, Moor said.", "It was checked, she added."]
LONG = "It rained for three days in the north of the country, the weather service said on Monday. " * 5


def test_nitf_of_a_corpus_is_read_once_and_its_document_type_is_not_fetched(tmp_path: Path) -> None:
    (article,), failures, _ = read_with_notes(written(tmp_path / "a.xml", NITF))
    assert failures == []
    assert (article.title, article.byline, article.publisher, article.published) == (
        "Bridge is safe, mayor says",
        "INES HALLORAN",
        "The Linden Post",
        "2026-03-03T00:00:00",
    )
    assert paragraphs(article) == PARAGRAPHS
    assert article.metadata["captions"] == ["Moor at the bridge."]


def test_newsml_g2_with_nitf_in_it(tmp_path: Path) -> None:
    (article,), failures, _ = read_with_notes(written(tmp_path / "a.xml", G2))
    assert failures == []
    assert (article.title, article.byline, article.publisher, article.published, article.language) == (
        "Bridge is safe, mayor says",
        "Ines Halloran",
        "Linden Wire",
        "2026-03-03T09:00:00+01:00",
        "en",
    )
    assert article.agency == "Associated Press"
    assert paragraphs(article) == PARAGRAPHS


def test_newsml_without_a_text_is_a_failure(tmp_path: Path) -> None:
    picture = G2.replace("<inlineXML", "<remoteContent").replace("</inlineXML", "</remoteContent")
    picture = picture.replace("<nitf", "<x").replace("</nitf", "</x")
    (), (failure,), _ = read_with_notes(written(tmp_path / "a.xml", picture))  # type: ignore[misc]
    assert "NewsML-G2 without a text in it" in failure


def test_an_entity_of_xml_stands_for_nothing(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", "Not to be read.")
    xml = f"""<!DOCTYPE nitf [<!ENTITY e SYSTEM "{secret.as_uri()}">]><nitf><body><body.content>
<p>It rained &e; in March,
    Moor said.</p></body.content></body></nitf>"""
    (article,), _, _ = read_with_notes(written(tmp_path / "a.xml", xml))
    assert "Not to be read" not in article.text
    assert "in March, Moor said." in article.text


def test_xml_of_another_kind_says_which_are_read(tmp_path: Path) -> None:
    (), (failure,), _ = read_with_notes(written(tmp_path / "a.xml", "<catalog><book/></catalog>"))  # type: ignore[misc]
    assert "XML of a kind that is not read (<catalog>). Read are NITF" in failure


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Linden Post</title><language>en-gb</language><item><title>Rain in the north</title>
<media:description>A wet street.</media:description><link>https://lindenpost.example/rain</link>
<dc:creator>Ines Halloran</dc:creator><dc:creator>Tom Pell</dc:creator><category>Weather</category>
<pubDate>Tue, 03 Mar 2026 14:02:00 +0100</pubDate><description>Rain.</description>
<content:encoded><![CDATA[<p>{LONG}</p><p>“It <q>poured</q>,” he added.</p>]]></content:encoded></item>
<item><title>Teaser</title><link>https://lindenpost.example/t</link><description>It rained, Moor said.</description>
</item>
</channel></rss>"""


def test_a_feed_gives_its_full_texts_and_tells_teasers(tmp_path: Path) -> None:
    (first, second), failures, notes = read_with_notes(written(tmp_path / "f.rss", RSS))
    assert failures == []
    assert (first.title, first.byline, first.publisher, first.published, first.url, first.language) == (
        "Rain in the north",
        "Ines Halloran, Tom Pell",
        "The Linden Post",
        "2026-03-03T14:02:00+01:00",
        "https://lindenpost.example/rain",
        "en",
    )
    assert paragraphs(first) == ["Rain in the north", LONG.strip(), "“It “poured”,” he added."]
    assert second.text == "Teaser\n\nIt rained, Moor said."
    assert len(notes) == 1
    assert "a teaser, not the article" in notes[0]


def test_atom(tmp_path: Path) -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Linden Post</title><entry><title>Rain</title>
    <author><name>Ines Halloran</name></author><published>2026-03-03T14:02:00Z</published>
    <updated>2026-03-04T00:00:00Z</updated><link rel="self" href="https://x.example/self"/>
    <link href="https://x.example/rain"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p>
    <p>It poured.</p></div></content></entry></feed>"""
    (article,), _, notes = read_with_notes(written(tmp_path / "f.atom", atom))
    assert (article.byline, article.published, article.url) == (
        "Ines Halloran",
        "2026-03-03T14:02:00Z",
        "https://x.example/rain",
    )
    assert paragraphs(article) == ["Rain", LONG.strip(), "It poured."]
    assert notes == []


NINJS_1 = {
    "uri": "https://x.example/1", "type": "text", "headline": "Bridge is safe, mayor says", "byline": "Ines Halloran",
    "versioncreated": "2026-03-03T10:00:00Z", "language": "en-GB", "infosource": [{"name": "Linden Wire"}],
    "body_xhtml": "<p>The bridge is safe, Moor said.</p><p>It was checked, she added.</p>",
}  # fmt: skip
NINJS_2 = {
    "uri": "https://x.example/1", "headlines": [{"role": "main", "value": "Bridge is safe, mayor says"}],
    "by": "Ines Halloran", "firstcreated": "2026-03-03T10:00:00Z", "language": "en",
    "infosources": [{"name": "Linden Wire"}],
    "bodies": [{"contenttype": "text/html", "value": "<p>Not this.</p>"},
               {"contenttype": "text/plain", "value": "The bridge is safe, Moor said.\n\nIt was checked, she added."}],
}  # fmt: skip
NINJS_3 = {
    "uri": "https://x.example/1", "headlines": [{"value": "Bridge is safe, mayor says"}], "by": "Ines Halloran",
    "versionCreated": "2026-03-03T10:00:00Z", "language": "en", "infoSources": [{"name": "Linden Wire"}],
    "bodies": [{"contentType": "application/nitf+xml", "charCount": 0, "value": "<nitf><body><body.content>"
                "<p>The bridge is safe, Moor said.</p><p>It was checked, she added.</p></body.content></body></nitf>"}],
}  # fmt: skip
EVENT_REGISTRY = {"articles": {"results": [{
    "uri": "8", "title": "Bridge is safe, mayor says", "authors": [{"name": "Ines Halloran"}], "lang": "eng",
    "source": {"title": "Linden Wire"}, "dateTimePub": "2026-03-03T10:00:00Z", "url": "https://x.example/1",
    "body": "The bridge is safe, Moor said.\n\nIt was checked, she added.",
}]}}  # fmt: skip
LINKED = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge is safe, mayor says",
    "author": {"@type": "Person", "name": "Ines Halloran"}, "publisher": {"name": "Linden Wire"},
    "datePublished": "2026-03-03T10:00:00Z", "url": "https://x.example/1", "inLanguage": "en-GB",
    "articleBody": "The bridge is safe, Moor said.\nIt was checked, she added.",
}  # fmt: skip


@pytest.mark.parametrize("value", [NINJS_1, NINJS_2, NINJS_3, EVENT_REGISTRY, LINKED])
def test_json_of_news_services(tmp_path: Path, value: Any) -> None:
    (article,), failures, _ = read_with_notes(written(tmp_path / "a.json", json.dumps(value)))
    assert failures == []
    assert (article.title, article.byline, article.publisher, article.published, article.url, article.language) == (
        "Bridge is safe, mayor says",
        "Ines Halloran",
        "Linden Wire",
        "2026-03-03T10:00:00Z",
        "https://x.example/1",
        "en",
    )
    assert paragraphs(article) == PARAGRAPHS


def test_news_api_cuts_its_texts_and_this_is_told(tmp_path: Path) -> None:
    answer = {"status": "ok", "totalResults": 1, "articles": [{
        "source": {"id": None, "name": "The Linden Post"}, "author": "Ines Halloran", "title": "Rain",
        "publishedAt": "2026-03-03T10:00:00Z", "url": "https://x.example/1",
        "content": "It rained, Moor said, and the riv… [+1234 chars]",
    }]}  # fmt: skip
    (article,), _, notes = read_with_notes(written(tmp_path / "a.json", json.dumps(answer)))
    assert (article.publisher, article.text) == ("The Linden Post", "Rain\n\nIt rained, Moor said, and the riv")
    assert notes == ["a.json, item 1: NewsAPI gives the first 200 characters of a text only; they end amid a sentence"]


def test_media_cloud_has_no_texts_and_this_is_told(tmp_path: Path) -> None:
    row = {
        "stories_id": 7,
        "media_name": "The Linden Post",
        "title": "It rained, Moor says",
        "publish_date": "2026-03-03",
    }
    (article,), _, notes = read_with_notes(written(tmp_path / "a.jsonl", json.dumps(row)))
    assert (article.text, article.publisher) == ("It rained, Moor says", "The Linden Post")
    assert "gives no texts" in notes[0]


def test_quotations_of_gdelt(tmp_path: Path) -> None:
    row = {"date": "20260303", "url": "https://x.example/1", "title": "Rain", "lang": "ENGLISH",
           "quotes": [{"pre": "Mayor Anna Moor said", "quote": "it rained", "post": "on Monday."}]}  # fmt: skip
    (article,), _, notes = read_with_notes(written(tmp_path / "a.jsonl", json.dumps(row)))
    assert paragraphs(article)[1] == "Mayor Anna Moor said “it rained” on Monday."
    assert "speakers may be missing" in notes[0]


def test_the_updates_of_a_live_blog_are_articles_with_their_own_times(tmp_path: Path) -> None:
    blog = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Storm: live",
            "publisher": {"name": "The Linden Post"}, "liveBlogUpdate": [
                {"@type": "BlogPosting", "headline": "Roads shut", "datePublished": "2026-03-03T10:05:00Z",
                 "articleBody": "Roads are shut, police said."},
                {"@type": "BlogPosting", "headline": "Bridge open", "datePublished": "2026-03-03T09:00:00Z",
                 "articleBody": "The bridge is open, Moor said."}]}  # fmt: skip
    page = f"""<html><head><title>Storm</title><script type="application/ld+json">{json.dumps(blog)}</script></head>
    <body><h1>Storm: live</h1></body></html>"""
    first, second = read_with_notes(written(tmp_path / "a.html", page))[0]
    assert (first.published, first.publisher, first.text) == (
        "2026-03-03T10:05:00Z",
        "The Linden Post",
        "Roads shut\n\nRoads are shut, police said.",
    )
    assert (second.published, second.metadata["live_blog"]) == ("2026-03-03T09:00:00Z", "Storm: live")


def test_fields_of_the_user_go_before_what_looks_like_a_service(tmp_path: Path) -> None:
    row = {"uri": "x", "headline": "Not this", "title": "Rain", "text": "It rained, Moor said."}
    (article,), _, _ = read_with_notes(written(tmp_path / "a.json", json.dumps(row)))
    assert (article.title, article.metadata["headline"]) == ("Rain", "Not this")
