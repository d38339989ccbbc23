"""What an attribution says of the outlet, platform or document that carried it.

"told CNN", "in an interview with Bild", "wrote on Telegram", "said in a court filing", "a memo obtained by Reuters".
"""

import re
from collections.abc import Iterable

from spacy.tokens import Token

from annotator.conventions import trim
from annotator.draft import Draft, DraftAttribution, DraftLink, Offsets, inside, overlaps
from annotator.labels import LinkRole
from annotator.language import cues, lexicon
from annotator.language.listeners import KIND, SAID, SENT, kind_of
from annotator.language.outlets import NAME, of_article, outlet_in
from annotator.language.publisher import is_own_name, names_us
from annotator.language.syntax import noun_phrase, sentence_of

_CARRIED = re.compile(
    r"\b(?P<cue>(?:interview|conversation|phone call)s?\s+(?:with|to|on)|[Ss]peaking\s+(?:to|with|on)|spoke\s+to|"
    rf"(?:statement|comment|remark)s?\s+(?:to|{SENT}\s+(?:to|with))|{SAID}\s+to|"
    r"quoted\s+by|cited\s+by|as\s+told\s+to|[Aa]ppear(?:ing|ance)\s+on|"
    rf"(?:live|on air|broadcast) on|(?:as\s+)?(?:first\s+)?reported\s+by|op-ed\s+(?:for|in))\s+"
    rf"(?P<name>{NAME}|the (?:[\w-]+ ){{0,2}}?(?:{KIND}|agency)\b)"
)
_ON_AIR = re.compile(rf"(?:\s+\w+day)?\s+(?P<cue>on)\s+(?:the\s+)?(?P<name>{NAME})")  # "said Sunday on Fox News"
MAX_TO_INTERVIEW = 40  # characters from a cue: "said of the two in a Fox News interview"
_IN_INTERVIEW = re.compile(rf"\b(?P<cue>[Ii]n)\s+(?:an?|his|her|their|the)\s+(?P<name>{NAME})\s+interview\b")


def carried(draft: Draft) -> None:
    """Outlets and platforms that an attribution names: "told CNN", "in an interview with Bild", "wrote on Telegram"."""
    for item in draft.attributions:
        if item.cue is None or item.reporters:
            continue
        name = cues.lemma(draft, item.cue)
        if name in {"tell", "inform"} or name.startswith("put"):
            _told(draft, item)
        frame = _frame_words(draft, item)
        near = (m for m in draft.matches(_IN_INTERVIEW, frame) if 0 < m.start() - item.cue[1] < MAX_TO_INTERVIEW)
        on_air = [found] if (found := _ON_AIR.match(draft.text, item.cue[1], frame[1])) is not None else []
        for match in (*draft.matches(_CARRIED, frame), *near, *on_air):
            place = _whole(draft, trim(draft.text, *match.span("name"), "."))
            free = not any(overlaps(place, span) for span in item.contents)
            is_outlet = outlet_in(draft.words(place)) or kind_of(draft.words(place))
            if free and is_outlet and not (item.mention and overlaps(place, item.mention)):
                _add_link(item, DraftLink(LinkRole.REPORTER, place, match.span("cue")))
        _platform(draft, item, frame)
        _document(draft, item, frame)
        _obtained(draft, item, frame)


def _whole(draft: Draft, place: Offsets) -> Offsets:
    """The outlet or programme at a place, by the longest of the names that the article shows."""
    names = [name for name in of_article() if draft.text.startswith(name, place[0])]
    return place[0], place[0] + len(max(names, key=len)) if names else place[1]


_OBTAINED = re.compile(rf"\b(?P<cue>(?:obtained|seen|reviewed|viewed|leaked|published)\s+(?:by|to))\s+(?P<name>{NAME})")


