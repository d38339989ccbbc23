"""What was not said: "did not say that ...", "stopped short of saying ...", "may argue that", "is falsely quoted as".

Such a cue hands its content to nobody; the sentence is the article's own. A verb of thinking is another matter: who
"does not believe that it will end" denies that it will (neg-raising: Huddleston and Pullum 2002, 9.5).
"""

import re

from spacy.tokens import Token

from annotator.draft import Draft, DraftAttribution, Offsets
from annotator.language import lexicon

_NEVER = frozenset({"not", "n't", "n’t", "never", "hardly", "scarcely", "nowhere", "neither", "nor"})
_NO = frozenset({"no", "none", "neither", "nobody", "nothing", "never", "nowhere"})
_NOBODY = re.compile(r"(?:nobody|no one|no-one|none|nothing|neither|no|not (?:one|a single))\b", re.IGNORECASE)
# "She has said nothing about the talks"; but "nothing was stolen" says something.
_NO_WORDS = re.compile(
    r"(?:nothing|little|no more|not a word)(?: \w+){0,3}? (?:about|on|of|publicly|in public)\b", re.IGNORECASE
)
_WRONGLY = frozenset({"falsely", "wrongly", "incorrectly", "erroneously", "mistakenly"})
_CLAUSES = frozenset({"xcomp", "pcomp", "prep", "prt"})  # from "saying" up to "avoided"
MAX_UP = 4  # verbs and prepositions between "saying" and what says that it was not said


def is_unsaid(draft: Draft, item: DraftAttribution) -> bool:
    """Whether an attribution's cue tells that its content was not said, or was put into somebody's mouth wrongly."""
    if item.cue is None or is_doubted(draft, item.cue):
        return False
    if _NO_WORDS.match(draft.words(item.contents[0])):
        return True
    verb = _verb_of(draft, item.cue)
    return verb is not None and (_is_denied(verb) or _is_kept_back(verb, item.mention) or _is_guessed(verb))


def says_nobody(draft: Draft, item: DraftAttribution) -> bool:
    """ "Nobody said ...", "neither the mayor nor the council said ...": there is no source."""
    return item.mention is not None and _NOBODY.match(draft.words(item.mention)) is not None


def is_doubted(draft: Draft, cue: Offsets | None) -> bool:
    """ "does not believe that it will end": a negated verb of thinking, which denies its content."""
    verb = _verb_of(draft, cue) if cue is not None else None
    return verb is not None and verb.lemma_.lower() in lexicon.words("thinking_cues") and _is_denied(verb)


def _verb_of(draft: Draft, cue: Offsets) -> Token | None:
    verbs = [token for token in draft.tokens(cue) if token.pos_ in {"VERB", "AUX"}]
    return next((token for token in reversed(verbs) if token.pos_ == "VERB"), None)


def _is_denied(verb: Token) -> bool:
    """A verb with "not" or "never", a passive with "falsely", or a verb behind "At no point did ..."."""
    near = {
        child.lower_
        for child in verb.children
        if child.dep_ in {"neg", "advmod", "preconj", "cc"} and child.i < verb.i and not _is_elsewhere(child, verb)
    }
    if near & _NEVER or (near & _WRONGLY and _is_passive(verb)):
        return True
    return _is_inverted(verb) and any(
        token.lower_ in _NO
        for child in verb.lefts
        if child.dep_ in {"prep", "advmod", "npadvmod"}
        for token in child.subtree
    )


def _is_guessed(verb: Token) -> bool:
    """ "Moor may calculate that it helps her": the article guesses; who "may have said" a thing has not said it yet."""
    return any(child.dep_ == "aux" and child.lower_ in {"may", "might"} for child in verb.children)


def _is_passive(verb: Token) -> bool:
    """ "is wrongly quoted": who "wrongly said" a thing has said it."""
    return verb.tag_ == "VBN" and not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def _is_elsewhere(word: Token, verb: Token) -> bool:
    """Whether a "not" is another's: inside a quotation before the verb ("Probably not," she said), or in "not only"."""
    between = verb.doc[word.i + 1 : verb.i]
    return any(token.is_quote for token in between) or any(token.lower_ in {"only", "just"} for token in between[:1])


def _is_inverted(verb: Token) -> bool:
    """ "did Moor say": an auxiliary before the subject."""
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and any(child.dep_ in {"aux", "auxpass"} and child.i < subject.i for child in verb.lefts)


def _is_kept_back(verb: Token, mention: Offsets | None) -> bool:
    """ "refused to say", "without saying", "has yet to say", "falsely quoted as saying": what the verb hangs on."""
    if verb.dep_ not in {"xcomp", "pcomp"}:
        return False  # "According to the ministry, the pier had failed"
    word = verb
    for _ in range(MAX_UP):
        if word.dep_ not in _CLAUSES or word.head.i == word.i:
            return False
        word = word.head
        if mention is not None and mention[0] > word.idx and mention[1] < verb.idx:
            return False  # somebody of its own speaks: "refused to answer when he said"
        if word.lower_ == "without" or word.lemma_.lower() in lexicon.words("withholding_cues"):
            return not _is_denied(word)
        children = {child.lower_ for child in word.children}
        if word.pos_ in {"VERB", "AUX"} and (children & _WRONGLY or (word.lemma_ == "have" and "yet" in children)):
            return True
        if word.lemma_ in {"stop", "fall"} and "short" in children:
            return True
    return False
