"""Copies of a text that count the same: every character stands for one, so that offsets hold in all of them."""

import re

# Characters that the word-piece vocabulary does not know, or that hide a word from it. One character for one.
_FOLDED = str.maketrans(
    {
        "ʼ": "’",
        "ʻ": "’",
        "′": "’",
        "`": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\x00": " ",
        "‟": "“",
        "‛": "‘",
    }
)


def scrub(text: str) -> str:
    """The text with every lone surrogate, which UTF-8 cannot hold, replaced one for one."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


# Quotation marks of other hands, for the common ones: typewriters (TeX's two strokes), East Asia, primes, ornaments.
_MARKS = str.maketrans(dict(zip("「」『』〝〟〞″＂❝❞", '“”“”“””""“”', strict=True)))
_OPENING_STROKES = re.compile(r"``(?=\S)|(?<![\w.,!?'])''(?=\w)")
_CLOSING_STROKES = re.compile(r"(?<=[\w.,!?…-])''(?![\w'])")


def common_marks(text: str) -> str:
    """A copy of `text`, of the same length, with rare quotation marks made common; of two strokes one becomes a blank.

    >>> common_marks("``It rained,'' 「she」 said.")
    ' “It rained,”  “she” said.'
    """
    text = text.translate(_MARKS) if not text.isascii() else text
    if "''" not in text:
        return text
    return _CLOSING_STROKES.sub("” ", _OPENING_STROKES.sub(" “", text))


def with_strokes(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of the text with the other half of each mark of two strokes that it begins or ends amid."""
    if text[max(0, start - 1) : start + 1] in {"``", "''"}:
        start -= 1
    if text[end - 1 : end + 1] == "''":
        end += 1
    return start, end


def fold(text: str) -> str:
    """A copy of `text` for the models, of the same length, with rare apostrophes and blanks made common.

    >>> fold("Trumpʼs plan")
    'Trump’s plan'
    """
    return common_marks(text).translate(_FOLDED)
