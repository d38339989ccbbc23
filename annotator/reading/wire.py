"""Wire formats in XML: NITF, NewsML-G2, and feeds (RSS, Atom) that hold the articles themselves; Factiva's XML too.

Nothing that a file names outside itself is ever fetched: no document type, no schema, no address.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome
from annotator.reading.packed import bytes_of
from annotator.reading.story import Story, one_line, outcomes
from annotator.reading.zipped import local, parsed

MIN_WORDS_OF_A_FEED = 60  # fewer, and it is a teaser: the article is at its address
MAX_LEVELS = 60  # of elements in one another
_PARAGRAPHS = frozenset(
    {"p", "hl2", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "th", "td", "pre", "blockquote"}
)
# Elements amid a line: of XHTML, and NITF's for people, places, times and figures.
_WORDS = frozenset(
    {
        "a",
        "abbr",
        "alt-code",
        "b",
        "bdo",
        "br",
        "chron",
        "cite",
        "classifier",
        "code",
        "copyrite",
        "em",
        "event",
        "frac",
    }
    | {"function", "i", "lang", "location", "money", "num", "object.title", "org", "person", "postaddr", "pronounce"}
    | {"q", "small", "span", "strong", "sub", "sup", "time", "u", "virtloc"}
)
_ASIDE = frozenset({"media", "figure", "script", "style", "head", "body.head", "body.end", "note", "fn"})


def read_xml(path: Path, source: Input) -> Iterator[Outcome]:
    """Articles of XML, by the name of its root."""
    root = parsed(bytes_of(path, source.where), source.where)
    reader = _reader_of(root)
    if reader is None:
        raise InputError(
            f"{source.where}: XML of a kind that is not read (<{local(root)}>). "
            "Read are NITF, NewsML-G2, RSS, Atom, XHTML and exports of Factiva"
        )
    yield from outcomes(reader(root, source), source)


def _reader_of(root: Any) -> Callable[[Any, Input], Iterator[Story]] | None:
    names = {local(one) for one in list(root.iter())[:400]}
    if local(root) in {"newsItem", "newsMessage", "packageItem", "conceptItem", "planningItem"}:
        return _newsml
    if local(root) in {"rss", "RDF", "feed"}:
        return _feed
    if local(root) == "nitf" or "nitf" in names:
        return _all_nitf
    if local(root) == "html":
        return _xhtml
    if "ppsarticle" in {name.lower() for name in names} or "leadParagraph" in names:
        return _factiva
    return None


# --- looking for elements by their local names ---


def _all(element: Any, *names: str) -> list[Any]:
    return [one for one in element.iter() if local(one) in names]


def _first(element: Any, *names: str) -> Any:
    return next((one for name in names for one in element.iter() if local(one) == name), None)


def _said(element: Any, *names: str) -> str | None:
    """The text of the first of the named elements that has any."""
    return next((text for name in names for one in _all(element, name) if (text := _inner(one))), None)


def _inner(element: Any) -> str | None:
    return one_line("".join(element.itertext())) if element is not None else None


# --- NITF ---


def _all_nitf(root: Any, source: Input) -> Iterator[Story]:
    for one in _all(root, "nitf"):
        yield nitf_story(one)


def nitf_story(root: Any) -> Story:
    """An article in NITF, with a namespace or without.

    In the New York Times corpus the block "lead_paragraph" repeats the beginning of "full_text".
    """
    head = _first(root, "body.head")
    body = _first(root, "body.content")
    blocks = [] if body is None else [one for one in body if local(one) == "block" and one.get("class")]
    full = next((one for one in blocks if one.get("class") == "full_text"), None)
    beside = root if head is None else head
    issue = _first(root, "date.issue")
    published = issue.get("norm") if issue is not None else None
    told = _first(beside, "story.date")
    publication = _first(root, "pubdata")
    if published is None and told is not None:
        published = told.get("norm") or _inner(told)
    if published is None and publication is not None:
        published = publication.get("date.publication")
    return Story(
        paragraphs=list(paragraphs_of(full if full is not None else body)) if body is not None else [],
        title=_said(beside, "hl1") or _said(root, "hedline", "title"),
        byline=_byline(beside),
        publisher=publication.get("name") if publication is not None else None,
        published=published,
        url=publication.get("ex-ref") if publication is not None else None,
        section=_meta(root, "online_sections")
        or (publication.get("position.section") if publication is not None else None),
        agency=_said(beside, "distributor") or _said(beside, "byttl"),
        captions=[caption for one in _all(root, "media-caption") if (caption := _inner(one))],
        more={name: value for name, value in (("dateline", _said(beside, "dateline")),) if value},
    )


def _byline(head: Any) -> str | None:
    """Of two bylines the one as it was printed; a person's name in it without what they are."""
    found = _all(head, "byline")
    printed = next((one for one in found if one.get("class") == "print_byline"), found[0] if found else None)
    if printed is None:
        return None
    people = [name for one in _all(printed, "person") if (name := _inner(one))]
    own = (one_line("".join(_without(printed, {"byttl"}))) or "").strip(" ,;") or None
    return ", ".join(people) or own


