"""Mail (.eml, .mbox): newsletters and press releases; and pages that a browser saved in one file (.mhtml)."""

import email
import email.policy
import mailbox
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from statistics import median
from typing import Any

from annotator.errors import InputError
from annotator.reading import exports_in_pages, markup
from annotator.reading.encodings import declared_encoding, decode, known_encoding
from annotator.reading.input import Input
from annotator.reading.outcomes import Outcome, Unread
from annotator.reading.packed import bytes_of
from annotator.reading.story import Story, one_line, outcomes, split_paragraphs

MAX_PARTS = 1000  # of one message
MAX_CAPTION_WORDS = 60
LEAST_PICTURE = 150  # pixels of width that the mail gives a picture; what is narrower is a sign
SMALL = 0.95  # how small the letters of a caption are beside those of the text, at most
BROWSERS_SIZE, SMALL_PRINT = 16.0, 13.0  # pixels of letters where nothing is said, and of <small>
_SIZE = re.compile(r"font-size\s*:\s*(\d+(?:\.\d+)?)px", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_NAMED = re.compile(r"caption|photo-?credit", re.IGNORECASE)


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
    captions: list[str] = []
    if html is not None and len(html) > 200:
        tree = markup.tree_of(html, source.where)
        paragraphs = markup.lines_of(tree) or split_paragraphs(plain or "")
        captions = [words for words in dict.fromkeys(_captions(tree)) if words in paragraphs]
    else:
        paragraphs = split_paragraphs(_rejoined(message, plain) if plain else "")
    return Story(
        paragraphs=[part for part in paragraphs if part],
        title=_header(message, "Subject"),
        publisher=sender,
        published=_sent(_header(message, "Date")),
        captions=captions,
        more={"message_id": _header(message, "Message-ID")},
    )


def _captions(tree: Any) -> Iterator[str]:
    """Words that the mail names a caption, or that stand right below a picture in small or slanted letters."""
    for element in tree.iter("figcaption", "p", "div", "td", "span"):
        about = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag == "figcaption" or _NAMED.search(about):
            yield _short(element)
    usual = _usual_size(tree)
    for picture in tree.iter("img"):
        width = re.match(r"\d+", picture.get("width") or "")
        below = next((one for one in picture.xpath("following::*") if (one.text or "").strip()), None)
        if width and int(width[0]) >= LEAST_PICTURE and below is not None:
            block = next((one for one in (below, *below.iterancestors()) if one.tag in markup.BLOCKS), below)
            if _size(below) < SMALL * usual or _is_slanted(below, block):
                yield _short(block)


def _short(element: Any) -> str:
    words = markup.words_in(element)
    return words if len(words.split()) <= MAX_CAPTION_WORDS else ""


def _usual_size(tree: Any) -> float:
    """How large most of the words are set, in pixels."""
    sizes = [_size(one) for one in tree.iter() if isinstance(one.tag, str) for _ in (one.text or "").split()]
    return median(sizes) if sizes else 0.0


def _size(element: Any) -> float:
    """How large the words of an element are set, in pixels, as far as the mail says it."""
    for one in (element, *element.iterancestors()):
        if found := _SIZE.search(one.get("style") or ""):
            return float(found[1])
        if one.tag == "small":
            return SMALL_PRINT
    return BROWSERS_SIZE


def _is_slanted(element: Any, block: Any) -> bool:
    """Whether the words of an element are slanted, by its block or by what is between the two."""
    for one in (element, *element.iterancestors()):
        if one.tag in {"em", "i"} or _SLANTED.search(one.get("style") or ""):
            return True
        if one is block:
            return False
    return False


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
