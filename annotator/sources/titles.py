"""Titles and trades that stand before a name, and names without them."""

import re
from itertools import pairwise

from annotator.language import lexicon

PARTICLE = r"(?:de|del|della|van|von|der|den|la|las|le|los|du|di|da|das|do|dos|el|al|bin|ibn|ben|bint|abu|ter|af|zu)"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
CAPITAL = rf"(?:{_UPPER}[\w.’'ʼʻ\u00a1-\u00bf-]*|al-[A-Z][\w’'-]*)"
NICKNAME = rf"(?:“{CAPITAL}(?: {CAPITAL})?”|\"{CAPITAL}(?: {CAPITAL})?\"|[‘']{CAPITAL}[’']|\({CAPITAL}\))"
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ])$")
_ALSO_NAMES = frozenset(
    {"fan", "dean", "king", "queen", "prince", "bishop", "guest", "marine", "coach", "pope", "cardinal"}
)


@lexicon.remembered
def title_words() -> frozenset[str]:
    return frozenset(lexicon.phrases("titles"))


_IN_TITLES = frozenset({"Sub", "Under", "Co", "Ex", "Then", "Elect", "Designate"})


def is_title(word: str) -> bool:
    known = title_words()
    parts = word.split("-")  # "Director-General", "Sub-Inspector", "Mayor-elect"
    compound = len(parts) > 1 and all(part in known or part.capitalize() in known | _IN_TITLES for part in parts)
    return word in known or word.removesuffix("s") in known or compound


# "Co-star", "Stepson", "Son-in-law", "Mum-of-two", "Fly-half"
_COMPOUND = re.compile(
    r"(?P<with>(?:(?:co|ex|then|vice|half|great|grand|step)-|step|grand)?)(?P<noun>[a-z]+?)(?:-in-law|-to-be|-of-\w+)?"
)
_POSITION = re.compile(r"[a-z]+-(?:half|back|rounder|hander|forward|keeper|mate)")


def _is_trade(word: str) -> bool:
    """Whether a word before a name tells what somebody does or whose kin they are: "Immunologist Ann Moor"."""
    lowered = word.lower()
    if lowered in _ALSO_NAMES:
        return False
    compound = _COMPOUND.fullmatch(lowered)
    noun = compound["noun"] if compound is not None else lowered
    known = any(lexicon.noun_type(one) == "person" for one in (lowered, lowered.removesuffix("s"), noun))
    if compound is not None and compound["with"].endswith("-"):
        known |= lexicon.table("noun_kinds").get(noun, ("",))[0] == "person"
    is_position = _POSITION.fullmatch(lowered) is not None
    return known or is_position or lowered.endswith(("ologist", "ician", "grapher", "maker"))


_CALLING = ("man", "woman", "master", "herd", "smith", "wright", "keeper")
_ENDINGS = ("er", "or", "ist", "ian")


def _is_calling(word: str) -> bool:
    """Whether a word before a first and a last name is a calling or has the form of one: "Fisherman Piet Haverkort"."""
    lowered = word.lower()
    if word in lexicon.entries("name_titles"):
        return True
    if len(word) < 5 or lowered in lexicon.table("first_names"):
        return False
    # "Calder Lane Shipping" begins with no calling: of the commonest endings only words that are known have one.
    return lowered.endswith(_CALLING) or (lowered.endswith(_ENDINGS) and lowered in lexicon.table("noun_kinds"))


# Words that begin a sentence or a noun phrase, and no name.
_LEADS = frozenset(
    {"a", "an", "one", "while", "when", "as", "if", "but", "and", "both", "after", "before", "though", "although"}
    | {"because", "since", "where", "even", "with", "like", "only", "then", "now", "today", "meanwhile", "however"}
    | {"senior", "former", "top", "leading", "veteran"}
    | {"how", "why", "what", "who", "is", "are", "was", "were", "did", "does", "has", "had"}
)


_BEHIND_NAMES = frozenset(
    {"KC", "QC", "SC", "MP", "MSP", "MEP", "MLA", "TD", "BL", "JP", "OBE", "MBE", "CBE", "QPM", "KPM", "CMG", "FRS"}
    | {"PhD", "Ph.D", "MD"}
)


