"""What the text itself says of the article: who wrote it, when it was published, which agency it came from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.labels import SectionKind
from annotator.reading import when
from annotator.reading.layout.authors import are_authors, is_name, is_outlet
from annotator.reading.layout.word_lists import prefix
from annotator.records import Article, Section

HEAD = 12  # sections within which an article says so
LONGEST = 160  # characters of such a line

_AGENCY = re.compile(r"\((?P<name>[^\W\d_a-zß-ÿ][\w.&'’/ ]{1,30})\)\s*(?:—|–|―|-{1,2}|_)?\s*$")
_LINE = re.compile(r"(?:last )?updated?\b|\bmodified\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """Byline without its "By", date in ISO 8601 and as it is written, agency; None for what the text does not say."""

    byline: str | None = None
    published: str | None = None
    written: str | None = None
    agency: str | None = None


def stated(text: str, sections: Iterable[Section]) -> Stated:
    """What the head of a text says of it.

    >>> from annotator.reading.layout import sections
    >>> text = "Rain stops play\\n\\nBy Ann Lee\\n\\n3 March 2026\\n\\nLORDS (Reuters) - It rained."
    >>> said = stated(text, sections(text))
    >>> said.byline, said.published, said.agency
    ('Ann Lee', '2026-03-03', 'Reuters')
    """
    head = [(part.kind, text[part.start : part.end]) for part in list(sections)[:HEAD]]
    lines = [(kind, line) for kind, line in head if len(line) <= LONGEST]
    bylines = [line for kind, line in lines if kind is SectionKind.BYLINE]
    dates = [
        line for kind, line in lines if kind in (SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE)
    ]
    dated = [(line, iso) for line in dates if (iso := when.iso(line)) is not None]
    first = next((one for one in dated if not _LINE.search(one[0])), dated[0] if dated else None)
    return Stated(
        byline=next(filter(None, map(_author, bylines)), None),
        published=first[1] if first else None,
        written=first[0] if first else None,
        agency=next(filter(None, (_agency(line) for kind, line in lines if kind is SectionKind.DATELINE)), None),
    )


def completed(article: Article, sections: Iterable[Section]) -> Article:
    """The article with what its own text says of it, where the reader knew nothing: title, byline, date, agency."""
    parts = tuple(sections)
    said = stated(article.text, parts)
    title = next((article.text[s.start : s.end] for s in parts if s.kind is SectionKind.HEADLINE), None)
    found = {"title": title, "byline": said.byline, "published": said.published, "agency": said.agency}
    update: dict[str, object] = {k: v for k, v in found.items() if v is not None and getattr(article, k) is None}
    if "published" in update and said.written != said.published:
        update["metadata"] = {"published_as_written": said.written, **article.metadata}
    return article.model_copy(update=update) if update else article


def _author(line: str) -> str | None:
    label = prefix("byline_labels").match(line)
    bare = " ".join((line[label.end() :] if label else line).split()).strip(" .|-–—")
    name, _, outlet = bare.partition(" | ")  # "Rhea Suvarna | Marapur Observer"
    bare = name if outlet and is_name(name) else bare
    return bare if bare and are_authors(bare) else None


def _agency(line: str) -> str | None:
    found = _AGENCY.search(line)
    return found["name"] if found and is_outlet(found["name"].split("/")[0]) else None
