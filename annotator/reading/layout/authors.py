"""Who wrote an article: names, outlets, roles, and the lines that consist of them."""

import re

from annotator.reading.layout.dates import is_date
from annotator.reading.layout.word_lists import entries, prefix

PARTICLES = {
    "al",
    "bin",
    "da",
    "de",
    "del",
    "der",
    "di",
    "dos",
    "du",
    "el",
    "la",
    "le",
    "van",
    "von",
    "und",
    "y",
    "zu",
}
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?")
CAPITALISED_ROW = re.compile(r"[^\W\d_a-zßà-öø-ÿ][\w.’'-]*(?:\s+[^\W\d_a-zßà-öø-ÿ][\w.’'-]*){0,3}")
_NAME_SEPARATOR = re.compile(r"\s*[,|·•/&]\s*|\s+and\s+|\s+[-–—]\s+")


def is_byline(bare: str) -> bool:
    """Whether the line is a byline: "By Jane Doe and John Roe, Reuters", "Author: Jane Doe"."""
    label = prefix("byline_labels").match(bare)
    if label is None:
        return False
    # Without "by" or a colon the label is a word of a sentence: "Words fail Jane Doe".
    marked = label.group(1).lower().endswith("by") or ":" in label.group(2) or "by" in label.group(2).lower()
    return marked and are_authors(bare[label.end() :])


def is_name_row(bare: str) -> bool:
    """Author and outlet side by side: "Rhea Suvarna | Marapur Observer"."""
    parts = [part.strip() for part in bare.split("|")]
    return len(parts) == 2 and all(CAPITALISED_ROW.fullmatch(part) and " " in part for part in parts)


def is_name(words: str) -> bool:
    """Whether the words can be a person's name: two to five capitalised words."""
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(
        _is_capitalised(part) or (n and part in PARTICLES) for n, part in enumerate(parts)
    )


def is_outlet(words: str) -> bool:
    name = words.lower().removeprefix("the ")
    return name in entries("outlets") or name in entries("photo_agencies")


def is_role(words: str) -> bool:
    parts = words.lower().split()
    return len(parts) <= 6 and any(part.rstrip("s") in entries("author_roles") for part in parts)


def are_authors(words: str) -> bool:
    """Whether the words are one or more authors, with their outlet, their role or the date."""
    parts = [part for part in _NAME_SEPARATOR.split(words.rstrip(". ")) if part]
    if not parts or len(parts) > 8 or not _is_author(parts[0]):
        return False
    return all(_is_author(part) or is_date(part) or _is_affiliation(part) for part in parts[1:])


def name_of(byline: str) -> str:
    """A byline without its label, in lower case, to compare with another."""
    label = prefix("byline_labels").match(byline)
    return (byline[label.end() :] if label else byline).strip(" .").lower()


def _is_author(words: str) -> bool:
    """Whether the words name an author: "Jane Doe", "Jane Doe in Kyiv", "Reuters", "staff reporters"."""
    name, _, place = words.partition(" in ")
    return (is_name(name) and (not place or place[0].isupper())) or is_outlet(words) or is_role(words)


def _is_affiliation(words: str) -> bool:
    """Whether the words after an author's name can be an outlet: "Daily Planet", "for the Daily Planet"."""
    parts = words.removeprefix("for ").removeprefix("the ").split()
    return 0 < len(parts) <= 5 and all(_is_capitalised(part) or part in ("of", "the") for part in parts)


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and _NAME_WORD.fullmatch(word) is not None
