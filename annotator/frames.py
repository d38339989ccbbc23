"""Attributions that no corpus teaches, and what the text says of how a claim travelled.

The extractor's attributions come in; they are mended at their edges, and joined by the frames of news writing:
"Axios: ...", "This was reported by Axios, citing ...", "NBC, citing a source, reported that ...", "told CNN".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Span, Token

from annotator import cues, lexicon
from annotator.conventions import content_span, trim
from annotator.draft import PROSE, Draft, DraftAttribution, DraftLink, Offsets, inside, offsets_of, overlaps
from annotator.extract import Extracted
from annotator.labels import AttributionMode, Kind, LinkRole, SectionKind
from annotator.publisher import names_us

MIN_PIECE_WORDS = 3  # a shorter piece of content outside the cue's sentence is a slip of the model
MIN_QUOTATION_WORDS = 4  # fewer quoted words are a term or a title, which is nobody's sentence
REACH = 2000  # characters around a quotation in which an attribution of it begins
MAX_LEAD = 300  # characters before a cue in which a first piece of its content stands
MAX_GAP = 12  # characters between two pieces of one content that the model left out by mistake
FRAME_CONFIDENCE = 0.8  # precision of the frames on the development gold, rounded
_POINTER_WORDS = frozenset({"this", "that", "it", "so", "these", "the news", "the information"})
_TRAILING = re.compile(r"[\s,;]+(?:and|or|but|while|as|adding)$", re.IGNORECASE)
_NAME = r"(?:the\s+|The\s+)?(?:al-)?[A-Z][\w’'&.-]*(?:\s+(?:[A-Z][\w’'&.-]*|of|and|for|de|du|der))*"
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
        rf"^(?P<source>{_NAME})\s+(?:first\s+|also\s+)?(?P<cue>reports?|reported|writes|wrote|said|says|announced)\s+"
        r"(?:about\s+)?(?:this|it|the news)"
        r"(?=\s*[.,;]|\s+(?:on|citing|with reference|late|early|yesterday|today)\b)(?P<rest>.*)$",
        re.DOTALL,
    ),
)
_CITING = frozenset({"citing", "quoting"})
_CARRIED = re.compile(
    r"\b(?P<cue>(?:interview|conversation|phone call)s?\s+(?:with|to|on)|[Ss]peaking\s+(?:to|with|on)|spoke\s+to|"
    r"(?:statement|comment|remark)s?\s+to|quoted\s+by|cited\s+by|as\s+told\s+to|appear(?:ing|ance)\s+on|"
    rf"(?:as\s+)?(?:first\s+)?reported\s+by|op-ed\s+(?:for|in))\s+(?P<name>{_NAME})"
)


def attributions(draft: Draft, extracted: Iterable[Extracted]) -> None:
    """Fill `draft.attributions`, in text order, from the extractor's findings and the frames."""
    found = [item for one in extracted if (item := _mended(draft, one)) is not None]
    draft.attributions = found
    draft.attributions = [part for item in draft.attributions for part in _one_cue_each(draft, item)]
    _long_quotations(draft)
    _quotations(draft)
    for item in draft.attributions:
        _around_according(draft, item)
    _cited_as(draft)
    _learned(draft)
    _as_put(draft)
    _handles(draft)
    for sentence in _sentences(draft):
        _citing(draft, sentence)
    _postponed(draft)
    _carried(draft)
    _headline(draft)
    draft.attributions.sort(key=lambda item: item.start)


def given(draft: Draft, spans: Iterable[Extracted]) -> None:
    """Fill `draft.attributions` with spans that a person marked; only the links of their sentences are looked for."""
    draft.given = True
    draft.attributions = [
        DraftAttribution(one.cue, one.source, sorted(one.contents), one.confidence) for one in spans if one.contents
    ]
    _carried(draft)
    draft.attributions.sort(key=lambda item: item.start)


def _sentences(draft: Draft) -> Iterator[Span]:
    for sentence in draft.sentences:
        section = draft.section_at(_first_place(sentence))
        if section is not None and section.kind in PROSE:
            yield sentence


def _first_place(sentence: Span) -> int:
    return next((token.idx for token in sentence if not token.is_space), sentence.start_char)


def sentence_of(draft: Draft, place: int) -> Offsets:
    """Offsets of the sentence around a place, without blanks at its ends."""
    sentence = draft.sentence_at(place)
    return trim(draft.text, sentence.start_char, sentence.end_char)


# --- the extractor's findings, mended ---------------------------------------------------------------------------


_OF_THEM = re.compile(r" (?:them|those|whom)\b")


def _mended(draft: Draft, found: Extracted) -> DraftAttribution | None:
    text = draft.text
    cue = found.cue
    if cue and text[cue[0] : cue[1]].lower() == "according" and text[cue[1] : cue[1] + 3].lower() == " to":
        cue = (cue[0], cue[1] + 3)
    mention, quoted = _without_quotation(text, found.source)
    if mention and (of_them := _OF_THEM.match(text, mention[1])) and text[: mention[1]].endswith(" of"):
        mention = (mention[0], of_them.end())
    contents = _joined(text, found, [span for span in found.contents if _belongs(draft, span, cue)] + quoted)
    contents = [span for span in (_edged(text, span) for span in contents) if span[0] < span[1]]
    if len(contents) > 1:
        contents = [span for span in contents if " " in text[slice(*span)] or cues.is_quoted(text[slice(*span)])]
    if not contents or cue is None:
        return None
    if found.source is None and re.search(r"\bas \w+$", text[max(0, cue[0] - 3) : cue[1]], re.IGNORECASE):
        return None  # "as noted" refers to the article's own words
    if _is_put_question(draft, cue, contents):
        return None
    words = " ".join(text[s:e] for s, e in contents).lower()
    if _is_terms(draft, cue):
        return None
    if words in _POINTER_WORDS or (
        len(words.split()) < 2 and not cues.is_quoted(words) and not _is_noun(draft, contents[0], cue)
    ):
        return None
    if found.doubtful:
        return None
    contents = _without_listener(draft, contents, cue)
    contents = [_in_its_sentence(draft, span, cue) for span in contents]
    mention = _who_speaks(draft, _noun_of(draft, mention), cue)
    mention = _own_subject(draft, cue, mention, contents)
    if len(contents) == 1:
        contents = [_whole_phrase(draft, _up_to_cue(draft, contents[0], cue, mention), cue, mention)]
    return DraftAttribution(cue, mention, contents, found.confidence, source_confidence=found.source_confidence)


