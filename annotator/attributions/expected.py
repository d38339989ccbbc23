"""What is only expected: "Sir Keir is expected to extend an invitation" is the article's own claim.

Where what is expected is that somebody says a thing, it is his: "The minister is expected to acknowledge that ...".
"""

from spacy.tokens import Token

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, offsets_of
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, subject_of

_EXPECTED = frozenset({"expect", "set", "due", "schedule"})


def expected(draft: Draft) -> None:
    """Give what somebody is expected to say to him, and the rest of what is expected by nobody to the article."""
    kept = []
    for item in draft.attributions:
        verb = _expected(draft, item)
        if verb is None:
            kept.append(item)
            continue
        awaited = next(
            (child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.i > verb.i), None
        )
        if awaited is None or not _says(awaited):
            continue
        subject = subject_of(verb)
        begin = offsets_of(awaited)[1]
        content = content_span(draft.text, begin, max(begin, max(end for _, end in item.contents)))
        if subject is not None and item.cue is not None and content[0] < content[1]:
            item.mention, item.cue = noun_phrase(draft, subject), (item.cue[0], begin)
            item.contents, item.framed = [content], True
            kept.append(item)
    draft.attributions = kept


def _expected(draft: Draft, item: DraftAttribution) -> Token | None:
    """The verb "expected" of a passive cue without anybody who expects."""
    if item.cue is None or item.mention is not None:
        return None
    verb = draft.head(item.cue)
    is_passive = verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)
    return verb if is_passive and verb.lemma_.lower() in _EXPECTED else None


def _says(verb: Token) -> bool:
    name = verb.lemma_.lower()
    return name in lexicon.table("cues") and name not in lexicon.words("attitudes") | lexicon.words("act_cues")
