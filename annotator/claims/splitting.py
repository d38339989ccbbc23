"""Attributions and the article's own voice, split into single claims; what is left over, with its reason."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from spacy.tokens import Token

from annotator.attributions import nested
from annotator.attributions.deeds import reports_deed
from annotator.attributions.unsaid import is_unsaid, says_nobody
from annotator.claims.connectives import is_connective
from annotator.claims.entries import entries_of
from annotator.claims.furniture import furniture
from annotator.claims.left_over import left_over, no_comment
from annotator.claims.own_voice import own_voice
from annotator.conventions import ALL_MARKS, trim
from annotator.draft import (
    PROSE,
    Draft,
    DraftAttribution,
    DraftClaim,
    Offsets,
    cue_start,
    inside,
    is_prose,
    mark,
    overlaps,
)
from annotator.labels import NonClaimReason
from annotator.language.syntax import sentence_of
from annotator.reading.layout import boilerplate_reason

MIN_TOLD = 3  # words from a verb to the next of its subject: "She left the room and said", not "She turned and said"


def split(draft: Draft) -> None:
    """Fill `draft.claims` and `draft.non_claims`; drops the attributions that turn out to be none."""
    if not draft.given:
        _leave_furniture(draft)
    silent = [] if draft.given else list(no_comment(draft))
    deeds = _without_deeds(draft, silent)
    if not draft.given:
        _keep_apart(draft)
    used = bytearray(len(draft.text))
    _attributed(draft, used)
    for span, reason in [*((span, NonClaimReason.NO_COMMENT) for span in silent), *draft.left_out]:
        draft.non_claims.append((span, reason))
        mark(used, [span])
    for _, stretch in entries_of(draft):
        span = trim(draft.text, *stretch)
        if is_prose(draft, span[0]) and not any(used[slice(*span)]):
            draft.non_claims.append((span, NonClaimReason.DATELINE))
            mark(used, [span])
    for section in draft.sections:
        if section.kind not in PROSE:
            reason = boilerplate_reason(draft.text, section)
            draft.non_claims.append(((section.start, section.end), reason))
    for sentence in draft.prose_sentences:
        own_voice(draft, sentence, used)
    mark(used, [part for item in draft.attributions if item.in_phrase for part in (item.cue, item.mention) if part])
    draft.claims.sort(key=lambda claim: claim.start)
    _nest(draft, deeds)
    left_over(draft, used)
    draft.non_claims.sort()


def _leave_furniture(draft: Draft) -> None:
    """Leave out the sentences that are furniture of the page, and what was taken for an attribution there."""
    boxes = list(furniture(draft))
    draft.left_out += boxes
    draft.attributions = [
        item
        for item in draft.attributions
        if not any(all(inside(span, box) for span in item.contents) for box, _ in boxes)
    ]


def _without_deeds(draft: Draft, silent: list[Offsets]) -> list[DraftAttribution]:
    """Take silences, deeds and what was not said out of the draft's attributions, and return the deeds."""
    draft.attributions = [
        item
        for item in draft.attributions
        if not (item.cue and item.settled is None and any(overlaps(item.cue, span) for span in silent))
        if draft.given or not says_nobody(draft, item)
    ]
    deeds = [item for item in draft.attributions if not draft.given and _is_deed(draft, item)]
    gone = {id(item) for item in deeds}
    draft.attributions = [item for item in draft.attributions if id(item) not in gone]
    return deeds + draft.demoted


def _is_deed(draft: Draft, item: DraftAttribution) -> bool:
    return (not item.framed and reports_deed(draft, item)) or is_unsaid(draft, item)


def _attributed(draft: Draft, used: bytearray) -> None:
    """A claim for each row of each attribution."""
    for item in draft.attributions:
        for n, row in enumerate(_rows(draft, item)):
            continues = n > 0 and item.settled is None
            draft.claims.append(DraftClaim(row, item, draft.section_kind(row[0][0]), continues))
        mark(used, _parts(draft, item))


