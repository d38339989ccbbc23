"""News outlets by name."""

import re

from annotator.language import lexicon

# "the Courier", "al-Jazeera", "Agency of Mines and Power"
NAME = r"(?:the\s+|The\s+)?(?:al-)?[A-Z][\w’'&.-]*(?:\s+(?:[A-Z][\w’'&.-]*|of|and|for|de|du|der))*"


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
    for match in re.finditer(NAME, words):
        name = match.group()
        if is_outlet(name):
            return name
        first = re.split(r"[’']s?\b", name)[0]
        if is_outlet(first):
            return first
    return None
