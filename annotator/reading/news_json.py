"""JSON of news services: ninjs 1 to 3, NewsAPI, Event Registry, Media Cloud, GDELT's quotations, JSON-LD.

Each is known by fields that it has and others have not; whatever else is an object with the user's own fields.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.reading.input import Fields
from annotator.reading.story import Story, split_paragraphs

CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
Values = Mapping[str, Any]
Note = Callable[[str], None]


def articles_in(value: Any) -> list[Any] | None:
    """The list of articles inside an answer of a service; None for what is none."""
    if not isinstance(value, dict):
        return None
    inner = value.get("articles")
    if isinstance(inner, dict) and isinstance(inner.get("results"), list):
        return list(inner["results"])  # Event Registry
    if isinstance(inner, list) and ("totalResults" in value or "status" in value):
        return list(inner)  # NewsAPI
    if isinstance(value.get("@graph"), list) and any(map(_is_news, value["@graph"])):
        return [node for node in value["@graph"] if _is_news(node)]
    if isinstance(value.get("items"), list) and "jsonfeed.org" in str(value.get("version", "")):
        return [{**item, "_feed": value.get("title"), "version": value["version"]} for item in value["items"]]
    return None


def story_in(values: Values, fields: Fields, note: Note) -> Iterator[Story] | None:
    """The articles of one object of a service that is known; None where it is the user's own, or of none."""
    if fields.text in values and isinstance(values[fields.text], str) and "quotes" not in values:
        return None
    for is_one, read in _KINDS:
        if is_one(values):
            return read(values, note)
    return None


# --- ninjs ---


def _is_ninjs(values: Values) -> bool:
    own = any(name in values for name in ("uri", "standard", "versioncreated", "versionCreated"))
    return own and any(
        name in values for name in ("bodies", "body_text", "body_html", "body_xhtml", "headlines", "headline")
    )


def _ninjs(values: Values, note: Note) -> Iterator[Story]:
    paragraphs = _ninjs_body(values)
    if not paragraphs:
        paragraphs = split_paragraphs(_first_text(values, "description_text", "descriptions"))
        if paragraphs:
            note("no body: a description alone was read, which is a caption or a summary")
    sources = _listed(values.get("infosources") or values.get("infoSources") or values.get("infosource"))
    yield Story(
        paragraphs,
        title=_first_text(values, "headlines", "headline") or None,
        byline=_text(values.get("byline")) or _text(values.get("by")),
        publisher=_names(sources) or _text(values.get("source")) or _names(_listed(values.get("provider"))),
        published=_text(
            values.get("firstcreated")
            or values.get("firstCreated")
            or values.get("versioncreated")
            or values.get("versionCreated")
        ),
        url=_text(values.get("link")) or _address(values.get("uri")),
        language=(_text(values.get("language")) or "")[:2] or None,
        section=_names(_listed(values.get("genre") or values.get("genres"))),
        more={
            name: value
            for name, value in (
                ("slugline", _text(values.get("slugline")) or _text(values.get("slugLine"))),
                ("embargoed", _text(values.get("embargoed")) or _text(values.get("embargoedUntil"))),
                ("located", _text(values.get("located"))),
                ("type", _text(values.get("type"))),
            )
            if value
        },
    )


def _ninjs_body(values: Values) -> list[str]:
    """Plain text before markup; a body of ninjs 3 may be NITF in a string."""
    bodies = [one for one in _listed(values.get("bodies")) if isinstance(one, dict) and _text(one.get("value"))]
    bodies.sort(key=lambda one: "plain" not in str(one.get("contenttype") or one.get("contentType") or "plain"))
    texts = [str(one["value"]) for one in bodies]
    texts += [str(values[name]) for name in ("body_text", "body_xhtml", "body_html") if _text(values.get(name))]
    texts += [str(values[name]) for name in sorted(values) if name.startswith("body_") and _text(values.get(name))]
    return _paragraphs(texts[0]) if texts else []


def _paragraphs(text: str) -> list[str]:
    if not re.search(r"</?(?:p|div|br|nitf|body|html|h\d|block|a|b|i|em|strong|sup|sub|span)\b[^<>]*>", text):
        return split_paragraphs(text)
    from annotator.reading.markup import blocks_of
    from annotator.reading.wire import nitf_story
    from annotator.reading.zipped import parsed

    if "<nitf" in text or "<body.content" in text:
        return nitf_story(parsed(text.encode(), "a body in NITF")).paragraphs
    return blocks_of(text)[1]


# --- services ---


def _is_news_api(values: Values) -> bool:
    return "publishedAt" in values and "content" in values and isinstance(values.get("source"), dict | str)


def _news_api(values: Values, note: Note) -> Iterator[Story]:
    text = _text(values.get("content")) or _text(values.get("description")) or ""
    if CUT.search(text):
        text = CUT.sub("", text)
        note("NewsAPI gives the first 200 characters of a text only; they end amid a sentence")
    yield Story(
        split_paragraphs(text),
        title=_text(values.get("title")),
        byline=_text(values.get("author")),
        publisher=_names(_listed(values.get("source"))),
        published=_text(values.get("publishedAt")),
        url=_text(values.get("url")),
    )


def _is_event_registry(values: Values) -> bool:
    return isinstance(values.get("body"), str) and "uri" in values and ("dateTime" in values or "dateTimePub" in values)


