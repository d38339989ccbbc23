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


def fold(text: str) -> str:
    """A copy of `text` for the models, of the same length, with rare apostrophes and blanks made common.

    >>> fold("Trumpʼs plan")
    'Trump’s plan'
    """
    return text.translate(_FOLDED)
