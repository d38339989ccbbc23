"""Mail (.eml, .mbox): newsletters and press releases; and pages that a browser saved in one file (.mhtml)."""

import email
import email.policy
import mailbox
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Any

from annotator.errors import InputError
from annotator.reading import exports_in_pages, markup
from annotator.reading.encodings import declared_encoding, decode, known_encoding
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Unread
from annotator.reading.packed import bytes_of
from annotator.reading.story import Story, one_line, outcomes, split_paragraphs

MAX_PARTS = 1000  # of one message


def read_eml(path: Path, source: Input) -> Iterator[Outcome]:
    message = _message(bytes_of(path, source.where), source.where)
    if (html := _part(message, "html")) is not None and exports_in_pages.is_export(html):
        yield from exports_in_pages.outcomes_of(html, source)
        return
    yield from outcomes([_story(message, source)], source)


def read_mbox(path: Path, source: Input) -> Iterator[Outcome]:
    """One article a message."""
    with path.open("rb") as file:
        if not file.read(5).startswith(b"From "):
            raise InputError(f'{source.where}: not a mailbox: it does not begin with a line "From "')
    box = mailbox.mbox(str(path), create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            where = f"{source.where}, message {number}"
            try:
                story = _story(_message(box.get_bytes(key), where), source)
            except InputError as error:
                yield Unread(where, error)
                continue
            yield story.outcome(source, number, where)
    finally:
        box.close()


def read_mhtml(path: Path, source: Input) -> Iterator[Outcome]:
    """The page of a file in which a browser saved it with its pictures."""
    from annotator.reading.page import outcomes_of_page

    message = _message(bytes_of(path, source.where), source.where)
    html = _part(message, "html")
    if html is None:
        raise InputError(f"{source.where}: no page in it")
    address = one_line(str(message.get("Snapshot-Content-Location") or "")) or None
    yield from outcomes_of_page(html, source, address)


def _message(data: bytes, where: str) -> EmailMessage:
    # The default policy gives headers and texts decoded; what is broken is mended by its rules, and raises nothing.
    message: Any = email.message_from_bytes(data, policy=email.policy.default)
    if not message.keys():
        raise InputError(f"{where}: no mail: it has no header")
    return message  # type: ignore[no-any-return]


def _story(message: EmailMessage, source: Input) -> Story:
    plain, html = _part(message, "plain"), _part(message, "html")
    files = [name for part in _parts(message) if (name := part.get_filename())]
    if files:
        source.note(f"attachments are not read: {', '.join(files[:5])}. Save them beside the mail")
    names = getaddresses([_header(message, "From") or ""])
    sender = (names[0][0] or names[0][1]) if names else None
    if html is not None and len(html) > 200:
        paragraphs = markup.lines_of(markup.tree_of(html, source.where)) or split_paragraphs(plain or "")
    else:
        paragraphs = split_paragraphs(_rejoined(message, plain) if plain else "")
    return Story(
        paragraphs=[part for part in paragraphs if part],
        title=_header(message, "Subject"),
        publisher=sender,
        published=_sent(_header(message, "Date")),
        more={"message_id": _header(message, "Message-ID")},
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return one_line(str(message.get(name) or ""))
    except Exception:  # the library's parser of addresses and dates stumbles over broken ones
        return None


def _sent(date: str | None) -> str | None:
    try:
        return parsedate_to_datetime(date).isoformat() if date else None
    except (TypeError, ValueError):
        return date


def _parts(message: EmailMessage) -> Iterator[Any]:
    for number, part in enumerate(message.walk()):
        if number < MAX_PARTS:
            yield part


def _part(message: EmailMessage, kind: str) -> str | None:
    """The first part of a kind that is no attachment, decoded."""
    for part in _parts(message):
        if part.get_content_type() == f"text/{kind}" and not part.get_filename():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                charset = part.get_content_charset()
                declared = known_encoding(charset.lower()) if charset else declared_encoding(data)
                return decode(data, kind, declared) if data.strip() else None
    return None


def _rejoined(message: EmailMessage, text: str) -> str:
    """Lines that a mail program folded (format=flowed): each that ends in a blank goes on in the next."""
    if "flowed" in str(message.get("Content-Type", "")).lower():
        text = re.sub(r"(?<=\S) \r?\n(?=[^\s>])", " ", text)
    body, _, _ = text.partition("\n-- \n")  # below it stands the sender's signature
    return body
