"""What language a text is in."""

from annotator.records import Article

GUESSED_FROM = 3000  # characters that show what language a text is in
MIN_LETTERS = 20  # with fewer the language is a lottery


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
    import py3langid

    code, _ = py3langid.classify(beginning)
    return str(code)
