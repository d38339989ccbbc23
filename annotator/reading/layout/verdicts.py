"""What a line is by its own words, wherever it stands."""

import re
from functools import lru_cache
from typing import NamedTuple

from annotator.labels import NonClaimReason, SectionKind
from annotator.language.lexicon import Lexicon, in_force
from annotator.reading.layout.authors import is_byline, is_name_row
from annotator.reading.layout.credits import is_caption, is_credit
from annotator.reading.layout.datelines import is_date_line
from annotator.reading.layout.lines import MAX_PATTERN
from annotator.reading.layout.word_lists import is_label, matcher

DECORATION = " \t▪•●■►▶→➡>*-–—―|"
_CAMERAS = ("📸", "📷", "🎥", "📹")


class Verdict(NamedTuple):
    """What a line is by its own words, and why it holds no claim."""

    kind: SectionKind
    reason: NonClaimReason


BOILERPLATE = Verdict(SectionKind.BOILERPLATE, NonClaimReason.BOILERPLATE)
CALL_TO_ACTION = Verdict(SectionKind.BOILERPLATE, NonClaimReason.CALL_TO_ACTION)
CREDIT = Verdict(SectionKind.BOILERPLATE, NonClaimReason.CREDIT)
BYLINE = Verdict(SectionKind.BYLINE, NonClaimReason.BYLINE)
DATELINE = Verdict(SectionKind.DATELINE, NonClaimReason.DATELINE)
CAPTION = Verdict(SectionKind.CAPTION, NonClaimReason.FRAGMENT)


def verdict_on(view: str) -> Verdict | None:
    """What a line is wherever it stands; None for one that its words do not tell."""
    return _verdict(view, in_force())


@lru_cache(maxsize=4096)
def _verdict(view: str, lexicon: Lexicon) -> Verdict | None:
    """The verdict that goes by the words of a lexicon, which is the one in force."""
    if len(view) > MAX_PATTERN:
        return None
    if not any(map(str.isalnum, view)):
        return BOILERPLATE
    bare = view.strip(DECORATION)
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    for name, verdict in (("calls_to_action", CALL_TO_ACTION), ("boilerplate", BOILERPLATE)):
        if matcher(name).fullmatch(bare):
            return verdict
    if is_label(bare) or re.fullmatch(r"(?:https?://|www\.)\S+", bare):
        return BOILERPLATE
    if is_date_line(bare):
        return DATELINE
    if is_name_row(bare) or is_byline(bare):
        return BYLINE
    if view[:1] in _CAMERAS or is_credit(bare):
        return CREDIT
    return CAPTION if is_caption(bare) else None
