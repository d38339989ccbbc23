"""Contents and the article's own voice, split into single claims; what is left over, with its reason.

An attribution's content makes one row. Text in the article's own voice makes one claim a sentence, split where a
coordinated clause has its own subject or its own attribution (codebook, span convention 4).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span, Token

from annotator.attributions import nested
from annotator.attributions.deeds import reports_deed
from annotator.conventions import ALL_MARKS, content_span, trim
from annotator.draft import (
    PROSE,
    Draft,
    DraftAttribution,
    DraftClaim,
    Offsets,
    offsets_of,
    overlaps,
)
from annotator.labels import AttributionMode, NonClaimReason, SectionKind
from annotator.language import lexicon
from annotator.language.cues import SUBJECTS
from annotator.language.syntax import prose_sentences
from annotator.reading.layout import boilerplate_reason

MIN_WORDS = 3  # a shorter remainder of a sentence is no claim
REPORTED_CONFIDENCE = 0.7
_CONTRASTING = frozenset({"while", "although", "though", "whereas", "whilst"})
_OUTSIDE = ",;:.–—-()"
_QUESTION = re.compile(r"\?[”\"’']?\s*$")
_ADVERB_CUES = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})


def split(draft: Draft) -> None:
    """Fill `draft.claims` and `draft.non_claims`; drops the attributions that turn out to be none."""
    silent = [] if draft.given else list(_no_comment(draft))
    draft.attributions = [
        item
        for item in draft.attributions
        if not (item.cue and item.settled is None and any(overlaps(item.cue, span) for span in silent))
    ]
    deeds = [item for item in draft.attributions if not (item.framed or draft.given) and reports_deed(draft, item)]
    draft.attributions = [item for item in draft.attributions if item not in deeds]
    deeds += draft.demoted
    if not draft.given:
        _keep_apart(draft)
    used = bytearray(len(draft.text))
    for item in draft.attributions:
        for n, row in enumerate(_rows(draft, item)):
            continues = n > 0 and item.settled is None
            draft.claims.append(DraftClaim(row, item, _section(draft, row[0][0]), continues))
        for part in _parts(item):
            used[part[0] : part[1]] = b"\1" * (part[1] - part[0])
    for span in silent:
        draft.non_claims.append((span, NonClaimReason.NO_COMMENT))
        used[span[0] : span[1]] = b"\1" * (span[1] - span[0])
    for section in draft.sections:
        if section.kind not in PROSE:
            reason = boilerplate_reason(draft.text, section)
            draft.non_claims.append(((section.start, section.end), reason))
    for sentence in prose_sentences(draft):
        _own_voice(draft, sentence, used)
    draft.claims.sort(key=lambda claim: claim.start)
    deeds = sorted((item for item in deeds if item.cue), key=_cue_start)
    for claim in draft.claims:
        first = bisect_left(deeds, claim.start, key=_cue_start)
        last = bisect_left(deeds, claim.spans[-1][1], key=_cue_start)
        claim.nested = nested.inside(draft, claim, deeds[first:last])
    own = [span for claim in draft.claims if claim.attribution is None for span in claim.spans]
    draft.deeds = [item for item in deeds if item not in draft.demoted and _inside_one(item, own)]
    _left_over(draft, used)
    draft.non_claims.sort()


def _rows(draft: Draft, item: DraftAttribution) -> Iterator[list[Offsets]]:
    """The claims of an attribution; each sentence of a postponed one, or that goes on without a cue, is its own."""
    row: list[Offsets] = []
    for span in item.contents if item.settled else sorted(item.contents):
        if row and (item.settled or _is_sentence_later(draft, item, row[-1], span)):
            yield row
            row = []
        row.append(span)
    if row:
        yield row


def _is_sentence_later(draft: Draft, item: DraftAttribution, before: Offsets, after: Offsets) -> bool:
    """'"It rained," she said. "It never stops."': the cue ends its sentence, and the quotation goes on in the next."""
    between = draft.text[before[1] : after[0]].rstrip()
    cue_between = item.cue is not None and before[1] <= item.cue[0] < after[0]
    return cue_between and between.endswith((".", "!", "?")) and draft.text[after[0]] in ALL_MARKS


def _inside_one(item: DraftAttribution, spans: list[Offsets]) -> bool:
    return any(item.cue and overlaps(item.cue, span) for span in spans)


def _cue_start(item: DraftAttribution) -> int:
    return item.cue[0] if item.cue else item.start


def _section(draft: Draft, place: int) -> SectionKind:
    section = draft.section_at(place)
    return section.kind if section else SectionKind.BODY


def _parts(item: DraftAttribution) -> Iterator[Offsets]:
    yield from item.contents
    yield from (part for part in (item.cue, item.mention, item.settled) if part)
    for link in item.reporters:
        yield from (part for part in (link.mention, link.cue) if part)


def _keep_apart(draft: Draft) -> None:
    """Two rows never share text: the earlier attribution keeps it, the outer one where one holds the other."""
    taken = bytearray(len(draft.text))
    kept: list[DraftAttribution] = []
    for item in sorted(draft.attributions, key=lambda a: (a.contents[0][0], -a.contents[-1][1])):
        item.contents = [span for span in item.contents if not any(taken[slice(*span)])]
        # "At the same time, according to officials, prices fell": the first piece is no content.
        if rest := [span for span in item.contents if not _is_connective(draft.text, span)]:
            item.contents = rest
        if item.contents and not (item.cue and all(taken[slice(*item.cue)])):
            for start, end in item.contents:
                taken[start:end] = b"\1" * (end - start)
            kept.append(item)
    draft.attributions = sorted(kept, key=lambda a: a.start)


def _no_comment(draft: Draft) -> Iterator[Offsets]:
    """Clauses in which somebody declines to speak."""
    for sentence in prose_sentences(draft):
        words = sentence.text.lower().replace("’", "'")
        for phrase in lexicon.phrases("no_comment"):
            place = words.find(phrase)
            if place >= 0:
                token = draft.head((sentence.start_char + place, sentence.start_char + place + len(phrase)))
                heads = _clause_heads(sentence)
                known: dict[int, int] = {}
                own = _clause_of(token, heads, known)
                clause = [t for t in sentence if not t.is_space and _clause_of(t, heads, known) == own]
                yield trim(draft.text, clause[0].idx, clause[-1].idx + len(clause[-1]), _OUTSIDE)
                break


# --- the article's own voice --------------------------------------------------------------------------------------


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _clause_heads(sentence: Span) -> set[int]:
    """Tokens that head a clause which may be a claim by itself: the root and coordinated clauses with a subject."""
    heads = {sentence.root.i}
    for token in sentence:
        if token.pos_ not in {"VERB", "AUX"} or not _has_subject(token):
            continue
        parent = token.head
        semicolon = any(t.text == ";" for t in sentence.doc[min(token.i, parent.i) : max(token.i, parent.i)])
        while parent.dep_ in {"xcomp", "conj"} and parent.i not in heads:
            parent = parent.head
        coordinated = token.dep_ == "conj" and parent.i in heads
        parallel = token.dep_ in {"ccomp", "parataxis", "advcl", "conj"} and semicolon
        contrasting = token.dep_ == "advcl" and any(
            t.dep_ == "mark" and t.lower_ in _CONTRASTING for t in token.children
        )
        if coordinated or parallel or contrasting:
            heads.add(token.i)
    heads |= {token.i for token in sentence if token.dep_ == "conj" and _adverb_cue(token) is not None}
    return heads | _heads_at_semicolons(sentence)


def _heads_at_semicolons(sentence: Span) -> set[int]:
    """The verbs with a subject that the parts between semicolons hang on."""
    cuts = [token.i for token in sentence if token.text == ";"]
    if not cuts:
        return set()
    parts = [sentence.doc[a:b] for a, b in pairwise([sentence.start, *cuts, sentence.end])]
    roots = [
        next((t for t in part if t.head.i == t.i or not part.start <= t.head.i < part.end), None) for part in parts
    ]
    verbs = [t for t in roots if t is not None and t.pos_ in {"VERB", "AUX"} and _has_subject(t)]
    return {verb.i for verb in verbs} if len(verbs) == len(parts) else set()


def _adverb_cue(verb: Token) -> Token | None:
    """ "reportedly" at a verb, or at the adjective that completes it ("were reportedly concerned")."""
    near = [verb, *(child for child in verb.children if child.dep_ == "acomp")]
    return next((t for v in near for t in v.children if t.lower_ in _ADVERB_CUES and t.dep_ == "advmod"), None)


def _clause_of(token: Token, heads: set[int], known: dict[int, int] | None = None) -> int:
    """The head of a token's clause; `known` keeps what was found on the way, for the sentence's other tokens."""
    known = {} if known is None else known
    path = []
    while token.i not in heads and token.i not in known and token.head.i != token.i:
        path.append(token.i)
        token = token.head
    found = known.get(token.i, token.i)
    known.update(dict.fromkeys(path, found))
    return found


def _own_voice(draft: Draft, sentence: Span, used: bytearray) -> None:
    bounds = (sentence.start_char, sentence.end_char)
    attributed = any(used[bounds[0] : bounds[1]])
    if _QUESTION.search(sentence.text) and not attributed:
        span = trim(draft.text, *bounds)
        draft.non_claims.append((span, NonClaimReason.QUESTION))
        used[span[0] : span[1]] = b"\1" * (span[1] - span[0])
        return
    if not attributed and _is_picture_label(draft, sentence):
        return
    heads = _clause_heads(sentence)
    clauses: dict[int, list[Token]] = {}
    known: dict[int, int] = {}
    for token in sentence:
        if not token.is_space:
            clauses.setdefault(_clause_of(token, heads, known), []).append(token)
    if not attributed and len(clauses) > 1:
        clauses = _merged(clauses, sentence)
    for head, tokens in clauses.items():
        free = [token for token in tokens if not used[token.idx]]
        if not _is_claim(sentence.doc[head], free, used, attributed=attributed):
            continue
        cue = _adverb_cue(sentence.doc[head])
        cue = cue if cue in free else None
        spans = _spans(draft, [token for token in free if cue is None or token.i != cue.i], used)
        if spans:
            made = _reported(draft, cue, spans) if cue is not None else None
            draft.claims.append(DraftClaim(spans, made, _section(draft, spans[0][0])))
            for span in [*spans, *([offsets_of(cue)] if cue is not None else [])]:
                used[span[0] : span[1]] = b"\1" * (span[1] - span[0])


def _is_picture_label(draft: Draft, sentence: Span) -> bool:
    """A caption without a verb says what a picture shows, or whose it is: "The spillway in January." """
    section = draft.section_at(next((t.idx for t in sentence if not t.is_space), sentence.start_char))
    is_caption = section is not None and section.kind is SectionKind.CAPTION
    return is_caption and not any(t.pos_ in {"VERB", "AUX"} and _has_subject(t) for t in sentence)


def _merged(clauses: dict[int, list[Token]], sentence: Span) -> dict[int, list[Token]]:
    """A contrasting clause stays with its sentence where the article itself says both."""
    doc = sentence.doc
    merged: dict[int, list[Token]] = {}
    for head, tokens in clauses.items():
        keeper = head
        while doc[keeper].dep_ == "advcl" and not _after_semicolon(tokens):
            keeper = _clause_of(doc[keeper].head, set(clauses))
        merged.setdefault(keeper, []).extend(tokens)
    return {head: sorted(tokens, key=lambda t: t.i) for head, tokens in merged.items()}


def _after_semicolon(tokens: list[Token]) -> bool:
    first = tokens[0]
    return first.i > 0 and first.nbor(-1).text == ";"


def _reported(draft: Draft, cue: Token, spans: list[Offsets]) -> DraftAttribution:
    """ "He reportedly left": attributed to nobody in particular."""
    made = DraftAttribution(offsets_of(cue), None, spans, REPORTED_CONFIDENCE, AttributionMode.EXPLICIT)
    draft.attributions.append(made)
    return made


def _is_claim(head: Token, free: list[Token], used: bytearray, *, attributed: bool) -> bool:
    words = [token for token in free if token.is_alpha or token.like_num]
    if len(words) < MIN_WORDS:
        return False
    if not attributed:
        return True
    if used[head.idx]:
        return False
    subject = next((child for child in head.children if child.dep_ in SUBJECTS), None)
    return subject is not None and not used[subject.idx]


def _spans(draft: Draft, tokens: list[Token], used: bytearray) -> list[Offsets]:
    """Runs of free text that the tokens make, without connectives and outer punctuation."""
    runs: list[Offsets] = []
    for token in tokens:
        start, end = offsets_of(token)
        if (
            runs
            and not any(used[runs[-1][1] : start])
            and "\n" not in draft.text[runs[-1][1] : start]
            and (not re.search(r"\w", draft.text[runs[-1][1] : start]))
        ):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    trimmed = [_trimmed(draft.text, run, first=n == 0) for n, run in enumerate(runs)]
    kept = [span for span in trimmed if re.search(r"\w", draft.text[slice(*span)])]
    if len(kept) > 1:
        kept = [span for span in kept if not _is_connective(draft.text, span)]
    return kept


# What led over to a clause that is somebody else's claim: "Shares fell after".
_DANGLING = re.compile(r",?\s+(?:after|before|as|when|while|because|since|although|though|if|and|but|that)\Z")


def _trimmed(text: str, run: Offsets, *, first: bool) -> Offsets:
    start, end = content_span(text, *run, first=False)
    while first and (match := _connective().match(text, start, end)):
        start = trim(text, match.end(), end, ", ")[0]
    if dangling := _DANGLING.search(text, start, end):
        end = dangling.start()
    opening, closing = text[start : start + 1], text[end - 1 : end]
    if opening == "(" and ")" not in text[start:end]:
        start += 1
    if closing == "(":
        end -= 1
    return content_span(text, start, end, first=False)


def _is_connective(text: str, span: Offsets) -> bool:
    return text[slice(*span)].lower() in lexicon.words("connectives")


def _connective() -> re.Pattern[str]:
    return _compiled(lexicon.phrases("connectives"))


def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    # Words such as "as" or "before" may begin a claim's own adverbial; only a bare conjunction is dropped.
    plain = [
        p for p in phrases if p not in {"as", "after", "before", "with", "since", "because", "then", "still", "that"}
    ]
    joined = "|".join(re.escape(p) for p in sorted(plain, key=len, reverse=True))
    return re.compile(rf"(?:{joined})\b(?:,\s*|\s+)(?=\S)", re.IGNORECASE)


# --- what is left over ---------------------------------------------------------------------------------------------


def _left_over(draft: Draft, used: bytearray) -> None:
    """Every word that no claim and no attribution took becomes a non-claim with its reason."""
    for sentence in prose_sentences(draft):
        run: list[Token] = []
        for token in [*sentence, None]:
            if token is not None and not token.is_space and not used[token.idx]:
                run.append(token)
                continue
            if run and (token is None or not token.is_space):
                _leave(draft, sentence, run, used)
                run = []


def _leave(draft: Draft, sentence: Span, run: list[Token], used: bytearray) -> None:
    span = trim(draft.text, run[0].idx, run[-1].idx + len(run[-1]), ",;:.–—-()”“\"’‘'!?")
    words = draft.text[slice(*span)]
    if not re.search(r"\w", words):
        return
    lowered = words.lower()
    attributed = any(used[sentence.start_char : sentence.end_char])
    if any(phrase in lowered for phrase in lexicon.table("anonymity")):
        reason = NonClaimReason.ANONYMITY_TERMS
    elif lowered in lexicon.words("connectives"):
        reason = NonClaimReason.CONNECTIVE
    elif re.match(r"(?:who|which|whose|whom)\b", lowered):
        reason = NonClaimReason.SOURCE_DESCRIPTION
    else:
        reason = NonClaimReason.CIRCUMSTANCE if attributed else NonClaimReason.FRAGMENT
    draft.non_claims.append((span, reason))
