"""Labels of a claim: quote type, kind, stance, terms, hedging and the flags of newsroom rules."""

import re
from collections.abc import Iterator

from annotator.attributions.unsaid import is_doubted
from annotator.draft import Draft, DraftAttribution, DraftClaim, Offsets, offsets_of
from annotator.labels import (
    AttributionMode,
    Flag,
    Kind,
    LinkBasis,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    SourceType,
    Stance,
)
from annotator.language import cues, lexicon

TERM_WORDS = 4  # quoted words in a longer paraphrase that read as a term or a title rather than as speech
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]*[”»\"“]?|(?<!\w)[‘'](?=\w)[^‘’']*(?:[’'](?=\w)[^‘’']*)*[’'](?!\w)")
_MARK = re.compile(r"[“„«\"‘']")  # without one of them nothing is quoted
_SMALL = re.compile(
    r"^[\s,.;:–—-]*(?:(?:that|a|an|the|it|is|was|and|as|to|of|by|its|his|her|their|they|he|she)[\s,.;:]*){0,1}$",
    re.IGNORECASE,
)
LONGEST_LEAD = 12  # characters of words that lead to a term, with the one before
_TERM_LEADS = re.compile(
    r"(?:\b(?:formula|called|named|titled|entitled|dubbed|so-called|known as|word|phrase|term)\s*)$"
)
# Three that are searched in small letters: where case is ignored, a search for so many words takes five times as long.
_FUTURE = re.compile(r"\b(?:will|would|won[’']t|is going to|are going to|is expected to|are expected to)\b")
_MUST = re.compile(r"\b(?:should|must|(?<!the )needs? to|ought to|has to|have to|call(?:s|ed)? on|let[’']s)\b")
_EVALUATION = re.compile(
    r"\b(?:good|bad|best|worst|better|worse|great|terrible|wrong|strange|unfair|fair|dangerous|important|"
    r"unacceptable|disgrace\w*|shame\w*|beautiful|sad|tragic|incredibl\w+|amazing|absurd|ridiculous|outrageous|"
    r"seem(?:s|ed)?|look(?:s|ed)? like|i think|i believe|i feel|we believe|proud|happy|heartbr\w+|disappoint\w+|"
    r"excit\w+|remarkable|extraordinary|unprecedented|successful|success|failure|mistake|irresponsible|reckless)\b"
)
MARKS = (_MUST, _FUTURE, _EVALUATION)  # words that tell of a demand, a future, an opinion
_PUBLISHED = frozenset({"write", "post", "tweet", "publish", "air", "blog", "broadcast", "list", "read", "show"})
_UNVERIFIED = re.compile(
    r"(?:could|can)(?: not|n[’']t) (?:be )?(?:independently |immediately )*(?:verif|confirm)", re.IGNORECASE
)


def quote_type_of(draft: Draft, claim: DraftClaim) -> QuoteType:
    """`direct` where all content is quoted, `mixed` where the paraphrase holds quoted words of the source."""
    if claim.attribution is None:
        return QuoteType.NONE
    if claim.attribution.verbatim:
        return QuoteType.DIRECT
    text = " ".join(draft.text[slice(*span)] for span in claim.spans)
    quoted = list(_QUOTED.finditer(text)) if _MARK.search(text) else []
    if not quoted:
        inside = all(cues_open_quote(draft.text, span) for span in claim.spans)
        return QuoteType.DIRECT if inside else QuoteType.INDIRECT
    if _SMALL.match(_QUOTED.sub(" ", text)) or _continues_paragraphs(
        [draft.text[slice(*span)] for span in claim.spans]
    ):
        return QuoteType.DIRECT
    if all(_is_term(text, match) for match in quoted):
        return QuoteType.INDIRECT
    return QuoteType.MIXED


def cues_open_quote(text: str, span: Offsets) -> bool:
    """Whether a content lies within quotation marks that stand outside it."""
    before, after = text[max(0, span[0] - 2) : span[0]].strip(), text[span[1] : span[1] + 3]
    return bool(before[-1:]) and before[-1:] in '“„«"‘' and any(mark in after for mark in '”»"’')


def _continues_paragraphs(spans: list[str]) -> bool:
    """A quotation over several paragraphs: each reopens, only the last closes."""
    parts = [part.strip() for span in spans for part in span.splitlines() if part.strip()]
    return len(parts) > 1 and all(part[0] in "“„«\"‘'" for part in parts) and parts[-1][-1] in "”»\"’'"


def _is_term(text: str, match: re.Match[str]) -> bool:
    """One quoted word, or a title or formula that the words before announce, is not the source's speech."""
    words = re.findall(r"\w+", match.group())
    lead = text[: match.start()].rstrip()[-LONGEST_LEAD:]
    if _TERM_LEADS.search(lead + " ") and len(words) <= TERM_WORDS:
        return True
    return bool(words) and len(words) > 1 and all(w[0].isupper() for w in words if len(w) > 3)


def stance_of(draft: Draft, claim: DraftClaim) -> Stance:
    item = claim.attribution
    if item is None:
        return Stance.NEUTRAL
    name = cues.lemma(draft, item.cue)
    text = " ".join(draft.text[slice(*span)] for span in claim.spans)
    quoted_words = re.search(r"[“\"‘][\w-]+[”\"’]\s*$", text)
    if name in {"call", "describe", "refer to", "label"} and quoted_words:
        return Stance.DISTANCING  # scare quotes: Russia called the meeting “successful”
    return cues.stance_of(name)


