"""What language a text is in."""

GUESSED_FROM = 3000  # characters that show what language a text is in
MIN_LETTERS = 20  # with fewer the language is a lottery


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that a text begins in, or None where it is too short to tell."""
    beginning = text[:GUESSED_FROM]
    if sum(map(str.isalpha, beginning)) < MIN_LETTERS:
        return None
    import py3langid

    code, _ = py3langid.classify(beginning)
    return str(code)
