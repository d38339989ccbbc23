"""What language a text is in."""

import re

from annotator.records import Article

GUESSED_FROM = 3000  # characters that show what language a text is in
MIN_LETTERS = 20  # with fewer the language is a lottery
PLAINLY_ENGLISH = 0.15  # share of words that are only English; news has a quarter, other languages next to none
MIN_WORDS = 40  # for that
# No words of other languages that are written alike, such as "in", "is", "was", "die" or "on".
_ONLY_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|with|by|from|it|as|at|said|his|but|not|they|this|which|their|who|has|have|been|were|are|will"
    r"|would)\b"
)


def told_language(article: Article) -> str | None:
    """The language that an article's data tell, else the one that its text shows; None where neither does."""
    return article.language or language_of(article.text)


def is_english(language: str | None) -> bool:
    """Whether a language can be annotated: English, or one that could not be told."""
    return language is None or language.lower().startswith("en")


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that a text begins in, or None where it is too short to tell."""
    beginning = text[:GUESSED_FROM]
    if sum(map(str.isalpha, beginning)) < MIN_LETTERS:
        return None
    lowered = beginning.lower()
    words = len(re.findall(r"[a-z']+", lowered))
    if words >= MIN_WORDS and len(_ONLY_ENGLISH.findall(lowered)) >= PLAINLY_ENGLISH * words:
        return "en"  # the classifier's model takes half a second to load
    import py3langid

    code, _ = py3langid.classify(beginning)
    return str(code)
