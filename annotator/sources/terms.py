"""Terms of anonymity: the reasons that a text gives for leaving a source unnamed ("who spoke on condition ...")."""

import re

from annotator.draft import Draft, DraftSource, Offsets
from annotator.labels import SourceType
from annotator.language import lexicon
from annotator.language.syntax import sentence_of


def give_terms(draft: Draft) -> None:
    """Reasons that the text gives, put to the source of their sentence; groups hand them on (chains.py)."""
    lowered = draft.text.lower().replace("’", "'")
    for phrase in lexicon.table("anonymity"):
        place = lowered.find(phrase)
        while place >= 0:
            span = place, place + len(phrase)
            source = _source_near(draft, span)
            if source is not None and source.reason is None:
                source.reason = draft.words(_terms_around(draft, span))
            place = lowered.find(phrase, span[1])


def _source_near(draft: Draft, place: Offsets) -> DraftSource | None:
    bounds = sentence_of(draft, place[0])
    inside = [
        (abs(start - place[0]), source)
        for source in draft.sources
        if source.anonymous and source.type is not SourceType.UNSPECIFIED
        for start, _ in source.mentions
        if bounds[0] <= start < bounds[1]
    ]
    if inside:
        return min(inside, key=lambda pair: pair[0])[1]
    earlier = [
        (place[0] - start, source)
        for source in draft.sources
        if source.anonymous and source.type is not SourceType.UNSPECIFIED
        for start, _ in source.mentions
        if 0 <= place[0] - start < 400
    ]
    return min(earlier, key=lambda pair: pair[0])[1] if earlier else None


_TERMS_LEAD = re.compile(
    r"\b(?:who|speaking|spoke|speak|all of whom|both of whom|granted|requesting|asking|declining|because)\b"
    r"[^.;“”\n]*$",
    re.IGNORECASE,
)


def _terms_around(draft: Draft, place: Offsets) -> Offsets:
    bounds = sentence_of(draft, place[0])
    lead = _TERMS_LEAD.search(draft.text, bounds[0], place[0])
    start = lead.start() if lead else place[0]
    rest = re.compile(r"[^,.;:“”\n]*").match(draft.text, place[1])
    end = rest.end() if rest else place[1]
    return start, max(place[1], end)
