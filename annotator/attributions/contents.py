"""What is said: the contents of a finding, mended."""

import re
from collections.abc import Iterable

from annotator.conventions import content_span
from annotator.draft import Draft, DraftAttribution, Offsets, overlaps
from annotator.extraction.extracted import Extracted
from annotator.labels import SectionKind
from annotator.language import cues, lexicon
from annotator.language.syntax import sentence_of

MIN_PIECE_WORDS = 3  # a shorter piece of content outside the cue's sentence is a slip of the model


MAX_GAP = 12  # characters between two pieces of one content that the model left out by mistake


_TRAILING = re.compile(r"[\s,;]+(?:and|or|but|while|as|adding)$", re.IGNORECASE)


# "Russian claims that troops fled could not be independently verified": the outlet says that of the claim.
_CHECK = re.compile(
    r"\s+(?:could|can|cannot|have|has) ?(?:not )?(?:yet |immediately |independently )*(?:be|been) "
    r"(?:independently |immediately )?(?:verified|confirmed|corroborated)\b[^“”\"\n]*\Z"
)


_DAY = re.compile(r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:that )?")


def without_day(draft: Draft, content: Offsets, cue: Offsets) -> Offsets:
    """ "Moor said Monday they would go": the day is that of the saying, where it stands beside the cue."""
    day = _DAY.match(draft.text, *content)
    if day is None or draft.text[cue[1] : content[0]].strip():
        return content
    name = next(token for token in draft.tokens(day.span()) if token.text.endswith("day"))
    # "said Monday would be quiet": the day is what is spoken of
    return (day.end(), content[1]) if name.dep_ in {"npadvmod", "pobj", "tmod"} and day.end() < content[1] else content


def without_check(text: str, span: Offsets) -> Offsets:
    check = _CHECK.search(text[slice(*span)])
    return (span[0], span[0] + check.start()) if check is not None else span


def in_its_sentence(draft: Draft, span: Offsets, cue: Offsets) -> Offsets:
    """A paraphrase ends with its sentence: what the model took in of the sentence before is cut off."""
    sentence = sentence_of(draft, cue[0])
    crosses = span[0] < sentence[0] < span[1] <= sentence[1]
    if not crosses or cues.is_quoted(draft.words(span)) or "\n" in draft.words(span):
        return span
    return content_span(draft.text, sentence[0], span[1])


def is_scrap(draft: Draft, span: Offsets, contents: list[Offsets]) -> bool:
    """Whether a paraphrase is the torn beginning of a sentence before that of the other contents."""
    end = sentence_of(draft, span[0])[1]
    torn = not cues.is_quoted(draft.words(span)) and bool(re.search(r"\w", draft.text[span[1] : end]))
    others = [other for other in contents if other != span]
    return torn and bool(others) and all(other[0] >= end for other in others)


def without_listener(draft: Draft, contents: list[Offsets], cue: Offsets) -> list[Offsets]:
    """ "warned the chief secretary last month that ...": who was told is no piece of the content."""
    if len(contents) < 2 or contents[0][0] < cue[1] or cues.has_clause(draft, contents[:1]):
        return contents
    between = draft.text[contents[0][1] : contents[1][0]]
    listens = cues.lemma(draft, cue) in lexicon.words("listener_cues") and re.search(r"\bthat\s*$", between)
    return contents[1:] if listens else contents


def up_to_cue(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "Scrutiny is likely, analysts wrote": a content before its source reaches to the comma before that."""
    begin = min(cue[0], mention[0] if mention else cue[0])
    gap = draft.text[content[1] : begin]
    sentence = sentence_of(draft, cue[0])
    if not sentence[0] <= content[0] < content[1] < begin or not re.fullmatch(r"\s[^,;:“”\"\n]+,\s*", gap):
        return content
    verb = any(t.pos_ in {"VERB", "AUX"} for t in draft.tokens((content[1] + 1, begin)))
    return content_span(draft.text, content[0], begin) if verb else content


_WHEN_AND_WHERE = frozenset({"in", "on", "at", "during", "after", "before", "since", "via", "through", "near"})


def before_as(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "The pier is rotten, a diver has claimed as pressure grows": what is said stands before who says it."""
    if mention is None or not cue[1] < content[0] <= cue[1] + 2 or draft.words(content)[:3].lower() != "as ":
        return content
    begin = sentence_of(draft, mention[0])[0]
    before = draft.text[begin : mention[0]].rstrip()
    told = mention[1] <= cue[0] and before.endswith(",") and len(before.split()) >= MIN_PIECE_WORDS
    front = content_span(draft.text, begin, mention[0])
    return front if told and cues.has_clause(draft, [front]) else content


def whole_phrase(draft: Draft, content: Offsets, cue: Offsets, mention: Offsets | None) -> Offsets:
    """ "a probe by a sitting judge": a noun that is all of a content keeps the phrases that hang on it."""
    content = _unbroken(draft, content, cue, mention)
    tokens = draft.tokens(content)
    head = tokens.root
    if head.pos_ != "NOUN" or head.i != tokens[-1].i or head.left_edge.i < tokens.start:
        return content
    alone = len(tokens) == 1 and draft.words(cue).endswith(" of")  # "has warned of snow on Monday"
    of = {head, head.head.head} if alone else {head}
    rest = [token for token in head.doc[head.i + 1 : head.i + 2] if token.dep_ == "prep" and token.head in of]
    rest = [token for token in rest if alone or token.lower_ not in _WHEN_AND_WHERE]
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


def belongs(draft: Draft, span: Offsets, cue: Offsets | None) -> bool:
    """A content piece lies in the cue's paragraph, or is a quotation nearby that the cue introduces or follows."""
    text = draft.text
    if cue is None or sentence_of(draft, cue[0]) == sentence_of(draft, span[0]):
        return True
    if (section := draft.section_at(span[0])) and section.kind is SectionKind.HEADLINE:
        return cue[0] < section.end
    if draft.line_at(cue[0]) == draft.line_at(span[0]) and len(text[slice(*span)].split()) >= MIN_PIECE_WORDS:
        return True
    if _is_introduced(draft, span, cue):
        return False
    if text[draft.line_at(cue[0])[0] : span[0]].rstrip().endswith(":"):
        return True  # "Moor said in a statement:" with the statement below
    return cues.is_quoted(text[span[0] : span[0] + 1]) or text[max(0, span[0] - 1)] in cues.DOUBLE_QUOTES


def _is_introduced(draft: Draft, span: Offsets, cue: Offsets) -> bool:
    """Whether the paragraph of a piece has another's sentence before it: "Tom Reed lost his barn. “I stood there.”" """
    line = draft.line_at(span[0])
    elsewhere = not line[0] <= cue[0] < line[1]
    return elsewhere and draft.text[line[0] : span[0]].rstrip().endswith((".", "!", "?"))


def joined_pieces(text: str, found: Extracted, contents: list[Offsets]) -> list[Offsets]:
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


def take_out(draft: Draft, bounds: Offsets, inner: Iterable[DraftAttribution] = ()) -> None:
    """Take the attributions out that a frame takes the place of: those `inner`, and all with a content in `bounds`."""
    gone = {id(item) for item in inner}
    draft.attributions = [
        item
        for item in draft.attributions
        if id(item) not in gone and not any(overlaps(span, bounds) for span in item.contents)
    ]
