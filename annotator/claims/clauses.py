"""The clauses of a sentence that may be claims by themselves."""

from bisect import bisect_left
from itertools import pairwise

from spacy.tokens import Span, Token

from annotator.language.cues import SUBJECTS

_CONTRASTING = frozenset({"while", "although", "though", "whereas", "whilst"})


_ADVERB_CUES = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})


# --- the article's own voice --------------------------------------------------------------------------------------


def has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def clause_heads(sentence: Span) -> set[int]:
    """Tokens that head a clause which may be a claim by itself: the root and coordinated clauses with a subject."""
    tokens = list(sentence)
    heads = {sentence.root.i}
    cuts = [token.i for token in tokens if token.text == ";"]
    for token in tokens:
        if token.pos_ not in {"VERB", "AUX"} or not has_subject(token):
            continue
        parent = token.head
        semicolon = bisect_left(cuts, token.i) != bisect_left(cuts, parent.i)  # between the two
        while parent.dep_ in {"xcomp", "conj"} and parent.i not in heads:
            parent = parent.head
        coordinated = token.dep_ == "conj" and parent.i in heads
        parallel = token.dep_ in {"ccomp", "parataxis", "advcl", "conj"} and semicolon
        contrasting = token.dep_ == "advcl" and any(
            t.dep_ == "mark" and t.lower_ in _CONTRASTING for t in token.children
        )
        if coordinated or parallel or contrasting:
            heads.add(token.i)
    heads |= {token.i for token in tokens if _is_reported(token)}
    return heads | _heads_at_semicolons(sentence, cuts)


def _is_reported(verb: Token) -> bool:
    """A verb with "reportedly", coordinated or in a clause with a subject: "... after he allegedly struck her"."""
    if verb.dep_ not in {"conj", "advcl", "relcl"} or adverb_cue(verb) is None:
        return False
    led = verb.dep_ == "advcl" or verb.left_edge.tag_ == "WRB"  # "where ...", which no noun is left without
    return verb.dep_ == "conj" or (led and has_subject(verb))


def _heads_at_semicolons(sentence: Span, cuts: list[int]) -> set[int]:
    """The verbs with a subject that the parts between semicolons hang on; `cuts` are the semicolons' places."""
    if not cuts:
        return set()
    parts = [sentence.doc[a:b] for a, b in pairwise([sentence.start, *cuts, sentence.end])]
    roots = [
        next((t for t in part if t.head.i == t.i or not part.start <= t.head.i < part.end), None) for part in parts
    ]
    verbs = [t for t in roots if t is not None and t.pos_ in {"VERB", "AUX"} and has_subject(t)]
    return {verb.i for verb in verbs} if len(verbs) == len(parts) else set()


def adverb_cue(verb: Token) -> Token | None:
    """ "reportedly" at a verb, or at the adjective that completes it ("were reportedly concerned")."""
    near = [verb, *(child for child in verb.children if child.dep_ == "acomp")]
    return next((t for v in near for t in v.children if t.lower_ in _ADVERB_CUES and t.dep_ == "advmod"), None)


def clause_of(token: Token, heads: set[int], known: dict[int, int] | None = None) -> int:
    """The head of a token's clause; `known` keeps what was found on the way, for the sentence's other tokens."""
    known = {} if known is None else known
    place, path = token.i, []
    while place not in heads and place not in known and (token := token.head).i != place:
        path.append(place)
        place = token.i
    found = known.get(place, place)
    for passed in path:
        known[passed] = found
    return found


def clauses_of(sentence: Span) -> dict[int, list[Token]]:
    """The words of each clause by the place of its head."""
    heads = clause_heads(sentence)
    clauses: dict[int, list[Token]] = {}
    known: dict[int, int] = {}
    for token in sentence:
        if not token.is_space:
            clauses.setdefault(clause_of(token, heads, known), []).append(token)
    return clauses


def merged_contrasts(clauses: dict[int, list[Token]], sentence: Span) -> dict[int, list[Token]]:
    """A contrasting clause stays with its sentence where the article itself says both."""
    doc = sentence.doc
    merged: dict[int, list[Token]] = {}
    heads, known = set(clauses), dict[int, int]()
    for head, tokens in clauses.items():
        keeper = head
        while doc[keeper].dep_ == "advcl" and not _after_semicolon(tokens) and adverb_cue(doc[keeper]) is None:
            keeper = clause_of(doc[keeper].head, heads, known)
        merged.setdefault(keeper, []).extend(tokens)
    return {head: sorted(tokens, key=lambda t: t.i) for head, tokens in merged.items()}


def _after_semicolon(tokens: list[Token]) -> bool:
    first = tokens[0]
    return first.i > 0 and first.nbor(-1).text == ";"
