"""Whether quoted words stand in an original: verbatim, shortened, altered, or not found.

Words are compared without case, accents, punctuation and the kind of quotation mark. What stands between brackets was
put there by whoever quotes; an ellipsis marks words left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.tracing.words import HEDGES, STOP, Word, is_negation, is_number, words_of

ENOUGH = 0.6  # share of the quoted words that must stand in the original, in order
FEWEST_TELLING = 2  # of them that are no "of" and "the"
FEWEST = 3  # words that must be the same before anything but an exact match is believed
# A gap costs little more when it is long: whole clauses are left out. Other words cost each.
SUBSTITUTED, INSERTED, GAP, GAP_LONGER = 1.0, 1.05, 0.8, 0.12
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.{3}|\. \. \.)\s*\]|…|\.{3,}|\. \. \.|\(\s*\.{3}\s*\)")
_BRACKETS = re.compile(r"\[[^\]\n]*\]")
_QUOTED = re.compile(
    r"“([^”“\n]+)(?:”|(?=\n)|$)|\"([^\"\n]+)\"|«([^»\n]+)»|(?<!\w)[‘']((?:[^‘’'\n]|(?<=\w)[’'](?=\w))+)[’'](?!\w)"
)


class Verdict(StrEnum):
    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    ALTERED = "altered"
    TRANSLATED = "translated?"
    SUPPORTED = "supported"
    DIFFERS = "differs"
    NOT_FOUND = "not found"


@dataclass(frozen=True)
class Change:
    """Words of the original and what is printed in their place; one of them may be empty."""

    original: str
    printed: str


@dataclass(frozen=True)
class Match:
    """What became of a quotation: the verdict, where the original has it, and the words that differ."""

    verdict: Verdict
    start: int = 0
    end: int = 0
    changes: tuple[Change, ...] = ()
    marked: bool = False
    same: float = 0.0


NOT_FOUND = Match(Verdict.NOT_FOUND)


def quoted_in(text: str) -> list[tuple[int, int]]:
    """Offsets of what stands between quotation marks, without the marks; a paragraph's open quotation counts too."""
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]


def compare(quotation: str, original: str) -> Match:
    """Find a quotation in an original text.

    >>> compare("we will … close it", "Then we will at last close it.").verdict.value
    'shortened'
    """
    wanted, marks = _wanted(quotation)
    there = words_of(original)
    if not wanted or not there:
        return NOT_FOUND
    plain = not marks and "[" not in quotation
    if plain and (place := _contiguous(wanted, there)) is not None:
        first, last = there[place], there[place + len(wanted) - 1]
        return Match(Verdict.VERBATIM, first.start, last.end, same=1.0)
    if len(wanted) < FEWEST:
        return NOT_FOUND
    return _judged(quotation, original, wanted, there, marks)


def _wanted(quotation: str) -> tuple[list[Word], set[int]]:
    """The speaker's words, and before which of them an ellipsis or a bracket stands."""
    without = _ELLIPSIS.sub(lambda match: "\x00" * len(match[0]), quotation)
    without = _BRACKETS.sub(lambda match: "\x00" * len(match[0]), without)
    found = words_of(without)
    marks = set()
    for n, word in enumerate(found):
        before = found[n - 1].end if n else 0
        if n and "\x00" in without[before : word.start]:
            marks.add(n)
    return found, marks


def _contiguous(wanted: Sequence[Word], there: Sequence[Word]) -> int | None:
    keys, size = [word.key for word in wanted], len(wanted)
    for place in range(len(there) - size + 1):
        if there[place].key == keys[0] and all(there[place + n].key == keys[n] for n in range(1, size)):
            return place
    return None


Step = tuple[int | None, int | None]  # index of a word of the quotation and of the original; None where it has none


def _aligned(wanted: Sequence[Word], there: Sequence[Word], marks: set[int]) -> list[Step]:
    """The cheapest alignment of all quoted words with a stretch of the original (Gotoh's, with free ends)."""
    size = len(there)
    infinite = float("inf")
    here, gap = [0.0] * (size + 1), [infinite] * (size + 1)
    ways: list[tuple[bytearray, bytearray]] = []
    for n, word in enumerate(wanted, 1):
        above, above_gap = here, gap
        here, gap = [above[0] + INSERTED] + [0.0] * size, [infinite] * (size + 1)
        way, gap_way = bytearray(size + 1), bytearray(size + 1)
        way[0] = 1
        free = n in marks  # an ellipsis stands before the next word: the gap after this one costs next to nothing
        opening, longer = (0.01, 0.001) if free else (GAP, GAP_LONGER)
        for m in range(1, size + 1):
            cost = 0.0 if word.key == there[m - 1].key else SUBSTITUTED
            through, inserted = min(above[m - 1], above_gap[m - 1]) + cost, min(above[m], above_gap[m]) + INSERTED
            here[m] = min(through, inserted)
            way[m] = (0 if through <= inserted else 1) + (
                2 if (above_gap[m - 1] < above[m - 1] if through <= inserted else above_gap[m] < above[m]) else 0
            )
            if here[m - 1] + opening <= gap[m - 1] + longer:
                gap[m], gap_way[m] = here[m - 1] + opening, 0
            else:
                gap[m], gap_way[m] = gap[m - 1] + longer, 1
        ways.append((way, gap_way))
    return _walked(ways, min(range(size + 1), key=lambda m: (here[m], m)))


