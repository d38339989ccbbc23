"""A saved web page to an `Article`: headline, blank line, paragraphs; nothing is ever fetched from the network."""

import logging
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.reading import exports_in_pages
from annotator.reading.encodings import declared_encoding, decode
from annotator.reading.input import Input, PageReader
from annotator.reading.markup import without_ends
from annotator.reading.news_json import linked_stories
from annotator.reading.outcomes import Outcome, Unread
from annotator.reading.packed import bytes_of
from annotator.reading.page_facts import DOUBT, Facts, facts_of, line_of, linked_nodes
from annotator.reading.page_parts import articles_of, paragraphs_of_article, prepared
from annotator.reading.rows import made_article
from annotator.reading.story import Story, outcomes
from annotator.records import Article
from annotator.text import scrub

# Without a handler of their own these print a line on stderr for every page that has no article; we raise instead.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# Elements of trafilatura's tree that stand on lines of their own.
BLOCKS = frozenset({"body", "p", "head", "list", "item", "quote", "table", "row", "code", "div"})
SITE_IN_TITLE = re.compile(r"^(?P<title>.+\S)\s+(?:[-–—|·•]|::)\s+(?P<site>\S.*?)\s*$", re.DOTALL)
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
SAME_HEADLINE = 0.8  # similarity from which the page's first line is the headline in other words
MAX_HEADLINE = 1000  # characters
# Below this a page is a login form or "Please enable JavaScript to view this page."
MIN_WORDS = 10
WORDS_OF_A_SENTENCE = 5  # shorter lines are menu entries: "Home", "News", "Sign in"


def read_page(path: Path, source: Input) -> Iterator[Outcome]:
    yield from outcomes_of_page(text_of_page(bytes_of(path, source.where), source), source)


def text_of_page(data: bytes, source: Input) -> str:
    return decode(data, source.where, declared_encoding(data), source.note)


def outcomes_of_page(html: str, source: Input, url: str | None = None) -> Iterator[Outcome]:
    """The articles of a page: mostly one; of an export of a news database, or a page of several articles, all."""
    if exports_in_pages.is_export(html):
        yield from exports_in_pages.outcomes_of(html, source)
        return
    html = scrub(html)
    if "liveBlogUpdate" in html and (updates := list(_live_blog(html, source))):
        yield from outcomes(updates, source)
        return
    parts = articles_of(html)
    if len(parts) > 1:
        source.note(f"the page holds {len(parts)} articles: each is one of its own")
    for number, part in enumerate(parts, 1):
        where = source.where if len(parts) == 1 else f"{source.where}, article {number}"
        try:
            yield _article_of_page(part, source, number if len(parts) > 1 else None, url, where)
        except InputError as error:
            yield Unread(where, error)


def _article_of_page(html: str, source: Input, number: int | None, url: str | None, where: str) -> Article:
    name = source.name if number is None else f"{source.name}-{number}"
    page = page_reader(source)(html, article_id=name, url=source.given.get("url") or url, where=where)

    def note(what: str) -> None:
        source.note(what, where)

    if doubt := page.metadata.get(DOUBT):
        note(str(doubt))
    return made_article(page.model_dump(exclude={"text_sha256"}), source.given, where, note)


def _live_blog(html: str, source: Input) -> Iterator[Story]:
    """The updates of a live blog whose page says what each is and when it was written."""
    tree = _tree(html)
    for node in [] if tree is None else linked_nodes(tree):
        if isinstance(node.get("liveBlogUpdate"), list):
            yield from linked_stories(node, source.note)
            return


def page_reader(source: Input) -> PageReader:
    return source.page or article_from_html


def article_from_html(html: str, *, article_id: str, url: str | None = None, where: str | None = None) -> Article:
    """The main text of a page, its headline on top, with the page's own metadata.

    `where` names the page in errors. Raises `InputError` where the page holds no article.
    """
    where = where or article_id
    try:
        tree = _tree(html)
        facts = facts_of(tree) if tree is not None else Facts()
        captions = [] if tree is None else prepared(tree)
        own = [] if tree is None else paragraphs_of_article(tree)
        page = None if tree is None else _extracted(tree, url)
        paragraphs = _paragraphs(page.body) if page is not None and page.body is not None else []
    except Exception as error:  # on mangled markup the libraries raise whatever they stumble over, AssertionError too
        raise InputError(f"{where}: the page cannot be parsed ({error!r}). Save the article as a .txt file") from error
    if len(paragraphs) == 1 < len(own) and _bare(paragraphs[0]).endswith(_bare(" ".join(own))):
        paragraphs = own  # of a short article the library makes one paragraph
    if page is None or _words_in_sentences(paragraphs) < MIN_WORDS:
        raise _no_article(where)
    # The library takes the first node of linked data for the page's own; where there are several it may be another's.
    publisher = facts.publisher or (None if facts.foreign else page.sitename)
    sites = [*facts.sites, *filter(None, (page.sitename, page.hostname))]
    headline = facts.title or line_of(page.title)
    title = _without_site(headline, sites, paragraphs[0]) if headline else None
    return Article(
        article_id=article_id,
        text="\n\n".join(_under_headline(title, paragraphs)),
        title=title,
        publisher=publisher,
        byline=facts.byline or (page.author.replace("; ", ", ") if page.author and not facts.foreign else None),
        published=facts.published or (None if facts.foreign else page.date),
        url=url or page.url,
        language=facts.language or page.language,
        section=facts.section,
        metadata={name: value for name in ("description", "categories", "tags") if (value := getattr(page, name))}
        | ({"captions": captions} if captions else {})
        | ({DOUBT: facts.doubt} if facts.doubt else {}),
    )


