"""Texts of a form that was not understood: turns that nobody was given, verse, tables, capitals throughout.

Their claims ask for review, since what reads like the article's own voice may be anybody's, or nothing at all.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from annotator.draft import Draft, Offsets, inside
from annotator.labels import SectionKind
from annotator.reading.layout.lines import LIST_ITEM
from annotator.records import Section

MIN_TURNS = 4  # paragraphs that begin with somebody's name and a colon, of a third of all
MIN_SPEAKERS = 2
MIN_LETTERS = 150  # of a text, for its capitals to tell anything
CAPITALS = 0.8  # of its letters
MIN_LINES = 8  # of verse or a table
UNFINISHED = 0.8  # of these lines, without a stop at their end
MAX_LINE_WORDS = 12  # of a line of verse, on average
_LABEL = re.compile(
    r"[*_\[(>]{0,3}(?P<who>[A-Z][\w.’' -]{0,40}?)[*_\])]{0,3}(?: ?[(\[][\d:. ]+[)\]])?\s?(?:[:|]|\s[-–—]\s)\s*\S"
)
_CELLS = re.compile(r"[^\t|\n]+(?:(?:\t| \| )[^\t|\n]*){2,}")


def mark_unread(draft: Draft) -> None:
    """Mark the claims that stand in text of a form that was not understood."""
    prose = [section for section in draft.sections if section.kind is SectionKind.BODY]
    unread = [(s.start, s.end) for s in prose] if _has_no_sentences(draft, prose) else _unread_turns(draft, prose)
    marked = {bounds[0] for bounds in unread}
    for claim in draft.claims:
        section = draft.section_at(claim.start)
        claim.form_unread = section is not None and section.start in marked


def _has_no_sentences(draft: Draft, prose: Sequence[Section]) -> bool:
    lines = [line.strip() for s in prose for line in draft.text[s.start : s.end].split("\n") if line.strip()]
    return _is_capitals("".join(lines)) or _is_table(lines) or _is_verse(lines)


def _is_capitals(words: str) -> bool:
    if sum(map(words.count, "aeiou")) > len(words) - CAPITALS * len(words):
        return False  # small vowels alone are too many, as in most texts
    letters = [mark for mark in words if mark.isalpha() and mark.lower() != mark.upper()]
    return len(letters) >= MIN_LETTERS and sum(mark.isupper() for mark in letters) >= CAPITALS * len(letters)


def _is_table(lines: Sequence[str]) -> bool:
    return len(lines) >= MIN_LINES and 2 * sum(_CELLS.fullmatch(line) is not None for line in lines) >= len(lines)


def _is_verse(lines: Sequence[str]) -> bool:
    """Whether lines break where no sentence ends; the items of a list do so, too, and are no verse."""
    plain = [line for line in lines if LIST_ITEM.match(line) is None]
    if len(plain) < MIN_LINES or 2 * len(plain) < len(lines):
        return False
    open_ended = sum(re.search(r"\w[”\"’')\]]*\Z|,\Z", line) is not None for line in plain)
    words = sum(len(line.split()) for line in plain) / len(plain)
    return open_ended >= UNFINISHED * len(plain) and words <= MAX_LINE_WORDS


def _unread_turns(draft: Draft, prose: Sequence[Section]) -> list[Offsets]:
    """The paragraphs with a speaker's label that is nobody's attribution, where such labels take turns."""
    labels = {s.start: match for s in prose if (match := _LABEL.match(draft.text, s.start, s.end)) is not None}
    times = Counter(match["who"] for match in labels.values())
    turns = [match for match in labels.values() if times[match["who"]] > 1]
    if len(turns) < MIN_TURNS or 3 * len(turns) < len(prose) or len({m["who"] for m in turns}) < MIN_SPEAKERS:
        return []
    first = min(match.start() for match in turns)
    speakers = sorted(item.mention for item in draft.attributions if item.mention is not None)
    left = {match.start() for match in turns if not _holds_one(speakers, match.span())}
    spans = [(s.start, s.end) for s in prose if s.start >= first and (s.start in left or s.start not in labels)]
    contents = sorted(part for item in draft.attributions for part in item.contents)
    # Where the first half of a paragraph begins somebody's content, it is read.
    halves = {span: (span[0], (span[0] + span[1]) // 2) for span in spans}
    return [span for span in spans if left and not _begins_in(contents, halves[span])]


def _begins_in(parts: Sequence[Offsets], span: Offsets) -> bool:
    """Whether one of sorted parts begins in a stretch."""
    n = bisect_left(parts, (span[0], 0))
    return n < len(parts) and parts[n][0] < span[1]


def _holds_one(parts: Sequence[Offsets], span: Offsets) -> bool:
    """Whether the first of sorted parts that begins in a stretch ends there, too."""
    n = bisect_left(parts, (span[0], 0))
    return n < len(parts) and inside(parts[n], span)
