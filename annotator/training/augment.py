"""Variations of training articles: what other outlets, countries and years do that US political news of 2016 does not.

Each takes an article and a source of chance and returns an article with the same attributions. All offsets are kept
right through `edited`; names change after the text has been cut into word pieces, where one piece replaces another.
"""

import random
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from annotator.evaluation.scores.kinds import SPEECH_FORMS

Spans = list[tuple[int, int]]
Attribution = tuple[Spans, Spans, Spans]  # source, cue, content


@dataclass(frozen=True)
class Example:
    """One article: text and attributions as `(source, cue, content)` lists of half-open offsets.

    Of one that is not `labelled` nobody has marked any.
    """

    article_id: str
    text: str
    attributions: Sequence[Attribution]
    labelled: bool = True


@dataclass(frozen=True)
class Edit:
    """`text[start:end]` becomes `text`; edits of one article do not overlap, and cut no span's end in two."""

    start: int
    end: int
    text: str


def edited(example: Example, edits: Sequence[Edit]) -> Example:
    """Make the edits and move every span along; what stands in front of an inserted text stays in front of it."""
    if not edits:
        return example
    edits = sorted(edits, key=lambda edit: edit.start)
    parts, place = [], 0
    for edit in edits:
        parts += [example.text[place : edit.start], edit.text]
        place = edit.end
    text = "".join([*parts, example.text[place:]])
    begins = [edit.start for edit in edits]
    grown = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def moved(start: int, end: int) -> tuple[int, int]:
        before = bisect_right(begins, start)
        # A span whose first character is taken away begins where that stood.
        cut = before > 0 and start < edits[before - 1].end
        start = begins[before - 1] + grown[before - 1] if cut else start + grown[before]
        return start, end + grown[bisect_right(begins, end - 1)]

    return replace(example, text=text, attributions=[_mapped(item, moved) for item in example.attributions])


def _mapped(attribution: Attribution, place: Callable[[int, int], tuple[int, int]]) -> Attribution:
    source, cue, content = ([place(*span) for span in spans] for spans in attribution)
    return source, cue, content


# --- quotation marks ------------------------------------------------------------------------------------------------

# Outlets differ in their quotation marks more than in anything else; each style maps “ ” ‘ ’ " one to one.
QUOTE_STYLES: tuple[dict[int, int], ...] = (
    str.maketrans("“”", '""'),
    str.maketrans("“”", "‘’"),
    str.maketrans("“”", "''"),
    str.maketrans("“”", "«»"),
    str.maketrans("“”", "„“"),
    str.maketrans("’‘", "''"),
    str.maketrans("“”‘’", "\"\"''"),
)


def curled(text: str) -> str:
    """Turn straight double quotation marks into opening and closing ones, paragraph by paragraph."""
    out = []
    for paragraph in text.split("\n"):
        chars, is_open = list(paragraph), False
        for i, char in enumerate(chars):
            if char == '"':
                before = chars[i - 1] if i else " "
                is_open = before.isspace() or before in "([—–-" or (not is_open and not before.isalnum())
                chars[i] = "“" if is_open else "”"
        out.append("".join(chars))
    return "\n".join(out)


def restyled(example: Example, chance: random.Random) -> Example:
    """The article in another house style of quotation marks."""
    return replace(example, text=curled(example.text).translate(chance.choice(QUOTE_STYLES)))


_MARK = re.compile(r"(?<=\w)[”\"](?=[\s,.;)—–-]|$)|[“\"](?=\w)|(?<=[,.?!])[”\"]")


def unpaired(example: Example, chance: random.Random) -> Example:
    """One quotation mark in twelve is lost, as in text that went through many hands."""
    marks = [match.span() for match in _MARK.finditer(example.text)]
    lost = [mark for mark in marks if chance.random() < 1 / 12]
    return edited(example, [Edit(start, end, "") for start, end in lost])


# --- paragraphs, headlines, order of words ----------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"(?<=[a-z\d]{2}[.?!]) (?=[A-Z“])")
LONG_QUOTATION = 160  # characters from which outlets begin a new paragraph inside a quotation
_OPENING = "“«„\"'‘"


def reopened(example: Example, chance: random.Random) -> Example:
    """Long quotations run over paragraphs: each begins with the opening mark again, only the last is closed."""
    edits = []
    for _, _, content in example.attributions:
        for start, end in content:
            mark = example.text[start]
            if end - start < LONG_QUOTATION or mark not in _OPENING or "\n" in example.text[start:end]:
                continue
            for match in _SENTENCE_END.finditer(example.text, start + 60, end - 40):
                if chance.random() < 0.5:
                    edits.append(Edit(*match.span(), "\n" + mark))
    return edited(example, edits)


