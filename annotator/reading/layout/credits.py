"""Who made a picture, and what a picture shows."""

import re

from annotator.reading.layout.authors import PARTICLES, is_outlet
from annotator.reading.layout.word_lists import entries, prefix

_CREDIT_AT_END = re.compile(
    r"(?:AP Photo/|(?:Photo|Image|Picture|Photograph)(?: credit)?(?::| by | courtesy of )) ?\S.{0,60}$"
)

# "( AP )", as The Independent sets the credit of a picture; "(AP)" behind a sentence says who reports it.
_CREDIT_APART = re.compile(r"\(\s+(?P<agency>[A-Z][\w/ -]{1,30}?)\s+\)$")


def is_credit(bare: str) -> bool:
    """Whether the line says who made a picture and nothing else: "Photo: Jane Doe", "Jane Doe / Getty Images"."""
    words = bare.strip("()[]. ")
    label = prefix("credit_labels").match(words)
    if label and label.group(2).strip():
        maker = words[label.end() :]
        return 0 < len(maker.split()) <= 8 and _are_makers(maker)
    parts = [part.strip(" \"'©") for part in re.split(r"\s*[/|,·]\s*|\s+via\s+", words.lstrip("© "))]
    return (
        len(parts) <= 5 and any(p.lower() in entries("photo_agencies") for p in parts) and all(map(_are_makers, parts))
    )


def is_caption(bare: str) -> bool:
    """Whether the line describes a picture: a label before it, or a credit behind it."""
    if re.match(r"(?i)(?:(?:image|media|video|photo) caption|caption)\s*[,:]\s*\w", bare):
        return True
    if found := _CREDIT_AT_END.search(bare):
        return _are_makers(re.split(r": ?| by |/| of ", found.group(), maxsplit=1)[1].strip("(). "))
    if (apart := _CREDIT_APART.search(bare)) and apart["agency"].lower() in entries("photo_agencies"):
        return True
    bracketed = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$", bare)
    ending = bracketed.group(1) if bracketed else re.split(r"[.!?]\s", bare)[-1]
    if bracketed and re.fullmatch(
        r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2}/(?:[A-Z&][\w.'-]*|of|the)(?: (?:[A-Z&][\w.'-]*|of|the))*", ending
    ):
        return True  # "(Jane Doe/The Daily Planet)"
    # "(Reuters)" behind a sentence says who reports it; "(Reuters/Jane Doe)" whose picture it is.
    return ending != bare and not is_outlet(ending.strip(" .")) and _is_picture_credit(ending)


def _are_makers(words: str) -> bool:
    """Whether the words are names, without a sentence between them."""
    small = {"via", "of", "for", "the", "and", "by", "/", "&", "-", *PARTICLES}
    parts = words.split()
    return len(parts) <= 8 and all(not part[0].islower() or part in small or "/" in part for part in parts)


def _is_picture_credit(ending: str) -> bool:
    return bool(re.search(r"/|\bvia\b|Getty|Photo|Image|Shutterstock|iStock", ending)) and is_credit(ending)