def _walked(ways: Sequence[tuple[bytearray, bytearray]], m: int) -> list[Step]:
    steps: list[Step] = []
    n, in_gap = len(ways), False
    while n > 0:
        way, gap_way = ways[n - 1]
        if in_gap:
            steps.append((None, m - 1))
            in_gap = bool(gap_way[m])
            m -= 1
            continue
        inserted, in_gap = bool(way[m] & 1), bool(way[m] & 2)
        steps.append((n - 1, None if inserted else m - 1))
        n, m = n - 1, m if inserted else m - 1
    return steps[::-1]


def _judged(quotation: str, original: str, wanted: list[Word], there: list[Word], marks: set[int]) -> Match:
    steps = _aligned(wanted, there, marks)
    same = [(n, m) for n, m in steps if n is not None and m is not None and wanted[n].key == there[m].key]
    share = len(same) / len(wanted)
    telling = sum(wanted[n].key not in STOP for n, _ in same)
    if share < ENOUGH or len(same) < FEWEST or telling < FEWEST_TELLING:
        return NOT_FOUND
    steps = _with_ends(steps, same, original, there)
    places = [m for _, m in steps if m is not None]
    start, end = there[places[0]].start, there[places[-1]].end
    changes, altered, marked, unmarked = [], False, True, 0
    for group in _groups(steps, wanted, there):
        gone = [there[m] for _, m in group if m is not None]
        new = [wanted[n] for n, _ in group if n is not None]
        after = next((n for n, _ in steps[steps.index(group[-1]) + 1 :] if n is not None), None)
        by_mark = not new and after in marks
        marked = marked and by_mark
        unmarked += 0 if by_mark else len(gone)
        if new or (not by_mark and any(_telling(word.key) for word in gone)):
            altered = True
        changes.append(Change(_slice(original, gone), _slice(quotation, new)))
    if unmarked > len(wanted):
        return NOT_FOUND  # words from here and there are no quotation of anything
    verdict = Verdict.ALTERED if altered else Verdict.SHORTENED
    return Match(verdict, start, end, tuple(changes), marked and not altered, share)


def _with_ends(
    steps: Sequence[Step], same: Sequence[tuple[int, int]], original: str, there: Sequence[Word]
) -> list[Step]:
    """The steps, with other words at an end of the quotation against those in their place.

    Nothing behind them holds the alignment. In their place stand as many words at most, up to a mark of punctuation:
    "three times" for "twice" where that is "twice, and".
    """
    (first, first_there), (last, last_there) = same[0], same[-1]
    before = [n for n, _ in steps if n is not None and n < first]
    after = [n for n, _ in steps if n is not None and n > last]
    front = _neighbours(range(first_there, max(0, first_there - len(before)), -1), -1, original, there)
    end = _neighbours(range(last_there, min(len(there) - 1, last_there + len(after))), 1, original, there)
    middle = steps[steps.index(same[0]) : steps.index(same[-1]) + 1]
    there_front: list[Step] = [(None, m) for m in reversed(front)]
    there_end: list[Step] = [(None, m) for m in end]
    return [*there_front, *((n, None) for n in before), *middle, *((n, None) for n in after), *there_end]


def _neighbours(places: Sequence[int], way: int, original: str, there: Sequence[Word]) -> list[int]:
    """The places beside these, up to a mark of punctuation."""
    found = []
    for m in places:
        left, right = sorted((m, m + way))
        if original[there[left].end : there[right].start].strip():
            break
        found.append(m + way)
    return found


def _telling(key: str) -> bool:
    return is_number(key) or is_negation(key) or key in HEDGES


def _slice(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _groups(steps: Sequence[Step], wanted: Sequence[Word], there: Sequence[Word]) -> list[list[Step]]:
    """Neighbouring steps on which the two texts differ."""
    groups: list[list[Step]] = []
    open_group = False
    for step in steps:
        n, m = step
        if n is not None and m is not None and wanted[n].key == there[m].key:
            open_group = False
        elif open_group:
            groups[-1].append(step)
        else:
            groups.append([step])
            open_group = True
    return groups


def hedge_gone(match: Match) -> bool:
    """Whether words that were left out or changed hedged, and those in their place do not."""
    return any(_hedges(change.original) - _hedges(change.printed) for change in match.changes)


def _hedges(text: str) -> set[str]:
    return {word.key for word in words_of(text)} & HEDGES
