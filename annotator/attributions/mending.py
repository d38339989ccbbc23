"""The extractor's findings, mended: cue, source and content brought to the edges that the codebook gives them.

A learned span ends a word too early, takes in the listener, or holds two attributions in one. Each is set right by the
sentence around it; a finding that is nobody's claim ("as noted", "Asked whether he would go") is left out.
"""

import re

from annotator.attributions.according import split_according, with_according
from annotator.attributions.contents import (
    before_as,
    belongs,
    edged,
    in_its_sentence,
    is_scrap,
    joined_pieces,
    up_to_cue,
    whole_phrase,
    without_check,
    without_day,
    without_listener,
)
from annotator.attributions.speakers import (
    noun_of,
    own_subject,
    quote_from,
    who_does,
    who_speaks,
    whole_word,
    with_of_them,
    without_quotation,
)
from annotator.draft import Draft, DraftAttribution, Offsets, inside, offsets_of
from annotator.extraction.extracted import Extracted
from annotator.language import cues, lexicon
from annotator.language.syntax import subject_of

_POINTER_WORDS = frozenset({"this", "that", "it", "so", "these", "the news", "the information"})


def mended(draft: Draft, found: Extracted) -> DraftAttribution | None:
    """A finding with its parts brought to their edges, or None where it is no attribution."""
    cue, source = quote_from(draft, _whole_cue(draft.text, found.cue), found.source)
    mention, quoted = without_quotation(draft.text, whole_word(draft.text, source, cue))
    mention = with_of_them(draft.text, mention)
    contents = _pieces(draft, found, cue, quoted)
    doubtful = found.doubtful and not (cue is not None and contents and _is_plain(draft, cue, source, contents[0]))
    if cue is None or not contents or doubtful or _is_nobodys(draft, found, cue, contents):
        return None
    contents = without_listener(draft, contents, cue)
    contents = [in_its_sentence(draft, span, cue) for span in contents]
    contents = [span for span in contents if not is_scrap(draft, span, contents)]
    mention = own_subject(draft, cue, who_speaks(draft, who_does(draft, noun_of(draft, mention), cue), cue), contents)
    # Who speaks is no piece of what they say, where there is another.
    contents = [span for span in contents if mention is None or not inside(span, mention)] or contents
    if len(contents) == 1:
        said = before_as(draft, contents[0], cue, mention)
        contents = [whole_phrase(draft, up_to_cue(draft, said, cue, mention), cue, mention)]
    contents = [without_day(draft, span, cue) for span in with_according(draft, cue, contents)]
    made = DraftAttribution(cue, mention, contents, found.confidence, source_confidence=found.source_confidence)
    split_according(draft, made)
    return made


_PLAIN = frozenset({"feel", "dare", "appeal", "reckon", "hope", "fear", "worry", "insist"})


def _is_plain(draft: Draft, cue: Offsets, source: Offsets | None, content: Offsets) -> bool:
    """Whether the syntax tells what the model doubts: "felt the card was harsh", "dared the governor to go"."""
    verb = draft.head(cue)
    subject = subject_of(verb)
    told = subject is not None and source is not None and inside(offsets_of(subject), source) and verb.tag_ != "VBG"
    if not told or verb.lemma_.lower() not in _PLAIN or content[0] < cue[1]:
        return False
    clause = any(child.dep_ == "ccomp" and content[0] <= child.idx < content[1] for child in verb.rights)
    asked = verb.lemma_.lower() in {"dare", "appeal"} and any(token.tag_ == "TO" for token in draft.tokens(content))
    return clause or asked


def _whole_cue(text: str, cue: Offsets | None) -> Offsets | None:
    """ "according" is half of its cue."""
    half = cue and text[slice(*cue)].lower() == "according" and text[cue[1] : cue[1] + 3].lower() == " to"
    return (cue[0], cue[1] + 3) if cue and half else cue


def _pieces(draft: Draft, found: Extracted, cue: Offsets | None, quoted: list[Offsets]) -> list[Offsets]:
    """The contents of a finding that belong to its cue, joined and edged; single words only where there is no other."""
    text = draft.text
    pieces = joined_pieces(text, found, [span for span in found.contents if belongs(draft, span, cue)] + quoted)
    pieces = [edged(text, without_check(text, span)) for span in pieces]
    pieces = [span for span in pieces if span[0] < span[1]]
    if len(pieces) > 1:
        pieces = [span for span in pieces if " " in text[slice(*span)] or cues.is_quoted(text[slice(*span)])]
    return pieces


def _is_nobodys(draft: Draft, found: Extracted, cue: Offsets, contents: list[Offsets]) -> bool:
    """Whether nobody claims anything here, whatever the extractor took it for."""
    if found.source is None and _AS_NOTED.search(draft.text[max(0, cue[0] - 3) : cue[1]]):
        return True
    if draft.words(cue).lower() == "referring to":
        return True  # "“He was fantastic,” she said, referring to the former president": the article explains
    if _is_put_question(draft, cue, contents) or _is_dateline(draft, cue, contents) or _is_terms(draft, cue):
        return True
    words = " ".join(draft.words(span) for span in contents).lower()
    is_word = len(words.split()) < 2 and not cues.is_quoted(words) and not _is_noun(draft, contents[0], cue)
    return words in _POINTER_WORDS or is_word


_AS_NOTED = re.compile(r"\bas \w+$", re.IGNORECASE)  # refers to the article's own words


def _is_noun(draft: Draft, content: Offsets, cue: Offsets) -> bool:
    of = draft.words(cue).endswith((" of", " against", " for"))  # "has warned of snow"
    return draft.head(content).pos_ in {"NOUN", "PROPN"} and (of or cues.takes_noun(draft, cue))


_QUESTION_WORDS = frozenset({"whether", "if", "about", "what", "why", "how", "who", "when", "where"})


def _is_dateline(draft: Draft, cue: Offsets, contents: list[Offsets]) -> bool:
    """ "Washington, DC, United States: Getting there is easy": nothing but places before a paragraph's colon."""
    line = draft.line_at(cue[0])
    if draft.words(cue) != ":" or cues.is_quoted(draft.words(contents[0])) or line[0] >= cue[0]:
        return False
    return all(token.ent_type_ == "GPE" or token.is_punct for token in draft.tokens((line[0], cue[0])))


def _is_put_question(draft: Draft, cue: Offsets, contents: list[Offsets]) -> bool:
    """ "Asked whether he would go, the coach said ...": what somebody was asked is nobody's claim."""
    verb = draft.head(cue)
    first = draft.words(contents[0]).lower().split()[:1]
    was_asked = first[0] in _QUESTION_WORDS or (first[0] == "to" and verb.tag_ == "VBN")
    return verb.lemma_.lower() in {"ask", "question"} and subject_of(verb) is None and was_asked


def _is_terms(draft: Draft, cue: Offsets) -> bool:
    """ "who asked not to be named": the cue belongs to the terms of anonymity."""
    around = draft.text[cue[0] : cue[1] + 40].lower().replace("’", "'")
    return around.startswith(tuple(lexicon.table("anonymity")))
