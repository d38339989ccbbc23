"""The extractor's findings, mended: cue, source and content brought to the edges that the codebook gives them.

A learned span ends a word too early, takes in the listener, or holds two attributions in one. Each is set right by the
sentence around it; a finding that is nobody's claim ("as noted", "Asked whether he would go") is left out.
"""

import re
from collections.abc import Iterator

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, Offsets, inside, offsets_of, overlaps
from annotator.extraction.extracted import Extracted
from annotator.labels import SectionKind
from annotator.language import cues, lexicon
from annotator.language.outlets import outlet_in
from annotator.language.syntax import noun_phrase, sentence_of, subject_of

MIN_PIECE_WORDS = 3  # a shorter piece of content outside the cue's sentence is a slip of the model
MAX_LEAD = 300  # characters before a cue in which a first piece of its content stands
MAX_GAP = 12  # characters between two pieces of one content that the model left out by mistake
_POINTER_WORDS = frozenset({"this", "that", "it", "so", "these", "the news", "the information"})
_TRAILING = re.compile(r"[\s,;]+(?:and|or|but|while|as|adding)$", re.IGNORECASE)
_OF_THEM = re.compile(r" (?:them|those|whom)\b")


def mended(draft: Draft, found: Extracted) -> DraftAttribution | None:
    """A finding with its parts brought to their edges, or None where it is no attribution."""
    text = draft.text
    cue = found.cue
    if cue and text[cue[0] : cue[1]].lower() == "according" and text[cue[1] : cue[1] + 3].lower() == " to":
        cue = (cue[0], cue[1] + 3)
    cue, source = _quote_from(draft, cue, found.source)
    mention, quoted = _without_quotation(text, _whole_word(text, source))
    if mention and (of_them := _OF_THEM.match(text, mention[1])) and text[: mention[1]].endswith(" of"):
        mention = (mention[0], of_them.end())
    contents = _joined(text, found, [span for span in found.contents if _belongs(draft, span, cue)] + quoted)
    contents = [_without_check(text, span) for span in contents]
    contents = [span for span in (edged(text, span) for span in contents) if span[0] < span[1]]
    if len(contents) > 1:
        contents = [span for span in contents if " " in text[slice(*span)] or cues.is_quoted(text[slice(*span)])]
    if not contents or cue is None:
        return None
    if found.source is None and re.search(r"\bas \w+$", text[max(0, cue[0] - 3) : cue[1]], re.IGNORECASE):
        return None  # "as noted" refers to the article's own words
    if _is_put_question(draft, cue, contents) or _is_dateline(draft, cue, contents):
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
    contents = [span for span in contents if not _is_scrap(draft, span, contents)]
    mention = _who_speaks(draft, _noun_of(draft, mention), cue)
    mention = _own_subject(draft, cue, mention, contents)
    # Who speaks is no piece of what they say, where there is another.
    contents = [span for span in contents if mention is None or not inside(span, mention)] or contents
    if len(contents) == 1:
        contents = [_whole_phrase(draft, _up_to_cue(draft, contents[0], cue, mention), cue, mention)]
    contents = _with_according(draft, cue, contents)
    made = DraftAttribution(cue, mention, contents, found.confidence, source_confidence=found.source_confidence)
    _split_according(draft, made)
    return made


# "Russian claims that troops fled could not be independently verified": the outlet says that of the claim.
_CHECK = re.compile(
    r"\s+(?:could|can|cannot|have|has) ?(?:not )?(?:yet |immediately |independently )*(?:be|been) "
    r"(?:independently |immediately )?(?:verified|confirmed|corroborated)\b[^“”\"\n]*\Z"
)


def _without_check(text: str, span: Offsets) -> Offsets:
    check = _CHECK.search(text[slice(*span)])
    return (span[0], span[0] + check.start()) if check is not None else span


_INNER = re.compile(r"\s*(?:that\s+)?(?=according to\b[^.;\n]*,\s*$)", re.IGNORECASE)


def _with_according(draft: Draft, cue: Offsets, contents: list[Offsets]) -> list[Offsets]:
    """ "Wikinews has learned that according to a posting, the site is down": the posting is inside what was learned."""
    first, *rest = contents
    inner = _INNER.match(draft.text, cue[1], first[0]) if cue[1] < first[0] else None
    return [(inner.end(), first[1]), *rest] if inner is not None else contents


