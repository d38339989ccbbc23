"""A web page of a newspaper, with whatever in it a test is about."""

import json
from typing import Any

from annotator.reading.page import article_from_html

HEADLINE = "Mayor denies bridge claim"
FIRST = "The mayor of Port Ellen, Carla Reed, said on Tuesday that the old harbour bridge was safe."
SECOND = "“We have seen no cracks,” she told reporters at the town hall."
THIRD = "Two engineers, who spoke on condition of anonymity, said the opposite."
NEWS = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "author": [{"@type": "Person", "name": "Ann Field"}, {"@type": "Person", "name": "Bo Marsh-Lee"}],
    "datePublished": "2024-03-05T08:30:00+00:00",
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Harbour Post"},
}
BODY = f"<h1>{HEADLINE}</h1><p>{FIRST}</p><h2>What was found</h2><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str = BODY, *, head: str = "", linked: Any = None, lang: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked is not None else ""
    return (
        f"<!doctype html><html{lang}><head>{head}{script}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/n'>News</a></nav><article>{body}</article>"
        "<footer><p>Copyright 2031 Some House. All rights reserved.</p></footer></body></html>"
    )


def text_of(body: str) -> str:
    return article_from_html(page(body), article_id="x").text
