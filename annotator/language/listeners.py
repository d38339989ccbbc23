"""Outlets that no list has, by where they stand: who is told something in public, and does nothing else in the article.

"the farmer told Lakeside FM that ...": of all that people are said to tell something, outlets alone are named without
an article and a title, and nowhere else. States, bodies, companies and people are told things, too, but those the lists
know, the entities name, or the article is about.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.language import lexicon

if TYPE_CHECKING:  # outlets are asked for where spaCy is not loaded
    from spacy.tokens import Span

    from annotator.draft import Draft

_WORD = r"(?:[A-Z][\w’'-]*(?:\.[a-z]{2,})*|\d+ [A-Z][\w’'-]*)"  # "Rossa.hu", "12 News"
_JOINT = r"(?:of the|of|for|do|da|de|du|di|del|dos|das|des|der|la|el|al)"
_JOINTS = frozenset(re.findall(r"\w+", _JOINT))
_NAME = rf"(?P<name>{_WORD}(?: (?:{_JOINT} )?(?:[A-Z][\w’'-]*|\d[\d.]*\b))*)"
SAID = r"(?:confirmed|said|admitted|revealed|explained|disclosed|complained)"  # to an outlet
SENT = r"(?:sent|given|provided|issued|shared)"  # to one: a statement
_TELLING = re.compile(
    r"\b(?P<cue>tells?|told|telling|[Ss]peaking to|spoke to|spoken to|interviews? (?:with|to)|conversation with|"
    rf"(?:statement|comment|remark)s? (?:to|{SENT} (?:to|with))|{SAID} to|"
    rf"(?:obtained|seen|reviewed|viewed|quoted|cited) by)(?: the)? {_NAME}"
)
# What an outlet is called that is named behind it: "told the private channel Rossa 2", "on the podcast Two Rivers".
KIND = (
    r"(?:news\w*|(?:web|news )?site|outlet|portal|broadcaster|channel|station|network|radio|TV|tabloid|daily|weekly|"
    r"monthly|paper|magazine|journal|(?:news|press) agency|podcast|programme|program|show)"
)
_BY_KIND = re.compile(
    r"the (?:same )?(?:(?:state|private|public|local|weekly|daily|business|radio|TV|television) )?"
    rf"(?P<kind>(?!show|podcast){KIND}|agency)"
)
# An agency may be any body; one of these is no other: "told the semi-official agency Dena".
_AGENCY = (
    r"(?: (?:(?:state|[a-z]+)-(?:run|owned|controlled|funded)|state|(?:semi-)?official|independent|wire|"
    r"business|financial|opposition))* agency"
)
_CALLED = re.compile(
    r"\b(?:tells?|told|telling|[Ss]peaking to|spoke to|interviews? with|(?:statement|comment|remark)s? to)"
    rf"(?: (?:the|an?))?(?:(?: [\w’'-]+){{0,4}}? {KIND}|(?P<agency>{_AGENCY})) "
    rf"(?P<name>[A-Z][\w’'-]*(?: (?:{_JOINT} )?(?:[A-Z][\w’'-]*|\d+\b))*)"
    r"(?=[,.;:]| (?:that|the|on|in|at|by|last|earlier|this|how|why|what|it|he|she|they|there|his|her|its)\b)"
)
_ON_AIR = re.compile(
    rf"\b(?P<cue>[Ss]peaking on|[Aa]ppear(?:ed|ing) on|said on|(?:interview|live) on)(?: the)? {_NAME}"
)
# What an outlet does besides: it is no sign that the article is about it.
_DOES = re.compile(
    r"[’']?s? (?:(?:has|had|first|also) )*(?:reports?|reported|contacted|understands|asked|obtained|seen)\b"
)
_LETTER = re.compile(
    r" in (?:an?|his|her|its|their) (?:[a-z]+ ){0,2}?(?:letter|filing|hearing|meeting|memo|testimony|submission)\b|"
    r" to [a-z]| (?:&|and) [A-Z][\w’'-]*\b(?! FM)|, (?:who|which|whose|an?|its|his|her|their|the)\b| (?:CEO|MP|MPs)\b"
)
_LONGER = re.compile(r"(?<![.!?]) [A-Z][\w’'-]+ $")
_PROGRAMME = re.compile(
    r"[’']s? (?:[\w-]+ ){0,3}?(?P<kind>(?:breakfast )?(?:show|programme|program)|podcast|bulletin|breakfast)\b"
)
_DAY = re.compile(
    r"[A-Z][\w’'-]*day|January|February|March|April|May|June|July|August|September|October|November|December"
)


def kind_of(words: str) -> str:
    """What an outlet is called where its name is not said again, by the last word: "the news agency" -> "agency"."""
    found = _BY_KIND.fullmatch(" ".join(words.split()))
    return found["kind"].split()[-1] if found is not None else ""


def told(draft: "Draft") -> Iterator[str]:
    """Names of outlets that an article shows by telling them something, but those that the user's list takes away."""
    user = lexicon.in_force().told("outlets")
    yield from (name for name in _told(draft) if name.lower() not in user)