def _without(element: Any, names: set[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in names:
            yield from _without(child, names)
        yield child.tail or ""


def _meta(root: Any, name: str) -> str | None:
    return next((one_line(one.get("content")) for one in _all(root, "meta") if one.get("name") == name), None)


def paragraphs_of(element: Any, levels: int = MAX_LEVELS) -> Iterator[str]:
    """Paragraphs of NITF or XHTML, headings and items of lists among them, without pictures and notes."""
    if levels < 0:
        raise InputError(f"elements are nested deeper than {MAX_LEVELS} levels")
    held = [element.text or ""]
    for child in element:
        name = local(child)
        if name in _PARAGRAPHS and not any(local(one) in _PARAGRAPHS for one in child):
            yield from _line(held)
            yield from _line(["".join(_without(child, set(_ASIDE)))])
        elif name in _WORDS:
            held.append("".join(_without(child, set(_ASIDE))) if name != "br" else " ")
        elif name not in _ASIDE and name:
            yield from _line(held)
            yield from paragraphs_of(child, levels - 1)
        held.append(child.tail or "")
    yield from _line(held)


def _line(held: list[str]) -> Iterator[str]:
    line = one_line("".join(held))
    held.clear()
    if line:
        yield line


# --- NewsML-G2 ---


def _newsml(root: Any, source: Input) -> Iterator[Story]:
    items = [root] if local(root) == "newsItem" else _all(root, "newsItem")
    other = 0
    for item in items:
        story = _news_item(item)
        if story is None:
            other += 1
        else:
            yield story
    if other:
        source.note(f"{other:,} news items without a text (pictures, video, data) were left out")
    if len(items) == other:
        raise InputError(f"{source.where}: NewsML-G2 without a text in it: <{local(root)}> of {len(items)} news items")


def _news_item(item: Any) -> Story | None:
    content = _first(item, "contentSet")
    inline = None if content is None else _first(content, "nitf", "html")
    meta = _first(item, "contentMeta")
    if inline is None:
        plain = None if content is None else _first(content, "inlineData")
        if plain is None or not (plain.text or "").strip() or not plain.get("contenttype", "text/").startswith("text/"):
            return None
        story = _story_of_inline(plain)
    elif local(inline) == "nitf":
        story = nitf_story(inline)
    else:
        body = _first(inline, "body")
        story = Story(list(paragraphs_of(body if body is not None else inline)))
    if meta is not None:
        _of_content(story, meta)
    _of_item(story, item)
    return story


def _story_of_inline(data: Any) -> Story:
    from annotator.reading.markup import blocks_of
    from annotator.reading.story import split_paragraphs

    text = data.text or ""
    if "html" in data.get("contenttype", "") or text.lstrip().startswith("<"):
        _, paragraphs = blocks_of(text)
        return Story(paragraphs)
    return Story(split_paragraphs(text))


def _of_content(story: Story, meta: Any) -> None:
    story.title = _said(meta, "headline") or story.title
    creators = [_name(one) for one in _all(meta, "creator")]
    story.byline = _said(meta, "by") or story.byline or ", ".join(filter(None, creators)) or None
    story.agency = next(filter(None, map(_name, _all(meta, "infoSource"))), None) or story.agency
    story.published = _said(meta, "contentCreated") or story.published
    language = _first(meta, "language")
    story.language = (language.get("tag") or "")[:2] or None if language is not None else story.language
    if line := _said(meta, "dateline"):
        story.more["dateline"] = line
    if slug := _said(meta, "slugline"):
        story.more["slugline"] = slug


def _of_item(story: Story, item: Any) -> None:
    meta = _first(item, "itemMeta")
    if meta is None:
        return
    story.published = _said(meta, "firstCreated") or story.published or _said(meta, "versionCreated")
    story.title = story.title or _said(meta, "title")
    provider = _first(meta, "provider")
    holder = _first(item, "copyrightHolder")
    houses = [_name(one) for one in (provider, holder) if one is not None]
    story.publisher = next(filter(None, houses), None) or story.publisher
    if embargo := _said(meta, "embargoed"):
        story.more["embargoed"] = embargo
    if guid := item.get("guid"):
        story.more["guid"] = guid


def _name(element: Any) -> str | None:
    """A person or house: its name, its literal, or the last part of its code ("nprov:AFP")."""
    code = element.get("literal") or element.get("qcode") or ""
    return _said(element, "name") or code.rpartition(":")[2] or None


# --- feeds ---


def _feed(root: Any, source: Input) -> Iterator[Story]:
    channel = next((one for one in root if local(one) in {"channel", "title"}), root)
    outlet = next(
        (_inner(one) for one in (root if local(channel) == "title" else channel) if local(one) == "title"), None
    )
    language = next((_inner(one) for one in channel if local(one) == "language"), None)
    teasers = found = 0
    for entry in _all(root, "item", "entry"):
        story = _entry(entry, outlet, language)
        if sum(len(part.split()) for part in story.paragraphs) < MIN_WORDS_OF_A_FEED and not _has_full(entry):
            teasers += 1
            source.note(
                "a teaser, not the article: annotated as it is, the article is at its address", _address(story, source)
            )
        found += 1
        yield story
    if not found:
        raise InputError(f"{source.where}: a feed without entries")


def _address(story: Story, source: Input) -> str:
    return f"{source.where}, {story.url or story.title or 'an entry'}"


def _has_full(entry: Any) -> bool:
    return any(
        local(one) in {"encoded", "content"} and (one.text or len(one)) for one in entry if "media" not in one.tag
    )


def _entry(entry: Any, outlet: str | None, language: str | None) -> Story:
    # Children with a prefix (media:description, itunes:summary) tell of pictures and sound.
    own = [
        one
        for one in entry
        if isinstance(one.tag, str) and not re.search(r"mrss|itunes|media", one.tag.rpartition("}")[0])
    ]

    def said(*names: str) -> str | None:
        return next((text for name in names for one in own if local(one) == name and (text := _inner(one))), None)

    authors = [_said(one, "name") or _inner(one) for one in own if local(one) in {"creator", "author"}]
    link = next(
        (
            one.get("href")
            for one in own
            if local(one) == "link" and one.get("href") and one.get("rel", "alternate") == "alternate"
        ),
        None,
    )
    origin = next((one for one in own if local(one) == "source"), None)
    return Story(
        paragraphs=_content(own),
        title=said("title"),
        byline=", ".join(dict.fromkeys(filter(None, authors))) or None,
        publisher=(_said(origin, "title") or _inner(origin) if origin is not None else None) or outlet,
        published=said("published", "pubDate", "date", "issued", "updated"),
        url=link or said("link") or None,
        language=(language or "")[:2] or None,
        section=said("category"),
    )


def _content(own: list[Any]) -> list[str]:
    """The paragraphs of the fullest of what an entry has: content before description and summary."""
    from annotator.reading.markup import blocks_of

    for names in (("encoded", "content"), ("description",), ("summary",)):
        for one in (one for one in own if local(one) in names):
            markup = "".join(one.itertext()) if not len(one) else None
            inner = list(paragraphs_of(one)) if markup is None else blocks_of(markup)[1]
            if inner:
                return inner
    return []


# --- others ---


def _xhtml(root: Any, source: Input) -> Iterator[Story]:
    body = _first(root, "body")
    yield Story(list(paragraphs_of(body if body is not None else root)), title=_said(root, "title"))


def _factiva(root: Any, source: Input) -> Iterator[Story]:
    for one in _all(root, "article", "Article"):
        if _first(one, "headline", "leadParagraph", "tailParagraphs") is None:
            continue
        parts = [part for name in ("leadParagraph", "tailParagraphs") for part in _all(one, name)]
        paragraphs = [line for part in parts for p in _all(part, "paragraph") if (line := _inner(p))]
        # Older files have lines in the part itself; a paragraph begins with blanks.
        loose = [re.split(r"\n(?=[ \t]{2,}\S)", part.text or "") for part in parts if (part.text or "").strip()]
        paragraphs = paragraphs or [line for part in loose for text in part if (line := one_line(text))]
        when = _first(one, "publicationDate")
        yield Story(
            paragraphs,
            title=_said(one, "headline"),
            byline=_said(one, "byline"),
            publisher=_said(one, "sourceName"),
            published=_inner(when) if when is not None else None,
            language=(_said(one, "baseLanguage") or "").lower()[:2] or None,
            section=_said(one, "sectionName"),
            more={"factiva_id": number} if (number := _said(one, "accessionNo")) else {},
        )
