"""Names of one word that an article shows to be a body's: "Accenture, the consulting firm", "Operator (Neso)".

An entity recogniser takes such names for surnames, which they mostly are in its corpus.
"""

import re
from collections import Counter
from collections.abc import Iterable

from annotator.language import lexicon
from annotator.sources.titles import is_title

_NAME = r"(?P<name>[A-Z][\w&]*[a-z]\w*)"
_KINDS = (
    r"(?:company|firm|giant|start-?up|retailer|(?:car|auto|drug|chip|plane)?maker|consultancy|gang|airline|bank|lender|"
    r"insurer|app|platform|chain|brand|supplier|operator|manufacturer|developer|brewer|supermarket|utility)"
)
_OWNED = (
    r"(?:clients|customers|shares|shareholders|subsidiar(?:y|ies)|servers|stores|revenues?|products|databases?|users|"
    r"earnings|employees|executives|engineers|researchers|warehouses|couriers|chief executive|CEO|CFO|"
    r"parent company|gang|operators)"
)
_TOLD = (
    re.compile(rf"(?<![\w’'-]){_NAME}, (?:the|a|an|one of) (?:[\w’'&-]+ ){{0,5}}?{_KINDS}\b"),
    re.compile(rf"\b{_KINDS} {_NAME}(?![\w-])(?! [A-Z])"),
)
_HINTED = re.compile(rf"(?<![\w’'-]){_NAME}(?:[’']s?)? (?:[a-z-]+ )?{_OWNED}\b")
_WORD_BEFORE = re.compile(r"(?P<word>[A-Z][\w.]*)[ \u00a0]\Z")
# "the start-up FarmLoop Africa", "Moorland Holdings"
_LONG = (
    re.compile(rf"\b{_KINDS} (?P<name>[A-Z][\w&]+) [A-Z][\w&]+(?: [A-Z][\w&]+)?(?![\w-])"),
    re.compile(r"\b(?P<name>[\w-]+) (?:[A-Z]{2,4}|Inc|Ltd|Corp|Group|Holdings|plc|GmbH|Limited|Company)\b"),
)
ENOUGH = 2  # hints that are as good as being told


def long_names(text: str) -> dict[str, str]:
    """The bodies in a text whose names have several words, by the first of these: "FarmLoop" of "FarmLoop Africa"."""
    found: dict[str, str] = {}
    for pattern in _LONG:
        for match in pattern.finditer(text):
            name = text[match.start("name") : match.end()]
            first, last = match["name"], name.split()[-1]
            person = pattern is _LONG[0] and first.lower() in lexicon.table("first_names")
            office = is_title(first) or is_title(last) or last.lower() in lexicon.table("office_letters")
            if not person and not office:  # "the lender Ann Moor ran", "Tory MP"
                found.setdefault(first, name)
    return found


def businesses(text: str, people: Iterable[str]) -> frozenset[str]:
    """The one-word names in a text that are businesses', none of which is part of the longer names of `people`."""
    signs: Counter[str] = Counter()
    for weight, patterns in ((ENOUGH, _TOLD), (1, (_HINTED,))):
        for pattern in patterns:
            for match in pattern.finditer(text):
                before = _WORD_BEFORE.search(text, max(0, match.start("name") - 30), match.start("name"))
                if before is None or pattern is _TOLD[1]:
                    signs[match["name"]] += weight
    found = {
        name for name, sign in signs.items() if sign >= ENOUGH and name.lower() not in lexicon.table("first_names")
    }
    if not found:
        return frozenset()
    parts = {word for name in people if " " in name for word in name.split()}
    titled = {
        name
        for name in found
        for match in re.finditer(rf"(?P<title>[A-Z][a-z]+\.?)[ \u00a0]{re.escape(name)}\b", text)
        if is_title(match["title"])
    }
    return frozenset(found - parts - titled)