def _is_noun(draft: Draft, content: Offsets, cue: Offsets) -> bool:
    return draft.head(content).pos_ in {"NOUN", "PROPN"} and cues.takes_noun(draft, cue)


def _own_subject(draft: Draft, cue: Offsets, mention: Offsets | None, contents: list[Offsets]) -> Offsets | None:
    """The subject of a cue's own verb, where the model linked a source of another sentence to it, or none."""
    if mention and draft.words(mention).lower() in {"the", "a", "an"}:
        mention = None
    if mention is not None and sentence_of(draft, mention[0]) == sentence_of(draft, cue[0]):
        return mention
    verb = draft.head(cue)
    active = verb.pos_ == "VERB" and verb.tag_ != "VBN"
    if mention is None and not active:
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb.pos_ == "VERB" else None
    if subject is None or subject.pos_ not in {"NOUN", "PROPN", "PRON"} or subject.lower_ in {"it", "that", "this"}:
        return mention
    own = noun_phrase(draft, subject)
    return mention if any(overlaps(own, span) for span in contents) else own


def _noun_of(draft: Draft, mention: Offsets | None) -> Offsets | None:
    """ "An eyewitness described for the agency": of a clause that was taken for a source, the subject."""
    root = draft.head(mention) if mention else None
    subject = _subject_of(root) if root is not None and root.pos_ == "VERB" else None
    finite = root is not None and root.tag_ in {"VBD", "VBZ", "VBP"}
    if mention is None or subject is None or not finite or not mention[0] <= subject.idx < mention[1]:
        return mention
    return noun_phrase(draft, subject)


def _who_speaks(draft: Draft, mention: Offsets | None, cue: Offsets) -> Offsets | None:
    """ "It was reported that ...", "Travellers were advised to ...": the subject of such a passive does not speak."""
    verb = next(
        (t for t in draft.tokens(cue) if t.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in t.children)), None
    )
    if mention is None or verb is None:
        return mention
    if draft.words(mention).lower() == "it" and draft.text[cue[1] : cue[1] + 8].lower().split()[:1] != ["as"]:
        return None
    told = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    listens = verb.lemma_.lower() in lexicon.words("listener_cues")
    return None if listens and told is not None and mention[0] <= told.idx < mention[1] else mention


def _in_its_sentence(draft: Draft, span: Offsets, cue: Offsets) -> Offsets:
    """A paraphrase ends with its sentence: what the model took in of the sentence before is cut off."""
    sentence = sentence_of(draft, cue[0])
    crosses = span[0] < sentence[0] < span[1] <= sentence[1]
    if not crosses or cues.is_quoted(draft.words(span)) or "\n" in draft.words(span):
        return span
    return content_span(draft.text, sentence[0], span[1])


def _without_listener(draft: Draft, contents: list[Offsets], cue: Offsets) -> list[Offsets]:
    """ "warned the chief secretary last month that ...": who was told is no piece of the content."""
    if len(contents) < 2 or contents[0][0] < cue[1] or cues.has_clause(draft, contents[:1]):
        return contents
    between = draft.text[contents[0][1] : contents[1][0]]
    listens = cues.lemma(draft, cue) in lexicon.words("listener_cues") and re.search(r"\bthat\s*$", between)
    return contents[1:] if listens else contents


