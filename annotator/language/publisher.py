"""The names that an article has for its own outlet: "The Post" in the Washington Post, "AP", "this newspaper"."""

import re

from annotator.language import lexicon
from annotator.language.names import name_key

MIN_LETTERS = 2  # of an initialism that may stand for an outlet
_GENERIC = frozenset(
    {"news", "agency", "online", "international", "world", "com", "media", "network", "service", "uk", "us", "usa"}
    | {"live", "digital", "web", "app", "print", "feed", "blog", "blogs", "edition", "general", "state", "local"}
)
# What databases write behind a name: "The Guardian (London)", "The New York Times - International Edition",
# "Agence France Presse -- English", "USA Today, Final Edition".
_OF_DATABASES = re.compile(r"\s*\([^()]*\)|\s+[-–—|]+\s.*|[,;]\s.*\bedition\b.*", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"(.+), The", re.IGNORECASE)
_OURSELVES = re.compile(
    r"(?:(?:this|our|the) (?:newspaper|paper|website|magazine|publication|channel|station|outlet|programme|program)|"
    r"our (?:reporters?|correspondents?|journalists?)|us)",
    re.IGNORECASE,
)
_CHANNEL = frozenset({"news", "channel", "tv", "eyewitness", "action"})
_DOMAIN = re.compile(r"(?:www\.)?(?P<stem>[\w-]+)\.[a-z.]{2,}", re.IGNORECASE)


def is_own_name(name: str, publisher: str) -> bool:
    """Whether a name is that of the publisher: whole, its end, its beginning, its initials, or its address.

    >>> [is_own_name(name, "The Washington Post") for name in ("Washington Post", "The Post", "New York Post")]
    [True, True, False]
    >>> is_own_name("AP", "Associated Press"), is_own_name("New York Times", "nytimes.com")
    (True, True)
    >>> is_own_name("the Guardian", "The Guardian (London)"), is_own_name("Mail", "Globe & Mail, The")
    (True, True)
    """
    name, publisher = without_edition(name), without_edition(publisher)
    whole, words = name_key(publisher).split(), name_key(name).split()
    if not words or not whole:
        return False
    ends = words == whole[-len(words) :]
    begins = words == whole[: len(words)] and all(word in _generic_words() for word in whole[len(words) :])
    return (
        ends
        or begins
        or _is_channel(words, whole)
        or _is_initials(name, whole)
        or _is_initials(publisher, words)
        or _at(publisher, words)
    )


def without_edition(outlet: str) -> str:
    """An outlet's name without what databases add to it."""
    bare = _OF_DATABASES.sub("", outlet).strip()
    return _ARTICLE_BEHIND.sub(r"\1", bare).replace("&", "and") or outlet


def names_us(words: str) -> bool:
    """Whether words mean the outlet that speaks: "this newspaper", "our reporter", "us"; "the paper" may."""
    return _OURSELVES.fullmatch(" ".join(words.split())) is not None


def _generic_words() -> frozenset[str]:
    return _GENERIC | lexicon.words("outlet_words")


def _is_initials(short: str, words: list[str]) -> bool:
    letters = short.removeprefix("The ").removeprefix("the ").replace(".", "")
    return letters.isupper() and MIN_LETTERS <= len(letters) == len(words) and letters.lower() == _initials(words)


def _is_channel(words: list[str], whole: list[str]) -> bool:
    """ "12 News" in what "WPQM Channel 12" publishes: its number, and no other name."""
    number = next((word for word in words if word.isdigit()), "")
    others = set(words) - {number} - _CHANNEL - set(whole)
    return bool(number) and number in whole and not others and bool(_CHANNEL & set(words))


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _at(publisher: str, words: list[str]) -> bool:
    """ "nytimes.com" is the New York Times, "theguardian.com" the Guardian."""
    found = _DOMAIN.fullmatch(publisher.strip())
    if found is None:
        return False
    stem = re.sub(r"^the|[_-]", "", found["stem"].lower())
    return stem in {"".join(words), _initials(words[:-1]) + words[-1], _initials(words)}
