"""The words of a name for comparison."""

import re
import unicodedata
from functools import lru_cache

MAX_KNOWN_NAMES = 4096  # whose words are kept, of all articles together
_STOPS = re.compile(r"[.’ʼ‘',]")

Words = tuple[str, ...]


@lru_cache(maxsize=MAX_KNOWN_NAMES)
def words_of(name: str) -> Words:
    """The words of a name in lower case, without accents and stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return tuple(word for word in (_STOPS.sub("", word) for word in plain.split()) if word)
