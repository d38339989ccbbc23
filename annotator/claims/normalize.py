"""A claim made readable on its own: "he [Volodymyr Zelensky] had received the US offer".

Only what is as good as certain is put in brackets: a speaker who speaks of himself. Every other pronoun stays as it
is; a wrong name in somebody's mouth is worse than none.
"""

from spacy.tokens import Token

from annotator.draft import Draft, DraftClaim, DraftSource, Offsets
from annotator.labels import QuoteType, SourceType
from annotator.language import cues, lexicon

_THIRD = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}


def normalized(draft: Draft, claim: DraftClaim, quote_type: QuoteType) -> str | None:
    """The text of a claim with the speaker's name in brackets behind the first pronoun for him; None without one."""
    item = claim.attribution
    if item is None or item.source is None or item.cue is None or not _speaks_of_himself(item.source):
        return None
    pronoun = _own_pronoun(draft, claim, item.source, quote_type)
    if pronoun is None or _has_listener(draft, item.cue):
        return None
    name = item.source.name
    end = pronoun.idx + len(pronoun)
    return " ".join(_with_name(draft.text, span, end, name) for span in claim.spans)


def _with_name(text: str, span: Offsets, place: int, name: str) -> str:
    start, end = span
    return f"{text[start:place]} [{name}]{text[place:end]}" if start < place <= end else text[start:end]


def _speaks_of_himself(source: DraftSource) -> bool:
    """Not a lawyer, a spokesman or a mother, who speak of somebody else: "his lawyer said he was innocent"."""
    roles = {source.head, *(source.role or "").lower().split()}
    return source.type is SourceType.PERSON and not roles & lexicon.words("spokespeople") and not roles & _FOR_OTHERS


_FOR_OTHERS = frozenset(
    {"lawyer", "attorney", "solicitor", "barrister", "agent", "aide", "adviser", "friend", "colleague", "witness"}
    | {"mother", "father", "wife", "husband", "sister", "brother", "son", "daughter", "neighbour", "neighbor", "doctor"}
)


def _own_pronoun(draft: Draft, claim: DraftClaim, source: DraftSource, quote_type: QuoteType) -> Token | None:
    """The first pronoun, where no other person stands before it: "I" in a quotation, "he" or "she" outside of one."""
    for span in claim.spans:
        for token in draft.tokens(span):
            if token.ent_type_ == "PERSON":
                return None
            if token.text == "I" and quote_type is not QuoteType.INDIRECT:
                return token
            if token.lower_ in _THIRD and quote_type is QuoteType.INDIRECT:
                return token if source.pronoun in {"", _THIRD[token.lower_]} else None
    return None


def _has_listener(draft: Draft, cue: Offsets) -> bool:
    """ "told Smith that he was ill": the pronoun may be the listener's."""
    verb = draft.head(cue)
    listeners = (t for t in verb.children if t.dep_ in {"dobj", "dative", "obj"} and t.i > verb.i)
    return cues.lemma(draft, cue) in lexicon.words("listener_cues") and any(t.pos_ != "SCONJ" for t in listeners)
