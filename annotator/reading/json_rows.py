"""JSON and JSON lines: one article an object."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import EncodingError, InputError
from annotator.reading.encodings import BYTE_ORDER_MARKS, decode
from annotator.reading.input import Input
from annotator.reading.news_json import articles_in, story_in
from annotator.reading.outcomes import Outcome, Unread, unforeseen
from annotator.reading.packed import MAX_ROW, bytes_of, lines_of, opened, whole
from annotator.reading.rows import row
from annotator.text import scrub

MAX_DIGITS = 300  # of a number; the largest float has 309


def read_json_lines(path: Path, source: Input) -> Iterator[Outcome]:
    """Rows of a file of JSON lines, read line by line, so that its size does not matter."""
    with opened(path) as file:
        beginning = file.peek(4)
        if any(beginning.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
            yield from _lines(_split(decode(whole(file, source.where), source.where, None, source.note)), source)
        else:
            yield from _lines(lines_of(file), source)


def read_json(path: Path, source: Input) -> Iterator[Outcome]:
    return rows_of_text(decode(bytes_of(path, source.where), source.where, None, source.note), source)


def rows_of_text(text: str, source: Input) -> Iterator[Outcome]:
    """Rows of JSON that is in memory: an object, a list of objects, or lines of objects."""
    if not text.strip():
        raise InputError(f"{source.where}: no text")
    lines = _split(text)
    try:
        values = _parsed(text, source.where)
    except InputError:
        first = next(line for line in lines if line.strip())
        if not _is_object(first):
            raise
        yield from _lines(lines, source)
        return
    if values == []:
        raise InputError(f"{source.where}: no text")
    values = inner if (inner := articles_in(values)) is not None else values
    if isinstance(values, list):
        for number, value in enumerate(values, 1):
            yield from _item(partial(_object, value), number, source, f"{source.where}, item {number}")
    else:
        yield from _item(partial(_object, values), None, source, source.where)


def _item(
    values: Callable[[str], Mapping[str, Any]], number: int | None, source: Input, where: str
) -> Iterator[Outcome]:
    """The article of an object with the user's fields, or the articles of one that a news service wrote."""
    try:
        found = values(where)
        stories = story_in(found, source.fields, partial(_noted, source, where))
        if stories is None:
            yield row(values, number, source, where)
            return
        made = list(stories)
    except InputError as error:
        yield Unread(where, error)
        return
    except Exception as error:  # no object is worth the others
        yield Unread(where, unforeseen(error, where))
        return
    base = source if number is None else replace(source, name=f"{source.name}-{number}")
    for n, story in enumerate(made, 1):
        yield story.outcome(base, None if len(made) == 1 else n, where)


def _noted(source: Input, where: str, what: str) -> None:
    source.note(what, where)


def _lines(lines: Iterable[str | bytes | None], source: Input) -> Iterator[Outcome]:
    blank = True
    for number, line in enumerate(lines, 1):
        if line is None or line.strip():
            blank = False
            yield from _item(partial(_json_object, line), number, source, f"{source.where}, line {number}")
    if blank:
        raise InputError(f"{source.where}: no text")


def _json_object(line: str | bytes | None, where: str) -> Mapping[str, Any]:
    if line is None:
        raise InputError(f"{where}: longer than {MAX_ROW >> 20} MB, which no article is")
    try:
        # Not guessed: JSON is UTF-8, and lines that are guessed one by one would come out in several encodings.
        values = _parsed(line.decode() if isinstance(line, bytes) else line, where)
    except UnicodeDecodeError as error:
        raise EncodingError(f"{where}: not UTF-8 at byte {error.start}. Save the file as UTF-8") from error
    return _object(values, where)


def _object(values: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise InputError(f"{where}: not a JSON object but a {type(values).__name__}")
    if (name := _repeated(values)) is not None:
        raise InputError(f'{where}: the field "{scrub(name)}" is there twice. Leave one of them')
    return values


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_fields, parse_int=_number)
    except (ValueError, RecursionError) as error:  # RecursionError: nested a thousand deep
        raise InputError(f"{where}: not valid JSON: {error}") from error


class _Repeating(dict[str, Any]):
    """An object that has a field twice."""

    repeated: str


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    twice = _Repeating(fields)
    names = [name for name, _ in pairs]
    twice.repeated = next(name for name in fields if names.count(name) > 1)
    return twice


def _repeated(value: Any) -> str | None:
    """The name of a field that an object, or one inside it, has twice."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Repeating):
            return item.repeated
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return None


def _number(digits: str) -> int | str:
    """A whole number, or its digits where they are too many to be one: Python refuses some thousands of them."""
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _split(text: str) -> list[str]:
    """Lines by line feed alone: `str.splitlines` would cut at a U+2028 inside a JSON string."""
    return text.split("\n")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
