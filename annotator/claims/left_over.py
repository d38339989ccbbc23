"""What no claim took: silences, and every word that is left over, with its reason."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator

from spacy.tokens import Span, Token

from annotator.claims.clauses import clause_heads, clause_of
from annotator.conventions import trim
from annotator.draft import Draft, DraftAttribution, Offsets, cue_start
from annotator.labels import NonClaimReason
from annotator.language import lexicon
from annotator.language.cues import is_quoted

MAX_LEAD = 2  # words from the beginning of a content to a silence that is all of it: "said it did not comment"
_OUTSIDE = ",;:.–—-()"


def no_comment(draft: Draft) -> Iterator[Offsets]:
    """Clauses in which somebody declines to speak."""
    whole = _plain(draft.folded)
    phrases = [phrase for phrase in lexicon.phrases("no_comment") if phrase in whole]  # most articles have none
    said = sorted((item for item in draft.attributions if item.cue), key=cue_start) if phrases else []
    for sentence in draft.prose_sentences if phrases else ():
        words = _plain(draft.folded[sentence.start_char : sentence.end_char])
        for phrase in phrases:
            place = words.find(phrase)
            if place >= 0 and not _is_quoted_or_own(words, place):
                token = draft.head((sentence.start_char + place, sentence.start_char + place + len(phrase)))
                heads = clause_heads(sentence)
                known: dict[int, int] = {}
                own = clause_of(token, heads, known)
                clause = [t for t in sentence if not t.is_space and clause_of(t, heads, known) == own]
                end = clause[-1].idx + len(clause[-1])
                here = (bisect_left(said, at, key=cue_start) for at in (clause[0].idx, end))
                inside = said[slice(*here)]
                begin = _behind_words(draft, inside, clause[0].idx, sentence.start_char + place)
                if begin is not None:
                    yield trim(draft.text, begin, _up_to_words(draft, inside, token.idx, end), _OUTSIDE)
                break


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _is_quoted_or_own(words: str, place: int) -> bool:
    """Whether words of silence are somebody's own: "“I would not comment”"."""
    before = words[:place]
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return opened or re.search(r"\b(?:i|we) \Z", before) is not None


def _behind_words(draft: Draft, said: list[DraftAttribution], begin: int, place: int) -> int | None:
    """Where a silence begins: behind what is said before it; None where it stands in somebody's words.

    "said that it rained but did not comment on the pier", "“It is late,” said Moor, who declined to comment".
    """
    items = [item for item in said if cue_start(item) < place]
    if (behind := _cut_at_joint(draft, items, begin, place)) is not None:
        return behind
    for one in items:
        for span in (span for span in one.contents if span[0] <= place < span[1]):
            # "The pier is rotten, according to Moor, who did not respond to questions"
            relative = draft.words(span).lower().startswith(("who ", "which "))
            if relative and len(one.contents) > 1:
                one.contents.remove(span)
                return span[0]
            if relative or len(draft.text[span[0] : place].split()) > MAX_LEAD:
                return None
    told = [item for item in items if all(span[1] <= place for span in item.contents)]
    parts = [part for item in told for part in (*item.contents, item.cue, item.mention) if part is not None]
    return max((part[1] for part in parts if part[1] <= place), default=begin)


def _cut_at_joint(draft: Draft, items: list[DraftAttribution], begin: int, place: int) -> int | None:
    """Behind the last "but" or "and" before a silence, where something is said before it; that ends there."""
    joint = deque(_JOINT.finditer(draft.text, begin, place), maxlen=1)
    end = joint[0].start() if joint else begin
    joined = [item for item in items if any(span[0] < end for span in item.contents)]
    if not joint or not joined:
        return None
    for item in joined:
        parts = [trim(draft.text, span[0], min(span[1], end)) for span in item.contents if span[0] < end]
        item.contents = [part for part in parts if part[0] < part[1]] or item.contents
    return joint[0].end()


_JOINT = re.compile(r"[\s,;”\"]+(?:but|and|though|while|yet)\s")


def _up_to_words(draft: Draft, said: list[DraftAttribution], place: int, end: int) -> int:
    """Where a silence ends: before what is said all the same ("declined to comment and said", "saying only: “...”")."""
    cues = (
        item.cue[0]
        for item in said
        if item.cue and place < item.cue[0]
        if draft.head(item.cue).dep_ == "conj" or any(is_quoted(draft.words(span)) for span in item.contents)
    )
    return min(cues, default=end)


# --- what is left over ---------------------------------------------------------------------------------------------


def left_over(draft: Draft, used: bytearray) -> None:
    """Every word that no claim and no attribution took becomes a non-claim with its reason."""
    for sentence in draft.prose_sentences:
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
