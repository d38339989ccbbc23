"""Words of the article, as they come out of a form: back to the places where they stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.conventions import trim
from annotator.errors import InputError
from annotator.text import whole

BETWEEN = " […] "  # parts of a claim that stand apart
_BETWEEN = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
MAX_PARTS, MAX_CHARACTERS = 20, 20_000
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), "\u00a0": " ", "–": "-", "—": "-"})

Spans = tuple[tuple[int, int], ...]


def words_at(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words at these places, as a form shows them.

    >>> words_at("It rained, he said, for a day.", [(0, 9), (20, 29)])
    'It rained […] for a day'
    """
    return BETWEEN.join(" ".join(text[start:end].split()) for start, end in spans)


def typed_spans(value: str) -> Spans:
    """Places as a form has them, "12-40,52-60". Raises `InputError`."""
    if not value.strip():
        return ()
    found = [_SPAN.fullmatch(part.strip()) for part in value.split(",")]
    if len(found) > MAX_PARTS or not all(found):
        raise InputError("these are no places in the text")
    return tuple(sorted((int(one[1]), int(one[2])) for one in found if one))


def placed(text: str, spans: Spans) -> Spans:
    """The places without blanks at their ends, of whole characters and apart from one another. Raises `InputError`."""
    inside = [trim(text, start, min(end, len(text))) for start, end in spans if start < min(end, len(text))]
    kept = sorted({whole(text, start, end) for start, end in inside if start < end})
    if not kept:
        raise InputError("Select words of the article, or type them")
    if any(left[1] > right[0] for left, right in pairwise(kept)):
        raise InputError("The parts of a claim do not lie on one another")
    return tuple(kept)


def found_at(text: str, words: str, near: int = 0) -> Spans:
    """Where words stand in the text, the place nearest to `near` where there are several; parts one after the other.

    Blanks, line ends and the shape of quotation marks do not count. Raises `InputError` where they do not stand there.

    >>> found_at("It rained, he said, for a day.", "It rained […] for a day")
    ((0, 9), (20, 29))
    """
    if len(words) > MAX_CHARACTERS:
        raise InputError(f"{len(words):,} characters are no claim")
    parts = [part for part in _BETWEEN.split(words.strip()) if part.strip()]
    if not parts or len(parts) > MAX_PARTS:
        raise InputError("Type the words of the claim as they stand in the article")
    plain = text.translate(_QUOTES)
    spans: list[tuple[int, int]] = []
    for part in parts:
        pattern = r"\s+".join(re.escape(word) for word in part.translate(_QUOTES).split())
        places = [match.span() for match in re.finditer(pattern, plain) if not spans or match.start() >= spans[-1][1]]
        if not places:
            shown = part if len(part) < 60 else part[:57] + "…"
            behind = " behind the part before" if spans else ""
            raise InputError(f"“{shown}” does not stand in the article{behind}. Copy the words as they are there")
        spans.append(min(places, key=lambda place: abs(place[0] - near)) if not spans else places[0])
    return tuple(spans)
