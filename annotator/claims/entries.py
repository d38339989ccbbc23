"""The entries of a live blog: each begins with its time, by itself in a line or before its first words."""

import re
from bisect import bisect_right

from annotator.draft import Draft, Offsets

MIN_ENTRIES = 2  # one time in an article is no live blog
_ZONE = (
    r"(?:GMT|BST|UTC|CES?T|EES?T|WES?T|IST|MSK|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|A?E[SD]T|A[CW]ST|JST|HKT|SAST|WAT|EAT|"
    r"local time)"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9])\s?[ap]\.?m\b\.?"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?"
_ENTRY = re.compile(
    rf"^[\s•*\[(]*(?:Updated |Posted |Published |At )?{_DAY}"
    rf"(?P<time>(?:{_CLOCK})(?:\s?[(\[]?{_ZONE}[)\]]?)?)"
    r"(?P<after>[\])*]*[ \t]*(?:$|[-–—|:•·]+[ \t]*))",
    re.MULTILINE | re.IGNORECASE,
)


def entries_of(draft: Draft) -> list[tuple[Offsets, Offsets]]:
    """The times of a live blog's entries with the stretch that each takes up, half open; none in other articles."""
    found = [(match.span("time"), (match.start(), match.end())) for match in _ENTRY.finditer(draft.text)]
    return found if len(found) >= MIN_ENTRIES else []


def timed(draft: Draft) -> None:
    """Give each claim the time of its entry, in the words of the article."""
    times = [time for time, _ in entries_of(draft)]
    for claim in draft.claims if times else ():
        n = bisect_right(times, claim.start, key=lambda span: span[0])
        claim.at = draft.words(times[n - 1]) if n else None
