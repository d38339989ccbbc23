"""Texts that were decoded wrongly before they were stored ("â€œIt rainedâ€\x9d"), and what is left of HTML in them."""

import re

# Cheap to look for; what it finds is looked at by a library that knows what is damage and what is not.
_SUSPECT = re.compile(
    "[\x80-\x84\x86-\x9f]|[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|&(?:[A-Za-z]{2,8}|#\\d{2,6}|#x[0-9A-Fa-f]{2,5});"
)
MENDED = "its characters were damaged (decoded wrongly, or HTML's &quot; in a text) and have been mended"


def mended(text: str) -> str:
    """The text with twice-encoded characters, C1 controls and HTML entities as they were meant.

    >>> mended("â€œIt rained,â€\\x9d he said &amp; left.")
    '“It rained,” he said & left.'
    """
    if not _SUSPECT.search(text):
        return text
    from ftfy import TextFixerConfig, fix_text

    config = TextFixerConfig(
        unescape_html="auto",  # only where there are no tags
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return str(fix_text(text, config))
