"""Headlines that name their source: "Axios: The US pressures ...", "Bridge unsafe, says minister"."""

import re

from spacy.tokens import Token

from annotator.attributions.deeds import reports_deed
from annotator.conventions import content_span, trim
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, Offsets, inside, offsets_of, overlaps
from annotator.labels import SectionKind
from annotator.language import cues, lexicon
from annotator.language.names import is_short_for
from annotator.language.outlets import outlet_in

STEM = 5  # letters by which a word of the headline is found again in the text

_COLON = re.compile(r"^(?P<source>[^:“”\"]{2,45}?)\s*(?P<cue>:)\s+(?P<content>\S.+)$", re.DOTALL)
_TO_KNOW = re.compile(r"(?:what|how|why|who|when|where|all|everything)\b.*\b(?:we|you|to know|so far)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"^(?P<content>.{12,}?)(?:,\s+|\s+[–—-]\s+)(?P<cue>(?:say|says|said|claims?|warns?|finds?|shows?|reports?|suggests?|"
    r"according to)\s+)?(?P<source>[^,“”\"–—]{3,50}?)(?P<after>\s+(?:says?|claims?|warns?|finds?|shows?|reports?|"
    r"suggests?|hears?|told|tells \w+))?$",
    re.DOTALL,
)
# "Fuel price to rise in July - Treasury", "... -sources"
_DASH = re.compile(r"^(?P<content>.{12,}?)\s+(?P<cue>[–—-])\s?(?P<source>[^–—:\n]{3,40})$", re.DOTALL)


def headline(draft: Draft) -> None:
    """ "Axios: The US pressures ..." and "..., says minister", where the extractor left them out."""
    for section in draft.sections:
        if section.kind is not SectionKind.HEADLINE:
            continue
        bounds = (section.start, section.end)
        parts = _COLON.match(draft.text[slice(*bounds)])
        if parts and (_is_label(parts["source"]) or _is_topic(draft, bounds, parts)):
            colon = bounds[0] + parts.start("cue")
            draft.attributions = [item for item in draft.attributions if item.cue is None or item.cue[0] != colon]
            parts = None  # nobody speaks before the colon; somebody may behind a dash
        inner = [item for item in draft.attributions if inside(item.contents[0], bounds)]
        good = [item for item in inner if not reports_deed(draft, item)]
        made = _colon_headline(draft, bounds, parts)
        if made is None and all(item.mention is None for item in good):
            made = _quoted_headline(draft, bounds)
        made = made or (None if good else _said_headline(draft, bounds))
        if made is not None:
            draft.attributions = [item for item in draft.attributions if item not in inner]
            draft.attributions.append(made)


def _colon_headline(draft: Draft, bounds: Offsets, parts: re.Match[str] | None) -> DraftAttribution | None:
    if parts is None or not _speaks(draft, parts["source"]):
        return None
    return _headline_attribution(draft, bounds, parts, parts.span("cue"))


_QUOTED = re.compile(r"^(?P<content>[‘'“\"][^“”\"\n:]{6,}[’'”\"])\s*(?P<cue>:)\s+(?=\w)")
MAX_BEFORE = 4  # words from the colon to whoever is quoted: "‘I ran’: Elsund lorry driver on his escape"


def _quoted_headline(draft: Draft, bounds: Offsets) -> DraftAttribution | None:
    """ "‘I just ran’: schoolboy escapes gunmen": what is quoted before the colon is theirs of whom the rest tells."""
    match = _QUOTED.match(draft.text[slice(*bounds)])
    if match is None:
        return None
    first = draft.tokens((bounds[0] + match.end(), bounds[0] + match.end() + 1))[0]
    near = draft.doc[first.i : first.i + MAX_BEFORE]
    who = next((t for t in near if t.idx < bounds[1] and (t.ent_type_ == "PERSON" or _is_somebody(t))), None)
    while who is not None and who.i + 1 < len(draft.doc) and who.nbor(1).ent_type_ == who.ent_type_ == "PERSON":
        who = who.nbor(1)
    if who is None or (who.ent_type_ == "PERSON" and who.i + 1 < len(draft.doc) and who.nbor(1).tag_ == "POS"):
        return None  # "Moor's fans gather"
    begin, end = (bounds[0] + place for place in match.span("content"))
    cue = bounds[0] + match.start("cue"), bounds[0] + match.end("cue")
    return DraftAttribution(cue, (first.idx, offsets_of(who)[1]), [(begin, end)], FRAME_CONFIDENCE, framed=True)


def _is_somebody(token: Token) -> bool:
    nouns, kinds = (lexicon.table(name).get(token.lower_, ("",))[0] for name in ("nouns", "noun_kinds"))
    return token.tag_ in {"NN", "NNP", "JJ"} and (nouns or kinds) == "person"


def _is_label(name: str) -> bool:
    """Whether the words before a headline's colon are a label: "Analysis", "The latest on Elsund"."""
    return any(word in lexicon.words("headline_labels") for word in name.lower().split())


def _is_topic(draft: Draft, headline: Offsets, parts: re.Match[str]) -> bool:
    """Whether a person before the colon is what the headline is about: "Julian Assange: Sweden drops investigation".

    A headline repeats what the text says; who says it there says it in the headline. Where a sentence of the article's
    own, or what somebody else says, has more of its words than anything that the person says, the person is the topic.
    """
    name, content = parts["source"], parts["content"]
    if _TO_KNOW.match(content) or _is_thing(draft, name):
        return True
    person = any(ent.label_ == "PERSON" and ent.text == name for ent in draft.doc.ents)
    if not person or outlet_in(name) or cues.is_quoted(content):
        return False
    surname, wanted = name.split()[-1], _stems(content)
    said = (item for item in draft.attributions if _is_named(surname, draft.words(item.mention)))
    own = [span for item in said for span in item.contents if not inside(span, headline)]
    if own and " " not in name:
        return False  # "Moor: ...", as newsrooms head what somebody says whom the text quotes
    theirs = max((len(wanted & _stems(draft.text[slice(*span)])) for span in own), default=0)
    others = (s for s in draft.prose_sentences if not any(overlaps(span, (s.start_char, s.end_char)) for span in own))
    best = max((len(wanted & _stems(s.text)) for s in others if s.start_char >= headline[1]), default=0)
    return best > max(theirs, 1)


def _is_named(name: str, mention: str) -> bool:
    """Whether a mention has a name of a headline, which may leave out accents or spell it differently."""
    return name.lower() in mention.lower() or any(is_short_for(name, part) for part in mention.split(","))


def _is_thing(draft: Draft, name: str) -> bool:
    """Whether the text has a headline's label in small letters, and that is nobody: "Depot: closed for a year"."""
    kinds = {lexicon.table(table).get(name.lower(), ("",))[0] for table in ("nouns", "noun_kinds")}
    small = re.search(rf"\b{re.escape(name.lower())}\b", draft.text) is not None
    return small and not kinds & {"person", "organization", "document", "group", "media"} and name.lower() != name


def _stems(words: str) -> set[str]:
    """The beginnings of the words that carry meaning; headlines have other endings than sentences."""
    return {word[:STEM] for word in re.findall(r"\w{4,}", words.lower())}


def _said_headline(draft: Draft, bounds: Offsets) -> DraftAttribution | None:
    match = _SAYS.match(draft.text[slice(*bounds)])
    if match is None or bool(match["cue"]) == bool(match["after"]):
        match = _DASH.match(draft.text[slice(*bounds)])
        source = match["source"].strip("“”‘’'\"") if match is not None else ""
        speaks = _speaks(draft, source) and not source.endswith((" report", " poll"))  # "Lions win - match report"
        return _headline_attribution(draft, bounds, match, match.span("cue")) if match and speaks else None
    cue = match.span("cue") if match["cue"] else match.span("after")
    return _headline_attribution(draft, bounds, match, cue)


def _headline_attribution(draft: Draft, bounds: Offsets, match: re.Match[str], cue: Offsets) -> DraftAttribution:
    def place(span: Offsets) -> Offsets:
        return trim(draft.text, bounds[0] + span[0], bounds[0] + span[1])

    content = content_span(draft.text, *place(match.span("content")))
    return DraftAttribution(place(cue), place(match.span("source")), [content], FRAME_CONFIDENCE, framed=True)


_ALWAYS_SPEAK = frozenset(
    {"report", "reports", "study", "poll", "minister", "president", "police", "officials", "source", "sources"}
    | {"spokesperson"}
)


def _speaks(draft: Draft, name: str) -> bool:
    """Whether the words before a headline's colon name a speaker, not a topic: an outlet, a person, a known source."""
    words = name.strip().lower().split()
    if not words or _is_label(name) or len(words) > 6:
        return False
    if outlet_in(name) or words[-1] in _ALWAYS_SPEAK:
        return True
    for item in draft.attributions:
        named = draft.words(item.mention)
        links = [draft.words(link.mention) for link in item.reporters]
        if any(_is_named(name, other) for other in (named, *links) if other):
            return True
    entities = [ent for ent in draft.doc.ents if ent.text == name]
    return any(ent.label_ == "PERSON" for ent in entities)