def _up_to_cue(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "Scrutiny is likely, analysts wrote": a content before its source reaches to the comma before that."""
    begin = min(cue[0], mention[0] if mention else cue[0])
    gap = draft.text[content[1] : begin]
    sentence = sentence_of(draft, cue[0])
    if not sentence[0] <= content[0] < content[1] < begin or not re.fullmatch(r"\s[^,;:“”\"\n]+,\s*", gap):
        return content
    verb = any(t.pos_ in {"VERB", "AUX"} for t in draft.tokens((content[1] + 1, begin)))
    return content_span(draft.text, content[0], begin) if verb else content


_WHEN_AND_WHERE = frozenset({"in", "on", "at", "during", "after", "before", "since", "via", "through", "near"})


def _whole_phrase(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "a probe by a sitting judge": a noun that is all of a content keeps the phrases that hang on it."""
    content = _unbroken(draft, content, cue, mention)
    tokens = draft.tokens(content)
    head = tokens.root
    if head.pos_ != "NOUN" or head.i != tokens[-1].i or head.left_edge.i < tokens.start:
        return content
    rest = [child for child in head.rights if child.dep_ == "prep" and child.i == head.i + 1]
    rest = [child for child in rest if child.lower_ not in _WHEN_AND_WHERE]
    end = max((child.right_edge.idx + len(child.right_edge) for child in rest), default=content[1])
    return _reaching(draft, content, end, cue, mention)


def _reaching(draft: Draft, content: Offsets, end: int, cue: Offsets, mention: Offsets | None) -> Offsets:
    """A content that reaches to `end`, unless cue, mention or another sentence stands there."""
    taken = any(overlaps((content[1], end), part) for part in (cue, mention) if part)
    return content if taken or end > sentence_of(draft, content[0])[1] else content_span(draft.text, content[0], end)


def _unbroken(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "a probe by a": a content that ends before the noun it leads up to takes that in."""
    last = draft.tokens(content)[-1]
    noun = last.head if last.dep_ in {"det", "amod", "compound", "nummod", "poss"} and last.head.i > last.i else None
    if last.dep_ == "prep":
        noun = next((child for child in last.children if child.dep_ == "pobj"), None)
    if noun is None or cues.is_quoted(draft.words(content)):
        return content
    return _reaching(draft, content, noun.idx + len(noun), cue, mention)


_QUESTION_WORDS = frozenset({"whether", "if", "about", "what", "why", "how", "who", "when", "where"})


def _is_put_question(draft: Draft, cue: Offsets, contents: list[Offsets]) -> bool:
    """ "Asked whether he would go, the coach said ...": what somebody was asked is nobody's claim."""
    verb = draft.head(cue)
    first = draft.words(contents[0]).lower().split()[:1]
    was_asked = first[0] in _QUESTION_WORDS or (first[0] == "to" and verb.tag_ == "VBN")
    return verb.lemma_.lower() in {"ask", "question"} and _subject_of(verb) is None and was_asked


def _is_terms(draft: Draft, cue: Offsets) -> bool:
    """ "who asked not to be named": the cue belongs to the terms of anonymity."""
    around = draft.text[cue[0] : cue[1] + 40].lower().replace("’", "'")
    return any(around.startswith(phrase) for phrase in lexicon.table("anonymity"))


def _without_quotation(text: str, mention: Offsets | None) -> tuple[Offsets | None, list[Offsets]]:
    """Cut off a quotation that the model took into the source: "said Tom Baker, a farmer, “but nobody was hurt.”" """
    if mention is None or (match := re.compile(r",\s+(?=[“„«\"])").search(text, *mention)) is None:
        return mention, []
    return (mention[0], match.start()), [(match.end(), mention[1])]


def _belongs(draft: Draft, span: Offsets, cue: Offsets | None) -> bool:
    """A content piece lies in the cue's paragraph, or is a quotation nearby that the cue introduces or follows."""
    text = draft.text
    if cue is None or sentence_of(draft, cue[0]) == sentence_of(draft, span[0]):
        return True
    if (section := draft.section_at(span[0])) and section.kind is SectionKind.HEADLINE:
        return cue[0] < section.end
    if draft.line_at(cue[0]) == draft.line_at(span[0]) and len(text[slice(*span)].split()) >= MIN_PIECE_WORDS:
        return True
    return cues.is_quoted(text[span[0] : span[0] + 1]) or text[max(0, span[0] - 1)] in cues.DOUBLE_QUOTES


def _joined(text: str, found: Extracted, contents: list[Offsets]) -> list[Offsets]:
    parts = [part for part in (found.cue, found.source) if part]
    joined: list[Offsets] = []
    for span in sorted(contents):
        gap = (joined[-1][1], span[0]) if joined else (0, 0)
        if (
            joined
            and gap[1] - gap[0] <= MAX_GAP
            and "\n" not in text[slice(*gap)]
            and not any(overlaps(gap, part) for part in parts)
        ):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _edged(text: str, span: Offsets) -> Offsets:
    """Take in the quotation mark that stands just outside, and leave out a conjunction that leads on."""
    start, end = span
    if start and text[start - 1] in '“„«"‘' and not text[start - 2 : start - 1].isalnum():
        start -= 1
    if end < len(text) and text[end] in '”»"' and text.count(text[end], start, end) % 2 == (text[end] == '"'):
        end += 1
    elif text[end : end + 1] in ",.!?" and text[end + 1 : end + 2] in set('”»"'):
        opened = sum(text.count(mark, start, end) for mark in '“„«"')
        closed = sum(text.count(mark, start, end) for mark in "”»")
        if opened > closed and text[end + 1] != "\n":
            end += 2
    if match := _TRAILING.search(text, start, end):
        end = match.start()
    return content_span(text, start, end)


def _one_cue_each(draft: Draft, item: DraftAttribution) -> Iterator[DraftAttribution]:
    """ "said that A and accused B of C", "tweeted that A, and his party said B": one content, two attributions."""
    if item.cue is not None and item.mention is not None and len(item.contents) <= 2:
        verb, start, end = draft.head(item.cue), item.contents[0][0], item.contents[-1][1]
        for token in verb.conjuncts:
            is_cue = token.lemma_.lower() in lexicon.table("cues") and token.tag_ in {"VBD", "VBZ", "VBP"}
            if not is_cue or not start < token.idx < end or token.i < verb.i:
                continue
            subject = _subject_of(token)
            mention = noun_phrase(draft, subject) if subject is not None else item.mention
            if subject is not None and not start < mention[0] < token.idx:
                continue
            first = _edged(draft.text, (start, min(mention[0], token.idx) if subject is not None else token.idx))
            rest = content_span(draft.text, token.idx + len(token), end)
            if first[0] < first[1] and rest[0] < rest[1]:
                item.contents = [first]
                yield item
                yield DraftAttribution(offsets_of(token), mention, [rest], item.confidence)
                return
    yield item


def _from_its_comma(draft: Draft, item: DraftAttribution) -> None:
    """ "According to the Herald, Professor Burrows said that ...": what Burrows said is what the Herald reports."""
    if item.mention is None or len(item.contents) != 1:
        return
    start, end = item.contents[0]
    gap = draft.text[item.mention[1] : start]
    subject = (
        [t for t in draft.tokens((item.mention[1], start)) if t.dep_ == "nsubj"] if start > item.mention[1] else []
    )
    if gap.startswith(", ") and subject and not re.search(r"[;:“”\"\n]", gap) and len(gap) <= MAX_LEAD:
        item.contents = [content_span(draft.text, item.mention[1] + 1, end)]


def _around_according(draft: Draft, item: DraftAttribution) -> None:
    """ "The cleanup, according to the service, is still going on": the content is the clause around the words."""
    if item.cue is None or item.mention is None or not draft.words(item.cue).lower().startswith("according"):
        return
    _from_its_comma(draft, item)
    before, after = draft.text[: item.cue[0]].rstrip(), draft.text[item.mention[1] :].lstrip()
    sentence = sentence_of(draft, item.cue[0])
    if not (before.endswith(",") and after.startswith(",")) or len(item.contents) > 2:
        return
    begin = max(sentence[0], draft.text.rfind(";", sentence[0], item.cue[0]) + 1)
    close = draft.text.find(";", item.mention[1], sentence[1])
    parts = [
        content_span(draft.text, begin, item.cue[0]),
        content_span(draft.text, item.mention[1], close if close > 0 else sentence[1], first=False),
    ]
    free = [not any(overlaps(p, s) for a in draft.attributions if a is not item for s in a.contents) for p in parts]
    near = all(any(overlaps(span, part) for part in parts) for span in item.contents)
    if all(free) and all(start < end for start, end in parts) and near:
        item.contents = parts


# A quotation over several paragraphs opens each of them and closes only the last. A closing single mark is known by
# the stop before it, since an apostrophe looks the same.
_OPENING = re.compile(r"(?:^|(?<=[\s(—–-]))[“‘\"]")
_CLOSES = {
    "“": re.compile("”"),
    "‘": re.compile(r"(?<=[.,!?…])’|’(?=$)"),
    '"': re.compile(r'(?<=[^\s(—–-])"'),
}


def _long_quotations(draft: Draft) -> None:
    """ "..., the family said: ‘He was our sunshine. / ‘He was a devoted dad.’": one quotation, one attribution."""
    for pieces in _quotations_over_paragraphs(draft):
        quoting = [a for a in draft.attributions if a.cue and not any(inside(a.cue, piece) for piece in pieces)]
        owner = next((a for a in quoting if any(overlaps(c, p) for c in a.contents for p in pieces)), None)
        if owner is None:
            continue
        for item in [a for a in draft.attributions if a is not owner]:
            if item.cue and any(inside(item.cue, piece) for piece in pieces):
                draft.attributions.remove(item)
                draft.demoted.append(item)
                continue
            item.contents = [c for c in item.contents if not any(overlaps(c, piece) for piece in pieces)]
        draft.attributions = [a for a in draft.attributions if a.contents]
        before = [c for c in owner.contents if c[1] <= pieces[0][0] and owner.cue and c[1] > owner.cue[0] - MAX_LEAD]
        owner.contents = sorted([*before, *pieces])


def _quotations_over_paragraphs(draft: Draft) -> Iterator[list[Offsets]]:
    """The pieces of each quotation that goes on over paragraphs, with their marks, one piece a paragraph."""
    pieces: list[Offsets] = []
    mark = ""
    for section in draft.sections:
        words = draft.text[section.start : section.end]
        if pieces and section.kind is SectionKind.BODY and words.startswith(mark):
            closing = _CLOSES[mark].search(words, 1)
            pieces.append((section.start, section.start + closing.end() if closing else section.end))
            if closing is None:
                continue
            yield pieces
        pieces = []
        opened = list(_OPENING.finditer(words)) if section.kind is SectionKind.BODY else []
        if opened and not _CLOSES[mark := opened[-1].group()].search(words, opened[-1].end()):
            pieces = [(section.start + opened[-1].start(), section.end)]


_QUOTED = re.compile(r"“[^“”\n]+”|«[^«»\n]+»|(?<![\w\"])\"(?=\S)[^\"\n]+\"(?![\w\"])")


def _quotations(draft: Draft) -> None:
    """A quotation belongs to one attribution from mark to mark, however many sentences it has.

    One that nobody has and that a colon introduces belongs to the subject of the sentence before the colon: "Trump
    took a parting shot on Twitter: ..."
    """
    order = sorted(draft.attributions, key=lambda item: item.start)
    starts = [item.start for item in order]
    found: list[DraftAttribution] = []
    gone: set[int] = set()
    for match in _QUOTED.finditer(draft.text):
        quotation = match.span()
        if len(match.group().split()) < MIN_QUOTATION_WORDS or not _is_prose(draft, quotation[0]):
            continue
        reach = slice(bisect_left(starts, quotation[0] - REACH), bisect_left(starts, quotation[1] + REACH))
        near = [item for item in order[reach] if item.contents and id(item) not in gone]
        owners = [a for a in near if a.cue and not overlaps(a.cue, quotation) and _has_of(a, quotation)]
        owner = owners[0] if owners else _after_colon(draft, quotation, near)
        if owner is None:
            continue
        found += [] if owners else [owner]
        nested = _give(owner, quotation, near)
        draft.demoted += nested
        gone |= {id(item) for item in nested}
        # "made the announcement: ..." hands over speech, whatever the verb.
        owner.framed |= _ends_in_colon(draft.text, quotation[0]) and quotation in owner.contents
    draft.attributions = [a for a in [*draft.attributions, *found] if a.contents and id(a) not in gone]


def _is_prose(draft: Draft, place: int) -> bool:
    section = draft.section_at(place)
    return section is not None and section.kind in PROSE


def _has_of(item: DraftAttribution, quotation: Offsets) -> bool:
    """Whether an attribution has the beginning of a quotation, or most of it, and its source stands outside."""
    if item.mention is not None and overlaps(item.mention, quotation):
        return False
    shared = sum(max(0, min(e, quotation[1]) - max(s, quotation[0])) for s, e in item.contents)
    begins = any(s <= quotation[0] + 1 < e for s, e in item.contents)
    return begins or 2 * shared > quotation[1] - quotation[0]


def _give(owner: DraftAttribution, quotation: Offsets, near: list[DraftAttribution]) -> list[DraftAttribution]:
    """Make a quotation whole in one attribution; returns those that it reports itself, which are nested.

    What others nearby have of it they lose.
    """
    touching = [span for span in owner.contents if overlaps(span, quotation)]
    whole = (min([quotation[0], *(s for s, _ in touching)]), max([quotation[1], *(e for _, e in touching)]))
    owner.contents = sorted([span for span in owner.contents if span not in touching] + [whole])
    others = [item for item in near if item is not owner]
    nested = [item for item in others if item.cue and inside(item.cue, quotation)]
    for item in others:
        if item not in nested:
            item.contents = [span for span in item.contents if not overlaps(span, quotation)]
    return nested


def _ends_in_colon(text: str, place: int) -> bool:
    """Whether a colon, with at most a line break behind it, stands before a place."""
    return text[max(0, place - 4) : place].rstrip().endswith(":")


def _after_colon(draft: Draft, quotation: Offsets, near: list[DraftAttribution]) -> DraftAttribution | None:
    if not _ends_in_colon(draft.text, quotation[0]):
        return None
    colon = draft.text.rindex(":", 0, quotation[0])
    lead = [t for t in draft.sentence_at(colon) if t.idx < colon]
    verbs = [t for t in lead if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"relcl", "acl", "advcl", "aux", "auxpass"}]
    verb = next((t for t in verbs if (s := _subject_of(t)) is not None and s.idx < colon), None)
    subject = _subject_of(verb) if verb is not None else None
    if verb is None or subject is None:
        return None
    mention = noun_phrase(draft, subject)
    free = not any(overlaps(mention, span) for a in near for span in a.contents)
    return DraftAttribution(offsets_of(verb), mention, [quotation], FRAME_CONFIDENCE, framed=True) if free else None


# --- chains that a sentence tells ---------------------------------------------------------------------------------


def noun_phrase(draft: Draft, head: Token) -> Offsets:
    """A noun phrase with determiner, numeral and appositive, without its relative clause."""
    first, last = head.left_edge, head.i
    for child in head.rights:
        if child.dep_ in {"relcl", "acl", "advcl", "cc", "punct"} or child.pos_ in {"VERB", "AUX"}:
            if child.dep_ == "punct" or child.dep_ == "cc":
                continue
            break
        last = max(last, _right_without_clause(child))
    span = draft.doc[first.i : last + 1]
    return trim(draft.text, span.start_char, span.end_char, ",;:")


def _right_without_clause(token: Token) -> int:
    last = token.i
    for child in token.rights:
        if child.dep_ in {"relcl", "acl", "advcl"}:
            break
        if child.dep_ != "punct":
            last = max(last, _right_without_clause(child))
    return last


def _object_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"dobj", "obj", "pobj", "dative"}), None)


