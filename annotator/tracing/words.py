"""What two wordings are compared by: words, numbers, negations and hedges."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from annotator.text import unaccented

# "May" with a capital is the month, but not in "May I ask".
_MONTH = re.compile(r"May(?!\s+(?:I|we|you|he|she|it|they)\b)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
NUMBER_WORDS = {word: str(n) for n, word in enumerate(_UNITS)} | {word: str(n) for word, n in _TENS.items()}
# Parts and times of a thing, and sizes of numbers, are told apart as numbers are.
AMOUNTS = frozenset(
    [
        "half",
        "halves",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "dozen",
        "dozens",
        "twice",
        "thrice",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "billion",
        "billions",
        "trillion",
        "bn",
        "m",
    ]
)
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "nobody",
        "none",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "nowhere",
        "denied",
        "denies",
        "deny",
        "rejected",
    ]
)
HEDGES = frozenset(
    [
        "may",
        "might",
        "could",
        "can",
        "would",
        "possibly",
        "perhaps",
        "probably",
        "likely",
        "unlikely",
        "reportedly",
        "allegedly",
        "apparently",
        "suggest",
        "suggests",
        "suggested",
        "seem",
        "seems",
        "seemed",
        "appear",
        "appears",
        "appeared",
        "potentially",
        "believed",
        "estimated",
        "expected",
    ]
)
HEDGING_CUES = frozenset(
    [
        "claim",
        "claims",
        "claimed",
        "claiming",
        "allege",
        "alleges",
        "alleged",
        "suggest",
        "suggests",
        "suggested",
        "believe",
        "believes",
        "believed",
        "think",
        "thinks",
        "thought",
        "estimate",
        "estimates",
        "estimated",
        "speculate",
        "speculated",
    ]
)
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "as",
        "than",
        "then",
        "there",
        "here",
        "so",
        "if",
        "when",
        "while",
        "who",
        "which",
        "what",
        "said",
        "says",
        "say",
        "told",
        "also",
        "very",
        "more",
        "most",
        "about",
        "after",
        "before",
        "into",
        "over",
        "each",
        "every",
        "year",
    ]
)


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and where it stands in its text."""

    key: str
    start: int
    end: int


@cache
def folded(text: str) -> str:
    """Small letters without accents, typographic apostrophes made plain."""
    return unaccented(text.replace("’", "'")).casefold()


def words_of(text: str) -> list[Word]:
    """The words of a text in order; a number is its digits, whether written in digits or as one word.

    >>> [word.key for word in words_of("Fourteen men, 4,200 cars: I don’t know")]
    ['14', 'men', '4200', 'cars', 'i', "don't", 'know']
    """
    return [Word(_key_at(text, match), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key_at(text: str, match: re.Match[str]) -> str:
    month = match[0] == "May" and _MONTH.match(text, match.start())
    return "May" if month else _key(match[0])


def _key(word: str) -> str:
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}(?!\d))", "", word)
    small = folded(word)
    return NUMBER_WORDS.get(small, small)


@cache
def stem(word: str) -> str:
    """The word without the endings of possession, number and tense: for comparing, not for reading."""
    word = word.removesuffix("'").removesuffix("'s")
    for ending in ("ingly", "ing", "edly", "ed", "ies", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def is_number(key: str) -> bool:
    return key[0].isdigit() or key in AMOUNTS


def is_negation(key: str) -> bool:
    return key in NEGATIONS or key.endswith("n't")


@dataclass(frozen=True)
class Gist:
    """What must agree between two wordings of one claim, and the words that carry it."""

    content: frozenset[str]
    numbers: Counter[str]
    negations: int
    hedges: frozenset[str]

    @property
    def negated(self) -> bool:
        return self.negations % 2 == 1


@cache
def gist(text: str) -> Gist:
    """The gist of a claim; the digit 1 is no number here, since "one" mostly counts nothing."""
    keys = [word.key for word in words_of(text)]
    special = {key for key in keys if is_number(key) or is_negation(key) or key in HEDGES}
    content = frozenset(stem(key) for key in keys if key not in special and key not in STOP and len(key) > 1)
    return Gist(
        content,
        Counter(key for key in keys if is_number(key) and key != "1"),
        sum(map(is_negation, keys)),
        frozenset(key for key in keys if key in HEDGES),
    )
