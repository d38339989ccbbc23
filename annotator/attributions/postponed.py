""" "This was reported by Axios, citing officials.": what stands before it is attributed afterwards."""

import re
from bisect import bisect_right

from spacy.tokens import Span

from annotator.attributions.citing import cited_origin, citing_cue
from annotator.attributions.deeds import reports_deed
from annotator.conventions import content_span, trim
from annotator.draft import (
    FRAME_CONFIDENCE,
    PROSE,
    Draft,
    DraftAttribution,
    DraftLink,
    Offsets,
    inside,
    offsets_of,
    overlaps,
)
from annotator.labels import AttributionMode, Kind, LinkRole, SectionKind
from annotator.language import cues
from annotator.language.outlets import NAME
from annotator.language.syntax import noun_phrase

_REPORT_VERB = r"(?:reported|announced|stated|said|revealed|disclosed|written|confirmed|told)"


_WHAT_IS_REPORTED = (
    r"(?:The (?:news|information|report)|(?:The|His|Her|Its|Their|Details of the) [\w-]+(?=\s+(?:was|were)\s+first))"
)


_POSTPONED = (
    # "Source: Axios, citing ...", a line below the lead
    re.compile(r"^(?P<cue>Sources?:)\s+(?P<source>.+)$", re.DOTALL),
    # "This was reported by Axios, citing ..."
    re.compile(
        rf"^(?:This|That|It|{_WHAT_IS_REPORTED})\s+(?P<cue>(?:was|were|is|has been|had been)\s+"
        rf"(?:(?:first|also|earlier)\s+)?{_REPORT_VERB}(?:\s+on\s+\w+(?:\s+\d+)?)?\s+(?:by|in|on))\s+(?P<source>.+)$",
        re.DOTALL,
    ),
    # "The police spokesman, Ivo Brandt, disclosed this while briefing reporters on Thursday."
    re.compile(
        r"^(?P<source>[^\W\d_][^.;:!?“”\"\n]{2,120}?)\s+(?P<cue>disclosed|announced|revealed|stated)\s+this"
        r"(?=\s*[.,]?$|,?\s+(?:while|when|during|in|at|on|to|yesterday|today)\b)(?P<rest>.*)$",
        re.DOTALL,
    ),
    # "The chairman made this known at a meeting."
    re.compile(
        r"^(?P<source>[^\W\d_][^.;:!?“”\"\n]{2,120}?)\s+(?P<cue>made (?:this|it) known|"
        r"made the (?:plea|remarks?|comments?|disclosure|call|appeal|announcement|claims?|statement))"
        r"(?=\s*[.,]?$|,?\s+(?:as|while|when|during|in|at|on|to)\b)"
        r"(?P<rest>.*)$",
        re.DOTALL,
    ),
    # "Axios reports this, citing ..."
    re.compile(
        rf"^(?P<source>{NAME})\s+(?:first\s+|also\s+)?(?P<cue>reports?|reported|writes|wrote|said|says|announced)\s+"
        r"(?:about\s+)?(?:this|it|the news)"
        r"(?=\s*[.,;]|\s+(?:on|citing|with reference|late|early|yesterday|today)\b)(?P<rest>.*)$",
        re.DOTALL,
    ),
)


def postponed(draft: Draft) -> None:
    """ "This was reported by Axios, citing officials." attributes what stands before it."""
    for sentence in draft.prose_sentences:
        start, end = trim(draft.text, sentence.start_char, sentence.end_char)
        for pattern in _POSTPONED:
            if match := pattern.match(draft.text[start:end]):
                made = _postponed_attribution(draft, sentence, start, match)
                if made is not None:
                    draft.attributions = [
                        item for item in draft.attributions if not (item.cue and inside(item.cue, (start, end)))
                    ]
                    made.settled = (start, end)
                    draft.attributions.append(made)
                break


def _postponed_attribution(draft: Draft, sentence: Span, start: int, match: re.Match[str]) -> DraftAttribution | None:
    contents = _said_before(draft, start)
    cue = (start + match.start("cue"), start + match.end("cue"))
    place = start + match.start("source")
    first = draft.doc.char_span(place, place + 1, alignment_mode="expand")
    if not contents or first is None:
        return None
    head = first[0]
    while head.head.i != head.i and head.dep_ in {"det", "compound", "amod", "nmod", "poss", "nummod"}:
        head = head.head
    reporter = noun_phrase(draft, head)
    made = DraftAttribution(cue, reporter, contents, FRAME_CONFIDENCE, AttributionMode.POSTPONED, opens_scope=True)
    for token in sentence:
        if (cited_by := citing_cue(token)) and (origin := cited_origin(draft, token)):
            made.reporters.append(DraftLink(LinkRole.REPORTER, reporter, cue))
            made.mention, made.cue = origin, cited_by
            break
    return made


def _said_before(draft: Draft, start: int) -> list[Offsets]:
    """The unattributed text that a postponed attribution refers to: its paragraph so far, else the one before."""
    line = draft.line_at(start)
    if draft.text[line[0] : start].strip():
        before_it = bisect_right(draft.sentences, start - 1, key=lambda s: s.start_char)
        sentences = [s for s in draft.sentences[:before_it][-3:] if s.start_char >= line[0] and s.text.strip()]
        spans = [trim(draft.text, sentences[-1].start_char, min(sentences[-1].end_char, start))] if sentences else []
    else:
        before = [s for s in draft.sections if s.end <= start and s.kind in PROSE - {SectionKind.HEADLINE}]
        spans = [(before[-1].start, before[-1].end)] if before else []
    return [part for span in spans for part in _unattributed(draft, span)]


def _unattributed(draft: Draft, span: Offsets) -> list[Offsets]:
    """The sentences of a stretch whose main clause nobody is credited with; what they hold inside is demoted."""
    found = []
    first, last = (bisect_right(draft.sentences, place, key=lambda s: s.start_char) for place in span)
    for sentence in draft.sentences[max(0, first - 1) : last]:
        bounds = trim(draft.text, max(span[0], sentence.start_char), min(span[1], sentence.end_char))
        if bounds[0] >= bounds[1]:
            continue
        inner = [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]
        # What somebody wants or promises is reported by the outlet all the same; what they say is theirs.
        said = [item for item in inner if not reports_deed(draft, item) and not _is_act(draft, item)]
        covered = [part for item in said for part in (item.cue, *item.contents) if part]
        if any(overlaps(offsets_of(sentence.root), part) for part in covered):
            continue
        draft.demoted += inner
        draft.attributions = [item for item in draft.attributions if item not in inner]
        found.append(content_span(draft.text, *bounds))
    return found


def _is_act(draft: Draft, item: DraftAttribution) -> bool:
    kind = cues.kind_of(cues.lemma(draft, item.cue))
    return kind in {Kind.DEMAND, Kind.COMMITMENT, Kind.DECISION}