_HEADLINE_CUES = ("says", "says", "says", "warns", "claims", "reports", "finds", "tells")
_HEADLINE_SHAPES = ("s: t", "s: t", "t: s", "t, s c", "t, c s", "t - s", "s c t", "s c t")  # source, content, cue


def headlined(example: Example, chance: random.Random) -> Example:
    """The article under a headline made of one of its own attributions: "Source: content", "Content, source says"."""
    text = example.text
    short = []
    for source, cue, content in example.attributions:
        if len(source) == len(cue) == len(content) == 1 and SPEECH_FORMS & set(text[slice(*cue[0])].split()):
            who, what = text[slice(*source[0])], text[slice(*content[0])].strip("“”\"'‘’,.«»„")
            fits = len(who) < 40 and 24 < len(what) < 90 and not set(who + what) & set('\n“”"«»„;:')
            if fits and who.lower() not in _PRONOUNS and not who.endswith(("’s", "'s", "s’")):
                short.append((who, what))
    if not short:
        return example
    who, what = chance.choice(short)
    if chance.random() < 0.3:
        what = chance.choice(("‘{}’", "'{}'", "“{}”", '"{}"')).format(what)
    head = ""
    spans: dict[str, tuple[int, int]] = {}
    words = {"s": who, "t": what, "c": chance.choice(_HEADLINE_CUES)}
    for sign in chance.choice(_HEADLINE_SHAPES):
        begin = len(head)
        head += words.get(sign, sign)
        if sign in words or sign in ":-":
            spans["c" if sign in ":-" else sign] = (begin, len(head))
    moved = edited(example, [Edit(0, 0, head + "\n")])
    made = ([spans["s"]], [spans["c"]], [spans["t"]])
    return replace(moved, attributions=[made, *moved.attributions])


_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "him", "her", "them", "this", "those", "some")
)


def inverted(example: Example, chance: random.Random) -> Example:
    """ "..., Smith said" becomes "..., said Smith", which British and agency copy prefer."""
    text = example.text
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    pieces = list(text)
    taken = bytearray(len(text) + 1)
    for source, cue, content in example.attributions:
        if len(source) != 1 or len(cue) != 1 or not content or content[0][1] > source[0][0]:
            continue
        (begin, source_end), (cue_start, end) = source[0], cue[0]
        name, verb = text[begin:source_end], text[cue_start:end]
        fits = text[source_end:cue_start] == " " and verb in SPEECH_FORMS and name.lower() not in _PRONOUNS
        if not fits or any(taken[begin:end]) or chance.random() < 0.3:
            continue
        taken[begin:end] = b"\1" * (end - begin)
        pieces[begin:end] = list(f"{verb} {name}")
        spans[begin, source_end] = (begin + len(verb) + 1, end)
        spans[cue_start, end] = (begin, begin + len(verb))

    def turned(start: int, end: int) -> tuple[int, int]:
        return spans.get((start, end), (start, end))

    return replace(example, text="".join(pieces), attributions=[_mapped(item, turned) for item in example.attributions])


# --- names ------------------------------------------------------------------------------------------------------------


def name_pools(piece_id: Callable[[str], int | None]) -> list[tuple[list[int], list[int]]]:
    """Ids of the frequent names of the corpus, and of names from elsewhere that may replace them."""

    def ids(words: str) -> list[int]:
        return [n for n in map(piece_id, words.split()) if n is not None]

    pools = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    return [(ids(pool["seen"]), ids(pool["other"])) for pool in pools.values()]


def renamed(ids: list[int], pools: Sequence[tuple[list[int], list[int]]], chance: random.Random) -> list[int]:
    """The pieces with the corpus's frequent names replaced, each by the same other name all through the article."""
    given: dict[int, int] = {}
    for seen, other in pools:
        names = chance.sample(other, min(len(seen), len(other)))
        names += chance.choices(other, k=len(seen) - len(names))
        given |= dict(zip(seen, names, strict=True))
    return [given.get(n, n) for n in ids]


# How often an epoch meets each variation; the rest of the time the article is as it is.
VARIATIONS: tuple[tuple[Callable[[Example, random.Random], Example], float], ...] = (
    (inverted, 0.25),
    (reopened, 0.35),
    (headlined, 0.4),
    (unpaired, 0.1),
    (restyled, 0.4),
)


def varied(example: Example, chance: random.Random) -> Example:
    """One epoch's view of an article."""
    for variation, share in VARIATIONS:
        if chance.random() < share:
            example = variation(example, chance)
    return example
