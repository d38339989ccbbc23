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
    plain = unaccented(name.lower()).translate(_LETTERS)
    return tuple(word for word in (_STOPS.sub("", word) for word in plain.split()) if word)


_STOPS = re.compile(r"[.’ʼ‘',“”\"()]")
# Letters of their own, which NFKD does not take apart.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


# What one name has in several transliterations, or with its umlauts written out.
_SPELLED = [
    (re.compile(pattern), one)
    for pattern, one in (
        (r"[^a-z]", ""), (r"tsch|tch", "ch"), (r"sch", "sh"), (r"ph", "f"), (r"kh", "h"), (r"zh", "z"),
        (r"ck|q|c(?=[kv])", "k"), (r"w", "v"), (r"(?<=[aou])e", ""), (r"oo|ou", "u"), (r"ee|[yij]+", "i"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
MIN_MISSPELT = 5  # letters of a surname that may differ in one of them and still be the same


@lru_cache(maxsize=MOST_KEPT)
def spelling(word: str) -> str:
    """What the spellings of one surname have in common; "" for one that is too short to tell.

    >>> spelling("pyvovarov") == spelling("pivovarov"), spelling("ben-harush"), spelling("lee")
    (True, 'benharush', '')
    """
    for pattern, one in _SPELLED:
        word = pattern.sub(one, word)
    return word if len(word) >= MIN_MISSPELT else ""


def surnames(words: Words) -> Words:
    """The words that can be a surname at the end of a name: "Haroush" and "BenHaroush" of "Yifat Ben Haroush"."""
    return (*words[-1:], *(("".join(words[-2:]),) if len(words) > 2 else ()))


def is_short_for(name: str, full: str) -> bool:
    """Whether a name of one word is the surname of a full one, in this spelling or another.

    >>> is_short_for("Mandic", "Đorđe Mandić"), is_short_for("Mandic", "Đorđe Marić")
    (True, False)
    """
    short, words = words_of(name), words_of(full)
    if len(short) != 1 or not words:
        return False
    found = spelling(short[0])
    for word in surnames(words):
        misspelt = len(word) >= MIN_MISSPELT and is_misspelt(short[0], word)
        if word == short[0] or misspelt or (found and found == spelling(word)):
            return True
    return False


def is_misspelt(a: str, b: str) -> bool:
    """Whether two words differ by one letter that is another, more or missing, or by two in each other's place.

    >>> is_misspelt("saree", "sarea"), is_misspelt("keidis", "kiedis"), is_misspelt("brown", "green")
    (True, True, False)
    """
    if a[:1] != b[:1] or abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[same : same + 2] == b[same : same + 2][::-1] and a[same + 2 :] == b[same + 2 :]
    return swapped or a[same + (len(a) >= len(b)) :] == b[same + (len(b) >= len(a)) :]
