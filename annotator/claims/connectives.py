"""Words that lead from one claim to the next and belong to neither: "At the same time", "However"."""

import re

from annotator.draft import Offsets
from annotator.language import lexicon


def is_connective(text: str, span: Offsets) -> bool:
    """Whether a stretch of text is nothing but a connective."""
    return text[slice(*span)].lower() in lexicon.words("connectives")


@lexicon.remembered
def connective() -> re.Pattern[str]:
    """What a claim may begin with that belongs to none."""
    # Words such as "as" or "before" may begin a claim's own adverbial; only a bare conjunction is dropped.
    plain = [
        p
        for p in lexicon.phrases("connectives")
        if p not in {"as", "after", "before", "with", "since", "because", "then", "still", "that"}
    ]
    joined = "|".join(re.escape(p) for p in sorted(plain, key=len, reverse=True))
    return re.compile(rf"(?:{joined})\b(?:,\s*|\s+)(?=\S)", re.IGNORECASE)
