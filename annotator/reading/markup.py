"""Markup (HTML, XHTML) that is the article and nothing else, as feeds, e-books, mail and databases hold it."""

import re
from collections.abc import Iterator
from typing import Any

from annotator.errors import InputError

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "del", "s", "strike"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|max-height\s*:\s*0|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all", re.IGNORECASE
)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
OPENING, CLOSING = "“", "”"


def tree_of(markup: str | bytes, where: str = "the markup") -> Any:
    """The parsed markup; bytes are UTF-8. Raises `InputError` where the parser stumbles over it."""
    from lxml import html

    data = markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace")
    # The declaration of another encoding is not true any longer.
    data = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data.removeprefix(b"\xef\xbb\xbf"))
    data = re.sub(_ENDS.pattern.encode(), b"", data, flags=re.IGNORECASE)
    try:
        return html.fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except Exception as error:  # on mangled markup the library raises whatever it stumbles over
        raise InputError(f"{where}: the page cannot be parsed ({error!r})") from error


def without_ends(html: str) -> str:
    """The page without the tags that end it, behind which the parser drops what follows and browsers show it.

    >>> without_ends("<body><p>Rain</p></body></html><p>and wind</p>")
    '<body><p>Rain</p><p>and wind</p>'
    """
    return _ENDS.sub("", html)


def lines_of(element: Any) -> list[str]:
    """The blocks of an element, each on one line; quotation marks stand for `<q>`, nothing for what is hidden."""
    return [line for part in "".join(_flow(element)).split("\n\n") if (line := " ".join(part.split()))]


def words_in(element: Any) -> str:
    """All text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def blocks_of(markup: str | bytes) -> tuple[str | None, list[str]]:
    """The first heading of the markup, where it stands on top, and all its blocks.

    >>> blocks_of("<h1>Rain</h1><p>It <q>rained</q>.</p>")
    ('Rain', ['Rain', 'It “rained”.'])
    """
    if not markup.strip():
        return None, []
    tree = tree_of(markup)
    lines = lines_of(tree)
    headings = (one for one in tree.iter("h1", "h2", "h3"))
    title = next(filter(None, map(words_in, headings)), None)
    return (title if title in lines[:3] else None), lines


def _flow(element: Any) -> Iterator[str]:
    """Text with blank lines where blocks begin and end; not by recursion, for newsletters nest tables in tables."""
    waiting: list[Any] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        if not isinstance(item.tag, str) or item.tag in UNSEEN or _HIDDEN.search(item.get("style") or ""):
            continue
        before, after = _around(item.tag)
        yield before + re.sub(r"\s+", " ", item.text or "")
        waiting.append(after)
        for child in reversed(item):
            waiting.append(re.sub(r"\s+", " ", child.tail or ""))
            waiting.append(child)


def _around(tag: str) -> tuple[str, str]:
    if tag in BLOCKS:
        return "\n\n", "\n\n"
    return (OPENING, CLOSING) if tag == "q" else ("", " " if tag == "br" else "")