def _subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)


def _in_sentence(draft: Draft, sentence: Span) -> list[DraftAttribution]:
    bounds = (sentence.start_char, sentence.end_char)
    return [item for item in draft.attributions if item.cue and inside(item.cue, bounds)]


def _citing_cue(token: Token) -> Offsets | None:
    """ "citing", or "with reference to" by its noun."""
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
    named = _object_of(token) or next((t for t in token.rights if t.pos_ in {"NOUN", "PROPN"}), None)
    if named is None or (named.pos_ == "NOUN" and named.lemma_.lower() in lexicon.words("reasons")):
        return None  # "citing the elephant's size, officials estimated": a reason, not a source
    return noun_phrase(draft, named)


def _citing(draft: Draft, sentence: Span) -> None:
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
        nearest.contents = [span for span in nearest.contents if not overlaps(span, origin)] or nearest.contents
        nearest.opens_scope = True


def _told_by_outlet(
    draft: Draft, sentence: Span, citing: list[DraftAttribution], cue: Offsets, origin: Offsets
) -> DraftAttribution | None:
    """What an outlet reports with "citing" before it, where the model took that for the cue or found none.

    "The Courier reported late on Monday, citing an official, that ...": the verb of the sentence is the cue again.
    """
    verb, subject = sentence.root, _subject_of(sentence.root)
    if subject is None or verb.lemma_.lower() not in lexicon.table("cues") or not verb.idx < cue[0]:
        return None
    teller = noun_phrase(draft, subject)
    end = sentence_of(draft, origin[1] - 1)[1]
    follows = draft.text[origin[1] : end].lstrip().startswith(",")
    content = content_span(draft.text, origin[1], end) if follows else (end, end)
    found = next((item for item in citing if any(overlaps(span, content) for span in item.contents)), None)
    if content[1] <= content[0] or not (found or is_outlet(draft.words(teller))):
        return None
    if any(overlaps(content, span) for item in draft.attributions for span in item.contents):
        return None
    confidence = found.confidence if found else FRAME_CONFIDENCE
    made = DraftAttribution(offsets_of(verb), teller, [content], confidence)
    draft.attributions.append(made)
    return made


