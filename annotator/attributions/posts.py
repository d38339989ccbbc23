"""Posts and dialogue that marks of their own set off: a post below its account's line, speech behind a dash.

"Northern Grid @northerngrid · May 3, 2025 / Power is back.", "— The road is safe, said Moor. — Nobody needs to worry."
"""

import re
from collections import defaultdict
from itertools import pairwise

from annotator.attributions.contents import edged, take_out
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, inside, overlaps
from annotator.labels import SectionKind
from annotator.records import Section

_ACCOUNT = re.compile(
    r"(?P<source>[A-Z][^\n@:·•|]{1,60}?)\s+\(?@[\w.]{2,30}\)?"
    r"(?:(?:\s*[·•|,–—-]\s*|\s+(?=\d|[A-Z]\w{2,8} \d))[^\n.!?]{1,40})?\s*\Z"
)
_LINES = frozenset({SectionKind.BODY, SectionKind.SUBHEADING})
_DASH = re.compile(r"[–—―]\s")
_RESUMED = re.compile(r"[.!?…]\s+[–—―]\s+(?=\w)")


def posts(draft: Draft) -> None:
    """Give the paragraph below an account's line to the account; the line itself claims nothing."""
    told = False  # whether the article has begun: who wrote it has a handle, too
    for section, below in pairwise(draft.sections):
        after, told = told, told or section.kind is SectionKind.BODY
        account = _ACCOUNT.fullmatch(draft.text, section.start, section.end)
        if account is None or section.kind not in _LINES or below.kind is not SectionKind.BODY:
            continue
        if not after or _is_author(draft, account):
            continue
        content = edged(draft.text, (below.start, below.end))
        bounds = (section.start, below.end)
        inner = [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]
        draft.demoted += [item for item in inner if item.cue and inside(item.cue, content)]
        take_out(draft, bounds, inner)
        made = DraftAttribution(None, account.span("source"), [content], FRAME_CONFIDENCE, framed=True)
        made.settled = (section.start, section.end)
        draft.attributions.append(made)


def _is_author(draft: Draft, account: re.Match[str]) -> bool:
    bylines = [draft.text[s.start : s.end] for s in draft.sections if s.kind is SectionKind.BYLINE]
    return any(account["source"] in line for line in [draft.article.byline or "", *bylines])


def dialogue(draft: Draft) -> None:
    """Give what a dash resumes in a paragraph of dialogue to whom its first speech has."""
    cued: dict[int, list[DraftAttribution]] = defaultdict(list)
    for item in draft.attributions:
        if item.cue and item.mention and (section := draft.section_at(item.cue[0])) is not None:
            cued[section.start].append(item)
    for section in draft.sections:
        if section.kind is SectionKind.BODY and _DASH.match(draft.text, section.start, section.end):
            _resume(draft, section, cued[section.start])


def _resume(draft: Draft, section: Section, speakers: list[DraftAttribution]) -> None:
    resumed = _RESUMED.search(draft.text, section.start, section.end)
    if len(speakers) != 1 or resumed is None or (speakers[0].cue or (0, 0))[0] > resumed.start():
        return
    rest = edged(draft.text, (resumed.end(), section.end))
    if not any(overlaps(rest, part) for part in speakers[0].contents):
        speakers[0].contents = sorted([*speakers[0].contents, rest])
