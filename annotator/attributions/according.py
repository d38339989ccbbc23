""" "According to": it stands inside what somebody else tells, and amid what it attributes."""

import re

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, DraftLink, Offsets, offsets_of, overlaps
from annotator.labels import LinkRole
from annotator.language.outlets import is_outlet, outlet_in
from annotator.language.syntax import noun_phrase, sentence_of, subject_of

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
    """ "“It is safe,” he wrote, according to the Herald", "The mayor said it is safe, the Herald reported".

    Who speaks is the source, and the outlet passes it on.
    """
    if item.cue is None or item.mention is None or len(item.contents) != 1 or item.contents[0][1] > item.cue[0]:
        return
    outlet = is_outlet(draft.words(item.mention)) or draft.head(item.mention).lower_ == "media"
    inner = _inner(draft, item.contents[0]) if outlet else None
    if inner is not None:
        item.reporters.append(DraftLink(LinkRole.REPORTER, item.mention, item.cue))
        item.cue, item.mention, item.contents = inner.cue, inner.mention, inner.contents


def _inner(draft: Draft, content: Offsets) -> DraftAttribution | None:
    """What a content says of somebody's words: a quotation and who says it, or a clause behind a verb of speech."""
    if (found := _SAID_BEHIND.search(draft.text, *content)) is not None:
        said = content_span(draft.text, content[0], found.start("who"))
        return DraftAttribution(found.span("cue"), found.span("who"), [said], 1.0)
    verb = draft.head(content)
    clause = next((t for t in verb.rights if t.dep_ == "ccomp"), None)
    subject = subject_of(verb)
    if clause is None or subject is None or verb.lemma_ not in _SAYING or subject.lower_ == "it":
        return None
    said = content_span(draft.text, clause.left_edge.idx, content[1])
    inside_it = content[0] <= subject.idx < verb.idx < said[0] < said[1]
    cue = offsets_of(verb)
    return DraftAttribution(cue, noun_phrase(draft, subject), [said], 1.0) if inside_it else None


_SAYING = frozenset({"say", "claim", "announce", "warn", "insist", "confirm", "argue", "admit", "deny"})
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
