"""Which claim a claim answers: "denied this", "disputed that", "called it a lie", a denial in full words.

A word that stands for the claim points to the nearest one before it that somebody else made, in this paragraph or the
one before. A denial with a content of its own answers the claim that shares most of its words, before or behind it.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from annotator.draft import Draft, DraftClaim, Offsets
from annotator.labels import AttributionMode, SectionKind

_REACH = 6  # claims before that a short answer may be meant for
_PARAGRAPHS = 2
_SHARED = 0.4  # of a denial's words that the claim must share
_LEAST = 3  # words in common
_FAR = 500  # claims before and behind a denial that are compared with it: more than an ordinary article has
# All of these are searched in small letters, which is faster than to ignore case.
_THING = (
    r"(?:this|that|it|those|these|them|(?:the|this|that|those|these|such|all|both|her|his|their|its|any)\s+(?:\w+\s+){0,2}"
    r"(?:claims?|allegations?|accusations?|charges?|suggestions?|accounts?|reports?|version|figures?|statements?|"
    r"assertions?|criticisms?|comments?|remarks?|characteri[sz]ation))"
)
_ANSWER = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e[sd]?|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e[sd]?|ing)|"
    r"contradict(?:s|ed|ing)?|contest(?:s|ed|ing)?|rebut(?:s|ted)?|challeng(?:e[sd]?|ing)|rubbish(?:es|ed)|"
    r"pour(?:s|ed|ing)? (?:cold water|scorn) on|hit(?:s|ting)? back at|push(?:es|ed|ing)? back (?:on|at|against))\s+"
    rf"(?:\w+ly\s+)?{_THING}\b(?!\s+(?:he|she|they|it|we|there|the|a)\b)"
)
_CALLED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|brand(?:s|ed|ing)?|describ(?:e[sd]?|ing)|dismiss(?:es|ed|ing)?|label(?:s|led|ed|ling)?)\s+"
    rf"{_THING}\s+(?:as\s+)?[“\"‘']?(?:\w+\s+){{0,4}}?(?:lies?|false|fake|nonsense|untrue|fabricat\w+|baseless|slander|smears?|"
    r"rubbish|absurd|invention|misleading|wrong|unfounded|propaganda|hoax|fiction|stunt)\b"
)
_SAID_SO = re.compile(
    r"\A\W*(?:that|this|it|these|those|(?:the|these|those|such|all) (?:claims?|allegations?|accusations?|charges?))"
    r"(?:[’']s| is| was| are| were)(?: \w+){0,3} (?:nonsense|lies?|false|untrue|not true|not the case|wrong|"
    r"rubbish|fake|baseless|absurd|slander|unfounded|fabricated|made up)\b"
)
_PASSIVE = re.compile(
    r"\A\W*(?:this|that|it|(?:the|this|that|those|these) (?:claims?|allegations?|accusations?|charges?))\s+"
    r"(?:is|was|were|are|has been|have been) (?:\w+ly )?(?:denied|disputed|rejected|dismissed|contested|refuted) by\b"
)


def answer(draft: Draft) -> None:
    """Link every claim that answers another one to it, where one is meant."""
    words = lru_cache(3 * _FAR)(partial(_words, draft))  # of claims by their numbers, each looked at once
    denies = lru_cache(3 * _FAR)(lambda n: is_denial(draft, draft.claims[n]))
    for n, claim in enumerate(draft.claims):
        if claim.section is SectionKind.HEADLINE:
            continue
        if _is_short(draft, claim):
            claim.responds_to = next(_others_before(draft, n), None)
        elif claim.attribution is not None and denies(n):
            claim.responds_to = _alike(draft, n, words, denies)


def is_denial(draft: Draft, claim: DraftClaim) -> bool:
    """Whether a claim's cue denies its content."""
    return claim.attribution is not None and bool(
        re.match(
            r"(?:\w+ )*(?:den(?:y|ies|ied|ying)|disput\w+|reject\w*|refut\w+)\b",
            draft.words(claim.attribution.cue),
            re.I,
        )
    )


def _is_short(draft: Draft, claim: DraftClaim) -> bool:
    """Whether a claim, with its cue, answers by a word that stands for another claim."""
    own = " ".join(draft.words(span) for span in claim.spans).lower()
    around = draft.text[slice(*_whole(claim))].lower()
    found = any(pattern.search(around) for pattern in (_ANSWER, _CALLED))
    return found or _PASSIVE.match(own) is not None or (claim.attribution is not None and bool(_SAID_SO.match(own)))


def _whole(claim: DraftClaim) -> Offsets:
    """A claim from its first to its last character, with the cue beside it."""
    places = [*claim.spans, *([claim.attribution.cue] if claim.attribution and claim.attribution.cue else [])]
    return min(start for start, _ in places), max(end for _, end in places)


def _others_before(draft: Draft, n: int) -> Iterator[DraftClaim]:
    """Claims shortly before that somebody else made, the nearest first; own voice only where nobody made one."""
    claim = draft.claims[n]
    before = draft.claims[max(0, n - _REACH) : n][::-1]
    begin, first = claim.start, min((c.start for c in before), default=0)
    for _ in range(_PARAGRAPHS * 2):  # a blank line stands between two
        begin = draft.text.rfind("\n", first, max(begin, 0))
    before = [c for c in before if c.start > begin]
    before = [c for c in before if c.section is not SectionKind.HEADLINE and not _same_words(draft, c, claim)]
    yield from (c for c in before if c.attribution is not None and c.mode is not AttributionMode.UNATTRIBUTED)
    yield from (c for c in before if c.attribution is None)


def _same_words(draft: Draft, one: DraftClaim, other: DraftClaim) -> bool:
    """Whether two claims are one speaker's, by a pronoun or the same words.

    Nobody denies what they have just said: "the mayor" who denies Tom Lee's claim is not he, whatever was resolved.
    """
    if not _same_speaker(one, other):
        return False
    said, answered = (draft.words(c.attribution.mention) if c.attribution else "" for c in (one, other))
    return answered.lower() in {"", "he", "she", "they", "it"} or said.split()[-1:] == answered.split()[-1:]


def _same_speaker(one: DraftClaim, other: DraftClaim) -> bool:
    if one.attribution is None or other.attribution is None:
        return False
    return one.attribution.source is not None and one.attribution.source is other.attribution.source


def _alike(
    draft: Draft, n: int, words: Callable[[int], frozenset[str]], denies: Callable[[int], bool]
) -> DraftClaim | None:
    """The claim of somebody else, or of the article, that shares most words with a denial's content."""
    claim = draft.claims[n]
    own = words(n)
    best: tuple[float, DraftClaim | None] = (_SHARED, None)
    for m in range(max(0, n - _FAR), min(len(draft.claims), n + _FAR + 1)):
        other = draft.claims[m]
        if m == n or _same_speaker(other, claim) or other.section is SectionKind.HEADLINE:
            continue
        if other.attribution is not None and denies(m):
            continue
        shared = len(own & words(m))
        if shared >= _LEAST and shared / len(own) > best[0]:
            best = (shared / len(own), other)
    return best[1]


def _words(draft: Draft, n: int) -> frozenset[str]:
    tokens = (token for span in draft.claims[n].spans for token in draft.tokens(span))
    return frozenset(token.lemma_.lower() for token in tokens if token.pos_ in {"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
