"""Bytes to text, in whatever encoding they are."""

import codecs
import re
from collections.abc import Callable

from annotator.errors import EncodingError

SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\x89PNG\r\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "compressed with gzip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"{\\rtf": "rich text (RTF)",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet table",
}
Note = Callable[[str], None]  # is told what was guessed
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names that Python decodes, but no page is written in; some take a time that grows with the square of the length.
NO_ENCODINGS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # without tab, line ends, form feed and escape, which texts have
MAX_CONTROL_SHARE = 0.05  # of random bytes 10 % are control characters; a damaged text has a few in thousands
UTF16_NULS = 0.3  # share of NULs in one half of the bytes of Western text in UTF-16; the other half has next to none
MAX_ACCENT_SHARE = 0.08  # of the letters; with more, as in Czech or Russian bytes read as cp1252, the guess decides
REPLACED = "\ufffd"
SINGLE_BYTE = ("cp1252", "mac_roman", "cp1250")  # tried in this order where the text has few accents
# A capital with an accent behind a small letter or a comma; a sign of money or a small figure amid a word.
STRANGE = re.compile(
    r"[a-z,.?!][À-ÖØ-ÞŒŠŽŸ]|[a-zà-ÿ][£³¹¿ª¯¥¢º∂ƒ√≥≤π∏∑∞±µÀ-ÖØ-Þ][A-Za-zÀ-ÿ]|£[a-zà-ÿ]{3}|[a-km-z]·[a-km-z]|\b·[a-z]"
)
DECLARED_WITHIN = 64 << 10  # bytes of a page in which its encoding is looked for; some name it below long scripts
_DECLARATION = re.compile(
    rb"""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,500}charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
SOUND_FOR_BROKEN = 4  # sound UTF-8 characters for each broken one that make a text damaged UTF-8, not something else


def decode(data: bytes, where: str, declared: str | None = None, note: Note | None = None) -> str:
    """The text of bytes: by byte order mark, as UTF-8, as `declared`, else as what the bytes look like.

    In damaged UTF-8 each broken byte becomes U+FFFD. What was guessed or replaced is told to `note`.
    Raises `EncodingError` for binary data and for bytes in no known encoding.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, where)
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise _no_text(where, f"this is {kind}, not text")
    told = note or _nobody
    for attempt in (_as("utf-8"), _damaged_utf8, _without_mark, _as(declared)):
        text = attempt(data)
        if text is not None and _is_text(text):
            if attempt is _damaged_utf8:
                told(f"damaged UTF-8: {text.count(REPLACED):,} characters could not be read and became {REPLACED}")
            return text
    guess = _with_few_accents(data)
    if guess is not None and _is_text(guessed := data.decode(guess)):
        told(f"not UTF-8; its encoding was guessed to be {guess}")
        return guessed
    return _guessed(data, where, told)


def encoding_of(beginning: bytes, where: str) -> str:
    """The encoding of a long text by its beginning, which may end amid a character."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if beginning.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        if _damaged_utf8(beginning) is None:
            whole = beginning[: beginning.rfind(b"\n") + 1] or beginning
            decode(whole, where)  # says so where it is no text
            return _with_few_accents(whole) or _guessed_encoding(whole) or "utf-8"
    return "utf-8"


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's head names; Latin-1 means cp1252 there, as browsers have it."""
    if not data.lstrip().startswith(b"<"):
        return None
    found = _DECLARATION.search(data[:DECLARED_WITHIN])
    if not found:
        return None
    return known_encoding(found[1].decode("ascii").lower())


def known_encoding(name: str) -> str | None:
    """The encoding that a page or its server names, as browsers understand it; None for one that no page is in."""
    if name.startswith(("utf-16", "utf-32", "utf16")):  # the name was read as ASCII just now, so it is neither
        return None
    if name.replace("-", "_") in NO_ENCODINGS:
        return None
    return "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name


def _no_text(where: str, why: str) -> EncodingError:
    return EncodingError(f"{where}: {why}. Save the article's text as a .txt file in UTF-8 and read that")


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(
            where, f"begins as {encoding.upper()} but is not ({error.reason} at byte {error.start})"
        ) from error


def _is_text(text: str) -> bool:
    return len(text) - len(CONTROL.sub("", text)) <= MAX_CONTROL_SHARE * len(text)


def _as(encoding: str | None) -> Callable[[bytes], str | None]:
    """A reader of bytes in one encoding; it gives None for bytes that are not in it."""

    def attempt(data: bytes) -> str | None:
        try:
            return data.decode(encoding) if encoding else None
        except (ValueError, LookupError):  # a page may declare an encoding that there is not
            return None

    return attempt


def _without_mark(data: bytes) -> str | None:
    """The text of UTF-16 without its mark, known by NULs in every other byte."""
    half = len(data) / 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd > UTF16_NULS * half and even < odd / 10:
        return _as("utf-16-le")(data)
    return _as("utf-16-be")(data) if even > UTF16_NULS * half and odd < even / 10 else None


def _damaged_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 but for a few: a guess at another encoding would spoil every other accent."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    sound = len(re.sub(r"[\x00-\x7f\ufffd]+", "", text))
    return text if broken and sound >= SOUND_FOR_BROKEN * broken else None


def _with_few_accents(data: bytes) -> str | None:
    """The encoding of a text with few accents: of a few curly quotes or an "é" a general guess is often wrong.

    It is cp1252, unless that gives what no text has: "mayorÕs", "tried,Ó" are quotation marks of the old Macintosh,
    "£ukasz" is a Polish name. None for a text with many accents, or in none of these.
    """
    for encoding in SINGLE_BYTE:
        text = _as(encoding)(data)
        if text is None or STRANGE.search(text):
            continue
        letters = sum(map(str.isalpha, text))
        accents = sum(map(str.isalpha, re.sub(r"[\x00-\x7f]+", "", text)))
        return encoding if accents <= MAX_ACCENT_SHARE * letters else None
    return None


def _guessed(data: bytes, where: str, told: Note) -> str:
    if b"\x00" in data:
        raise _no_text(where, "this is binary data, not text")
    try:
        encoding = _guessed_encoding(data) or "ascii"
        text = data.decode(encoding)
    except (UnicodeError, LookupError):  # the guess looks at parts of a long text only
        text = ""
    if not text or not _is_text(text):
        raise _no_text(where, "its bytes are no text in any known encoding")
    told(f"not UTF-8; its encoding was guessed to be {encoding}")
    return text


def _nobody(_: str) -> None:
    """Hears what nobody asked for."""


def _guessed_encoding(data: bytes) -> str | None:
    """The encoding that bytes look like, or None for those that look like none."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else best.encoding
