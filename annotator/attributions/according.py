""" "According to": it stands inside what somebody else tells, and amid what it attributes."""

import re

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, DraftLink, Offsets, overlaps
from annotator.labels import LinkRole
from annotator.language.outlets import outlet_in
from annotator.language.syntax import sentence_of

MAX_LEAD = 300  # characters before a cue in which a first piece of its content stands


_INNER = re.compile(r"\s*(?:that\s+)?(?=according to\b[^.;\n]*,\s*$)", re.IGNORECASE)


def with_according(draft: Draft, cue: Offsets, contents: list[Offsets]) -> list[Offsets]:
    """ "Wikinews has learned that according to a posting, the site is down": the posting is inside what was learned."""
    first, *rest = contents
    inner = _INNER.match(draft.text, cue[1], first[0]) if cue[1] < first[0] else None
    return [(inner.end(), first[1]), *rest] if inner is not None else contents


def split_according(draft: Draft, item: DraftAttribution) -> None:
    """ "According to the Herald, Professor Burr said ...", read as one source: Burr is inside what the Herald tells."""
    begin = item.mention[0] if item.mention else 0
    cue = _ACCORDING.search(draft.text, max(0, begin - 20), begin)
    if item.mention is None or cue is None:
        return
    outer, comma, inner = draft.text[slice(*item.mention)].partition(", ")
    if comma and inner and outlet_in(outer) and item.mention[1] <= item.contents[0][0]:
        item.contents[0] = (begin + len(outer) + len(comma), item.contents[0][1])
        item.cue, item.mention = cue.span("cue"), (begin, begin + len(outer))


_SAID_BEHIND = re.compile(
    r"(?:[,.!?][”\"’]|[”\"’],) (?P<who>[^,“”\"]{2,40}?) (?P<cue>said|wrote|added|told \w+|tweeted|argued)\Z"
)


def said_by_another(draft: Draft, item: DraftAttribution) -> None:
    """ "“It is safe,” he wrote, according to the Herald": he is the source, and the Herald passes it on."""
    if item.cue is None or item.mention is None or not draft.words(item.cue).lower().startswith("according"):
        return
    found = _SAID_BEHIND.search(draft.text, *item.contents[-1]) if len(item.contents) == 1 else None
    if found is not None and outlet_in(draft.words(item.mention)) and item.contents[0][1] <= item.cue[0]:
        item.reporters.append(DraftLink(LinkRole.REPORTER, item.mention, item.cue))
        item.contents = [content_span(draft.text, item.contents[0][0], found.start("who"))]
        item.cue, item.mention = found.span("cue"), found.span("who")


_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording to)\s+\Z")


def _from_its_comma(draft: Draft, item: DraftAttribution) -> None:
    """ "According to the Herald, Professor Burrows said that ...": what Burrows said is what the Herald reports."""
    if item.mention is None or len(item.contents) != 1:
        return
    start, end = item.contents[0]
    gap = draft.text[item.mention[1] : start]
    subject = (
        [t for t in draft.tokens((item.mention[1], start)) if t.dep_ == "nsubj"] if start > item.mention[1] else []
    )
    if gap.startswith(", ") and subject and not re.search(r"[;:“”\"\n]", gap) and len(gap) <= MAX_LEAD:
        item.contents = [content_span(draft.text, item.mention[1] + 1, end)]


def around_according(draft: Draft, item: DraftAttribution) -> None:
    """ "The cleanup, according to the service, is still going on": the content is the clause around the words."""
    if item.cue is None or item.mention is None or not draft.words(item.cue).lower().startswith("according"):
        return
    _from_its_comma(draft, item)
    before, after = draft.text[: item.cue[0]].rstrip(), draft.text[item.mention[1] :].lstrip()
    sentence = sentence_of(draft, item.cue[0])
    if not (before.endswith(",") and after.startswith(",")) or len(item.contents) > 2:
        return
    begin = max(sentence[0], draft.text.rfind(";", sentence[0], item.cue[0]) + 1)
    close = draft.text.find(";", item.mention[1], sentence[1])
    parts = [
        content_span(draft.text, begin, item.cue[0]),
        content_span(draft.text, item.mention[1], close if close > 0 else sentence[1], first=False),
    ]
    free = [not any(overlaps(p, s) for a in draft.attributions if a is not item for s in a.contents) for p in parts]
    near = all(any(overlaps(span, part) for part in parts) for span in item.contents)
    if all(free) and all(start < end for start, end in parts) and near:
        item.contents = parts