def _cited_as(draft: Draft) -> None:
    """ "The BBC also cited Budi Gunawan as saying ...": Gunawan is the origin, the BBC the reporter."""
    for sentence in _sentences(draft):
        for token in sentence:
            if token.lemma_ not in {"cite", "quote"} or token.tag_ in {"VBG", "NN", "NNS"}:
                continue
            saying = next(
                (t for t in token.subtree if t.tag_ == "VBG" and t.i > token.i and t.nbor(-1).lower_ == "as"), None
            )
            origin, reporter = _object_of(token), _subject_of(token)
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
            behind = _edged(draft.text, (saying.idx + len(saying), stop))
            is_behind = behind[0] < behind[1] and re.search(r"\w", draft.words(behind)) is not None
            content = behind if is_behind else _before_cited(draft, token, reporter)
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


_AS_PUT = (
    # "as Ann Moor put it to the Courier"
    re.compile(r"\b[Aa]s (?P<source>[^,;:“”\"\n]{2,60}?) (?P<cue>(?:puts?|has put) it)\b(?: to [^,.;]+)?"),
    # "as first reported by the Courier", "as the Courier first reported"
    re.compile(rf"\b[Aa]s (?:first |earlier |previously )?(?P<cue>reported by) (?P<source>{_NAME})"),
    re.compile(rf"\b[Aa]s (?P<source>{_NAME})(?: first| earlier| previously)? (?P<cue>reported)\b"),
)


