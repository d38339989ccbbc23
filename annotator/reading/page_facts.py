"""What the head of a web page says of the article: linked data (schema.org) first, then its meta elements."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from annotator.text import scrub

# schema.org types that are an article: NewsArticle, ReportageNewsArticle, BlogPosting, Report ...
ARTICLE_TYPE = re.compile(r"(Article|Posting|Report)$")


@dataclass(frozen=True)
class Facts:
    """What the page's head says about the article."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    section: str | None = None
    doubt: str | None = None  # where the page says two things of itself
    foreign: bool = False  # its linked data is about other articles, or about several
    sites: tuple[str, ...] = ()  # names under which the site may hang on the title


def facts_of(tree: Any) -> Facts:
    nodes = linked_nodes(tree)
    articles = [node for node in nodes if _is_article(node) and node.get("headline")]
    page = _Page.of(tree)
    news = max(articles, key=page.fitness, default={})  # of equal ones the first
    foreign = bool(news) and page.is_foreign(news)
    if foreign:
        news = {}
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    house = next(iter(_names(news.get("publisher"), by_id)), None)
    site = _meta(tree, "og:site_name")
    return Facts(
        title=_title(news, page),
        publisher=site or house,
        byline=", ".join(name for name in _names(news.get("author"), by_id) if not urlsplit(name).scheme) or None,
        published=line_of(news.get("datePublished")) or _meta(tree, "article:published_time"),
        language=_language(tree),
        section=next(iter(_names(news.get("articleSection"), by_id)), None) or _meta(tree, "article:section"),
        doubt=page.doubt(news),
        foreign=foreign or len(articles) > 1,
        sites=tuple(filter(None, (site, house))),
    )


def linked_nodes(tree: Any) -> list[dict[str, Any]]:
    """Every object of the page's linked data (JSON-LD), those of the top first."""
    scripts = tree.xpath("//script[@type='application/ld+json']")
    found = [node for script in scripts for node in _linked_data(script.text)]
    return sorted(found, key=lambda node: bool(node.get(_INSIDE)))


DOUBT = "disagreement"
_INSIDE = "\0inside"  # marks an object that another one speaks of: a list's item, a part, an update
# Under these an object holds what is the page's own all the same.
_OWN = frozenset({"@graph", "mainEntity"})


class _Page:
    """What the page says of itself beside its linked data, by which its own node is told from others'."""

    def __init__(self, titles: dict[str, str], addresses: set[str]) -> None:
        self.titles, self.addresses = titles, addresses

    @classmethod
    def of(cls, tree: Any) -> "_Page":
        h1 = tree.xpath("//h1")
        head = tree.xpath("//head/title")
        said = {
            "og:title": _meta(tree, "og:title"),
            "h1": line_of("".join(h1[0].itertext())) if len(h1) == 1 else None,
            "title": line_of("".join(head[0].itertext())) if head else None,
        }
        addresses = [*tree.xpath("//link[@rel='canonical']/@href"), _meta(tree, "og:url")]
        return cls(
            {name: text for name, text in said.items() if text}, set(map(_bare_address, filter(None, addresses)))
        )

    def fitness(self, node: Mapping[str, Any]) -> tuple[int, int, int]:
        headline = line_of(node.get("headline")) or ""
        agree = sum(_same(headline, title) for title in self.titles.values())
        return agree, int(bool(self.addresses & set(_addresses(node)))), int(not node.get(_INSIDE))

    def is_foreign(self, node: Mapping[str, Any]) -> bool:
        """Whether a node that another one speaks of has nothing in common with the page."""
        return bool(node.get(_INSIDE)) and bool(self.titles) and self.fitness(node)[:2] == (0, 0)

    def doubt(self, news: Mapping[str, Any]) -> str | None:
        """What is to be told where the page's headline, its og:title and its linked data say different things."""
        said = {"linked data": line_of(news.get("headline")), **{n: self.titles.get(n) for n in ("og:title", "h1")}}
        titles = {name: text for name, text in said.items() if text}
        texts = list(titles.values())
        if any(_same(a, b) for a in texts for b in texts if a is not b) or len(set(texts)) < 2:
            return None
        return "the page says different titles: " + "; ".join(f"{name} {text!r}" for name, text in titles.items())


def _title(news: Mapping[str, Any], page: _Page) -> str | None:
    """The headline of linked data, unless the page's heading and og:title agree on another."""
    headline = line_of(news.get("headline"))
    h1, og = page.titles.get("h1"), page.titles.get("og:title")
    if h1 and og and _same(h1, og) and headline and not _same(headline, h1):
        return h1
    return headline or (h1 if h1 and og and _same(h1, og) else None)


def _same(a: str, b: str) -> bool:
    """Whether one is the other or begins with it, as a title does that ends in the site's name."""
    a, b = (re.sub(r"\W+", " ", text).strip().casefold() for text in (a, b))
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield _bare_address(value)


def _bare_address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip()).split("#")[0].split("?")[0].rstrip("/").casefold()


def _linked_data(source: str | None) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD block, however deep; a block that is no JSON has none.

    Some stand inside a comment or a section of CDATA, as old browsers wanted it.
    """
    source = re.sub(
        r"^\s*(?:/[/*])?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?|(?:/[/*])?\s*(?:-->|\]\]>)\s*(?:\*/)?\s*$", "", source or ""
    )
    try:
        waiting = deque([json.loads(source or "null", strict=False)])
    except (ValueError, RecursionError):  # common on real pages; trafilatura then reads what it can by pattern
        return
    while waiting:
        item = waiting.popleft()
        if isinstance(item, dict):
            yield item
            for name, value in item.items():
                if name not in _OWN or item.get(_INSIDE):
                    _mark(value)
                waiting.append(value)
        elif isinstance(item, list):
            waiting.extend(item)


def _mark(value: Any) -> None:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one[_INSIDE] = True


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and ARTICLE_TYPE.search(name) for name in names)


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of the people or houses of a JSON-LD property: a text, an object, a reference, or a list of them."""
    if isinstance(value, list):
        return list(dict.fromkeys(name for item in value for name in _names(item, by_id)))
    if isinstance(value, dict):
        value = value.get("name") or by_id.get(str(value.get("@id")), {}).get("name")
        return _names(value, by_id) if isinstance(value, list) else _names(line_of(value), by_id)
    return [name] if (name := line_of(value)) else []


def line_of(value: Any) -> str | None:
    """Text on one line, with entities such as `&amp;` resolved; None for anything else."""
    from html import unescape

    return scrub(" ".join(unescape(value).split())) or None if isinstance(value, str) else None


def _meta(tree: Any, name: str) -> str | None:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return next(filter(None, map(line_of, found)), None)


def _language(tree: Any) -> str | None:
    """ISO code of `<html lang="en-GB">`: "en"."""
    stated = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", stated)
    return code[1].lower() if code else None
