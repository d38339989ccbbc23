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
    sites: tuple[str, ...] = ()  # names under which the site may hang on the title


def facts_of(tree: Any) -> Facts:
    scripts = tree.xpath("//script[@type='application/ld+json']")
    nodes = [node for script in scripts for node in _linked_data(script.text)]
    news = next((node for node in nodes if _is_article(node) and node.get("headline")), {})
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    house = next(iter(_names(news.get("publisher"), by_id)), None)
    site = _meta(tree, "og:site_name")
    return Facts(
        title=line_of(news.get("headline")),
        publisher=site or house,
        byline=", ".join(name for name in _names(news.get("author"), by_id) if not urlsplit(name).scheme) or None,
        published=line_of(news.get("datePublished")) or _meta(tree, "article:published_time"),
        language=_language(tree),
        sites=tuple(filter(None, (site, house))),
    )


def _linked_data(source: str | None) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD block, however deep; a block that is no JSON has none."""
    try:
        waiting = deque([json.loads(source or "null", strict=False)])
    except (ValueError, RecursionError):  # common on real pages; trafilatura then reads what it can by pattern
        return
    while waiting:
        item = waiting.popleft()
        if isinstance(item, dict):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


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
