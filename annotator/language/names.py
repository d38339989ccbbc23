"""What spellings of one name have in common. No word list is asked, so what is made of a name can be kept."""

import re
from functools import lru_cache

from annotator.text import unaccented

Words = tuple[str, ...]
MOST_KEPT = 1024  # names: those of one article, which are compared with each of its mentions and with one another


@lru_cache(maxsize=MOST_KEPT)
def name_key(name: str) -> str:
    """What two spellings of one name have in common: lower case, without article and stops."""
    words = re.sub(r"\(anonymous\)|[.’'ʼ]", "", name.lower())
    words = re.sub(r"^(?:the|a|an)\s+", "", words)
    return " ".join(re.findall(r"[\w@]+", words))


@lru_cache(maxsize=MOST_KEPT)
def words_of(name: str) -> Words:
    """The words of a name for comparison: lower case, without accents and stops."""
    return tuple(word for word in (_STOPS.sub("", word) for word in unaccented(name.lower()).split()) if word)


_STOPS = re.compile(r"[.’ʼ‘',“”\"()]")
