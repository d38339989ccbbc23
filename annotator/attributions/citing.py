"""Reports of reports: who said it, and which outlet says so, where a sentence tells both.

"NBC, citing a source, reported that ...", "The BBC cited him as saying ...", "as Ann Moor put it to the Courier", "Sky
News understands that ..."; and "This was reported by Axios, citing ...", which attributes what stands before it.
"""

import re
from bisect import bisect_right

from spacy.tokens import Span, Token

from annotator.attributions.deeds import reports_deed
from annotator.attributions.mending import edged
from annotator.conventions import content_span, trim
from annotator.draft import (
    FRAME_CONFIDENCE,
    PROSE,
    Draft,
    DraftAttribution,
    DraftLink,
    Offsets,
    inside,
    is_prose,
    offsets_of,
    overlaps,
)
from annotator.labels import AttributionMode, Kind, LinkRole, SectionKind
from annotator.language import cues, lexicon
from annotator.language.outlets import NAME, is_outlet, outlet_in
from annotator.language.publisher import names_us
from annotator.language.syntax import noun_phrase, object_of, prose_sentences, sentence_of, subject_of

_CITING = frozenset({"citing", "quoting"})


def _citing_cue(token: Token) -> Offsets | None:
    """ "citing", or "with reference to" by its noun."""
    if token.i and token.nbor(-1).lower_ in {"without", "not", "n't", "n’t", "never"}:
        return None  # "Channel 9 reported, without citing a source"
    if token.lower_ in _CITING:
        return offsets_of(token)
    doc = token.doc
    if token.lower_ == "reference" and 0 < token.i < len(doc) - 1 and doc[token.i + 1].lower_ == "to":
        return (doc[token.i - 1].idx, doc[token.i + 1].idx + 2) if doc[token.i - 1].lower_ in {"with", "in"} else None
    return None


def _cited_origin(draft: Draft, token: Token) -> Offsets | None:
    """Who is cited: the object of "citing", as a noun phrase."""
    if token.pos_ == "NOUN":  # "with reference to three officials"
        token = next((child for child in token.children if child.lower_ == "to"), token)
    named = object_of(token) or next((t for t in token.rights if t.pos_ in {"NOUN", "PROPN"}), None)
    if named is None or (named.pos_ == "NOUN" and named.lemma_.lower() in lexicon.words("reasons")):
        return None  # "citing the elephant's size, officials estimated": a reason, not a source
    return noun_phrase(draft, named)


def _in_sentence(draft: Draft, sentence: Span) -> list[DraftAttribution]:
    bounds = (sentence.start_char, sentence.end_char)
    return [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]


def citing(draft: Draft, sentence: Span) -> None:
    """ "NBC, citing a Russian source, reported that ...": the source is the origin, NBC the reporter."""
    for token in sentence:
        if (cue := _citing_cue(token)) is None or (origin := _cited_origin(draft, token)) is None:
            continue
        siblings = _in_sentence(draft, sentence)
        told = [
            item
            for item in siblings
            if item.cue and not overlaps(item.cue, cue) and item.mention and cues.lemma(draft, item.cue) != "cite"
        ]
        for item in siblings:
            if item.cue and overlaps(item.cue, cue):
                draft.attributions.remove(item)
        nearest = min(told, key=lambda item: abs(item.start - cue[0]), default=None) or _told_by_outlet(
            draft, sentence, [item for item in siblings if item not in draft.attributions], cue, origin
        )
        if nearest is None:
            continue
        nearest.reporters.append(DraftLink(LinkRole.REPORTER, nearest.mention, nearest.cue))
        nearest.mention, nearest.cue = origin, cue
        nearest.contents = [span for span in nearest.contents if not overlaps(span, origin)] or [
            _behind(draft, span, origin) for span in nearest.contents
        ]
        nearest.opens_scope = True


_THAT = re.compile(r"\s*,?\s*(?:that\s+)?")


def _behind(draft: Draft, content: Offsets, origin: Offsets) -> Offsets:
    """A content without who is cited in front of it: "reported, citing the governor, that drones fell"."""
    gap = _THAT.match(draft.text, origin[1])
    begin = gap.end() if gap is not None else origin[1]
    return (begin, content[1]) if content[0] <= origin[0] and begin < content[1] else content


def _told_by_outlet(
    draft: Draft, sentence: Span, cut: list[DraftAttribution], cue: Offsets, origin: Offsets
) -> DraftAttribution | None:
    """What an outlet reports with "citing" before it, where the model took that for the cue or found none.

    "The Courier reported late on Monday, citing an official, that ...": the verb of the sentence is the cue again.
    """
    verb, subject = sentence.root, subject_of(sentence.root)
    if subject is None or verb.lemma_.lower() not in lexicon.table("cues") or not verb.idx < cue[0]:
        return None
    teller = noun_phrase(draft, subject)
    end = sentence_of(draft, origin[1] - 1)[1]
    follows = draft.text[origin[1] : end].lstrip().startswith(",")
    content = content_span(draft.text, origin[1], end) if follows else (end, end)
    found = next((item for item in cut if any(overlaps(span, content) for span in item.contents)), None)
    if content[1] <= content[0] or not (found or is_outlet(draft.words(teller))):
        return None
    if any(overlaps(content, span) for item in draft.attributions for span in item.contents):
        return None
    confidence = found.confidence if found else FRAME_CONFIDENCE
    made = DraftAttribution(offsets_of(verb), teller, [content], confidence)
    draft.attributions.append(made)
    return made


