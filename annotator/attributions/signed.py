"""Words with their speaker's name behind a dash: "“It will open in May.” — Anna Moor, mayor of Linden"."""

import re

from annotator.draft import FRAME_CONFIDENCE, PROSE, Draft, DraftAttribution, Offsets, inside, overlaps
from annotator.labels import SectionKind

_NAME = r"(?P<source>(?:[a-z]+ ){0,3}[A-Z@][^.!?;:“”\"\n]{1,80}?)"
_HANDLE = r"\s*\(@\w+\)(?:,?\s+(?:on\s+)?[A-Z\d][\w ]{2,12}, \d{4}|,?\s+\d{1,2} [A-Z]\w+ \d{4})?"
_SIGNED = (
    # A quotation and its speaker in one paragraph
    re.compile(
        rf"(?P<content>[“\"«][^“”«»\"\n]+[”\"»])\s*\n?\s*(?P<cue>[-–—]{{1,2}})\s{{0,2}}{_NAME}(?:{_HANDLE})?\s*\Z"
    ),
    # An embedded post: its text, and the account behind a dash
    re.compile(rf"(?P<content>[^\n]{{12,}}?)\s+(?P<cue>[–—]|--)\s?{_NAME}{_HANDLE}\s*\Z"),
)
_SIGNATURE = re.compile(rf"(?P<cue>[-–—]{{1,2}})\s?{_NAME}\s*\Z")
# An embedded post as a page prints it: its text is the paragraph above.
_ACCOUNT = re.compile(rf"(?P<cue>[–—]|--)\s?{_NAME}{_HANDLE}\s*\Z")
_QUOTATION = re.compile(r"[“\"«][^“”«»\"\n]+[”\"»]\s*\Z")


def signed(draft: Draft) -> None:
    """Give quotations and embedded posts to whom a dash names behind them, in the paragraph or below it."""
    prose = [section for section in draft.sections if section.kind in PROSE]
    for n, section in enumerate(prose):
        bounds = (section.start, section.end)
        for pattern in _SIGNED:
            if match := pattern.match(draft.text, *bounds):
                _sign(draft, match.span("content"), match, bounds)
                break
        else:
            above = (prose[n - 1].start, prose[n - 1].end) if n else (0, 0)
            account = _ACCOUNT.match(draft.text, *bounds) if n and prose[n - 1].kind is SectionKind.BODY else None
            signature = account or _SIGNATURE.match(draft.text, *bounds)
            if signature and (account or _QUOTATION.match(draft.text, *above)):
                _sign(draft, (above[0], above[0] + len(draft.words(above).rstrip())), signature, bounds)


def _sign(draft: Draft, content: Offsets, signature: re.Match[str], bounds: Offsets) -> None:
    """One attribution in the place of all that the extractor has of the words and the signature."""
    around = (min(content[0], bounds[0]), bounds[1])
    inner = [item for item in draft.attributions if item.cue and inside(item.cue, content)]
    draft.demoted += inner
    draft.attributions = [
        item
        for item in draft.attributions
        if item not in inner and not any(overlaps(span, around) for span in item.contents)
    ]
    made = DraftAttribution(signature.span("cue"), signature.span("source"), [content], FRAME_CONFIDENCE, framed=True)
    made.settled = (signature.start("cue"), signature.end())
    draft.attributions.append(made)