def _split_according(draft: Draft, item: DraftAttribution) -> None:
    """ "According to the Herald, Professor Burr said ...", read as one source: Burr is inside what the Herald tells."""
    begin = item.mention[0] if item.mention else 0
    cue = _ACCORDING.search(draft.text, max(0, begin - 20), begin)
    if item.mention is None or cue is None:
        return
    outer, comma, inner = draft.text[slice(*item.mention)].partition(", ")
    if comma and inner and outlet_in(outer) and item.mention[1] <= item.contents[0][0]:
        item.contents[0] = (begin + len(outer) + len(comma), item.contents[0][1])
        item.cue, item.mention = cue.span("cue"), (begin, begin + len(outer))


_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording to)\s+\Z")


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
    if mention is not None and inside(own, mention) and "." not in draft.text[mention[0] : own[0]]:
        return mention  # "Elsund Agency", of which the parser hangs the first word on the headline
    return mention if any(overlaps(own, span) for span in contents) else own


def _noun_of(draft: Draft, mention: Offsets | None) -> Offsets | None:
    """ "An eyewitness described for the agency": of a clause that was taken for a source, the subject."""
    root = draft.head(mention) if mention else None
    subject = subject_of(root) if root is not None and root.pos_ == "VERB" else None
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
    between = draft.text[verb.idx : mention[0]]
    if re.search(r"[,;] (?:but|and|while)\b", between) and not re.search(r"\bby\b", between):
        return None  # "No claims were reported, but the manager blamed rebels"
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


def _is_scrap(draft: Draft, span: Offsets, contents: list[Offsets]) -> bool:
    """Whether a paraphrase is the torn beginning of a sentence before that of the other contents."""
    end = sentence_of(draft, span[0])[1]
    torn = not cues.is_quoted(draft.words(span)) and bool(re.search(r"\w", draft.text[span[1] : end]))
    others = [other for other in contents if other != span]
    return torn and bool(others) and all(other[0] >= end for other in others)


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


def _is_dateline(draft: Draft, cue: Offsets, contents: list[Offsets]) -> bool:
    """ "Washington, DC, United States: Getting there is easy": nothing but places before a paragraph's colon."""
    line = draft.line_at(cue[0])
    if draft.words(cue) != ":" or cues.is_quoted(draft.words(contents[0])) or line[0] >= cue[0]:
        return False
    return all(token.ent_type_ == "GPE" or token.is_punct for token in draft.tokens((line[0], cue[0])))


def _is_put_question(draft: Draft, cue: Offsets, contents: list[Offsets]) -> bool:
    """ "Asked whether he would go, the coach said ...": what somebody was asked is nobody's claim."""
    verb = draft.head(cue)
    first = draft.words(contents[0]).lower().split()[:1]
    was_asked = first[0] in _QUESTION_WORDS or (first[0] == "to" and verb.tag_ == "VBN")
    return verb.lemma_.lower() in {"ask", "question"} and subject_of(verb) is None and was_asked


def _is_terms(draft: Draft, cue: Offsets) -> bool:
    """ "who asked not to be named": the cue belongs to the terms of anonymity."""
    around = draft.text[cue[0] : cue[1] + 40].lower().replace("’", "'")
    return any(around.startswith(phrase) for phrase in lexicon.table("anonymity"))


_QUOTE_FROM = re.compile(
    r"(?:Direct quote|Quote|Quotation|Comment)s? (?:from|by|of) (?P<who>[^:\n]{2,80}?)(?P<colon>:)"
)


def _quote_from(draft: Draft, cue: Offsets | None, mention: Offsets | None) -> tuple[Offsets | None, Offsets | None]:
    """ "Quote from Oleg Savin: “It rained.”", as Ukrainian newsrooms head what somebody said."""
    place = cue or mention
    line = draft.line_at(place[0]) if place else (0, 0)
    label = _QUOTE_FROM.match(draft.text, *line)
    if label is None or place is None or place[0] > label.end():
        return cue, mention
    return label.span("colon"), label.span("who")


def _whole_word(text: str, mention: Offsets | None) -> Offsets | None:
    """ "RBC-Norvia": a source begins where its hyphenated word does."""
    begin = re.search(r"[\w-]*\w-\Z", text[max(0, mention[0] - 30) : mention[0]]) if mention else None
    return (mention[0] - len(begin.group()), mention[1]) if mention and begin is not None else mention


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


_HALF_WORD = re.compile(r"(?:(?<=\w)|(?<=\w-))\w+\s+")


def edged(text: str, span: Offsets) -> Offsets:
    """Take in the quotation mark that stands just outside; leave out a conjunction that leads on, and half a word."""
    start, end = span
    if half := _HALF_WORD.match(text, start, end):
        start = half.end()  # "told Agence France-Presse arson was likely"
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


def around_according(draft: Draft, item: DraftAttribution) -> None:
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