def _event_registry(values: Values, note: Note) -> Iterator[Story]:
    languages = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "nld": "nl", "por": "pt"}
    language = _text(values.get("lang"))
    yield Story(
        split_paragraphs(values["body"]),
        title=_text(values.get("title")),
        byline=_names(_listed(values.get("authors"))),
        publisher=_names(_listed(values.get("source"))),
        published=_text(values.get("dateTimePub")) or _text(values.get("dateTime")),
        url=_text(values.get("url")),
        language=languages.get(language or "", language),
        more={"uri": str(values["uri"])},
    )


def _is_media_cloud(values: Values) -> bool:
    return "media_name" in values and ("indexed_date" in values or "stories_id" in values or "publish_date" in values)


def _media_cloud(values: Values, note: Note) -> Iterator[Story]:
    text = _text(values.get("text")) or _text(values.get("story_text")) or ""
    if not text:
        note("Media Cloud gives no texts: the headline alone was read. The article is at its address")
    yield Story(
        split_paragraphs(text) or [_text(values.get("title")) or ""],
        title=_text(values.get("title")),
        publisher=_text(values.get("media_name")),
        published=_text(values.get("publish_date")),
        url=_text(values.get("url")),
        language=_text(values.get("language")),
    )


def _is_gdelt(values: Values) -> bool:
    quotes = values.get("quotes")
    return isinstance(quotes, list) and bool(quotes) and all(isinstance(one, dict) and "quote" in one for one in quotes)


def _gdelt(values: Values, note: Note) -> Iterator[Story]:
    """The quotations of a page with what stands before and behind each; their speakers are not told by GDELT."""
    note("GDELT gives quotations with a few words around each, not the article: their speakers may be missing")
    yield Story(
        [
            " ".join(filter(None, (_text(one.get("pre")), _quoted(one), _text(one.get("post")))))
            for one in values["quotes"]
        ],
        title=_text(values.get("title")),
        published=_text(values.get("date")),
        url=_text(values.get("url")),
        language=(_text(values.get("lang")) or "").lower()[:2] or None,
    )


def _quoted(one: Values) -> str:
    quote = _text(one.get("quote")) or ""
    return quote if quote.startswith(("“", '"')) else f"“{quote}”"


def _is_json_feed(values: Values) -> bool:
    return "jsonfeed.org" in str(values.get("version", ""))


def _json_feed(values: Values, note: Note) -> Iterator[Story]:
    authors = _listed(values.get("authors") or values.get("author"))
    yield Story(
        _paragraphs(_first_text(values, "content_text", "content_html", "summary")),
        title=_text(values.get("title")),
        byline=_names(authors),
        publisher=_text(values.get("_feed")),
        published=_text(values.get("date_published")),
        url=_text(values.get("url")),
        language=_text(values.get("language")),
    )


# --- JSON-LD ---


def _is_news(values: Any) -> bool:
    if not isinstance(values, Mapping) or not ("articleBody" in values or "liveBlogUpdate" in values):
        return False
    kinds = values.get("@type")
    return any(
        re.search(r"(Article|Posting|Report)$", str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def linked_stories(values: Values, note: Note) -> Iterator[Story]:
    """An article of JSON-LD; of a live blog each update, with its own time, as an article of its own."""
    updates = [one for one in _listed(values.get("liveBlogUpdate")) if isinstance(one, dict)]
    if not updates:
        yield _linked(values, {})
        return
    told = [one for one in updates if _text(one.get("articleBody"))]
    if len(told) < len(updates):
        note(f"{len(updates) - len(told):,} updates of the live blog have no text in the page's data")
    for one in told:
        story = _linked(one, values)
        story.more["live_blog"] = _text(values.get("headline")) or _text(values.get("name"))
        yield story


def _linked(values: Values, around: Values) -> Story:
    def said(*names: str) -> Any:
        return next((one[name] for name in names for one in (values, around) if one.get(name)), None)

    body = _text(values.get("articleBody")) or ""
    return Story(
        _paragraphs(body),
        title=_text(values.get("headline")) or _text(values.get("name")),
        byline=_names(_listed(said("author", "creator"))),
        publisher=_names(_listed(said("publisher", "sourceOrganization"))),
        published=_text(said("datePublished", "dateCreated")),
        url=_text(values.get("url")) or _address(values.get("@id")) or _text(said("url")),
        language=(_text(said("inLanguage")) or "")[:2] or None,
        section=_names(_listed(values.get("articleSection"))),
    )


_KINDS: tuple[tuple[Callable[[Values], bool], Callable[[Values, Note], Iterator[Story]]], ...] = (
    (_is_news, linked_stories),
    (_is_json_feed, _json_feed),
    (_is_gdelt, _gdelt),
    (_is_media_cloud, _media_cloud),
    (_is_news_api, _news_api),
    (_is_event_registry, _event_registry),
    (_is_ninjs, _ninjs),
)


# --- values ---


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(values: list[Any]) -> str | None:
    """Names of people, houses or subjects, each a text or an object with one."""
    found = [
        _text(one.get("title") or one.get("name") or one.get("literal")) if isinstance(one, dict) else _text(one)
        for one in values
    ]
    return ", ".join(dict.fromkeys(filter(None, found))) or None


def _first_text(values: Values, *names: str) -> str:
    """The first of the named fields that has a text, or a list of objects with one ("headlines": [{"value": ...}])."""
    for name in names:
        for one in _listed(values.get(name)):
            text = _text(one.get("value")) if isinstance(one, dict) else _text(one)
            if text:
                return text
    return ""


def _address(value: Any) -> str | None:
    text = _text(value)
    return text if text and text.startswith(("http://", "https://")) else None
