"""Lines that are a date or a time and nothing else."""

import re

from annotator.reading.layout.word_lists import prefix

MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS, _WEEKDAYS = MONTH.split("|"), WEEKDAY.split("|")
_CALENDAR = {*MONTHS, *_WEEKDAYS, *(m[:3] for m in MONTHS), "sept", *(d[:3] for d in _WEEKDAYS), "tues", "thurs"}
_CLOCK = {"am", "pm", "gmt", "utc", "est", "edt", "et", "pst", "pdt", "pt", "cet", "cest", "eet", "eest", "bst", "ist"}
_UNITS = {"second", "minute", "min", "hour", "day", "week", "month", "year"}
_FILLERS = {"at", "on", "of", "read", "today", "yesterday", "last", "updated", "published", "ago", "an", "a", *_UNITS}
_FILLERS |= {unit + "s" for unit in _UNITS}
_NUMBER = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ap]m|z)?|\d{1,2}[ap]m|\d{1,2}t\d\d:\d\d\S*"
)
_FULL_DATE = re.compile(r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)\b")
_TIME = re.compile(r"(?i)\b\d{1,2}:\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b")


def is_date(bare: str) -> bool:
    """Whether the line is a date or a time and nothing else: "Updated: 12 March 2024, 14:05 GMT"."""
    label = prefix("date_labels").match(bare)
    rest = bare[label.end() :] if label else bare
    rest = _FULL_DATE.sub(" 1 ", rest) if (full := _FULL_DATE.search(rest)) else rest
    tokens = [token.replace(".", "") if not token[0].isdigit() else token.rstrip(".") for token in _date_tokens(rest)]
    if not 0 < len(tokens) <= 14 or not all(_is_date_token(token) for token in tokens):
        return False
    found = set(tokens)
    if any(token[0].isdigit() for token in tokens) or label:
        return bool(full or found & _CALENDAR or "ago" in found or _TIME.search(rest))
    return False


def _date_tokens(rest: str) -> list[str]:
    return [token for token in re.split(r"[\s,|·•–—/()-]+", rest.lower()) if token.strip(".:")]


def _is_date_token(token: str) -> bool:
    return token in _CALENDAR or token in _CLOCK or token in _FILLERS or _NUMBER.fullmatch(token) is not None
