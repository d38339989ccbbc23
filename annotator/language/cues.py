"""What a cue says of its claim: its lemma, the article's stance, the kind of claim it makes."""

import re

from annotator.draft import Draft, Offsets
from annotator.labels import Kind, Stance
from annotator.language import lexicon

DOUBLE_QUOTES = '“”„«»"'
_QUOTED = re.compile(rf"[{DOUBLE_QUOTES}]|(?<!\S)[‘'](?=[^\W_])")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def lemma(draft: Draft, cue: Offsets | None) -> str:
    """The lemma that a cue is looked up by: "said" -> "say", "According to" -> "according to", "" without a cue."""
    if cue is None:
        return ""
    if cue not in draft.lemmas:
        draft.lemmas[cue] = _lemma(draft, cue)
    return draft.lemmas[cue]


def _lemma(draft: Draft, cue: Offsets) -> str:
    words = draft.words(cue).lower()
    known = lexicon.table("cues")
    if words in known:
        return words
    if words.startswith("according") or words in {"as per", "in the words of"}:
        return "according to"
    tokens = [token for token in draft.tokens(cue) if not token.is_punct]
    verbs = [token for token in tokens if token.pos_ == "VERB" or token.lemma_.lower() in known] or tokens
    if not verbs:
        return words
    verb = next((token for token in verbs if token.lemma_.lower() in known), verbs[0])
    for other in tokens:
        if (phrase := f"{verb.lemma_.lower()} {other.lower_}") in known:
            return phrase
    name = str(verb.lemma_.lower())
    return lexicon.table("telling_nouns").get(name, (name,))[0] if verb.pos_ == "NOUN" else name


def stance_of(name: str) -> Stance:
    """The article's stance that a cue of this lemma shows; neutral for a cue that no list knows."""
    entry = lexicon.table("cues").get(name)
    return Stance(entry[0]) if entry else Stance.NEUTRAL


def kind_of(name: str) -> Kind | None:
    """The kind of claim that a cue of this lemma makes, where the verb decides it."""
    entry = lexicon.table("cues").get(name)
    return Kind(entry[1]) if entry and len(entry) > 1 else None


def is_quoted(text: str) -> bool:
    """Whether words are quoted: they hold a double mark, or a single one that opens before a word."""
    return _QUOTED.search(text) is not None


def has_clause(draft: Draft, contents: list[Offsets]) -> bool:
    """Whether a content holds a finite clause with a subject of its own ("he left", not "to leave" or "the plan")."""
    for span in contents:
        for token in draft.tokens(span):
            verb = token.head
            if (
                token.dep_ not in SUBJECTS
                or not (verb.pos_ in {"VERB", "AUX"} or any(child.pos_ == "AUX" for child in verb.lefts))
                or verb.dep_ in {"relcl", "pcomp", "csubj"}
                or (verb.dep_ == "acl" and span[0] <= verb.head.idx)  # not "told the morning show that it was cold"
                or not span[0] <= verb.idx < span[1]
            ):
                continue
            if verb.tag_ not in {"VB", "VBG"} or any(
                child.tag_ in {"MD", "VBD", "VBZ", "VBP"} for child in verb.children
            ):
                return True
    return False


def takes_noun(draft: Draft, cue: Offsets | None) -> bool:
    """Whether a bare noun can be what a cue says: "denied involvement", "claimed responsibility"."""
    return lemma(draft, cue) in lexicon.words("noun_cues")
