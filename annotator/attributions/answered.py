"""Short answers: "The mayor denied it", "the clerk corroborated that account", "she laughed off the rumour".

What is answered stands elsewhere, and here only a word for it. That word is the content: who denies or confirms a thing
claims something of it.
"""

from spacy.tokens import Token

from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, inside, is_prose, offsets_of, overlaps
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, object_of, subject_of

_PRONOUNS = frozenset({"it", "this", "that", "these", "those", "them"})
_WITH_PARTICLE = {"laugh": "off", "brush": "off", "wave": "away", "shrug": "off"}
MAX_WORDS = 5  # "the former chairman's account"; a longer phrase says what was claimed


def answered(draft: Draft) -> None:
    """Give each short answer that nobody has yet to its subject."""
    known = lexicon.words("answering_cues") | _WITH_PARTICLE.keys()
    for sentence in draft.prose_sentences:
        for verb in sentence:
            made = _answer(draft, verb) if verb.pos_ == "VERB" and verb.lemma_.lower() in known else None
            if made is not None:
                draft.attributions.append(made)


def _answer(draft: Draft, verb: Token) -> DraftAttribution | None:
    subject, thing = subject_of(verb), _thing(verb)
    if subject is None or subject.dep_ != "nsubj" or thing is None or thing.i < verb.i or not _answers(verb):
        return None
    content, mention = noun_phrase(draft, thing), noun_phrase(draft, subject)
    if subject.lower_ in {"it", "this", "that", "which"} or not _stands_for_claim(draft, thing):
        return None
    particle = _particle(verb)
    cue = (verb.idx, offsets_of(verb if particle is None or particle.i > thing.i else particle)[1])
    known = [item for item in draft.attributions if item.cue and overlaps(item.cue, cue)]
    for item in known:
        item.framed |= item.contents == [content]  # it is no deed, though its content is a mere noun
    own = any(overlaps(content, span) or inside(cue, span) for item in draft.attributions for span in item.contents)
    if known or own or overlaps(content, mention) or not is_prose(draft, verb.idx):
        return None
    return DraftAttribution(cue, mention, [content], FRAME_CONFIDENCE, framed=True)


def _particle(verb: Token) -> Token | None:
    """ "off" of "laughed off", which the parser may take for a preposition."""
    return next((t for t in verb.children if t.dep_ in {"prt", "prep"} and t.i == verb.i + 1), None)


def _thing(verb: Token) -> Token | None:
    """The object of a verb, or of the particle that belongs to it."""
    particle = _particle(verb)
    held = object_of(verb)
    return held if held is not None or particle is None else object_of(particle)


def _answers(verb: Token) -> bool:
    """Whether a verb denies or confirms, and is itself neither denied nor only wished for."""
    name = verb.lemma_.lower()
    particle = _particle(verb)
    known = name in lexicon.words("answering_cues") and object_of(verb) is not None
    known |= particle is not None and _WITH_PARTICLE.get(name) == particle.lower_
    plain = not any(child.dep_ == "neg" or child.tag_ in {"TO", "MD"} for child in verb.children)
    return known and plain and verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"}


def _stands_for_claim(draft: Draft, thing: Token) -> bool:
    if thing.lower_ in _PRONOUNS and thing.pos_ in {"PRON", "DET"}:
        return not any(child.i > thing.i for child in thing.children)
    words = draft.words(noun_phrase(draft, thing)).split()
    points = any(
        child.dep_ in {"det", "poss"} and child.lower_ not in {"a", "an", "any", "no"} for child in thing.children
    )
    return thing.lemma_.lower() in lexicon.words("claim_nouns") and points and len(words) <= MAX_WORDS
