"""Titles and trades that stand before a name, and names without them."""

import re
from functools import cache

from annotator.language import lexicon

PARTICLE = r"(?:de|del|della|van|von|der|den|la|le|du|di|da|dos|el|al|bin|ibn|ben|bint|abu|ter|af|zu)"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
CAPITAL = rf"(?:{_UPPER}[\w.’'ʼʻ\u00a1-\u00bf-]*|al-[A-Z][\w’'-]*)"
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ])$")
_ALSO_NAMES = frozenset(
    {"fan", "dean", "king", "queen", "prince", "bishop", "guest", "marine", "coach", "pope", "cardinal"}
)


@cache
def title_words() -> frozenset[str]:
    return frozenset(lexicon.phrases("titles"))


def is_title(word: str) -> bool:
    known = title_words()
    parts = word.split("-")  # "Director-General"
    return word in known or word.removesuffix("s") in known or (len(parts) > 1 and all(part in known for part in parts))


def _is_trade(word: str) -> bool:
    """Whether a word before a name tells what somebody does: "Immunologist Kristian Andersen"."""
    lowered = word.lower()
    known = lexicon.table("nouns").get(lowered, ("",))[0] == "person" and lowered not in _ALSO_NAMES
    return known or lowered.endswith(("ologist", "ician", "grapher", "maker"))


def bare_name(name: str) -> str:
    """A name without what stands before it: "Ukrainian President Volodymyr Zelensky" -> "Volodymyr Zelensky"."""
    words = " ".join(name.split()).strip(' ,.;:“”"').split(" ")
    words = [word for word in words if word]
    last_title = max((n for n, word in enumerate(words[:-1]) if is_title(word) or _is_trade(word)), default=-1)
    kept = words[last_title + 1 :] or words
    if kept[0] in {"for", "of", "at", "in", "to", "on"}:
        kept = words  # "Minister for Health" names an office, not a person
    while len(kept) > 1 and kept[0].lower() in {"the", "a", "an", "one"} and kept[0] != "The":
        kept = kept[1:]
    bare = POSSESSIVE.sub("", " ".join(kept))
    return f"{bare}." if bare.endswith((" Jr", " Sr")) and f"{bare}." in name else bare