def _behind_office(words: list[str]) -> list[str]:
    """ "of State Hillary Clinton" -> "Hillary Clinton"; nothing where no two names stand behind the office."""
    last = words[-2:]
    is_name = len(words) > 3 and all(word[0].isupper() and not _is_trade(word) for word in last)
    return last if is_name and " ".join(last) not in lexicon.entries("states") else []


_BODIES = frozenset({"center", "centre", "clinic", "hospital", "institute", "school", "fund", "trust", "bank"})
_LETTERS = re.compile(r"[A-Z]{2,4}(?:/[A-Z]{2,4})?")


_BEFORE_SURNAMES = frozenset({"PM", "CM", "CJI", "FM", "CEO", "DGP", "IGP"})


def behind_letters(words: list[str]) -> list[str]:
    """ "Elsund North TD John Lee" -> "John Lee": who has an office that is called by its letters."""
    if len(words) == 2 and words[0] in _BEFORE_SURNAMES and words[1].istitle() and not _is_of_a_body(words[1]):
        return words[1:]
    for n in range(len(words) - 2, -1, -1):
        rest = words[n + 1 :]
        if _LETTERS.fullmatch(words[n]) and len(rest) > 1 and not any(map(_is_of_a_body, rest)):
            listed = words[n].lower() in lexicon.table("office_letters")
            named = rest[0].lower() in lexicon.table("first_names")
            if (listed and (n or named)) or (n and named):
                return rest
    return words


def _is_of_a_body(word: str) -> bool:
    """Whether a word after letters tells that they are a body's or a place's: "UK Energy Agency", "BBC's David"."""
    kind = lexicon.noun_type(word.lower())
    told = kind in {"organization", "media", "document", "group"} or word.lower() in _BODIES
    return told or word.isupper() or not word[0].isupper()


def _names_a_body(word: str) -> bool:
    return lexicon.noun_type(word.lower()) == "organization"


_ARTICLES = frozenset({"al", "el"})  # "Khalifa Al Mannai" has no calling before a first name


def bare_name(name: str) -> str:
    """A name without what stands before it: "Ukrainian President Volodymyr Zelensky" -> "Volodymyr Zelensky"."""
    words = " ".join(name.split()).strip(' ,.;:“”"-–—').split(" ")
    words = [word for word in words if word]
    pairs = ["", *(" ".join(pair) for pair in pairwise(words))]  # "Tan Sri", "All Black"
    told = (is_title(word) or _is_trade(word) or is_title(pairs[n]) for n, word in enumerate(words[:-1]))
    last_title = max((n for n, is_told in enumerate(told) if is_told), default=-1)
    if 0 <= last_title == len(words) - 2 and words[-2].endswith("s") and _names_a_body(words[-1]):
        last_title = -1  # "Harbour Workers Association"
    if last_title >= 0 and len(words[-1]) == 1 and last_title == len(words) - 2:
        last_title -= 1  # "Witness B", "Soldier F": a letter alone is no name
    kept = behind_letters(words[last_title + 1 :] or words)
    if kept[0] in {"for", "of", "at", "in", "to", "on"}:
        kept = _behind_office(kept) or words  # "Minister for Health" names an office, not a person
    while len(kept) > 1 and kept[0].lower() in _LEADS | {"the"} and kept[0] != "The":
        kept = kept[1:]
    if len(kept) > 2 and kept[0].isalpha() and kept[0].islower() and not re.fullmatch(PARTICLE, kept[0]):
        kept = kept[kept[1][0].isupper() :]  # "rangatahi Ann Moor", whatever that is
    given = kept[1].lower() if len(kept) > 2 else ""
    if given in lexicon.table("first_names") and given not in _ARTICLES and _is_calling(kept[0]):
        kept = kept[1:]
    if len(kept) > 2 and kept[-1] in _BEHIND_NAMES:
        kept = kept[:-1]
    bare = POSSESSIVE.sub("", " ".join(kept))
    return f"{bare}." if bare.endswith((" Jr", " Sr", " Inc", " Ltd", " Corp", " Co")) and f"{bare}." in name else bare
