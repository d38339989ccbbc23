"""The codebook's span conventions: what a content, a cue and a source leave out.

The extractor learns spans that already follow them, the scorer applies them to every system alike, and the
pipeline applies them to what the model returns. All functions take a text and half-open offsets (Unicode code
points) and return offsets of the same kind; they never grow a span beyond the one given.
"""

import re
from collections.abc import Iterable

OPENING = "“‘«„‹"
CLOSING = "”’»“›"
STRAIGHT = "\"'"
ALL_MARKS = frozenset(OPENING + CLOSING + STRAIGHT)

# A demonstrative or relative "that" is followed by its verb; a complementizer is followed by a clause of its own.
_VERB_AFTER_THAT = r"(?:is|was|were|are|has|had|have|would|will|can|could|should|may|might|does|did|do|means?|meant)"
_COMPLEMENTIZER = re.compile(rf"that\s+(?!{_VERB_AFTER_THAT}\b)", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]\.){2,}|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|etc|Jan|Feb|Aug|Sept|Oct|Nov|Dec|St|No)\.)$"
)
_LINE = re.compile(r"[^\n]+")
_RELATIVE_CLAUSE = re.compile(r",?\s+(?:who|which|whose|whom)\b", re.IGNORECASE)
# Adverbs that stand before the verb of a cue and say nothing about the speaking itself.
_TIME = re.compile(
    r",?\s+(?:(?:late|early|earlier)\s+)?(?:today|yesterday|tonight|this (?:week|month|year)|on \w+day|last \w+|"
    r"in (?:January|February|March|April|May|June|July|August|September|October|November|December))$",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"\s+(?:on|in|at|by|of|from|with|and|or|the|an?)$")
_CUE_ADVERB = re.compile(
    r"(?:also|then|later|earlier|first|again|still|just|now|once|further|in turn|previously|recently|repeatedly|"
    r"[a-z]{3,}ly)\s+",
    re.IGNORECASE,
)
_HEDGING_CUES = re.compile(r"(?:reported|alleged|supposed|apparent|purported|evident)ly\b", re.IGNORECASE)


def trim(text: str, start: int, end: int, drop: str = "") -> tuple[int, int]:
    """Drop blanks, and the characters of `drop`, from both ends; an empty result has `start == end`."""
    while start < end and (text[start].isspace() or text[start] in drop):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in drop):
        end -= 1
    return start, end


def content_span(text: str, start: int, end: int, *, first: bool = True) -> tuple[int, int]:
    """Leave out a complementizer "that" and the punctuation that belongs to the sentence, not to the content.

    `first` is false for the later pieces of a discontinuous content, which have no complementizer.

    >>> text = 'She said that it rained.'
    >>> text[slice(*content_span(text, 9, 24))]
    'it rained'
    """
    start, end = trim(text, start, end, ",;:–—")
    if first and (match := _COMPLEMENTIZER.match(text, start, end)):
        start = match.end()
    while end > start and text[end - 1] in ".,;:–—" and not text.endswith("...", start, end):
        if text[end - 1] == "." and _ABBREVIATION.search(text, max(start, end - 12), end):
            break
        end = trim(text, start, end - 1)[1]
    return trim(text, start, end)


def content_spans(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """All pieces of a content: one for each line of each span, each by `content_span`; empty ones are dropped.

    >>> text = '“It rained.\\n“It snowed,” she said.'
    >>> [text[start:end] for start, end in content_spans(text, [(0, 24)])]
    ['“It rained', '“It snowed,”']
    """
    lines = [
        (start + match.start(), start + match.end())
        for start, end in spans
        for match in _LINE.finditer(text[start:end])
    ]
    pieces = [content_span(text, start, end, first=n == 0) for n, (start, end) in enumerate(lines)]
    return tuple((start, end) for start, end in pieces if start < end)


def cue_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The verb group without leading adverbs and without a trailing colon or comma; a bare colon stays.

    >>> text = 'also said:'
    >>> text[slice(*cue_span(text, 0, 10))]
    'said'
    """
    start, end = trim(text, start, end)
    if text[start:end] == ":":
        return start, end
    start, end = trim(text, start, end, ",;:–—" + "".join(ALL_MARKS))
    while (match := _CUE_ADVERB.match(text, start, end)) and not _HEDGING_CUES.match(text, start, end):
        start = match.end()
    return start, end


def source_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun phrase without its relative clause.

    >>> text = 'Travis Hood, who saw it,'
    >>> text[slice(*source_span(text, 0, 24))]
    'Travis Hood'
    """
    start, end = trim(text, start, end, ",;:–—()")
    if (match := _RELATIVE_CLAUSE.search(text, start + 1, end)) and match.start() > start:
        end = match.start()
    if (match := _TIME.search(text[:end], start + 1)) and match.start() > start:
        end = match.start()
    if (match := _LOOSE_END.search(text, start + 1, end)) and match.end() == end:
        end = match.start()
    return trim(text, start, end, ",;:–—")