def _obtained(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    """ "A memo obtained by Reuters shows", "in a letter seen by the Albion": the outlet passes on the document."""
    for match in draft.matches(_OBTAINED, frame):
        place = trim(draft.text, *match.span("name"), ".")
        of_vehicle = any(link.role is LinkRole.VEHICLE for link in item.reporters)
        of_source = item.mention is not None and 0 <= place[0] - item.mention[1] <= len(match["cue"]) + 3
        of_source |= item.mention is not None and inside(place, item.mention)
        free = not any(overlaps(place, span) for span in item.contents)
        if free and (of_vehicle or of_source) and (outlet_in(match["name"]) or match["name"].startswith("The ")):
            _add_link(item, DraftLink(LinkRole.REPORTER, place, match.span("cue")))


def _behind_told(names: Iterable[str]) -> re.Pattern[str]:
    """One of some outlets, right behind "told"; of two that begin alike the longer."""
    one = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\s+(?:to\s+)?(?:(?:the|an?)\s+)?(?:(?:[\w’'-]+\s+){{0,4}}?(?:{KIND}|agency)\s+)?[“\"‘]?(?P<name>{one})\b"
    )


@lexicon.remembered
def _known_behind_told() -> re.Pattern[str]:
    return _behind_told(lexicon.phrases("outlets"))


def _add_link(item: DraftAttribution, link: DraftLink) -> None:
    if not any(other.mention and link.mention and overlaps(other.mention, link.mention) for other in item.reporters):
        item.reporters.append(link)


def _told(draft: Draft, item: DraftAttribution) -> None:
    assert item.cue is not None
    own = _behind_told(names).match(draft.text, item.cue[1]) if (names := of_article()) else None
    known = own or _known_behind_told().match(draft.text, item.cue[1])
    free = known and not any(overlaps(known.span("name"), span) for span in item.contents)
    if known and free and not _goes_on(draft, known.end()):
        _add_link(item, DraftLink(LinkRole.REPORTER, known.span("name"), item.cue))
        return
    called = _by_kind(draft, item.cue[1])
    for token in draft.tokens(item.cue):
        listener = next((t for t in token.children if t.dep_ in {"dobj", "dative", "obj"} and t.i > token.i), None)
        listener = called or listener
        if listener is None:
            continue
        words = noun_phrase(draft, listener)
        named = _told_outlet(draft, listener, words)
        if named is not None and not any(overlaps(named, span) for span in item.contents):
            _add_link(item, DraftLink(LinkRole.REPORTER, named, item.cue))


_BARE_KIND = re.compile(rf"\s+the (?:[\w-]+ )??(?:{KIND}|agency)\b(?![’'-])")


def _by_kind(draft: Draft, end: int) -> Token | None:
    """The noun of "told the broadcaster he would stay", which the parser takes for a subject."""
    found = _BARE_KIND.match(draft.text, end)
    noun = draft.tokens(found.span())[-1] if found is not None else None
    return noun if noun is not None and noun.dep_ != "compound" else None


def _goes_on(draft: Draft, end: int) -> bool:
    """Whether an outlet's name is only the beginning of a body's: "told the Independent Commission"."""
    longer = re.compile(r"(?: [A-Z][\w’'-]*)+").match(draft.text, end)
    last = longer.group().split()[-1].lower() if longer is not None else ""
    return lexicon.noun_type(last) == "organization"


_APPOSED_OUTLET = re.compile(
    r",\s+(?:an?|the|its|his|her)\s[^,.;:“”\"\n]{0,60}?\b(?:news\w*|paper|outlet|broadcaster|agency|magazine|channel|"
    r"station|website|site|daily|weekly|tabloid|network)\b"
)


# "told the Post": of those who are told something, papers alone are called so.
_SHORT_OUTLET = re.compile(
    r"the (?:Post|Times|Sun|Star|Mail|Mirror|Herald|Standard|Observer|Citizen|Express|Record|Globe|Mercury|Telegraph|"
    r"Echo|Journal|Inquirer|Chronicle|Gazette|Tribune|Courier|Nation|Examiner|Dispatch|Argus|Advertiser|Age|Hindu)"
)


def _told_outlet(draft: Draft, listener: Token, words: Offsets) -> Offsets | None:
    """The outlet that somebody tells: a known one, "The Verge", "Anadolu Agency, a local news outlet"."""
    said = draft.words(words)
    if outlet_in(said) or names_us(said) or kind_of(said) or _SHORT_OUTLET.fullmatch(said):
        return words
    name = re.compile(NAME).match(draft.text, words[0])
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
    r"(?:on|via|to|[Ii]n)\s+(?:(?:his|her|its|their|the|a|an|another|subsequent|separate|later|recent|social|media|network|"
    r"platform|site|messaging|app)\s+){0,5}"
)


@lexicon.remembered
def _on_platform() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in lexicon.phrases("platforms"))
    return re.compile(rf"\b{_PLATFORM_LEAD}(?P<name>{names})\b")


def _platform(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    for match in draft.matches(_on_platform(), frame):
        place = match.span("name")
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


@lexicon.remembered
def _in_document() -> re.Pattern[str]:
    """ "in a court filing", "in its policy paper", "in court papers"."""
    nouns = "|".join(re.escape(noun) for noun in sorted(lexicon.phrases("vehicle_documents"), key=len, reverse=True))
    one = rf"(?:an?|the|its|his|her|their|that|another) (?:[\w’'-]+ ){{0,3}}?(?:{nouns})s?"
    return re.compile(rf"\b[Ii]n (?P<name>{one}|(?:[a-z-]+ ){{0,2}}?(?:{nouns})s)\b")


_SENT_BY = re.compile(r"\s+(?:sent|written|signed|issued|circulated|posted)\s+by\s+(?P<name>[^,.;\n]+)")
_TO = re.compile(r"^\s*(?:to|with)\s+(?:the\s+)?")


def _document(draft: Draft, item: DraftAttribution, frame: Offsets) -> None:
    """ "Halvorsen said in a filing to the stock exchange": the words came by way of that document."""
    taken = [
        *item.contents,
        *([item.mention] if item.mention else []),
        *(a.mention for a in item.reporters if a.mention),
    ]
    if any(link.role is LinkRole.VEHICLE for link in item.reporters):
        return
    own = draft.article.publisher or ""
    for match in draft.matches(_in_document(), frame):
        place = _with_addressee(draft, match.span("name"))
        if draft.tokens(match.span("name"))[-1].dep_ == "compound":
            continue  # "in the email probe"
        if is_own_name(_TO.sub("", draft.text[match.end() : place[1]]), own):
            return  # "in an email to the Courier", which prints it
        if item.mention is None and (sender := _SENT_BY.match(draft.text, place[1])):
            # "In an email sent by Ann Lee, staff were told"
            item.mention = noun_phrase(draft, draft.head(sender.span("name")))
        if not any(overlaps(place, part) for part in taken):
            item.reporters.insert(0, DraftLink(LinkRole.VEHICLE, place, item.cue))  # nearer to the origin than outlets
            return
