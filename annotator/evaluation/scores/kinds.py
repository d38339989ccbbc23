"""Kinds of attribution that measures are split by: quote type, and a verb of saying or another cue."""

import re

from annotator.evaluation.gold.articles import Parts, Spans

# A quotation begins and ends in the same line, or runs to the end of the line (the next paragraph goes on with it).
_QUOTATION = re.compile(
    r"[“„«][^”»\n]*[”»]?|\"[^\"\n]*\"?|(?<!\w)‘(?=\S)(?:[^’\n]|’(?=\w))*’?|(?<!\w)'(?=\w)(?:[^'\n]|'(?=\w))*'(?!\w)"
)


def quote_type_of(text: str, content: Spans) -> str:
    """direct, mixed or indirect: all words, some words or no word of the content between quotation marks.

    >>> text = 'He called it “a strange day”.'
    >>> quote_type_of(text, ((13, 28),)), quote_type_of(text, ((10, 28),)), quote_type_of(text, ((10, 12),))
    ('direct', 'mixed', 'indirect')
    """
    quotations = [match.span() for match in _QUOTATION.finditer(text)]
    words = [match.span() for start, end in content for match in re.compile(r"\w+").finditer(text, start, end)]
    quoted = [any(start <= a and b <= end for start, end in quotations) for a, b in words]
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def by_quote_type(text: str, parts: Parts) -> str:
    """The quote type of an attribution's content."""
    return quote_type_of(text, parts.content)


# Verbs of saying proper; a cue of any other verb (think, want, show, know) reports attitude, perception or evidence.
_IRREGULAR = "say says said saying tell tells told telling write writes wrote written writing according per"
_REGULAR = (
    "add announce answer argue ask assert cite claim comment complain concede contend declare deny describe explain "
    "insist mention note observe quote remark repeat reply report respond state stress suggest testify tweet warn"
)


def _forms(verb: str) -> set[str]:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    stem = verb.removesuffix("e")
    return {verb, verb + ("es" if verb.endswith("ss") else "s"), stem + "ed", stem + "ing"}


SPEECH_FORMS = frozenset(_IRREGULAR.split()).union(*(_forms(verb) for verb in _REGULAR.split()))


def by_speech(text: str, parts: Parts) -> str:
    """ "speech cue" where a cue has a word of saying, else "other cue"."""
    words = {word for start, end in parts.cue for word in re.findall(r"\w+", text[start:end].lower())}
    return "speech cue" if words & SPEECH_FORMS else "other cue"