def cited_as(draft: Draft) -> None:
    """ "The BBC also cited Budi Gunawan as saying ...": Gunawan is the origin, the BBC the reporter."""
    for sentence in prose_sentences(draft):
        for token in sentence:
            if token.lemma_ not in {"cite", "quote"} or token.tag_ in {"VBG", "NN", "NNS"}:
                continue
            saying = next(
                (t for t in token.subtree if t.tag_ == "VBG" and t.i > token.i and t.nbor(-1).lower_ == "as"), None
            )
            origin, reporter = object_of(token), subject_of(token)
            if token.tag_ == "VBN" and reporter is not None and reporter.dep_ == "nsubjpass":
                saying = saying or _quoted_as(token)
                origin, reporter = reporter, _agent(token, saying)  # "An official was quoted by Xinhua as saying"
            if saying is None or origin is None or origin.i > saying.i:
                continue
            siblings = [
                item
                for item in _in_sentence(draft, sentence)
                if item.cue and (overlaps(item.cue, offsets_of(saying)) or overlaps(item.cue, offsets_of(token)))
            ]
            edge = saying.right_edge.idx + len(saying.right_edge)
            end = max((e for item in siblings for _, e in item.contents if e > saying.idx), default=edge)
            further = _further_cue(draft, saying, end)
            stop = further.idx if further is not None else end
            begin = saying.idx + len(saying)
            if reporter is not None and reporter.i > saying.i and reporter.idx < stop:
                begin = noun_phrase(draft, reporter)[1]  # "quoted as saying by Xinhua that ..."
            if lead := _WHEN.match(draft.text, begin, stop):
                begin = lead.end()
            behind = edged(draft.text, (begin, stop))
            is_behind = behind[0] < behind[1] and re.search(r"\w", draft.words(behind)) is not None
            content = behind if is_behind else _before_cited(draft, token, subject_of(token))
            further = further if is_behind else None
            if content is None:
                continue
            draft.attributions = [item for item in draft.attributions if item not in siblings]
            made = DraftAttribution(offsets_of(saying), noun_phrase(draft, origin), [content], FRAME_CONFIDENCE)
            if reporter is not None:
                made.reporters.append(DraftLink(LinkRole.REPORTER, noun_phrase(draft, reporter), offsets_of(token)))
            draft.attributions.append(made)
            if further is not None and reporter is not None:
                rest = content_span(draft.text, further.idx + len(further), end)
                mention = noun_phrase(draft, reporter)
                draft.attributions.append(DraftAttribution(offsets_of(further), mention, [rest], FRAME_CONFIDENCE))


# "cited the ministry as saying on Tuesday that ..."
_WHEN = re.compile(r"\s+(?:on|in|late|early|last|earlier|this)\b(?: \w+){1,3},? that\b")


def _agent(verb: Token, saying: Token | None) -> Token | None:
    """Who quotes, of a passive verb: "quoted by the agency as saying", "quoted as saying by the agency"."""
    after = saying.nbor(1) if saying is not None and saying.i + 1 < saying.sent.end else None
    by = next((t for t in verb.children if t.dep_ == "agent"), after)
    return next((t for t in by.children if t.dep_ == "pobj"), None) if by is not None and by.lower_ == "by" else None


def _quoted_as(verb: Token) -> Token | None:
    """ "saying" of "was quoted as saying", wherever the parser hangs it."""
    near = verb.doc[verb.i : min(verb.i + MAX_TO_SAYING, verb.sent.end)]
    return next((t for t in near if t.tag_ == "VBG" and t.nbor(-1).lower_ == "as"), None)


MAX_TO_SAYING = 12  # tokens from "quoted" to "saying": the outlet stands between them


def _before_cited(draft: Draft, verb: Token, subject: Token | None) -> Offsets | None:
    """ "The crane was unsafe, Xinhua quoted an official as saying": the content stands before the subject."""
    begin = noun_phrase(draft, subject)[0] if subject is not None and subject.i < verb.i else verb.idx
    content = content_span(draft.text, sentence_of(draft, verb.idx)[0], begin)
    comma = draft.text[content[1] : begin].strip() in {",", ",”", ',"', "", "”", '"'}
    whole = content[0] < content[1] and " " in draft.words(content)
    return edged(draft.text, content) if comma and whole else None


