"""Quotations: each belongs to one attribution, from mark to mark, however many sentences or paragraphs it has.

What introduces or follows a quotation says whose it is: a cue beside it, a colon ("Trump took a parting shot on
Twitter: ..."), a handle behind it ("“Nobody told us,” @harbour_watch posted").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from annotator.attributions.according import MAX_LEAD
from annotator.draft import (
    FRAME_CONFIDENCE,
    Draft,
    DraftAttribution,
    Offsets,
    inside,
    is_prose,
    offsets_of,
    overlaps,
)
from annotator.labels import SectionKind
from annotator.language.syntax import noun_phrase, subject_of

MIN_QUOTATION_WORDS = 4  # fewer quoted words are a term or a title, which is nobody's sentence
REACH = 2000  # characters around a quotation in which an attribution of it begins
# A quotation over several paragraphs opens each of them and closes only the last. A closing single mark is known by
# the stop before it, since an apostrophe looks the same.
_OPENING = re.compile(r"(?:^|(?<=[\s(—–-]))(?:[“‘\"]|'(?=[A-Z]))")
_CLOSES = {
    "“": re.compile("”"),
    "‘": re.compile(r"(?<=[.,!?…])’|’(?=$)"),
    '"': re.compile(r'(?<=[^\s(—–-])"'),
    "'": re.compile(r"(?<=[.,!?…])'|'(?=$)"),
}


def long_quotations(draft: Draft) -> None:
    """ "..., the family said: ‘He was our sunshine. / ‘He was a devoted dad.’": one quotation, one attribution."""
    for pieces in quotations_over_paragraphs(draft):
        quoting = [a for a in draft.attributions if a.cue and not any(inside(a.cue, piece) for piece in pieces)]
        owner = next((a for a in quoting if any(overlaps(c, p) for c in a.contents for p in pieces)), None)
        if owner is None or _of_two(draft, quoting, pieces):
            continue
        for item in [a for a in draft.attributions if a is not owner]:
            if item.cue and any(inside(item.cue, piece) for piece in pieces):
                draft.attributions.remove(item)
                draft.demoted.append(item)
                continue
            item.contents = [c for c in item.contents if not any(overlaps(c, piece) for piece in pieces)]
        draft.attributions = [a for a in draft.attributions if a.contents]
        before = [c for c in owner.contents if c[1] <= pieces[0][0] and owner.cue and c[1] > owner.cue[0] - MAX_LEAD]
        owner.contents = sorted([*before, *pieces])


def quotations_over_paragraphs(draft: Draft) -> Iterator[list[Offsets]]:
    """The pieces of each quotation that goes on over paragraphs, with their marks, one piece a paragraph."""
    pieces: list[Offsets] = []
    mark = ""
    for section in draft.sections:
        words = draft.text[section.start : section.end]
        if pieces and section.kind is SectionKind.BODY and words.startswith(mark):
            closing = _CLOSES[mark].search(words, 1)
            pieces.append((section.start, section.start + closing.end() if closing else section.end))
            if closing is None:
                continue
            if not _has_its_own_cue(draft, pieces[0]):
                yield pieces
        pieces = []
        opened = list(_OPENING.finditer(words)) if section.kind is SectionKind.BODY else []
        if opened and not _CLOSES[mark := opened[-1].group()].search(words, opened[-1].end()):
            pieces = [(section.start + opened[-1].start(), section.end)]


def _of_two(draft: Draft, quoting: list[DraftAttribution], pieces: list[Offsets]) -> bool:
    """Whether the paragraphs of the first and the last piece name two people: a closing mark is missing there."""

    def speakers(piece: Offsets) -> set[str]:
        having = (item for item in quoting if any(overlaps(span, piece) for span in item.contents))
        line = draft.line_at(piece[0])
        return {draft.words(a.mention) for a in having if a.cue and a.mention and inside(a.cue, line)}

    first, last = speakers(pieces[0]), speakers(pieces[-1])
    return bool(first and last) and not any(a in b or b in a for a in first for b in last)


def _has_its_own_cue(draft: Draft, opened: Offsets) -> bool:
    """ "“The bridge is safe, said Anna Moor.": a closing mark is missing, and the quotation ends before its cue."""
    return any(
        item.cue and item.contents and inside(item.cue, opened) and abs(item.contents[0][0] - opened[0]) <= 1
        for item in draft.attributions
    )


_QUOTED = re.compile(r"“[^“”\n]+”|«[^«»\n]+»|(?<![\w\"])\"(?=\S)[^\"\n]+\"(?![\w\"])")


def quotations(draft: Draft) -> None:
    """A quotation belongs to one attribution from mark to mark, however many sentences it has.

    One that nobody has and that a colon introduces belongs to the subject of the sentence before the colon: "Trump
    took a parting shot on Twitter: ..."
    """
    order = sorted(draft.attributions, key=lambda item: item.start)
    starts = [item.start for item in order]
    found: list[DraftAttribution] = []
    gone: set[int] = set()
    for match in _QUOTED.finditer(draft.text):
        quotation = match.span()
        if len(match.group().split()) < MIN_QUOTATION_WORDS or not is_prose(draft, quotation[0]):
            continue
        reach = slice(bisect_left(starts, quotation[0] - REACH), bisect_left(starts, quotation[1] + REACH))
        near = [item for item in order[reach] if item.contents and id(item) not in gone]
        owners = [a for a in near if a.cue and not overlaps(a.cue, quotation) and _has_of(a, quotation)]
        owner = owners[0] if owners else _after_colon(draft, quotation, near)
        if owner is None:
            continue
        found += [] if owners else [owner]
        nested = _give(owner, quotation, near)
        draft.demoted += nested
        gone |= {id(item) for item in nested}
        # "made the announcement: ..." hands over speech, whatever the verb.
        owner.framed |= _ends_in_colon(draft.text, quotation[0]) and quotation in owner.contents
    draft.attributions = [a for a in [*draft.attributions, *found] if a.contents and id(a) not in gone]


def _has_of(item: DraftAttribution, quotation: Offsets) -> bool:
    """Whether an attribution has the beginning of a quotation, or most of it, and its source stands outside."""
    if item.mention is not None and overlaps(item.mention, quotation):
        return False
    shared = sum(max(0, min(e, quotation[1]) - max(s, quotation[0])) for s, e in item.contents)
    begins = any(s <= quotation[0] + 1 < e for s, e in item.contents)
    return begins or 2 * shared > quotation[1] - quotation[0]


def _give(owner: DraftAttribution, quotation: Offsets, near: list[DraftAttribution]) -> list[DraftAttribution]:
    """Make a quotation whole in one attribution; returns those that it reports itself, which are nested.

    What others nearby have of it they lose.
    """
    touching = [span for span in owner.contents if overlaps(span, quotation)]
    whole = (min([quotation[0], *(s for s, _ in touching)]), max([quotation[1], *(e for _, e in touching)]))
    owner.contents = sorted([span for span in owner.contents if span not in touching] + [whole])
    others = [item for item in near if item is not owner]
    nested = [item for item in others if item.cue and inside(item.cue, quotation)]
    for item in others:
        if item not in nested:
            item.contents = [span for span in item.contents if not overlaps(span, quotation)]
    return nested


def _ends_in_colon(text: str, place: int) -> bool:
    """Whether a colon, with at most a line break behind it, stands before a place."""
    return text[max(0, place - 4) : place].rstrip().endswith(":")


def _after_colon(draft: Draft, quotation: Offsets, near: list[DraftAttribution]) -> DraftAttribution | None:
    if not _ends_in_colon(draft.text, quotation[0]):
        return None
    colon = draft.text.rindex(":", 0, quotation[0])
    lead = [t for t in draft.sentence_at(colon) if t.idx < colon]
    verbs = [t for t in lead if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "acl", "advcl", "aux", "auxpass"}]
    verb = next((t for t in verbs if (s := subject_of(t)) is not None and s.idx < colon), None)
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None:
        return None
    mention = noun_phrase(draft, subject)
    free = not any(overlaps(mention, span) for a in near for span in a.contents)
    return DraftAttribution(offsets_of(verb), mention, [quotation], FRAME_CONFIDENCE, framed=True) if free else None


_HANDLE = re.compile(
    r"[”\"»]\s+(?P<source>(?:(?:the |a )?(?:user|account|handle)s? )?@\w+)\s+(?P<cue>wrote|posted|tweeted|replied|"
    r"commented|added|said|asked|responded)\b"
)


_BARE_HANDLE = re.compile(r"\s+(?P<source>@\w+)")


def handles(draft: Draft) -> None:
    """ "“Nobody told us,” @harbour_watch posted on X", "wrote @harbour_watch": a handle behind a quotation wrote it."""
    for item in draft.attributions:
        behind = _BARE_HANDLE.match(draft.text, item.cue[1]) if item.cue and item.mention is None else None
        item.mention = behind.span("source") if behind is not None else item.mention
    ending_at = {match.end(): match.span() for match in _QUOTED.finditer(draft.text)}
    for match in _HANDLE.finditer(draft.text):
        quotation = ending_at.get(match.start() + 1)
        if quotation is None or not is_prose(draft, match.start()):
            continue
        source, cue = match.span("source"), match.span("cue")
        owners = [item for item in draft.attributions if any(overlaps(quotation, span) for span in item.contents)]
        for owner in owners:
            owner.mention = owner.mention or source
        if not owners:
            draft.attributions.append(DraftAttribution(cue, source, [quotation], FRAME_CONFIDENCE, framed=True))
