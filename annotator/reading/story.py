"""An article as a document, an export or a feed gives it, before it becomes an `Article`: its parts by their names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from annotator.errors import InputError
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Unread, unforeseen
from annotator.reading.rows import made_article, under_title
from annotator.text import scrub

# A line's end amid a sentence: no stop before it in a long line, a small letter behind it.
_WRAPPED = re.compile(r"(?<=[^\s.!?:;”\"’)\]])\n(?=[a-zà-ÿ])")
PARAGRAPH = "\n\n"


@dataclass
class Story:
    """The parts of an article; `captions` are those of its paragraphs that tell what a picture shows.

    Footnotes stand apart from the text; `published` is as the input writes it.
    """

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    agency: str | None = None
    captions: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def outcome(self, source: Input, number: int | None, where: str) -> Outcome:
        """The article, or why there is none; `number` is its place in the file, None for the only one."""
        try:
            return made_article(self._values(source, number), source.given, where, partial(_note, source, where))
        except InputError as error:
            return Unread(where, error)
        except Exception as error:  # no article is worth the others
            return Unread(where, unforeseen(error, where))

    def _values(self, source: Input, number: int | None) -> dict[str, Any]:
        text = PARAGRAPH.join(part.strip() for part in self.paragraphs if part.strip())
        title = one_line(self.title)
        beside = {
            "captions": [one_line(caption) for caption in self.captions if caption.strip()],
            "footnotes": [one_line(note) for note in self.footnotes if note.strip()],
            **self.more,
        }
        return {
            "article_id": source.name if number is None else f"{source.name}-{number}",
            "text": scrub(under_title(text, title)),
            "title": title,
            "byline": bare_byline(self.byline),
            "publisher": one_line(self.publisher),
            "published": one_line(self.published),
            "url": one_line(self.url),
            "language": one_line(self.language),
            "section": one_line(self.section),
            "agency": one_line(self.agency),
            "metadata": {name: value for name, value in beside.items() if value},
        }


def outcomes(stories: Iterable[Story], source: Input) -> Iterable[Outcome]:
    """The articles of a file that may hold many, each with its place; the only one has the file's own name."""
    waiting = iter(stories)
    first = next(waiting, None)
    if first is None:
        raise InputError(f"{source.where}: no article in it")
    second = next(waiting, None)
    yield first.outcome(source, None if second is None else 1, source.where if second is None else _at(source, 1))
    number = 2
    while second is not None:
        yield second.outcome(source, number, _at(source, number))
        second, number = next(waiting, None), number + 1


def _at(source: Input, number: int) -> str:
    return f"{source.where}, article {number}"


def _note(source: Input, where: str, what: str) -> None:
    source.note(what, where)


def one_line(text: str | None) -> str | None:
    """A text on one line, without lone surrogates; None for a blank one."""
    return scrub(" ".join(text.split())) or None if text else None


def bare_byline(text: str | None) -> str | None:
    """The authors without "By" before them.

    >>> bare_byline("By  Ines Halloran")
    'Ines Halloran'
    """
    line = one_line(text)
    return re.sub(r"^(?:by|von|par|por)[\s:]+(?=\S)", "", line, flags=re.IGNORECASE) if line else None


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs of a text between blank lines, each on one line; of a text without blank lines, its lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    spaced = re.search(r"\n[^\S\n]*\n", text) is not None
    parts = re.split(r"\n[^\S\n]*\n", text) if spaced else _WRAPPED.sub(" ", text).split("\n")
    return [line for part in parts if (line := " ".join(part.split()))]
