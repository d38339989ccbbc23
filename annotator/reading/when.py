"""Dates as articles, tables and archives write them, in ISO 8601 where they say one thing only."""

import re
from functools import lru_cache

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")  # of news databases' headers
LONGEST = 120  # characters of something that is a date
AMBIGUOUS = "says two dates, day or month first; it is left as it stands. Write it as 2026-03-04"

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?!\d)|\d\s?[ap]\.?m\b|\b\d{1,2}h\d\d\b|\b\d{1,2} Uhr\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:first |last )?(?:published|posted|updated|modified|load-date|date|issued|filed|created)\b\s*"
    r"(?:on|at)?\s*[:,]?\s*",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b,?"
    r"|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b,?",
    re.IGNORECASE,
)
_DAY = re.compile(r"[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}\.? [^\W\d_]{3,12}\.?,? \d{4}")
_EAST_ASIAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_NOISE = re.compile(r"\b(?:[\w.]+ )?edition\b.*$|\b(?:at|on|final|late|early|first)\b|[|·•]", re.IGNORECASE)


def iso(text: str) -> str | None:
    """A date or time in ISO 8601, with its zone where it has one; None where it is none, or one of two.

    >>> iso("Published 14:02, Tuesday 3 March 2026"), iso("July 1, 2019 Monday 9:20 AM GMT"), iso("03/04/2026")
    ('2026-03-03T14:02:00', '2019-07-01T09:20:00+00:00', None)
    """
    text = " ".join(text.split())
    if len(text) > LONGEST or (not _YEAR.search(text) and not _BASIC.fullmatch(text)):
        return None
    return _iso(text)


def is_ambiguous(text: str) -> bool:
    """Whether a date in figures can be read with the day or with the month first: 03/04/2026."""
    found = _NUMERIC.search(text)
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]


@lru_cache(4096)
def _iso(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return text
    if basic := _BASIC.fullmatch(text):
        return _of_basic(basic)
    if is_ambiguous(text):
        return None
    return _of_words(text)


def _of_basic(found: re.Match[str]) -> str | None:
    """ "20240305", "20231008T043000Z": the basic form of ISO 8601."""
    from datetime import datetime

    year, month, day, hour, minute, second, zone = found.groups()
    text = f"{year}-{month}-{day}"
    if hour:
        text += f"T{hour}:{minute}:{second or '00'}" + (
            f"{zone[:3]}:{zone[3:]}" if zone and zone != "Z" else zone or ""
        )
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _of_words(text: str) -> str | None:
    bare = _NOISE.sub(" ", _WEEKDAY.sub(" ", _LABEL.sub("", _EAST_ASIAN.sub(r"\1-\2-\3", text))))
    bare = re.sub(r"\s*,\s*(?=,|$)|^\s*,", "", " ".join(bare.split()))
    bare = re.sub(r"(\d)\. (?=[^\W\d_])", r"\1 ", bare).strip(" ,;")
    if (found := _parsed(bare, text)) is not None:
        return found
    # "April 7, 2018 Saturday, The Example on the Web"
    day = _DAY.search(bare)
    return _parsed(day[0], text) if day and day[0] != bare else None


def _parsed(bare: str, text: str) -> str | None:
    # Imported here: it takes half a second, and most dates are ISO already.
    from dateparser import parse

    numeric = _NUMERIC.search(bare)
    order = "DMY" if numeric and int(numeric[1]) > 12 else "MDY"
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": order, "PREFER_LOCALE_DATE_ORDER": False}
    try:
        found = parse(bare, languages=list(LANGUAGES), settings=settings)
    except Exception:  # on what is no date the library raises whatever it stumbles over
        return None
    if found is None or str(found.year) not in text:
        return None
    return str(found.isoformat(timespec="seconds") if _TIME.search(bare) else found.date().isoformat())
