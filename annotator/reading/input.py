"""One thing to read, and what the user says of it: names of columns, facts about the articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from annotator.errors import InputError
from annotator.reading.outcomes import Warned
from annotator.records import Article
from annotator.text import scrub

# What the user may say instead of the input.
GIVEN = ("title", "publisher", "byline", "url", "published", "language", "section", "agency")
PUBLISHER_FROM = "publisher_from"  # where the outlet's name stands, instead of the name
FOLDER = "folder"


@dataclass(frozen=True)
class Fields:
    """Names of the columns, or of the fields of a JSON object, that hold what an article consists of."""

    id: str = "id"
    text: str = "text"
    title: str = "title"
    publisher: str = "publisher"
    byline: str = "byline"
    url: str = "url"
    published: str = "published"
    language: str = "language"
    section: str = "section"
    agency: str = "agency"


DEFAULT_FIELDS = Fields()


class PageReader(Protocol):
    """Makes an article of a web page, as `annotator.reading.page.article_from_html` does."""

    def __call__(self, html: str, *, article_id: str, url: str | None, where: str) -> Article: ...


@dataclass(frozen=True)
class Input:
    """One thing to read; `name` is what ids are made from, `given` what the user says about every article in it."""

    where: str
    name: str
    fields: Fields
    given: Mapping[str, str]
    page: PageReader | None = None
    notes: list[Warned] = field(default_factory=list)  # what is to be told beside the next outcome

    def note(self, what: str, where: str | None = None) -> None:
        """Say what was guessed or left aside, once for each place."""
        warned = Warned(where or self.where, what)
        if warned not in self.notes:
            self.notes.append(warned)


def said_of(path: Path, given: Mapping[str, str]) -> dict[str, str]:
    """What is given for the articles of a file: its folder names the outlet where that was asked for.

    >>> said_of(Path("news/Harbour_Gazette/00.txt"), {"publisher_from": "folder"})
    {'publisher': 'Harbour Gazette'}
    """
    said = {name: value for name, value in given.items() if name != PUBLISHER_FROM}
    folder = path.absolute().parent.name.replace("_", " ").strip()
    if given.get(PUBLISHER_FROM) == FOLDER and folder:
        said.setdefault("publisher", scrub(folder))
    return said


def checked(given: Mapping[str, str | None]) -> dict[str, str]:
    if given.get(PUBLISHER_FROM) not in (None, FOLDER):
        raise InputError(f"{PUBLISHER_FROM}: {given[PUBLISHER_FROM]!r} is nothing that names an outlet. Use {FOLDER!r}")
    if unknown := sorted(set(given) - {*GIVEN, PUBLISHER_FROM}):
        raise InputError(f"cannot be given for an article: {', '.join(unknown)}. What can be given: {', '.join(GIVEN)}")
    return {name: scrub(value) for name, value in given.items() if value}
