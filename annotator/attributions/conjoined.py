"""Two attributions that the extractor read as one."""

from collections.abc import Iterator

from annotator.attributions.contents import edged
from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, offsets_of
from annotator.language import lexicon
from annotator.language.syntax import noun_phrase, subject_of


def one_cue_each(draft: Draft, item: DraftAttribution) -> Iterator[DraftAttribution]:
    """ "said that A and accused B of C", "tweeted that A, and his party said B": one content, two attributions."""
    if item.cue is not None and item.mention is not None and len(item.contents) <= 2:
        verb, start, end = draft.head(item.cue), item.contents[0][0], item.contents[-1][1]
        for token in verb.conjuncts:
            is_cue = token.lemma_.lower() in lexicon.table("cues") and token.tag_ in {"VBD", "VBZ", "VBP"}
            if not is_cue or not start < token.idx < end or token.i < verb.i:
                continue
            subject = subject_of(token)
            mention = noun_phrase(draft, subject) if subject is not None else item.mention
            if subject is not None and not start < mention[0] < token.idx:
                continue
            first = edged(draft.text, (start, min(mention[0], token.idx) if subject is not None else token.idx))
            rest = content_span(draft.text, token.idx + len(token), end)
            if first[0] < first[1] and rest[0] < rest[1]:
                item.contents = [first]
                yield item
                yield DraftAttribution(offsets_of(token), mention, [rest], item.confidence)
                return
    yield item