def _told(draft: "Draft") -> Iterator[str]:
    for match in _CALLED.finditer(draft.text):
        name = _bare(match["name"])
        if (
            name
            and not _is_body(name)
            and not (match["agency"] == " agency" and name.isupper())  # "told the agency UNRWA"
            and not _is_someone(draft, (match.start("name"), match.start("name") + len(name)))
        ):
            yield name
    alone: dict[str, bool] = {}  # what is named nowhere else, looked for once a name
    for pattern in (_TELLING, _ON_AIR):
        for match in pattern.finditer(draft.text):
            name = _bare(match["name"])
            if name and (end := _programme(draft, name, match.start("name"))):
                yield draft.text[match.start("name") : end]
            if name and _is_outlet(draft, name, match.start("name"), alone, aired=pattern is _ON_AIR):
                yield name


def _is_someone(draft: "Draft", place: tuple[int, int]) -> bool:
    """Whether a name behind a kind of outlet is none: "told the website Ann Moor had left", "the Lagos station"."""
    name = draft.tokens(place)
    kind = name[0].ent_type_
    first_name = name[0].lower_ in lexicon.table("first_names") and not draft.text.startswith(" that ", place[1])
    return kind == "GPE" or (kind == "PERSON" and first_name)  # but "told the daily Al Mizan that"


def _bare(name: str) -> str:
    """A name without the day behind it and what it owns."""
    name = re.sub(r"[’']s?$", "", re.split(r"[’']s |(?<=s)[’'] ", name)[0])
    words = name.split()
    while words and _DAY.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)


def _is_outlet(draft: "Draft", name: str, start: int, alone: dict[str, bool], *, aired: bool) -> bool:
    end = start + len(name)
    owned = draft.text[end : end + 1] in "’'" and not _programme(draft, name, start)
    short = draft.text[start : end + 1] in lexicon.entries("titles")  # "told Sen. Moor"
    span = draft.tokens((start, end))
    if owned or short or _LETTER.match(draft.text, end):
        return False
    if _ends_as_outlet(name):
        somebody = " of " in name and span[0].ent_type_ == "PERSON"  # "Ann Moor of Kestrel News"
        return not _is_part(span) and not somebody
    if _is_body(name):
        return False
    if _has_outlet_word(name):
        return not _is_part(span)
    the = draft.text[max(0, start - 4) : start] == "the "
    if aired or the or not _is_strange(span) or _is_part(span):
        return False
    if name not in alone:
        alone[name] = _only_listens(draft, name)
    return alone[name]


def _ends_as_outlet(name: str) -> bool:
    """ "Janus Defence Weekly", whatever else its words may mean."""
    first, _, last = name.rpartition(" ")
    return bool(first) and not first.startswith("The") and last in lexicon.entries("outlet_words")


