"""The word lists as patterns of a line, and as sets of entries."""

import re

from annotator.language.lexicon import phrases, remembered
from annotator.reading.layout.lines import FOLD


@remembered
def matcher(name: str) -> re.Pattern[str]:
    """A word list as one pattern of whole lines; "…" in an entry stands for any words."""
    alternatives = (
        r"[^\S\n]*.{0,400}?".join(re.escape(part.strip()) for part in entry.translate(FOLD).split("…"))
        for entry in phrases(name)
    )
    return re.compile(rf"(?i)(?:{'|'.join(alternatives)})[\s.:!…]*")


@remembered
def prefix(name: str) -> re.Pattern[str]:
    """The entries of a word list as the beginning of a line, longest first, with the colon that may follow."""
    alternatives = sorted((re.escape(entry) for entry in phrases(name)), key=len, reverse=True)
    return re.compile(rf"(?i)({'|'.join(alternatives)})(\s*[:,/|](?=\s|\w)\s*|\s+by:?\s+|\s+|:$)")


@remembered
def entries(name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in phrases(name))


def is_label(bare: str) -> bool:
    """Whether the line is a field label without its value: "Author:"."""
    return bare.endswith(":") and is_field(bare)


def is_field(bare: str) -> bool:
    name = bare.rstrip(" :").lower()
    return any(name in entries(labels) for labels in ("byline_labels", "date_labels", "credit_labels"))
