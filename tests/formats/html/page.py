"""A report as a tree to ask, and records to make one of."""

from functools import cache
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from annotator.formats.html import render
from annotator.labels import Affiliation, LinkBasis, LinkRole, SourceType
from annotator.records import AnnotatedArticle, Article, Claim, Link, Source
from tests.factory import (
    PUBLISHED_HERE,
    TOOL,
    at,
    harbour_record,
    own_voice,
    own_voice_source,
)


class Page(NamedTuple):
    """A report as text and as a tree."""

    source: str
    tree: lxml_html.HtmlElement

    def all(self, path: str) -> list[lxml_html.HtmlElement]:
        return [element for element in self.tree.xpath(path) if isinstance(element, etree._Element)]

    def texts(self, path: str) -> list[str]:
        return [" ".join("".join(element.itertext()).split()) for element in self.all(path)]

    def article_text(self, number: int = 1) -> str:
        """The words of the article as a reader gets them: all text of its block but the badges."""
        parts = self.tree.xpath(f"//div[@id='a{number}-text']//text()[not(ancestor::a[contains(@class, 'badge')])]")
        return "".join(map(str, parts))


def page(*made: AnnotatedArticle) -> Page:
    source = render(made)
    return Page(source, lxml_html.document_fromstring(source.encode(), parser=lxml_html.HTMLParser(encoding="utf-8")))


@cache
def harbour() -> Page:
    return page(harbour_record())


def has(name: str) -> str:
    """The XPath condition that an element has the class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def with_claims(text: str, *claims: Claim, sources: tuple[Source, ...] = ()) -> AnnotatedArticle:
    return AnnotatedArticle(
        article=Article(article_id="made", text=text), claims=claims, sources=(own_voice_source(), *sources), tool=TOOL
    )


def chained(text: str, *ways: tuple[str, ...]) -> AnnotatedArticle:
    """One claim over the whole text for each way, a way being the names from the origin to the last reporter."""
    names = dict.fromkeys(name for way in ways for name in way)
    sources = tuple(
        Source(
            source_id=name, name=name, type=SourceType.PERSON, affiliation=Affiliation.UNKNOWN, anonymous="(" in name
        )
        for name in names
    )
    claims = []
    for n, way in enumerate(ways):
        roles = [LinkRole.ORIGIN] + [LinkRole.REPORTER] * len(way)
        links = [Link(source_id=i, role=role, basis=LinkBasis.EXPLICIT) for i, role in zip(way, roles, strict=False)]
        claims.append(own_voice(f"c{n}", at(text, 0, len(text)), source_id=way[0], chain=(*links, PUBLISHED_HERE)))
    return with_claims(text, *claims, sources=sources)