def _as_put(draft: Draft) -> None:
    """ "The pier was “a ruin”, as Ann Moor put it to the Courier": the rest of the sentence is what she said."""
    for pattern in _AS_PUT:
        for match in pattern.finditer(draft.text):
            if not _is_prose(draft, match.start()) or ("reported" in match["cue"] and not outlet_in(match["source"])):
                continue
            taken = [item for item in draft.attributions if item.cue and overlaps(item.cue, match.span())]
            others = [span for item in draft.attributions if item not in taken for span in item.contents]
            contents = _around(draft, match.span())
            if contents and not any(overlaps(part, span) for span in others for part in contents):
                draft.attributions = [item for item in draft.attributions if item not in taken]
                cue, source = match.span("cue"), match.span("source")
                draft.attributions.append(DraftAttribution(cue, source, contents, FRAME_CONFIDENCE, framed=True))


def _around(draft: Draft, frame: Offsets) -> list[Offsets]:
    """What a sentence says before and after a frame that stands in it."""
    sentence = sentence_of(draft, frame[0])
    parts = [(sentence[0], frame[0]), (frame[1], max(frame[1], sentence[1]))]
    contents = [content_span(draft.text, *part, first=n == 0) for n, part in enumerate(parts)]
    return [part for part in contents if part[0] < part[1] and re.search(r"\w", draft.words(part))]


_HANDLE = re.compile(
    r"[”\"»]\s+(?P<source>(?:(?:the |a )?(?:user|account|handle)s? )?@\w+)\s+(?P<cue>wrote|posted|tweeted|replied|"
    r"commented|added|said|asked|responded)\b"
)


def _handles(draft: Draft) -> None:
    """ "“Nobody told us,” @harbour_watch posted on X": a handle behind a quotation is who wrote it."""
    quotations = {match.end(): match.span() for match in _QUOTED.finditer(draft.text)}
    for match in _HANDLE.finditer(draft.text):
        quotation = quotations.get(match.start() + 1)
        if quotation is None or not _is_prose(draft, match.start()):
            continue
        source, cue = match.span("source"), match.span("cue")
        owners = [item for item in draft.attributions if any(overlaps(quotation, span) for span in item.contents)]
        for owner in owners:
            owner.mention = owner.mention or source
        if not owners:
            draft.attributions.append(DraftAttribution(cue, source, [quotation], FRAME_CONFIDENCE, framed=True))


def _learned(draft: Draft) -> None:
    """ "Sky News understands that ...", "The Guardian can reveal that ...": an outlet tells what it has found out."""
    for sentence in _sentences(draft):
        verb, subject = sentence.root, _subject_of(sentence.root)
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


def _before_cited(draft: Draft, verb: Token, reporter: Token | None) -> Offsets | None:
    """ "The crane was unsafe, Xinhua quoted an official as saying": the content stands before the outlet."""
    begin = noun_phrase(draft, reporter)[0] if reporter is not None and reporter.i < verb.i else verb.idx
    content = content_span(draft.text, sentence_of(draft, verb.idx)[0], begin)
    comma = draft.text[content[1] : begin].strip() in {",", ",”", ',"', "", "”", '"'}
    whole = content[0] < content[1] and " " in draft.words(content)
    return _edged(draft.text, content) if comma and whole else None


def _further_cue(draft: Draft, saying: Token, end: int) -> Token | None:
    """The outlet's own next verb in "cited the army as saying A, and claimed B"."""
    for token in saying.doc[saying.i + 1 : saying.sent.end]:
        if token.idx >= end:
            return None
        finite = token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"} and _subject_of(token) is None
        if finite and token.lemma_.lower() in lexicon.table("cues") and token.idx + len(token) < end:
            return token
    return None