def _no_article(where: str) -> InputError:
    return InputError(
        f"{where}: no article text found in the page. Save the article's text as a .txt file and read that"
    )


def _tree(html: str) -> Any:
    """The parsed page; a bare fragment ("<p>...</p>") is taken for the body of one."""
    from trafilatura import load_html

    html = without_ends(html.lstrip("\ufeff"))
    tree = load_html(html)
    if tree is None and "<" in html:
        tree = load_html(f"<html><body><div>{html}</div></body></html>")
    return tree


def _extracted(tree: Any, url: str | None) -> Any:
    """What trafilatura finds in the page: main text and metadata, or None."""
    # Imported here: it takes about half a second, which a run without web pages need not wait for.
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_formatting=False,
        # Without the extensive search no date is guessed from a copyright line.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _words_in_sentences(paragraphs: Iterable[str]) -> int:
    lengths = (len(paragraph.split()) for paragraph in paragraphs)
    return sum(length for length in lengths if length >= WORDS_OF_A_SENTENCE)


def _paragraphs(body: Any) -> list[str]:
    """The blocks of the main text, subheadings among them, each without outer blanks."""
    text = "\n".join(line.strip(" \t") for line in "".join(_flow(body)).split("\n"))
    text = re.sub(r"(?<=[^\n])\n(?=[^\n])", _line_break, text)
    return [block.strip() for block in re.split(r"\n{2,}", text) if block.strip()]


def _flow(element: Any) -> Iterator[str]:
    """Text with "\\n\\n" where a block begins or ends, "\\n" for `<br>` and a tab between the cells of a row."""
    around = "\n\n" if element.tag in BLOCKS else ""
    yield around
    if element.tag == "lb":
        yield "\n"
    if isinstance(element.tag, str):  # comments have a function there
        yield _collapsed(element.text)
        for n, child in enumerate(element):
            if child.tag == "cell" and n:
                yield "\t"
            yield from _flow(child)
            yield _collapsed(child.tail)
    yield around


def _collapsed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _line_break(match: re.Match[str]) -> str:
    """What a `<br>` is: a blank inside a sentence ("was safe<br>and open"), a paragraph's end after one, else a line's.

    A doubled `<br>` comes out of trafilatura as one, so that the two cannot be told apart by their number.
    """
    before, after = match.string[max(0, match.start() - 3) : match.start()], match.string[match.end()]
    if after.islower():
        return " "
    return "\n\n" if SENTENCE_END.search(before) else "\n"


def _under_headline(title: str | None, paragraphs: list[str]) -> list[str]:
    if title is None:
        return paragraphs
    first, *rest = paragraphs
    if rest and _alike(first, title):
        return [title, *rest]
    return [title, *(paragraph for paragraph in paragraphs if _bare(paragraph) != _bare(title))]


def _alike(line: str, title: str) -> bool:
    if max(len(line), len(title)) > MAX_HEADLINE:  # the time to compare grows with the square of the length
        return False
    return SequenceMatcher(None, _bare(line), _bare(title), autojunk=False).ratio() >= SAME_HEADLINE


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _without_site(title: str, sites: Iterable[str], first_line: str) -> str:
    """The title up to the site's name: "Bridge is safe - BBC News" on a page of the BBC is "Bridge is safe"."""
    names = [bare for site in sites if (bare := _bare(site.removeprefix("www.")))]
    while match := SITE_IN_TITLE.match(title):
        tail = _bare(match["site"])
        named = any(tail == name or tail.startswith(f"{name} ") or name.startswith(f"{tail} ") for name in names)
        if not tail or not (named or _bare(match["title"]) == _bare(first_line)):
            break
        title = match["title"]
    return title