def _further_cue(draft: Draft, saying: Token, end: int) -> Token | None:
    """The outlet's own next verb in "cited the army as saying A, and claimed B"."""
    for token in saying.doc[saying.i + 1 : saying.sent.end]:
        if token.idx >= end:
            return None
        finite = token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"} and subject_of(token) is None
        if finite and token.lemma_.lower() in lexicon.table("cues") and token.idx + len(token) < end:
            return token
    return None


_AS_PUT = (
    # "as Ann Moor put it to the Courier"
    re.compile(r"\b[Aa]s (?P<source>[^,;:“”\"\n]{2,60}?) (?P<cue>(?:puts?|has put) it)\b(?: to [^,.;]+)?"),
    # "as first reported by the Courier", "as the Courier first reported"
    re.compile(rf"\b[Aa]s (?:first |earlier |previously )?(?P<cue>reported by) (?P<source>{NAME})"),
    re.compile(rf"\b[Aa]s (?P<source>{NAME})(?: first| earlier| previously)? (?P<cue>reported)\b"),
    # "The board will meet on Monday, the Courier has been told."
    re.compile(rf", (?P<source>{NAME}) (?P<cue>(?:has|had) (?:been told|learn(?:ed|t)|discovered|established))\b"),
    # "The chairman, it is understood, will resign."
    re.compile(
        r", (?P<source>)(?P<cue>it (?:is|was) (?:said|understood|believed|thought|claimed|alleged|reported|rumou?red))"
        r"(?:,|(?=[.]))"
    ),
)


def as_put(draft: Draft) -> None:
    """ "The pier was “a ruin”, as Ann Moor put it to the Courier": the rest of the sentence is what she said."""
    for pattern in _AS_PUT:
        for match in pattern.finditer(draft.text):
            by_outlet = match["source"] and not match["cue"].endswith(" it")  # anybody may "put it"
            unknown = by_outlet and not outlet_in(match["source"])
            if not is_prose(draft, match.start()) or unknown:
                continue
            taken = [item for item in draft.attributions if item.cue and overlaps(item.cue, match.span())]
            others = [span for item in draft.attributions if item not in taken for span in item.contents]
            contents = _around(draft, match.span())
            if contents and not any(overlaps(part, span) for span in others for part in contents):
                draft.attributions = [item for item in draft.attributions if item not in taken]
                cue, source = match.span("cue"), match.span("source") if match["source"] else None
                draft.attributions.append(DraftAttribution(cue, source, contents, FRAME_CONFIDENCE, framed=True))


def _around(draft: Draft, frame: Offsets) -> list[Offsets]:
    """What a sentence says before and after a frame that stands in it."""
    sentence = sentence_of(draft, frame[0])
    parts = [(sentence[0], frame[0]), (frame[1], max(frame[1], sentence[1]))]
    contents = [content_span(draft.text, *part, first=n == 0) for n, part in enumerate(parts)]
    return [part for part in contents if part[0] < part[1] and re.search(r"\w", draft.words(part))]


def learned(draft: Draft) -> None:
    """ "Sky News understands that ...", "The Guardian can reveal that ...": an outlet tells what it has found out."""
    for sentence in prose_sentences(draft):
        verb, subject = sentence.root, subject_of(sentence.root)
        clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
        if subject is None or clause is None or verb.lemma_.lower() not in lexicon.words("outlet_cues"):
            continue
        teller = noun_phrase(draft, subject)
        words = draft.words(teller)
        if not (is_outlet(words) or names_us(words)):
            continue
        if any(item.cue and overlaps(item.cue, offsets_of(verb)) for item in draft.attributions):
            continue
        first = min([verb, *(t for t in verb.children if t.dep_ == "aux")], key=lambda t: t.i)
        content = content_span(draft.text, clause.left_edge.idx, offsets_of(clause.right_edge)[1])
        made = DraftAttribution((first.idx, offsets_of(verb)[1]), teller, [content], FRAME_CONFIDENCE, framed=True)
        draft.attributions.append(made)


_REPORT_VERB = r"(?:reported|announced|stated|said|revealed|disclosed|written|confirmed|told)"
_WHAT_IS_REPORTED = (
    r"(?:The (?:news|information|report)|(?:The|His|Her|Its|Their|Details of the) [\w-]+(?=\s+(?:was|were)\s+first))"
)
_POSTPONED = (
    # "This was reported by Axios, citing ..."
    re.compile(
        rf"^(?:This|That|It|{_WHAT_IS_REPORTED})\s+(?P<cue>(?:was|were|is|has been|had been)\s+"
        rf"(?:(?:first|also|earlier)\s+)?{_REPORT_VERB}(?:\s+on\s+\w+(?:\s+\d+)?)?\s+(?:by|in|on))\s+(?P<source>.+)$",
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
    for sentence in list(prose_sentences(draft)):
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
        if (citing_cue := _citing_cue(token)) and (origin := _cited_origin(draft, token)):
            made.reporters.append(DraftLink(LinkRole.REPORTER, reporter, cue))
            made.mention, made.cue = origin, citing_cue
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
