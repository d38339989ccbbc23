"""The header of a TEI document: what the article is, who speaks in it, and what the labels mean."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from annotator.formats.standards import names
from annotator.labels import VOCABULARIES, SourceType
from annotator.records import AnnotatedArticle, Source

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
WORKS = {SourceType.DOCUMENT, SourceType.SOCIAL_POST}
BODIES = {SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.STATE, SourceType.ARTICLE}
LABELS = (*(field.value for field in names.Field), "flag", "review_reason", "source_type", "affiliation")
HELD = (
    "Characters that XML cannot hold stand as gaps in the text, with their code point, and as U+FFFD in names. "
    "Blank lines, and which characters ended a line, are not kept: n of a paragraph is where it begins in the text, in "
    "code points."
)

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class Ids:
    """Names for elements (xml:id), each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, kind: str, wanted: str) -> str:
        """`kind.wanted`, of letters that a name may have, with a number where another is called so."""
        name = first = f"{kind}.{_NO_NAME.sub('_', wanted)}"
        number = 1
        while name in self._given:
            number += 1
            name = f"{first}-{number}"
        self._given.add(name)
        return name


def child(parent: Any, element: str, text: str | None = None, /, **attributes: str) -> Any:
    """A new element at the end of another; `xml_id` is its xml:id."""
    made = etree.SubElement(parent, f"{{{TEI}}}{element}")
    for name, value in attributes.items():
        made.set(XML_ID if name == "xml_id" else name, clean(value))
    if text is not None:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """The text with U+FFFD for each character that XML has no way to hold."""
    return _NO_XML.sub("\ufffd", text)


def write(element: Any, text: str) -> None:
    """Put text at the end of an element, and a gap for each character that XML cannot hold."""
    place = 0
    for match in _NO_XML.finditer(text):
        _append(element, text[place : match.start()])
        gap = child(element, "gap", reason="not_in_XML", unit="chars", quantity="1")
        child(gap, "desc", f"U+{ord(match[0]):04X}")
        place = match.end()
    _append(element, text[place:])


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def add(root: Any, record: AnnotatedArticle, sources: Mapping[str, str]) -> None:
    """The header; `sources` has the xml:id of each source."""
    header = child(root, "teiHeader")
    _file(child(header, "fileDesc"), record, sources)
    encoding = child(header, "encodingDesc")
    child(child(encoding, "editorialDecl"), "p", HELD)
    _labels(child(encoding, "classDecl"))
    _speakers(child(header, "profileDesc"), record, sources)


def _file(about: Any, record: AnnotatedArticle, sources: Mapping[str, str]) -> None:
    article, tool, review = record.article, record.tool, record.review
    title = child(about, "titleStmt")
    child(title, "title", article.title or article.article_id)
    if article.byline:
        child(title, "author", article.byline)
    _responsible(title, "claims, sources and chains marked by", f"{tool.name} {tool.version}")
    if review:
        _responsible(title, "reviewed by", review.reviewer)
    child(child(about, "publicationStmt"), "p", "An annotated copy of the article named below.")
    _origin(child(about, "sourceDesc"), record, sources)


def _responsible(title: Any, what: str, who: str) -> None:
    statement = child(title, "respStmt")
    child(statement, "resp", what)
    child(statement, "name", who)


def _origin(about: Any, record: AnnotatedArticle, sources: Mapping[str, str]) -> None:
    """The article itself, and the documents and posts that it takes claims from."""
    article = record.article
    bibl = child(about, "bibl", type="article")
    child(bibl, "title", article.title or article.article_id)
    for name, value in (("author", article.byline), ("publisher", article.publisher)):
        if value:
            child(bibl, name, value)
    if article.published:
        when = {"when": article.published} if _is_day_or_time(article.published) else {}
        child(bibl, "date", article.published, **when)
    child(bibl, "idno", article.article_id, type="article_id")
    if url := names.address(article.url):
        child(bibl, "ref", url, target=url)
    works = [source for source in record.sources if source.type in WORKS]
    listed = child(about, "listBibl") if works else None
    for source in works:
        _described(child(listed, "bibl", **_labelled(source, sources)), "title", source, record)


def _is_day_or_time(value: str) -> bool:
    try:
        return bool(_WHEN.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False


def _labels(declared: Any) -> None:
    """Every label that marks point to (`@ana`), with its meaning."""
    for field, value, meaning in _categories():
        if (taxonomy := next((t for t in declared if t.get(XML_ID) == field), None)) is None:
            taxonomy = child(declared, "taxonomy", xml_id=field)
        child(child(taxonomy, "category", xml_id=f"{field}.{value}"), "catDesc", meaning)


def _categories() -> Iterator[tuple[str, str, str]]:
    for field in (*LABELS, "link_role", "link_basis", "verdict"):
        for value in VOCABULARIES[field]:
            yield field, value.value, value.meaning
    yield "hedged", "true", "the content itself is hedged"


def _speakers(profile: Any, record: AnnotatedArticle, sources: Mapping[str, str]) -> None:
    people = [source for source in record.sources if source.type not in BODIES | WORKS]
    bodies = [source for source in record.sources if source.type in BODIES]
    language = record.article.language
    if language and _LANGUAGE.fullmatch(language):
        child(child(profile, "langUsage"), "language", language, ident=language)
    if not people and not bodies:
        return
    taking_part = child(profile, "particDesc")
    listed = child(taking_part, "listPerson") if people else None
    for source in people:
        size = {"size": str(source.count)} if source.type is SourceType.GROUP and source.count else {}
        element = "personGrp" if source.type is SourceType.GROUP else "person"
        _described(child(listed, element, **_labelled(source, sources), **size), "persName", source, record)
    listed = child(taking_part, "listOrg") if bodies else None
    for source in bodies:
        _described(child(listed, "org", **_labelled(source, sources)), "orgName", source, record)


def _labelled(source: Source, sources: Mapping[str, str]) -> dict[str, str]:
    labels = f"#source_type.{source.type} #affiliation.{source.affiliation}"
    return {"xml_id": sources[source.source_id], "n": source.source_id, "ana": labels}


def _described(element: Any, name: str, source: Source, record: AnnotatedArticle) -> None:
    """The source's name; of one that has none in the article what the text calls it, and why it has none."""
    left_open = names.open_sources(record)
    if proper := names.proper_name(source, left_open):
        child(element, name, proper)
    if source.role and name == "persName":
        child(element, "occupation", source.role)
    if described := names.description(source, left_open):
        child(element, "note", described, type="anonymous" if source.anonymous else "open")
    if source.anonymity_reason:
        child(element, "note", source.anonymity_reason, type="reason")