def kind_of(draft: Draft, claim: DraftClaim) -> Kind:
    text = " ".join(draft.text[slice(*span)] for span in claim.spans)
    if claim.attribution is None:
        return Kind.STATEMENT
    if is_doubted(draft, claim.attribution.cue):
        return Kind.DENIAL
    name = cues.lemma(draft, claim.attribution.cue)
    if (kind := cues.kind_of(name)) is not None:
        return kind
    return _kind_of_words(draft, claim, text)


def _kind_of_words(draft: Draft, claim: DraftClaim, text: str) -> Kind:
    lowered = text.lower()
    if _MUST.search(lowered):
        return Kind.DEMAND
    if match := _FUTURE.search(lowered):
        subject = text[: match.start()].split()[-3:]
        own = any(word.lower().strip('“"') in {"he", "she", "they", "we", "i", "it"} for word in subject)
        party = (
            claim.attribution is not None
            and claim.attribution.source is not None
            and any(word in text[: match.start()] for word in _stems(claim.attribution.source.name))
        )
        return Kind.COMMITMENT if own or party else Kind.PREDICTION
    if re.search(r"\b(?:is|are) (?:ready|prepared|willing|determined) to\b", text):
        return Kind.COMMITMENT
    return Kind.OPINION if _EVALUATION.search(lowered) else Kind.STATEMENT


def _stems(name: str) -> list[str]:
    return [word for word in name.removesuffix(" (anonymous)").split() if word[0].isupper()]


def polarity_of(kind: Kind) -> Polarity:
    return Polarity.NEGATIVE if kind is Kind.DENIAL else Polarity.POSITIVE


def is_hedged(draft: Draft, claim: DraftClaim) -> bool:
    hedges = lexicon.words("hedges")
    return any(
        token.lower_ in hedges
        and not (token.lower_ in {"may", "thought", "believed"} and token.pos_ in {"PROPN", "NOUN"})
        and not (
            token.lower_ == "could" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"not", "n't", "n’t"}
        )
        for span in claim.spans
        for token in draft.tokens(span)
    )


_HANDLE = re.compile(r"(?<!\w)@\w{2,}")


def on_record_of(draft: Draft, claim: DraftClaim) -> OnRecord:
    item = claim.attribution
    if item is None or item.source is None:
        return OnRecord.NOT_APPLICABLE
    source = item.source
    inherited = not claim.continues and any(link.basis is LinkBasis.INHERITED for link in claim.chain)
    if source.anonymous:
        if source.reason:
            return _terms(source.reason)
        return OnRecord.UNNAMED_NO_TERMS
    if inherited and source.type is SourceType.PERSON:
        return OnRecord.RELAYED
    if source.type in {SourceType.MEDIA, SourceType.DOCUMENT, SourceType.SOCIAL_POST}:
        return OnRecord.PUBLISHED
    carried = any(link.role is LinkRole.VEHICLE for link in item.reporters)
    if carried or cues.lemma(draft, item.cue) in _PUBLISHED or _is_post(draft, item):
        return OnRecord.PUBLISHED
    return OnRecord.ON_RECORD


def _is_post(draft: Draft, item: DraftAttribution) -> bool:
    """Whether what was said is a post, signed with its account's handle."""
    return item.settled is not None and _HANDLE.search(draft.words(item.settled)) is not None


def _terms(reason: str) -> OnRecord:
    lowered = reason.lower().replace("’", "'")
    for phrase, (value, *_) in lexicon.table("anonymity").items():
        if phrase in lowered:
            return OnRecord(value)
    return OnRecord.CONDITION_OF_ANONYMITY


_BARE = re.compile(r"(?:sources?|insiders?|person|people) \(anonymous\)")


def flags_of(draft: Draft, claim: DraftClaim, kind: Kind, on_record: OnRecord) -> Iterator[Flag]:
    """Newsroom rules that a claim touches, in the order of the vocabulary."""
    item = claim.attribution
    if item is None or item.source is None:
        return
    source = item.source
    if source.anonymous:
        yield from _anonymous_flags(source.name, source.reason)
        if source.type is SourceType.PERSON:
            yield Flag.SINGLE_ANONYMOUS
        if kind is Kind.OPINION:
            yield Flag.ANONYMOUS_OPINION
        if source.type is SourceType.GROUP and source.count is None:
            yield Flag.PLURAL_WITHOUT_COUNT
    if len(claim.chain) > 2:
        yield Flag.SECONDHAND
    if item.mode is AttributionMode.POSTPONED:
        yield Flag.POSTPONED
    if on_record is OnRecord.RELAYED:
        yield Flag.RELAYED
    if draft.matches(_UNVERIFIED, offsets_of(draft.sentence_at(claim.start))):
        yield Flag.UNVERIFIED


def _anonymous_flags(name: str, reason: str | None) -> Iterator[Flag]:
    if _BARE.fullmatch(name):
        yield Flag.BARE_SOURCE
    if reason is None:
        yield Flag.NO_REASON
    elif any(
        phrase in reason.lower().replace("’", "'")
        for phrase, (_, how, *_) in lexicon.table("anonymity").items()
        if how == "rote"
    ):
        yield Flag.ROTE_REASON
