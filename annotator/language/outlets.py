"""News outlets by name: those of the lists, and those that an article itself shows to be outlets."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from annotator.language import lexicon, listeners

if TYPE_CHECKING:  # reading asks for outlets, too, and loads no spaCy for that
    from spacy.tokens import Span

    from annotator.draft import Draft

# "the Courier", "al-Jazeera", "Agency of Mines and Power"
NAME = r"(?:the\s+|The\s+)?(?:al-)?[A-Z][\w’'&.-]*(?:\s+(?:[A-Z][\w’'&.-]*|of|and|for|de|du|der|do|da|di|del))*"


def is_outlet(name: str) -> bool:
    """Whether a name is that of a news outlet, by the list of outlets or a word such as News or Herald in it."""
    bare = re.sub(r"^(?:the|The)\s+", "", name).strip(" .,’'\"")
    bare = re.sub(r"[’']s?$", "", bare)
    if is_known(bare):
        return True
    parts = bare.split()
    if len(parts) < 2 or any(part.islower() and part not in {"of", "and", "the", "de", "for"} for part in parts):
        return False
    return any(part in lexicon.entries("outlet_words") for part in parts)


def is_known(name: str) -> bool:
    """Whether a name stands in the list of outlets, or is that of one that the article at hand shows."""
    return name in lexicon.entries("outlets") or name in _here.get()


def of_article() -> frozenset[str]:
    """The names of outlets that the article at hand shows to be such."""
    return _here.get()


def outlet_in(words: str) -> str | None:
    """The outlet that a noun phrase names: "CNN's Squawk Box" -> "CNN"."""
    if is_outlet(words):
        return words
    for match in re.finditer(NAME, words):
        name = match.group()
        if is_outlet(name):
            return name
        first = re.split(r"[’']s?\b", name)[0]
        if is_outlet(first):
            return first
    return next((name for name in sorted(_here.get()) if re.search(rf"\b{re.escape(name)}\b", words)), None)


# --- learned from the article -----------------------------------------------------------------------------------------

_here: ContextVar[frozenset[str]] = ContextVar("outlets of the article at hand", default=frozenset())

_CAPITALS = r"[A-Z][\w’'-]*(?: (?:(?:of|the|and|de|do|da|du|di|del|la|le|el) )?(?:[A-Z][\w’'-]*|\d+))*"
_KIND = (
    r"(?:news ?paper|magazine|broadcaster|tabloid|newswire|news (?:agency|service|site|website|outlet|portal|channel)|"
    r"(?:radio|TV|television) (?:station|channel|network|broadcaster)|podcast)"
)
_ANY_KIND = re.compile(_KIND)  # most articles have none, and are not searched for the names beside it
_KIND_FIRST = re.compile(
    rf"\b{_KIND} (?P<name>{_CAPITALS})(?=[,.;:)’']| (?:that|said|says|reported|reports|on|in|last)\b)"
)
_KIND_BEHIND = re.compile(rf"(?P<name>{_CAPITALS}) {_KIND}\b")
_KIND_APPOSED = re.compile(
    rf"(?P<name>{_CAPITALS}), (?:an?|the) "
    rf"(?:(?!(?:at|for|of|from|with|by|to|who|which|in)\b)[\w’'-]+ ){{0,4}}?{_KIND}\b"
)
# What papers are called, where somebody tells one something or it passes something on: "told the Evening Ledger".
_PAPER = (
    r"(?:Ledger|Review|Standard|Independent|Sentinel|Register|Globe|Argus|Star|Sun|Mail|Mirror|Express|Record|Advertiser|"
    r"Citizen|Guardian|Intelligencer|Beacon|Reporter|Leader|Enterprise|Banner|Eagle|World|Nation|Age|Today|Week|Insider)"
)
_ANY_PAPER = re.compile(rf" {_PAPER}\b")
_PAPER_NAME = rf"(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,2}} {_PAPER})\b(?! [A-Z])"
_TOLD_PAPER = re.compile(
    r"\b(?:tell|tells|told|telling|spoke to|[Ss]peaking to|spoken to|interview with|statement to|"
    rf"(?:reported|obtained|seen|reviewed|quoted|cited) by) (?:the )?{_PAPER_NAME}"
)
_PAPER_TELLS = re.compile(rf"{_PAPER_NAME}(?:,? (?:citing|quoting|which cited)| (?:first )?(?:reported|reports))\b")
# Programmes and podcasts, by words that only they have, where somebody is asked or heard: "told Sunday With Eva Lind".
_SHOW = (
    r"(?:(?:[A-Z][\w’'-]* ){1,3}(?:On (?:Sun|Mon|Satur)day|Show|Podcast|Programme|Uncensored|Tonight|Breakfast|Hour)|"
    r"Good Morning [A-Z][a-z]+|"
    r"(?:Sunday|Saturday|Mornings?|Evenings?|Live|Breakfast|Today) [Ww]ith [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)"
)
_ANY_SHOW = re.compile(
    r"\b[Ww]ith [A-Z]|[Oo]n (?:Sun|Mon|Satur)day|Show|Podcast|Programme|Uncensored|Tonight|Breakfast|Hour|Good "
)
_TOLD_SHOW = re.compile(
    r"\b(?:tell|tells|told|telling|spoke to|[Ss]peaking (?:to|on)|spoken to|(?:conceded|admitted|said) to|"
    r"interview (?:with|on)|[Aa]ppear(?:ed|ing) on) (?:the )?(?:[A-Z][\w ]{1,12}[’']s? )?"
    rf"[“\"‘]?(?P<name>{_SHOW})\b(?! [A-Z])"
)


@contextmanager
def in_force(draft: "Draft") -> Iterator[None]:
    """Have the outlets that an article shows to be such count as outlets everywhere in it, as long as it is at hand."""
    before = _here.set(frozenset(learned(draft)))
    try:
        yield
    finally:
        _here.reset(before)


def learned(draft: "Draft") -> Iterator[str]:
    """Names that an article calls newspaper, broadcaster and the like, or treats as what only papers are."""
    text = draft.text
    yield from listeners.told(draft)
    calling = (_KIND_FIRST, _KIND_BEHIND, _KIND_APPOSED) if _ANY_KIND.search(text) else ()
    treating = (_TOLD_PAPER, _PAPER_TELLS) if _ANY_PAPER.search(text) else ()
    if _ANY_SHOW.search(text):
        yield from (match["name"] for match in _TOLD_SHOW.finditer(text))
    for pattern in (*calling, *treating):
        for match in pattern.finditer(text):
            end = match.end("name")
            name = re.sub(r"^(?:The|A|An) ", "", match["name"])
            # "told the magazine Marés that", "the newspaper Der Anzeiger reports"
            sure = pattern is _KIND_FIRST and text.startswith((" that ", " report"), end)
            if sure or _may_be_outlet(draft.tokens((end - len(name), end))):
                yield name


def _may_be_outlet(name: "Span") -> bool:
    """Whether a name is no person's and no place's, and a name at all: "The magazine", "Lisbon-based magazine"."""
    last = name[-1]
    national = name[0].lower_ in lexicon.table("demonyms")
    others = name[0].ent_type_ in _NO_OUTLETS and last.ent_type_ in _NO_OUTLETS
    return last.pos_ in {"PROPN", "NUM"} and not national and not others


_NO_OUTLETS = frozenset({"PERSON", "GPE", "LOC", "NORP", "DATE", "TIME"})