def is_outlet(name: str) -> bool:
    """Whether a name is that of a news outlet, by the list of outlets or a word such as News or Herald in it."""
    bare = re.sub(r"^(?:the|The)\s+", "", name).strip(" .,’'\"")
    bare = re.sub(r"[’']s?$", "", bare)
    if bare in lexicon.phrases("outlets"):
        return True
    parts = bare.split()
    if len(parts) < 2 or any(part.islower() and part not in {"of", "and", "the", "de", "for"} for part in parts):
        return False
    return any(part in lexicon.phrases("outlet_words") for part in parts)


def outlet_in(words: str) -> str | None:
    """The outlet that a noun phrase names: "CNN's Squawk Box" -> "CNN"."""
    if is_outlet(words):
        return words
    for match in re.finditer(_NAME, words):
        name = match.group()
        if is_outlet(name):
            return name
        first = re.split(r"[’']s?\b", name)[0]
        if is_outlet(first):
            return first
    return None


def _carried(draft: Draft) -> None:
    """Outlets and platforms that an attribution names: "told CNN", "in an interview with Bild", "wrote on Telegram"."""
    for item in draft.attributions:
        if item.cue is None or item.reporters:
            continue
        name = cues.lemma(draft, item.cue)
        if name in {"tell", "inform"} or name.startswith("put"):
            _told(draft, item)
        frame = _frame_words(draft, item)
        for match in _CARRIED.finditer(draft.text, *frame):
            place = trim(draft.text, *match.span("name"), ".")
            free = not any(overlaps(place, span) for span in item.contents)
            if free and outlet_in(match["name"]) and not (item.mention and overlaps(place, item.mention)):
                _add_link(item, DraftLink(LinkRole.REPORTER, place, match.span("cue")))
        _platform(draft, item, frame)
        _document(draft, item, frame)
        _obtained(draft, item, frame)


_OBTAINED = re.compile(
    rf"\b(?P<cue>(?:obtained|seen|reviewed|viewed|leaked|published)\s+(?:by|to))\s+(?P<name>{_NAME})"
)


