"""Where and when an article was written: in front of its first paragraph, or on a line of its own."""

import re
from collections.abc import Iterable

from annotator.language.lexicon import entries, phrases, table
from annotator.reading.layout.authors import CAPITALISED_ROW, is_outlet
from annotator.reading.layout.dates import MONTH, MONTHS, WEEKDAY, is_date

DATELINE_LENGTH = 120

_PLACE = r"[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:(?:de|del|la|el|al|of|the) )?[^\W\d_a-zß-ÿ][\w.'’-]*){0,3}"
_MONTH_NAME = rf"(?:{MONTH}|(?:{'|'.join(month[:3] for month in MONTHS)}|sept)\.?)"
_DAY = rf"(?:(?:{WEEKDAY}),? )?(?:{_MONTH_NAME} \d{{1,2}}|\d{{1,2}} {_MONTH_NAME})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})?(?P<region>, {_PLACE})?(?P<day>, (?i:{_DAY}))?\s?"
    r"(?P<agency>\([^\W\d_a-zß-ÿ][\w.&'’/ ]{1,30}\))?"
    r"(?:\s?(?:—|–|―|--)\s?|\s-\s?|(?<=[a-z\d)]) ?-\s|(?<=\))\s?)"
)

_WITH_COLON = re.compile(
    rf"(?P<place>{_PLACE})(?:, {_PLACE})?(?:, (?i:{_DAY}))?\s?(?:\([^\W\d_a-zß-ÿ][\w.&'’/ ]{{1,30}}\))?:\s+"
    r"(?=[\"'“‘«]?[A-Z\d])"
)
_LABELLED = re.compile(r"[A-Z][\w .'’-]{1,30}: ")
_ANOTHER = re.compile(r"[.!?] [A-Z][\w’'-]+: ")
MIN_PLACE = 4  # letters; "AP:", "Q:"
MIN_BEHIND, MIN_BEHIND_SMALL = 5, 10  # words of the paragraph, behind a place in capitals and one in small letters


def colon_dateline_end(view: str, text: str, behind: Iterable[str]) -> int:
    """Length of "BEIRUT: " or "Kuching: " in front of the first paragraph, 0 without one.

    Where a paragraph `behind` begins with a name and a colon, too, they tell who speaks, and somebody may be named in
    full in the `text`.
    """
    match = _WITH_COLON.match(view)
    place = match["place"] if match is not None else ""
    words = len(view[match.end() :].split()) if match is not None else 0
    if match is None or sum(map(str.isalpha, place)) < MIN_PLACE or place.upper() in phrases("not_places"):
        return 0
    if _ANOTHER.search(view, match.end()) or any(map(_LABELLED.match, behind)):
        return 0
    in_capitals = place.isupper() and words >= MIN_BEHIND
    return match.end() if in_capitals or (words >= MIN_BEHIND_SMALL and _may_be_place(place, text)) else 0


def _may_be_place(name: str, text: str) -> bool:
    """Whether a name of small letters is no noun, no first name and no outlet, and nobody who is named again."""
    small = name.lower()
    words = small.split()
    known = any(word in table(one) for one in ("nouns", "noun_kinds", "first_names") for word in words)
    known |= is_outlet(name) or bool({small, *words} & (entries("headline_labels") | entries("section_labels")))
    again = re.compile(rf"\b(?:[A-Z][\w’'-]+ {re.escape(name)}|{re.escape(small)})\b")
    return not known and len(words) <= MAX_PLACE_WORDS and again.search(text) is None


MAX_PLACE_WORDS = 2


def dateline_end(view: str, known_only: bool) -> int:
    """Length of the dateline with its dash that the paragraph begins with, 0 without one.

    A bare "LONDON —" counts unless `known_only`; with a region, a date or an agency a dateline is one anywhere.
    """
    match = _DATELINE.match(view[:DATELINE_LENGTH])
    if match is None:
        return 0
    rest = view[match.end() :].lstrip("\"'“‘« ")
    place, agency = match["place"] or "", (match["agency"] or "").strip("()")
    if not rest[:1].isupper() and not rest[:1].isdigit():
        return 0
    dashed = match.group().rstrip()[-1] != ")"
    wire = bool(agency) and (is_outlet(agency) or (dashed and place.isupper()))
    in_capitals = place.isupper() and dashed and place not in phrases("not_places")
    known = wire or (dashed and bool(match["day"]) and bool(place)) or (in_capitals and bool(match["region"]))
    bare = in_capitals and sum(map(str.isalpha, place)) >= 4 and not agency
    return match.end() if known or (bare and not known_only) else 0


def is_place_line(view: str) -> bool:
    """Whether a line of the head is a dateline without the text: "KYIV, Ukraine", "WASHINGTON (AP)"."""
    if len(view) > DATELINE_LENGTH - 10 or not re.search("[,(]", view):
        return False
    return dateline_end(view + " — A", known_only=True) == len(view) + len(" — ")


def is_date_line(bare: str) -> bool:
    """Whether the line is a date, with a place or an outlet beside it or without."""
    return is_date(bare) or _is_place_and_date(bare) or all(is_date(_after_outlet(part)) for part in bare.split("|"))


def _is_place_and_date(bare: str) -> bool:
    """ "New Delhi | Updated: July 18, 2025 21:47 IST": a place beside the date."""
    parts = [part.strip() for part in bare.split("|")]
    dates = [part for part in parts if is_date(part)]
    rest = [part for part in parts if part not in dates]
    return bool(dates) and len(rest) == 1 and bool(CAPITALISED_ROW.fullmatch(rest[0]))


def _after_outlet(part: str) -> str:
    """What follows an outlet's name: "The Bourse Courier, 21 November 2030" is a dateline too."""
    name, comma, rest = part.strip().partition(", ")
    return rest if comma and CAPITALISED_ROW.fullmatch(name) else part.strip()
