"""What a noun of telling holds: "the mayor's claim that the pier is safe", "warnings by nurses that the ward is bad".

The noun is the cue (PolNeAR marks it so). Its speaker stands before it as a possessive or a word of its own, behind
"by", "from" or "among", or is the subject of "made", "voiced" and the like; "amid fears that" leaves open who fears.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from operator import itemgetter

from spacy.tokens import Token

from annotator.attributions.deeds import reports_deed
from annotator.conventions import content_span
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, Offsets, offsets_of, overlaps
from annotator.language import cues, lexicon
from annotator.language.syntax import noun_phrase, prose_tokens_of, subject_of

_CLAUSES = frozenset({"acl", "ccomp", "relcl", "appos"})
_GIVEN_BY = frozenset({"by", "from", "among"})
_UTTERED = frozenset(
    {"make", "express", "voice", "repeat", "reiterate", "issue", "renew", "float", "air", "level", "lodge", "push"}
    | {"spread"}
)
MAX_THERE = 6  # words back from the noun: "there are growing fears"
_TIMES = frozenset({"DATE", "TIME"})


def telling_nouns(draft: Draft) -> None:
    """Attribute the clause that hangs on a noun of telling, where nobody has it yet."""
    held = _Held(draft.attributions)
    for _, noun in prose_tokens_of(draft, lexicon.table("telling_nouns"), "LEMMA"):
        clause = _clause(noun) if noun.pos_ in {"NOUN", "PROPN"} else None
        if clause is None:
            continue
        begin, end = _bounds(clause)
        content = content_span(draft.text, begin, end)
        taken = [item for item in held.near((noun.idx, content[1])) if _is_said(draft, item)]
        own = next((item for item in taken if item.cue == offsets_of(noun)), None)
        if own is not None:
            own.in_phrase = True
        elif not taken and content[0] < content[1] and (made := _told(draft, noun, clause)) is not None:
            made.contents = [content]
            draft.attributions.append(made)
            held.added.append(made)


class _Held:
    """Attributions by what they hold; those that are `added` come in text order, as the nouns that are asked about."""

    def __init__(self, items: Iterable[DraftAttribution]) -> None:
        self._parts = sorted(((part, item) for item in items for part in item.contents), key=itemgetter(0))
        self._furthest = list(accumulate((end for (_, end), _ in self._parts), max))
        self.added: list[DraftAttribution] = []

    def near(self, span: Offsets) -> list[DraftAttribution]:
        """Those that hold some of the words of a stretch."""
        self.added = [item for item in self.added if item.contents[0][1] > span[0]]
        found = [item for item in self.added if overlaps(item.contents[0], span)]
        n = bisect_left(self._parts, span[1], key=lambda pair: pair[0][0]) - 1
        while n >= 0 and self._furthest[n] > span[0]:
            if overlaps(self._parts[n][0], span):
                found.append(self._parts[n][1])
            n -= 1
        return found


def _told(draft: Draft, noun: Token, clause: Token) -> DraftAttribution | None:
    """The attribution, still without its content; None where the noun neither tells nor leaves open whose it is."""
    cue, mention = offsets_of(noun), _speaker(draft, noun, clause)
    made = DraftAttribution(cue, mention, [], FRAME_CONFIDENCE, framed=True, in_phrase=True)
    if mention is not None:
        return made
    verb, subject = noun.head, subject_of(noun.head)
    if noun.dep_ == "dobj" and verb.lemma_.lower() in _UTTERED and subject is not None:
        made.cue, made.mention, made.in_phrase = (verb.idx, cue[1]), noun_phrase(draft, subject), False
        return made
    is_open = len(lexicon.table("telling_nouns")[noun.lemma_.lower()]) > 1
    there = next((word for word in noun.doc[max(0, noun.i - MAX_THERE) : noun.i] if word.tag_ == "EX"), None)
    if is_open and there is not None:
        made.cue, made.in_phrase = (there.idx, cue[1]), False
        return made
    return made if is_open and _is_bare(noun) else None


def _is_said(draft: Draft, item: DraftAttribution) -> bool:
    """Whether somebody says or asks what an attribution holds, and does not only laugh at it."""
    return item.framed or cues.lemma(draft, item.cue).startswith("ask") or not reports_deed(draft, item)


def _clause(noun: Token) -> Token | None:
    """The verb of the clause that says what a noun holds: with "that" for its conjunction, or right behind the noun."""
    for child in noun.rights:
        if child.dep_ not in _CLAUSES or child.pos_ not in {"VERB", "AUX"}:
            continue
        if any(word.dep_ == "mark" and word.lower_ == "that" for word in child.lefts):
            return child
        finite = child.tag_ in {"VBD", "VBZ", "VBP"} or any(word.dep_ in {"aux", "auxpass"} for word in child.lefts)
        if (
            child.dep_ in {"acl", "ccomp"}
            and finite
            and subject_of(child) is not None
            and child.left_edge.i == noun.i + 1
        ):
            return child
    return _behind_object(noun)


def _behind_object(noun: Token) -> Token | None:
    """ "ignored warnings from the union that jobs would go": the clause that the parser hangs on the verb before."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() in lexicon.table("cues"):
        return None
    begins = {noun.right_edge.i + 1}
    begins |= {t.right_edge.i + 1 for t in verb.rights if t.i in begins and t.lower_ in _GIVEN_BY}
    said = (child for child in verb.rights if child.dep_ == "ccomp")
    return next((c for c in said if c.left_edge.i in begins and c.left_edge.lower_ == "that"), None)


def _bounds(clause: Token) -> Offsets:
    last = clause.right_edge
    return clause.left_edge.idx, last.idx + len(last)


def _speaker(draft: Draft, noun: Token, clause: Token) -> Offsets | None:
    """Whose words they are, as the phrase tells; None where it names nobody."""
    for child in noun.lefts:
        if child.dep_ == "poss" and child.ent_type_ not in _TIMES and child.lower_ != "whose":
            return child.left_edge.idx, offsets_of(child)[1]
    for word in noun.doc[noun.i + 1 : max(noun.i + 1, clause.left_edge.i)]:
        if word.lower_ in _GIVEN_BY:
            giver = next((child for child in word.children if child.dep_ == "pobj"), None)
            return noun_phrase(draft, giver) if giver is not None else None
    for child in noun.lefts:
        if child.dep_ == "compound" and (child.ent_type_ or lexicon.noun_type(child.lemma_.lower())):
            return child.left_edge.idx, offsets_of(child)[1]
    return None


def _is_bare(noun: Token) -> bool:
    """Whether nothing tells whose words they are, and nobody denies or weighs them."""
    denied = noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words("answering_cues")
    return not denied and not any(child.dep_ in {"det", "poss", "neg"} for child in noun.lefts)
