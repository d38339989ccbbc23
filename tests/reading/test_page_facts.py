"""What the head of a page says of the article."""

from typing import Any

import pytest

from annotator.reading.page import article_from_html
from tests.reading.pages import FIRST, HEADLINE, NEWS, page


def test_the_facts_of_the_pages_linked_data_are_taken() -> None:
    article = article_from_html(page(linked={"@graph": [{"@type": "WebSite", "name": "x"}, NEWS]}), article_id="x")

    assert (article.title, article.publisher) == (HEADLINE, "The Harbour Post")
    assert article.byline == "Ann Field, Bo Marsh-Lee"
    assert article.published == "2024-03-05T08:30:00+00:00"


def test_a_publisher_given_by_reference_is_found() -> None:
    graph = [
        NEWS | {"publisher": {"@id": "#house"}},
        {"@id": "#house", "@type": "Organization", "name": "Harbour House"},
    ]

    assert article_from_html(page(linked={"@graph": graph}), article_id="x").publisher == "Harbour House"


def test_the_language_is_that_of_the_html_element() -> None:
    assert article_from_html(page(lang=' lang="en-GB"'), article_id="x").language == "en"


def test_the_site_name_of_the_page_is_the_publisher() -> None:
    head = '<meta property="og:site_name" content="Harbour &amp; Coast">'

    assert article_from_html(page(head=head, linked=NEWS), article_id="x").publisher == "Harbour & Coast"


@pytest.mark.parametrize(
    "linked", [[], "text", {"@type": ["NewsArticle"], "headline": 5, "author": 3, "publisher": [None]}, {"@type": None}]
)
def test_strange_linked_data_does_no_harm(linked: Any) -> None:
    assert FIRST in article_from_html(page(linked=linked), article_id="x").text


def test_broken_linked_data_does_no_harm() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'

    assert FIRST in article_from_html(page(head=head), article_id="x").text


def test_lone_surrogates_of_linked_data_can_be_written() -> None:
    article = article_from_html(page(linked=NEWS | {"headline": "Half \ud83d of a smile"}), article_id="x")

    assert article.title == "Half \ufffd of a smile"
    article.model_dump_json().encode()
