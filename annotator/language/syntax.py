"""Sentences and phrases around a place or a word, as spaCy's parse has them: sentence, noun phrase, subject, object."""

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.tokens import Doc, Span, Token

from annotator.conventions import trim
from annotator.draft import Draft, Offsets

OPEN_FOR = 1_500  # characters back in which a quotation that is open may have begun


def sentence_of(draft: Draft, place: int) -> Offsets:
    """Offsets of the sentence around a place, without blanks at its ends."""
    sentence = draft.sentence_at(place)
    return trim(draft.text, sentence.start_char, sentence.end_char)


def noun_phrase(draft: Draft, head: Token) -> Offsets:
    """A noun phrase with determiner, numeral and appositive, without its relative clause."""
    first, last = head.left_edge, head.i
    while first.i > 1 and first.nbor(-1).text == "-" and not (first.nbor(-1).whitespace_ or first.nbor(-2).whitespace_):
        first = first.nbor(-2)  # "counter-protesters", whose parts the parser hangs on another word
    for child in head.rights:
        if child.dep_ in {"relcl", "acl", "advcl", "cc", "punct"} or child.pos_ in {"VERB", "AUX"}:
            if child.dep_ == "punct" or child.dep_ == "cc":
                continue
            break
        last = max(last, _right_without_clause(child))
    span = draft.doc[first.i : last + 1]
    return trim(draft.text, span.start_char, span.end_char, ",;:")


def _right_without_clause(token: Token) -> int:
    last = token.i
    for child in token.rights:
        if child.dep_ in {"relcl", "acl", "advcl"}:
            break
        if child.dep_ != "punct":
            last = max(last, _right_without_clause(child))
    return last


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, of a passive one too."""
    return next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)


def object_of(verb: Token) -> Token | None:
    """The object of a verb or a preposition."""
    return next((child for child in verb.children if child.dep_ in {"dobj", "obj", "pobj", "dative"}), None)


def prose_tokens_of(draft: Draft, words: Iterable[str], by: str = "LOWER") -> Iterator[tuple[Span, Token]]:
    """The tokens of running text that are one of some words, each with its sentence."""
    for token in tokens_of(draft.doc, words, by):
        sentence = draft.sentence_at(token.idx)
        if draft.is_prose_sentence(sentence):
            yield sentence, token


def tokens_of(doc: Doc, words: Iterable[str], by: str = "LOWER") -> Iterator[Token]:
    """The tokens that are one of some words in lower case, or have it as their "LEMMA"; one by one takes long."""
    ids = [doc.vocab.strings[word] for word in words if word in doc.vocab.strings]
    for i in np.flatnonzero(np.isin(doc.to_array(by), np.array(ids, dtype=np.uint64))):
        yield doc[int(i)]


def inside_quotes(draft: Draft, place: int) -> bool:
    """Whether a quotation is open at a place, as far as its line tells."""
    line = draft.line_at(place)
    before = draft.text[max(line[0], place - OPEN_FOR) : place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
