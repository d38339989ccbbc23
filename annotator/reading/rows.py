"""Rows of values (of a table, of JSON) to articles: which field is what, dates, and metadata that JSON can hold."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from annotator.errors import ColumnError, InputError
from annotator.reading import when
from annotator.reading.encodings import Note, decode
from annotator.reading.input import GIVEN, Fields, Input
from annotator.reading.mended import MENDED, mended
from annotator.reading.outcomes import Outcome, Unread, unforeseen
from annotator.records import Article
from annotator.text import scrub

# Names under which tables keep the text of articles, likeliest first.
TEXT_COLUMNS = ("body", "content", "article_text", "full_text", "fulltext", "article", "story", "document", "maintext")
MAX_LEVELS = 50  # of lists and objects in one another that metadata may have


def row(values: Callable[[str], Mapping[str, Any]], number: int | None, source: Input, where: str) -> Outcome:
    """The article of one row, or what is wrong with the row; `values` gets `where` and may raise."""
    try:
        return _from_values(values(where), number, source, where)
    except InputError as error:
        return Unread(where, error)
    except RecursionError:
        return Unread(where, InputError(f"{where}: lists and objects are nested deeper than {MAX_LEVELS} levels"))
    except Exception as error:  # no row is worth the others
        return Unread(where, unforeseen(error, where))


def _from_values(values: Mapping[str, Any], number: int | None, source: Input, where: str) -> Article:
    fields = source.fields
    if fields.text not in values:
        raise no_column(values, fields, where, "field")
    text = values[fields.text]
    note = partial(_noted, source, where)
    if isinstance(text, bytes):
        text = decode(text, where, None, note)
    if _absent(text):
        raise InputError(f"{where}: no text")
    if not isinstance(text, str):
        raise InputError(f"{where}: {fields.text!r} holds a {type(text).__name__}, not text")
    fallback = source.name if number is None else f"{source.name}-{number}"
    columns = asdict(fields)
    rest = {name: value for name, value in values.items() if name not in columns.values()}
    known: dict[str, Any] = {name: _as_text(_inside(values.get(columns[name]))) for name in GIVEN}
    known["published"] = _iso(_inside(values.get(fields.published)))
    for name in GIVEN:
        if known[name] is None and isinstance(value := values.get(columns[name]), Mapping) and value:
            note(f'the field "{columns[name]}" is an object of which no name or value could be made; it is in metadata')
            rest[columns[name]] = value
    text = under_title(scrub(text), known["title"])
    known |= {"article_id": _as_text(values.get(fields.id)) or fallback, "text": text, "metadata": _plain(rest)}
    return made_article(known, source.given, where, note)


def _noted(source: Input, where: str, what: str) -> None:
    source.note(what, where)


def under_title(text: str, title: str | None) -> str:
    """The text below its headline, as it stands in a paper; a text that begins with it already stays as it is."""
    if not title or not _letters(title) or not text.strip():
        return text
    first = text.lstrip()[: 4 * len(title) + 100].split("\n", 1)[0]
    return text if _letters(first) == _letters(title) else f"{title}\n\n{text}"


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def made_article(values: Mapping[str, Any], given: Mapping[str, str], where: str, note: Note | None = None) -> Article:
    """The article of what was read, what the user says of it before what it says of itself.

    Damaged characters are mended, and a date of any usual form becomes ISO 8601, its own words kept in the metadata as
    `published_as_written`; both, and a date that says two things, are told to `note`. Raises `InputError` where there
    is no text.
    """
    if not values["text"].strip():
        raise InputError(f"{where}: no text")
    known = {**values, **given}
    told = note or (lambda _: None)
    named, taken = values.get("publisher"), given.get("publisher")
    if named and taken and _bare(named) != _bare(taken):
        told(f"it names the outlet {named!r}, and {taken!r} was given: {taken!r} is taken")
    known["text"] = mended(known["text"])
    if known["text"] != values["text"]:
        told(MENDED)
    if written := known.get("published"):
        known["published"] = when.iso(written) or written
        if known["published"] != written:
            known["metadata"] = {**(known.get("metadata") or {}), "published_as_written": written}
        elif when.is_ambiguous(written):
            told(f"the date {written!r} {when.AMBIGUOUS}")
    return Article.model_validate(known)


def _bare(outlet: str) -> str:
    """An outlet's name without its article, for comparing."""
    return " ".join(outlet.casefold().split()).removeprefix("the ")


# Where an object of JSON keeps what it stands for: MongoDB's dates, JSON-LD's values, people and houses by name.
_VALUES = ("name", "title", "$date", "@value", "value", "text", "uri", "url", "href", "$numberLong")


def _inside(value: Any) -> Any:
    """What an object stands for: {"name": "Jane Roe"} is Jane Roe; None for one that says nothing known."""
    if isinstance(value, list):
        return [_inside(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return next((_inside(value[name]) for name in _VALUES if not _absent(value.get(name))), None)


def no_column(values: Mapping[str, Any], fields: Fields, where: str, what: str) -> ColumnError:
    names = [scrub(str(name)) for name in values]
    message = f'{where}: no {what} "{fields.text}". {what.capitalize()}s are: {", ".join(names) or "none"}'
    likely = _likely_column(values, fields)
    return ColumnError(f"{message}. Try --text-column {scrub(likely)}" if likely else message)


def _likely_column(values: Mapping[str, Any], fields: Fields) -> str | None:
    """The column that most probably holds the text: by its name, else the one with the longest text."""
    by_name = {name.strip().casefold(): name for name in values}
    for name in (fields.text.casefold(), *TEXT_COLUMNS):
        if name in by_name:
            return by_name[name]
    texts = {name: len(value) for name, value in values.items() if isinstance(value, str)}
    return max(texts, key=texts.__getitem__, default=None)


def _absent(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT."""
    return value is None or (isinstance(value, float | datetime) and value != value)


def _as_text(value: Any) -> str | None:
    """A cell as text; a whole float is the integer that a table made a float of because a cell was empty."""
    if _absent(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):  # several authors
        return ", ".join(filter(None, map(_as_text, value))) or None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return scrub(str(value)).strip() or None


def _iso(value: Any) -> str | None:
    """A date or time in ISO 8601 where it is known to be one; a text in words stays as it is."""
    if _absent(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e14:
        seconds = value / 1000 if value > 1e11 else value  # pandas writes milliseconds
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    text = _as_text(value)
    if text and re.fullmatch(r"\d{8}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return text  # eight digits that are no day
    return text


def _plain(value: Any, levels: int = MAX_LEVELS) -> Any:
    """A value that JSON can hold: dates are ISO texts, whatever else is strange is its `str`."""
    if levels < 0:
        raise RecursionError
    if isinstance(value, Mapping):
        return {scrub(str(name)): _plain(item, levels - 1) for name, item in value.items() if not _absent(item)}
    if isinstance(value, list | tuple):
        return [_plain(item, levels - 1) for item in value if not _absent(item)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, bytes):
        return _text_of(value)
    return scrub(str(value))


def _text_of(data: bytes) -> str:
    """Bytes of a column as text, where they are text; of a picture, only how large it is."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"{len(data):,} bytes"
