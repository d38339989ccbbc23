"""Texts as they are: copies in which offsets hold, characters as a reader sees them, names without hidden marks."""

import re
import unicodedata
from contextlib import suppress
from typing import Any

import regex
from pydantic_core import PydanticSerializationError

from annotator.errors import RecordError
from annotator.records import AnnotatedArticle, Article

# Characters that the word-piece vocabulary does not know, or that hide a word from it. One character for one.
_FOLDED = str.maketrans(
    {
        "ʼ": "’",
        "ʻ": "’",
        "′": "’",
        "`": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\x00": " ",
        "‟": "“",
        "‛": "‘",
    }
)


_UNFOLDED = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def scrub(text: str) -> str:
    """The text with every lone surrogate, which UTF-8 cannot hold, replaced one for one."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def encodable(article: Article) -> Article:
    """The article with every lone surrogate of its text and of what is known about it replaced one for one."""
    clean = {name: scrub(value) for name, value in article if isinstance(value, str) and not value.isascii()}
    if all(getattr(article, name) == value for name, value in clean.items()):
        return article
    return Article.model_validate({**dict(article), **clean, "text_sha256": ""})


# Quotation marks of other hands, for the common ones: typewriters (TeX's two strokes), East Asia, primes, ornaments.
_MARKS = str.maketrans(dict(zip("「」『』〝〟〞″＂❝❞´", '“”“”“””""“”’', strict=True)))
_RARE_MARK = re.compile(f"[{''.join(map(chr, _MARKS))}]")  # found faster than each character is looked up
_OPENING_STROKES = re.compile(r"``(?=\S)|(?<![\w.,!?'])''(?=\w)")
_CLOSING_STROKES = re.compile(r"(?<=[\w.,!?…-])''(?![\w'])")


# The large first letter of a paragraph, which a page's text has apart: "R ishi Sunak", "“W e lost".
_DROP_CAP = re.compile(r"^(?P<mark>[\"“‘']?)(?P<first>[A-Z]) (?P<rest>[a-z]+)", re.MULTILINE)
# Letters that an English word or name can have behind its first: "X users" and "T cells" are none.
_SECOND = {
    "J": "aeiou", "M": "aceiouy", "N": "aeiouy", "Q": "u", "V": "aeiloy", "Y": "aeou",
    "B": "aeiloruy", "C": "aehiloruyz", "D": "aehioruwy", "F": "aeijloruy", "G": "aehilnoruwy", "H": "aeiouy",
    "K": "aehilnoruwy", "L": "aehiouy", "P": "aehilorstuy", "R": "aehiouy", "S": "acehiklmnopqrtuvwyz",
    "T": "aehioruwy", "W": "aehioruy", "Z": "aehiouwy",
}  # fmt: skip
_ANY = frozenset("EOU")
# "A" and "I" are words themselves: only what is none behind them was cut off.
_NO_WORDS = frozenset(
    {"n", "s", "t", "f", "fter", "lthough", "ccording", "nother", "mong", "srael", "ndia", "ustralia"}
)


def _joined(match: re.Match[str]) -> str:
    """A dropped letter with its word: behind a blank, or before one where a quotation opens."""
    mark, first, rest = match["mark"], match["first"], match["rest"]
    dropped = rest in _NO_WORDS if first in "AI" else first in _ANY or rest[0] in _SECOND.get(first, "")
    if not dropped or first + rest == "Ecoli":
        return match.group()
    return f"{mark}{first}{rest} " if mark else f" {first}{rest}"


def common_marks(text: str) -> str:
    """A copy of `text`, of the same length, with rare quotation marks made common; of two strokes one becomes a blank.

    A large first letter that stands apart is put to its word.

    >>> common_marks("R ishi Sunak left")
    ' Rishi Sunak left'
    >>> common_marks("``It rained,'' 「she」 said.")
    ' “It rained,”  “she” said.'
    """
    text = text.translate(_MARKS) if _RARE_MARK.search(text) else text
    text = _DROP_CAP.sub(_joined, text)
    if "''" not in text:
        return text
    return _CLOSING_STROKES.sub("” ", _OPENING_STROKES.sub(" “", text))


def as_printed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of the copy as one of the text: with the other half of a mark of two strokes, or the letter put to it."""
    if text[start : start + 1] == " " and text[start - 1 : start].isupper():
        start -= 1
    if text[max(0, start - 1) : start + 1] in {"``", "''"}:
        start -= 1
    if text[end - 1 : end + 1] == "''":
        end += 1
    return start, end