def _has_outlet_word(name: str) -> bool:
    return any(f" {words} " in f" {name} " for words in lexicon.phrases("told_outlet_words"))


def _programme(draft: "Draft", name: str, start: int) -> int | None:
    """The end of a programme that a name owns: "Lakeside FM's morning show", not "Boeing's safety programme"."""
    shown = _PROGRAMME.match(draft.text, start + len(name))
    aired = shown is not None and (shown["kind"] not in {"programme", "program"} or _is_of_outlet(name))
    return shown.end() if shown is not None and aired else None


def _is_of_outlet(name: str) -> bool:
    known = lexicon.entries("outlets") | lexicon.entries("outlet_words")
    return name in known or bool(known & set(name.split())) or _has_outlet_word(name)


def _is_body(name: str) -> bool:
    """Whether a name is a body's or somebody's by a word in it: "Leeds Crown Court", "Judge Moor", "NATO"."""
    lowered = name.lower()
    words = lowered.split()
    if set(words) & lexicon.words("titles") or lowered in lexicon.words("states"):
        return True
    nouns = lexicon.table("nouns")
    kinds = {nouns.get(word, nouns.get(word.removesuffix("s"), ("",)))[0] for word in (words[0], words[-1])}
    return bool(kinds - {"", "media"}) or _of_no_outlet().search(lowered) is not None


@lexicon.remembered
def _of_no_outlet() -> re.Pattern[str]:
    words = [word for word, row in lexicon.table("affiliations").items() if row[0] != "media" and word != "who"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in words)})\b")


def _is_part(name: "Span") -> bool:
    """Whether a name only stands before a noun: "Pfizer shareholders", "FBI agents"."""
    last = name[-1]
    if last.dep_ in {"compound", "nmod", "amod"} and last.head.i > last.i and last.head.tag_ in {"NN", "NNS"}:
        return True
    after = last.nbor(1) if last.i + 1 < len(last.doc) else last
    return after.tag_ == "NNS" and after.dep_ in {"dobj", "dative", "pobj"}


def _is_strange(name: "Span") -> bool:
    """Whether a name is no place's and people's, and no person's whose first name is known."""
    if len(name) == 1 and (name[0].tag_ in {"NNPS", "NNS"} or _is_somebody(name.text)):
        return False
    kinds = [token.ent_type_ for token in name]
    if kinds[0] == "GPE" and kinds[-1] != "GPE" and name[-1].dep_ not in {"nsubj", "nsubjpass", "poss"}:
        return True  # "France Matin"
    ends = name.doc[name.end : name.end + 2].text.lower().startswith((".", "in an"))  # somebody is told that ...
    if set(kinds) <= {"PERSON", ""} and (ends if len(name) == 1 else any(token.lower_ in _JOINTS for token in name)):
        return not any(token.lower_ in lexicon.table("first_names") for token in name)  # "Landbounuus", "Folha do Vale"
    return not set(kinds) & _NO_OUTLETS


def _is_somebody(word: str) -> bool:
    """Whether a word with a capital is a noun for somebody: "Mum", "God"."""
    return lexicon.table("noun_kinds").get(word.lower(), ("",))[0] == "person"


_NO_OUTLETS = frozenset({"PERSON", "GPE", "LOC", "NORP", "DATE", "TIME", "LAW", "EVENT", "FAC"})


def _only_listens(draft: "Draft", name: str) -> bool:
    """Whether an article names somebody only where something is told them, or where they report."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", draft.text):
        told = any(
            found.start("name") == match.start()
            for found in _TELLING.finditer(draft.text, max(0, match.start() - 40), match.end())
        )
        longer = _LONGER.search(draft.text[max(0, match.start() - 40) : match.start()])  # "Glenn Beck asked"
        if not told and (longer or not _DOES.match(draft.text, match.end())):
            return False
    return True