def _obtained(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    """ "A memo obtained by Reuters shows", "in a letter seen by the Albion": the outlet passes on the document."""
    for match in _OBTAINED.finditer(draft.text, *frame):
        place = trim(draft.text, *match.span("name"), ".")
        of_vehicle = any(link.role is LinkRole.VEHICLE for link in item.reporters)
        of_source = item.mention is not None and 0 <= place[0] - item.mention[1] <= len(match["cue"]) + 3
        of_source |= item.mention is not None and inside(place, item.mention)
        free = not any(overlaps(place, span) for span in item.contents)
        if free and (of_vehicle or of_source) and (outlet_in(match["name"]) or match["name"].startswith("The ")):
            _add_link(item, DraftLink(LinkRole.REPORTER, place, match.span("cue")))


def _outlets() -> str:
    return "|".join(re.escape(name) for name in sorted(lexicon.phrases("outlets"), key=len, reverse=True))


def _add_link(item: DraftAttribution, link: DraftLink) -> None:
    if not any(other.mention and link.mention and overlaps(other.mention, link.mention) for other in item.reporters):
        item.reporters.append(link)


def _told(draft: Draft, item: DraftAttribution) -> None:
    assert item.cue is not None
    known = re.compile(rf"\s+(?:to\s+)?(?:the\s+)?(?P<name>{_outlets()})\b").match(draft.text, item.cue[1])
    if known and not any(overlaps(known.span("name"), span) for span in item.contents):
        _add_link(item, DraftLink(LinkRole.REPORTER, known.span("name"), item.cue))
        return
    for token in draft.tokens(item.cue):
        listener = next((t for t in token.children if t.dep_ in {"dobj", "dative", "obj"} and t.i > token.i), None)
        if listener is None:
            continue
        words = noun_phrase(draft, listener)
        named = _told_outlet(draft, listener, words)
        if named is not None and not any(overlaps(named, span) for span in item.contents):
            _add_link(item, DraftLink(LinkRole.REPORTER, named, item.cue))


_APPOSED_OUTLET = re.compile(
    r",\s+(?:an?|the|its|his|her)\s[^,.;:“”\"\n]{0,60}?\b(?:news\w*|paper|outlet|broadcaster|agency|magazine|channel|"
    r"station|website|site|daily|weekly|tabloid|network)\b"
)


def _told_outlet(draft: Draft, listener: Token, words: Offsets) -> Offsets | None:
    """The outlet that somebody tells: a known one, "The Verge", "Anadolu Agency, a local news outlet"."""
    if outlet_in(draft.words(words)) or names_us(draft.words(words)):
        return words
    name = re.compile(_NAME).match(draft.text, words[0])
    if name is None or listener.ent_type_ in {"PERSON", "GPE", "NORP"}:
        return None
    capital_article = name.group().startswith("The ") and listener.sent.start_char != name.start()
    if capital_article or _APPOSED_OUTLET.match(draft.text, name.end()):
        return name.span()
    return None


def _frame_words(draft: Draft, item: DraftAttribution) -> Offsets:
    assert item.cue is not None
    return sentence_of(draft, item.cue[0])


_PLATFORM_LEAD = (
    r"(?:on|via|to|in)\s+(?:(?:his|her|its|their|the|a|an|social|media|network|platform|site|messaging|app)\s+){0,5}"
)


def _platform(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    names = "|".join(re.escape(name) for name in lexicon.phrases("platforms"))
    for match in re.finditer(rf"\b{_PLATFORM_LEAD}(?P<name>{names})\b", draft.text[slice(*frame)]):
        place = (frame[0] + match.start("name"), frame[0] + match.end("name"))
        parts = [*item.contents, *([item.mention] if item.mention else [])]
        if not any(overlaps(place, part) for part in parts):
            item.reporters.append(DraftLink(LinkRole.VEHICLE, place, item.cue))
            return


def _with_addressee(draft: Draft, document: Offsets) -> Offsets:
    """ "a filing to the stock exchange": a document with the phrase that says whom it went to."""
    after = draft.tokens(document)[-1].i + 1
    to = draft.doc[after] if after < len(draft.doc) and draft.doc[after].lower_ in {"to", "with"} else None
    body = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    return (document[0], body.idx + len(body)) if body is not None else document


@cache
def _in_document() -> re.Pattern[str]:
    """ "in a court filing", "in its policy paper", "in court papers"."""
    nouns = "|".join(re.escape(noun) for noun in sorted(lexicon.phrases("vehicle_documents"), key=len, reverse=True))
    one = rf"(?:an?|the|its|his|her|their|that|another) (?:[\w’'-]+ ){{0,3}}?(?:{nouns})s?"
    return re.compile(rf"\b[Ii]n (?P<name>{one}|(?:[a-z-]+ ){{0,2}}?(?:{nouns})s)\b")


def _document(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    """ "Halvorsen said in a filing to the stock exchange": the words came by way of that document."""
    taken = [
        *item.contents,
        *([item.mention] if item.mention else []),
        *(a.mention for a in item.reporters if a.mention),
    ]
    if any(link.role is LinkRole.VEHICLE for link in item.reporters):
        return
    for match in _in_document().finditer(draft.text, *frame):
        place = _with_addressee(draft, match.span("name"))
        if draft.tokens(match.span("name"))[-1].dep_ == "compound":
            continue  # "in the email probe"
        if not any(overlaps(place, part) for part in taken):
            item.reporters.insert(0, DraftLink(LinkRole.VEHICLE, place, item.cue))  # nearer to the origin than outlets
            return


# --- frames across sentences and in headlines ----------------------------------------------------------------------


def _postponed(draft: Draft) -> None:
    """ "This was reported by Axios, citing officials." attributes what stands before it."""
    for sentence in list(_sentences(draft)):
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
        if (citing := _citing_cue(token)) and (origin := _cited_origin(draft, token)):
            made.reporters.append(DraftLink(LinkRole.REPORTER, reporter, cue))
            made.mention, made.cue = origin, citing
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
        said = [item for item in inner if not cues.reports_deed(draft, item) and not _is_act(draft, item)]
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


_COLON = re.compile(r"^(?P<source>[^:“”\"]{2,45}?)\s*(?P<cue>:)\s+(?P<content>\S.+)$", re.DOTALL)
_SAYS = re.compile(
    r"^(?P<content>.{12,}?)(?:,\s+|\s+[–—-]\s+)(?P<cue>(?:say|says|said|claims?|warns?|finds?|shows?|reports?|suggests?|"
    r"according to)\s+)?(?P<source>[^,“”\"–—]{3,50}?)(?P<after>\s+(?:says?|claims?|warns?|finds?|shows?|reports?|"
    r"suggests?|tells \w+))?$",
    re.DOTALL,
)


def _headline(draft: Draft) -> None:
    """ "Axios: The US pressures ..." and "..., says minister", where the extractor left them out."""
    for section in draft.sections:
        if section.kind is not SectionKind.HEADLINE:
            continue
        bounds = (section.start, section.end)
        inner = [item for item in draft.attributions if inside(item.contents[0], bounds)]
        good = [item for item in inner if not cues.reports_deed(draft, item)]
        made = _colon_headline(draft, bounds) or (None if good else _said_headline(draft, bounds))
        if made is not None:
            draft.attributions = [item for item in draft.attributions if item not in inner]
            draft.attributions.append(made)


def _colon_headline(draft: Draft, bounds: Offsets) -> DraftAttribution | None:
    match = _COLON.match(draft.text[slice(*bounds)])
    if match is None or not _speaks(draft, match["source"]):
        return None
    return _headline_attribution(draft, bounds, match, match.span("cue"))


def _said_headline(draft: Draft, bounds: Offsets) -> DraftAttribution | None:
    match = _SAYS.match(draft.text[slice(*bounds)])
    if match is None or bool(match["cue"]) == bool(match["after"]):
        return None
    cue = match.span("cue") if match["cue"] else match.span("after")
    return _headline_attribution(draft, bounds, match, cue)


def _headline_attribution(draft: Draft, bounds: Offsets, match: re.Match[str], cue: Offsets) -> DraftAttribution:
    def place(span: Offsets) -> Offsets:
        return trim(draft.text, bounds[0] + span[0], bounds[0] + span[1])

    content = content_span(draft.text, *place(match.span("content")))
    return DraftAttribution(place(cue), place(match.span("source")), [content], FRAME_CONFIDENCE, framed=True)


def _speaks(draft: Draft, name: str) -> bool:
    """Whether the words before a headline's colon name a speaker, not a topic: an outlet, a person, a known source."""
    words = name.strip().lower().split()
    if not words or any(word in lexicon.words("headline_labels") for word in words) or len(words) > 6:
        return False
    if outlet_in(name) or words[-1] in {"report", "study", "poll", "minister", "president", "police", "officials"}:
        return True
    for item in draft.attributions:
        named = draft.words(item.mention)
        links = [draft.words(link.mention) for link in item.reporters]
        if any(name.lower() in other.lower() for other in (named, *links) if other):
            return True
    entities = [ent for ent in draft.doc.ents if ent.text == name]
    return any(ent.label_ == "PERSON" for ent in entities)