def fold(text: str) -> str:
    """A copy of `text` for the models, of the same length, with rare apostrophes and blanks made common.

    >>> fold("Trumpʼs plan")
    'Trump’s plan'
    """
    text = common_marks(text)
    return text.translate(_FOLDED) if _UNFOLDED.search(text) else text


def encodable_record(record: AnnotatedArticle) -> AnnotatedArticle:
    """The record with every lone surrogate replaced one for one, so that every program can read what is made of it.

    Raises `RecordError` where its metadata hold what JSON cannot.
    """
    with suppress(PydanticSerializationError):
        record.model_dump_json()
        return record
    try:
        values = without_surrogates(record.model_dump(mode="json"))
        values["article"]["text_sha256"] = ""
        return AnnotatedArticle.model_validate(values)
    except (PydanticSerializationError, ValueError) as error:
        raise RecordError(f"article {record.article.article_id!r}: its metadata cannot be JSON: {error}") from error


def without_surrogates(value: Any) -> Any:
    """A value of JSON with every lone surrogate in it replaced, in the names of its fields too."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {scrub(name): without_surrogates(part) for name, part in value.items()}
    return [without_surrogates(part) for part in value] if isinstance(value, list) else value


# A reader's character has fewer code points than this: thirty marks on a letter are what Unicode's stream-safe texts
# may have, a family of emoji has eleven.
MAX_CLUSTER = 64
_CLUSTER = regex.compile(r"\X")
OPENERS, CLOSERS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"  # of a stretch of one direction
_CLOSING = CLOSERS + "\u200e\u200f\u061c"  # and the marks that end one


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch, widened until it cuts no character as a reader sees it, and loses no direction mark at its end.

    >>> text = "Jose\u0301 left"
    >>> whole(text, 0, 4)
    (0, 5)
    """
    if text.isascii():
        return start, end
    start, end = _cluster_at(text, start)[0], end_of_cluster(text, end)
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    inside = text[start:end]
    unopened = sum(map(inside.count, CLOSERS)) - sum(map(inside.count, OPENERS))
    while unopened > 0 and start > 0 and text[start - 1] in OPENERS:
        start, unopened = start - 1, unopened - 1
    return start, end


def end_of_cluster(text: str, place: int) -> int:
    """The next place at or behind `place` that lies between two characters as a reader sees them."""
    return _cluster_at(text, place)[1]


def _cluster_at(text: str, place: int) -> tuple[int, int]:
    """The character around a place (Unicode's extended grapheme cluster); the place itself if it is between two."""
    if not 0 < place < len(text) or all_stand_alone(text[place - 1 : place + 1]):
        return place, place
    begin = place - 1
    while begin > max(0, place - MAX_CLUSTER) and not text[begin].isascii():
        begin -= 1
    clusters = (match.span() for match in _CLUSTER.finditer(text, begin, min(len(text), place + MAX_CLUSTER)))
    start, end = next(found for found in clusters if found[1] >= place)
    return (place, place) if end == place else (start, end)


def all_stand_alone(text: str) -> bool:
    """Whether a text is made of the letters and signs of English print alone, which join with none of their kind."""
    return text.isascii() or _MAY_JOIN.search(text) is None


_MAY_JOIN = re.compile("[^\x00-\u02ff\u2010-\u2027\u2030-\u205e]")


_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    # Joiners are part of the spelling between letters of some scripts, and between emoji.
    "|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])"
)


def legible(name: str) -> str:
    """A name in Unicode's composed form (NFC) and without marks that nobody sees; as it is where nothing would be left.

    >>> legible("Jose\u0301 Mu\u00adñoz\u200f")
    'José Muñoz'
    """
    return name if name.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", name)).strip() or name


def unaccented(text: str) -> str:
    """The text with its letters as Unicode's NFKD takes them apart, and without their accents.

    >>> unaccented("Łukasz Kaczyński, José")
    'Łukasz Kaczynski, Jose'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_IN_BRACKETS = re.compile(r"\((?P<letters>[A-Z][A-Za-z]{1,9})\)")
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "to", "&"})
MAX_SPELLED = 120  # characters of a name before its initials


def spelled_in_brackets(text: str) -> dict[str, str]:
    """Names by the initials that stand in brackets behind them: "Health and Safety Executive (HSE)", "(Hse)"."""
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - MAX_SPELLED)
        letters, words = match["letters"].upper(), text[line : match.start()].split()
        for n in range(len(words) - 1, -1, -1):
            if not (words[n][0].isupper() or words[n] in _SMALL):
                break
            initials = iter(word[0].upper() for word in words[n:])
            if words[n][0] == letters[0] and all(letter in initials for letter in letters):
                found.setdefault(match["letters"], " ".join(words[n:]))
                break
    return found
