"""Exports of Europresse: pages with a table (old) or an `<article>` (new) for each article, and a certificate below it.

The date of the certificate is when the page was shown, not when the article was published.
"""

import re
from collections.abc import Iterator
from typing import Any

from annotator.reading import when
from annotator.reading.story import Story, one_line

_END = re.compile(r"©\s?\d{4}|Numéro de document|Document number|news·\d{8}|Ce certificat|This certificate|Tous droits")
_PAGE = re.compile(r"^,?\s*p(?:age|\.)\s*(\S+)", re.IGNORECASE)


def is_page(html: str) -> bool:
    return "DocPublicationName" in html and "DocHeader" in html


def stories(tree: Any) -> Iterator[Story]:
    articles = tree.xpath("//article[.//*[contains(@class, 'DocPublicationName')]]")
    if articles:
        yield from map(_new, articles)
        return
    for cell in tree.xpath("//*[contains(@class, 'DocPublicationName')]/.."):
        yield _old(cell)


def _with_class(element: Any, name: str) -> list[Any]:
    lowered = "translate(@class, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    return list(element.xpath(f".//*[contains({lowered}, $name)]", name=name.lower()))


def _said(elements: list[Any]) -> str | None:
    return one_line(" ".join("".join(one.itertext()) for one in elements))


def _header(story: Story, header: str | None) -> None:
    """Section, date and page, in whatever order: "Communication, mardi 14 mars 2006, p. 16"."""
    parts = [part.strip() for part in re.split(r",\s*", header or "") if part.strip()]
    story.published = next((part for part in parts if when.iso(part)), None)
    for n, part in enumerate(parts):
        if page := _PAGE.match(part):
            story.more["page"] = page[1]
        elif part == story.published:
            continue
        elif story.published is None and n + 1 < len(parts) and when.iso(f"{part}, {parts[n + 1]}"):
            story.published = f"{part}, {parts[n + 1]}"
        elif story.section is None and not re.search(r"\d{4}", part):
            story.section = part


def _new(article: Any) -> Story:
    titles = _with_class(article, "titreArticleVisu")
    story = Story(title=_said(titles[:1]), publisher=_said(_with_class(article, "DocPublicationName")[:1]))
    _header(story, _said(_with_class(article, "DocHeader")))
    box = next(iter(article.xpath(".//header//div[contains(@class, 'titreArticle')]")), None)
    author = None if box is None else next(iter(box.xpath("following-sibling::div")), None)
    story.byline = _said([author]) if author is not None else None
    text = article.xpath(".//section") or [article]
    blocks = [one_line("".join(block.itertext())) for block in text[0].xpath(".//p | .//h2 | .//h3 | .//li")]
    story.paragraphs = [block for block in blocks if block] or ([one_line("".join(text[0].itertext())) or ""])
    for aside in article.xpath(".//aside/div"):
        label, _, words = (one_line("".join(aside.itertext())) or "").partition(":")
        if words.strip() and label.lower().startswith("note"):
            story.footnotes.append(words)
        elif words.strip() and label.lower().startswith("illustration"):
            story.captions.append(words)
    return story


def _old(cell: Any) -> Story:
    story = Story(title=_said(_with_class(cell, "TitreArticleVisu")[:1]))
    story.publisher = _said(_with_class(cell, "DocPublicationName")[:1])
    _header(story, _said(_with_class(cell, "DocHeader")))
    title = next(iter(_with_class(cell, "TitreArticleVisu")), None)
    blocks = list(_below(cell, title))
    if blocks and len(blocks[0].split()) <= 6 and not blocks[0].endswith((".", "!", "?")) and len(blocks) > 1:
        story.byline = blocks.pop(0)
    story.paragraphs = blocks
    return story


def _below(cell: Any, title: Any) -> Iterator[str]:
    """The blocks between the title and the note on rights; a line break or a paragraph's mark ends each."""
    begun, parts = title is None, [""]
    for child in cell:
        if child.tag == "table" and begun:
            break
        if child is title:
            begun, parts = True, [""]
        elif child.tag in {"br", "p"}:
            parts.append("")
        if begun and child is not title:
            parts[-1] += "".join(child.itertext())
        if begun:
            parts[-1] += child.tail or ""
    for part in parts:
        line = one_line(part)
        if line and _END.search(line):
            return
        if line:
            yield line