def _nest(draft: Draft, deeds: list[DraftAttribution]) -> None:
    """Give each claim the attributions inside it, and keep the deeds that stand in the article's own voice."""
    deeds = sorted((item for item in deeds if item.cue), key=cue_start)
    for claim in draft.claims:
        first = bisect_left(deeds, claim.start, key=cue_start)
        last = bisect_left(deeds, claim.spans[-1][1], key=cue_start)
        claim.nested = nested.inside(draft, claim, deeds[first:last])
    own = sorted(span for claim in draft.claims if claim.attribution is None for span in claim.spans)
    furthest = list(accumulate((end for _, end in own), max))
    draft.deeds = [item for item in deeds if item not in draft.demoted and _inside_one(item, own, furthest)]


def _rows(draft: Draft, item: DraftAttribution) -> Iterator[list[Offsets]]:
    """The claims of an attribution; each sentence of a postponed one, or that goes on without a cue, is its own."""
    row: list[Offsets] = []
    for span in item.contents if item.settled else sorted(item.contents):
        if row and (item.settled or _is_sentence_later(draft, item, row[-1], span)):
            yield row
            row = []
        row.append(span)
    if row:
        yield row


def _is_sentence_later(draft: Draft, item: DraftAttribution, before: Offsets, after: Offsets) -> bool:
    """'"It rained," she said. "It never stops."': the cue ends its sentence, and the quotation goes on in the next.

    So it does behind a paraphrase: 'She said that it rained. "It never stops."'
    """
    between = draft.text[before[1] : after[0]].rstrip(' \n–—―”"’')  # 'told Elsund Radio's “Early Hour.”'
    paraphrased = draft.text[before[0]] not in ALL_MARKS
    told = item.cue is not None and (before[1] <= item.cue[0] < after[0] or paraphrased)
    return told and between.endswith((".", "!", "?")) and _opens(draft.text, after[0])


def _opens(text: str, place: int) -> bool:
    """Whether speech begins at a place: a quotation mark, or a dash before it."""
    return text[place] in ALL_MARKS or text[max(0, place - 2) : place] in {"— ", "– ", "― "}


def _inside_one(item: DraftAttribution, spans: list[Offsets], furthest: list[int]) -> bool:
    """Whether a cue overlaps one of sorted spans; `furthest` tells where each and all before it end."""
    if item.cue is None:
        return False
    n = bisect_left(spans, (item.cue[1], 0))
    return n > 0 and furthest[n - 1] > item.cue[0]


def _parts(draft: Draft, item: DraftAttribution) -> Iterator[Offsets]:
    """What an attribution takes of the text; the rest of a sentence may be the article's own."""
    yield from item.contents
    if item.in_phrase:
        return
    yield from (part for part in (item.cue, item.settled) if part)
    if item.mention and item.cue and not _stands_apart(draft, item.mention, item.cue):
        yield item.mention
    for link in item.reporters:
        yield from (part for part in (link.mention, link.cue) if part)


def _stands_apart(draft: Draft, mention: Offsets, cue: Offsets) -> bool:
    """Whether a mention belongs to another clause than the cue: "She left early, calling the talks a farce"."""
    if sentence_of(draft, cue[0]) != sentence_of(draft, mention[0]):
        return True
    subject, verb = draft.head(mention), draft.head(cue)
    if subject.dep_ not in {"nsubj", "nsubjpass"} or subject.head.i == verb.i:
        return False
    return any(word.i == subject.head.i for word in _led_by(verb))


def _led_by(verb: Token) -> Iterator[Token]:
    """The verbs that a participle or a coordinated verb hangs on, if they tell something: "She left early, saying"."""
    while _is_participle(verb) or (verb.dep_ == "conj" and verb.i - verb.head.i > MIN_TOLD):
        verb = verb.head
        yield verb


def _is_participle(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def _keep_apart(draft: Draft) -> None:
    """Two rows never share text: the earlier attribution keeps it, the outer one where one holds the other."""
    taken = bytearray(len(draft.text))
    kept: list[DraftAttribution] = []
    for item in sorted(draft.attributions, key=lambda a: (a.contents[0][0], -a.contents[-1][1])):
        item.contents = [span for span in item.contents if not any(taken[slice(*span)])]
        # "At the same time, according to officials, prices fell": the first piece is no content.
        if rest := [span for span in item.contents if not is_connective(draft.text, span)]:
            item.contents = rest
        if item.contents and not (item.cue and all(taken[slice(*item.cue)])):
            mark(taken, item.contents)
            kept.append(item)
    draft.attributions = sorted(kept, key=lambda a: a.start)
