"""Whose words they are: the source mention of a finding, mended."""

import re

from annotator.draft import Draft, Offsets, inside, overlaps
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, sentence_of, subject_of

_OF_THEM = re.compile(r" (?:them|those|whom)\b")


def with_of_them(text: str, mention: Offsets | None) -> Offsets | None:
    """ "one of" is "one of them"."""
    if mention and (of_them := _OF_THEM.match(text, mention[1])) and text[: mention[1]].endswith(" of"):
        return mention[0], of_them.end()
    return mention


def own_subject(draft: Draft, cue: Offsets, mention: Offsets | None, contents: list[Offsets]) -> Offsets | None:
    """The subject of a cue's own verb, where the model linked a source of another sentence to it, or none."""
    if mention and draft.words(mention).lower() in {"the", "a", "an"}:
        mention = None
    if mention is not None and sentence_of(draft, mention[0]) == sentence_of(draft, cue[0]):
        return mention
    verb = draft.head(cue)
    active = verb.pos_ == "VERB" and verb.tag_ != "VBN"
    if mention is None and not active:
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb.pos_ == "VERB" else None
    if subject is None or subject.pos_ not in {"NOUN", "PROPN", "PRON"} or subject.lower_ in {"it", "that", "this"}:
        return mention
    own = noun_phrase(draft, subject)
    if mention is not None and inside(own, mention) and "." not in draft.text[mention[0] : own[0]]:
        return mention  # "Elsund Agency", of which the parser hangs the first word on the headline
    return mention if any(overlaps(own, span) for span in contents) else own


def who_does(draft: Draft, mention: Offsets | None, cue: Offsets) -> Offsets | None:
    """ "Moor confronted officers, accusing them": the sentence's subject speaks in its participle (decision 1)."""
    verb = draft.head(cue)
    if mention is None or verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return mention
    subject, told = subject_of(verb.head), draft.head(mention)
    addressed = told.dep_ == "pobj" and told.head.lower_ == "to"  # "wrote to Lindt asking him to go"
    if subject is None or subject.pos_ not in {"NOUN", "PROPN", "PRON"} or not (addressed or told.dep_ in _NO_SUBJECTS):
        return mention
    between = subject.i < told.i < verb.i and verb.head.is_ancestor(told)
    apart = addressed or "," in draft.text[mention[1] : verb.idx + 1]
    return noun_phrase(draft, subject) if between and apart else mention


_NO_SUBJECTS = frozenset({"dobj", "appos", "poss", "conj"})


def noun_of(draft: Draft, mention: Offsets | None) -> Offsets | None:
    """ "An eyewitness described for the agency": of a clause that was taken for a source, the subject."""
    root = draft.head(mention) if mention else None
    subject = subject_of(root) if root is not None and root.pos_ == "VERB" else None
    finite = root is not None and root.tag_ in {"VBD", "VBZ", "VBP"}
    if mention is None or subject is None or not finite or not mention[0] <= subject.idx < mention[1]:
        return mention
    return noun_phrase(draft, subject)


def who_speaks(draft: Draft, mention: Offsets | None, cue: Offsets) -> Offsets | None:
    """ "It was reported that ...", "Travellers were advised to ...": the subject of such a passive does not speak."""
    verb = next(
        (t for t in draft.tokens(cue) if t.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in t.children)), None
    )
    if mention is None or verb is None:
        return mention
    between = draft.text[verb.idx : mention[0]]
    if re.search(r"[,;] (?:but|and|while)\b", between) and not re.search(r"\bby\b", between):
        return None  # "No claims were reported, but the manager blamed rebels"
    if draft.words(mention).lower() == "it" and draft.text[cue[1] : cue[1] + 8].lower().split()[:1] != ["as"]:
        return None
    told = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    listens = verb.lemma_.lower() in lexicon.words("listener_cues")
    return None if listens and told is not None and mention[0] <= told.idx < mention[1] else mention


_QUOTE_FROM = re.compile(
    r"(?:(?:Direct quote|Quote|Quotation|Comment)s? (?:from|by|of)|(?:(?:And|Also|Then|This) )?[Ff]rom) "
    r"(?P<who>[^:\n]{2,80}?)(?P<colon>:)"
)


def quote_from(draft: Draft, cue: Offsets | None, mention: Offsets | None) -> tuple[Offsets | None, Offsets | None]:
    """ "Quote from Oleg Savin: “It rained.”", as Ukrainian newsrooms head what somebody said."""
    place = cue or mention
    line = draft.line_at(place[0]) if place else (0, 0)
    label = _QUOTE_FROM.match(draft.text, *line)
    if label is None or place is None or place[0] > label.end():
        return cue, mention
    return label.span("colon"), label.span("who")


_REST_OF_NAME = re.compile(r"(?:[ \u00a0](?!\w+day\b)[A-Z][a-z][\w’'-]*){1,2}(?=[ \u00a0]\Z)")


def whole_word(text: str, mention: Offsets | None, cue: Offsets | None) -> Offsets | None:
    """ "RBC-Norvia", "Trees First said": a source begins with its hyphenated word, and its name goes on to the cue."""
    if mention is None:
        return mention
    begin = re.search(r"[\w-]*\w-\Z", text[max(0, mention[0] - 30) : mention[0]])
    last = text[mention[0] : mention[1]].split()[-1:]
    named = cue is not None and last and last[0][0].isupper()
    rest = _REST_OF_NAME.match(text, mention[1], cue[0]) if cue is not None and named else None
    return mention[0] - len(begin.group() if begin else ""), mention[1] + len(rest.group() if rest else "")


def without_quotation(text: str, mention: Offsets | None) -> tuple[Offsets | None, list[Offsets]]:
    """Cut off a quotation that the model took into the source: "said Tom Baker, a farmer, “but nobody was hurt.”" """
    if mention is None or (match := re.compile(r",\s+(?=[“„«\"])").search(text, *mention)) is None:
        return mention, []
    return (mention[0], match.start()), [(match.end(), mention[1])]
