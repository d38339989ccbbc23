"""The head of an article: what stands above its first paragraph."""

import re

from annotator.labels import SectionKind
from annotator.reading.layout.authors import CAPITALISED_ROW, are_authors, is_name, is_role, name_of
from annotator.reading.layout.datelines import dateline_end, is_place_line
from annotator.reading.layout.dates import is_date
from annotator.reading.layout.lines import LIST_ITEM, MAX_PATTERN, Line
from annotator.reading.layout.verdicts import CREDIT, DECORATION, verdict_on
from annotator.reading.layout.word_lists import entries, is_field

MAX_LABEL_WORDS = 4
MAX_HEADER_WORDS = 7  # "The Daily Planet | World news"
MAX_HEADLINE_WORDS = 25
MAX_STOPPED_HEADLINE_WORDS = 14  # "Phone video is first public look at Charlotte death."
MAX_STANDFIRST_WORDS = 60
MAX_NAME_WORDS = 3  # of a name that stands alone
MIN_PARAGRAPH_WORDS = 10
MAX_HEAD = 12  # lines above the headline that a page can have: menu, date, credit

_SEPARATOR = re.compile(r"\s*[|/>›·•,]\s*|\s+[-–—]\s+")
_LABEL_JOINT = re.compile(r"\s*(?:[&|/•·›>]|\band\b)\s*")
_TWO_SENTENCES = re.compile(r"""[a-z]{3,}[.!?]["')]* [A-Z]""")  # not "N.Y. debate", "Mary J. Blige"
_HEADLINESE = re.compile(r"(?i)\b(?:the|an?|said|told|was|were|had|did|has|have|will|\w+n't|i|we|it|they|there)\b")


def mark_head(lines: list[Line], title: str, author: str) -> int:
    """Mark headline, standfirst and what stands around them; returns the index at which the body begins."""
    for line in lines[:MAX_HEAD]:
        if author and name_of(line.view) == author:
            line.kind = SectionKind.BYLINE
    headline = _headline_index(lines, title)
    if headline is None:
        return 0
    lines[headline].kind = SectionKind.HEADLINE
    for line in lines[:headline]:
        if line.kind is None and (_is_section_label(line.view) or (line.words <= 6 and not line.stopped)):
            line.kind = SectionKind.BOILERPLATE
    return _mark_below_headline(lines, headline)


def _headline_index(lines: list[Line], title: str) -> int | None:
    if title:
        wanted = _comparable(title)
        for n, line in enumerate(lines[:MAX_HEAD]):
            found = _comparable(line.view)
            # The title of a page can go on with the name of the site: "Rain stops play - Daily Planet".
            if found == wanted or (len(found) >= 20 and re.match(rf"{re.escape(found)}\s*[|–—-]", wanted)):
                return n
    for n, line in enumerate(lines[:MAX_HEAD]):
        if line.kind is None and not (
            n + 1 < len(lines) and (_is_section_label(line.view) or _looks_like_label(lines, n))
        ):
            return n if _is_headline(lines, n) else None
    return None


def _comparable(line: str) -> str:
    return re.sub(r"""[.;"')\s]+$""", "", line.casefold()).replace('"', "'")


def _is_section_label(view: str) -> bool:
    parts = _SEPARATOR.split(view.strip(DECORATION).rstrip(".:"))
    return len(parts) <= 4 and all(part.lower() in entries("section_labels") for part in parts)


def _looks_like_label(lines: list[Line], n: int) -> bool:
    """A few capitalised words above a real headline: "Science & Environment", "SPORT | Transfers"."""
    line, below = lines[n], lines[n + 1]
    view = line.view.strip(DECORATION)
    parts = _LABEL_JOINT.split(view)
    if len(_SEPARATOR.split(view)) == 2 and line.words <= MAX_HEADER_WORDS and _names_section(view):
        return below.kind is None and below.words > MAX_LABEL_WORDS and _is_headline(lines, n + 1)
    one_word = line.words == 1 and view[:1].isupper()
    short = line.words <= MAX_LABEL_WORDS and not line.stopped and (len(parts) > 1 or view.isupper() or one_word)
    named = all(part and len(part.split()) <= 2 and (part[0].isupper() or part.startswith("the ")) for part in parts)
    return short and named and below.kind is None and below.words > MAX_LABEL_WORDS and _is_headline(lines, n + 1)


def _names_section(view: str) -> bool:
    """Whether a line names a paper and its section: "Daily Planet — Politics", "DAILY PLANET | NATION"."""
    paper, section = _SEPARATOR.split(view)
    known = section.lower() in entries("section_labels")
    return CAPITALISED_ROW.fullmatch(paper) is not None and (known or (view.isupper() and "|" in view))


def _is_headline(lines: list[Line], n: int) -> bool:
    """Whether the first line of an article that is not known by its words is its headline."""
    line = lines[n]
    first = next((c for c in line.view if c.isalpha()), "")
    if line.words > MAX_HEADLINE_WORDS or len(line.view) > MAX_PATTERN or LIST_ITEM.match(line.view):
        return False
    if dateline_end(line.view, known_only=False) or line.view.endswith((":", ",")) or line.view[:2].islower():
        return False
    if n + 1 == len(lines):
        return not line.full_stop
    if not line.full_stop:
        return bool(first)
    return _is_headlinese(line) and (_is_title_case(line.view) or lines[n + 1].words > line.words)


def _is_headlinese(line: Line) -> bool:
    """Whether a line with a full stop is worded like a headline: title case, or short without articles and "said"."""
    if line.words > MAX_HEADLINE_WORDS or len(line.view) > MAX_PATTERN or _TWO_SENTENCES.search(line.view):
        return False
    short = 3 <= line.words <= MAX_STOPPED_HEADLINE_WORDS and not _HEADLINESE.search(line.view)
    return short or (line.words >= 3 and _is_title_case(line.view))


def _is_title_case(view: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", view) if len(word) > 3]
    return len(long) >= 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _mark_below_headline(lines: list[Line], headline: int) -> int:
    wanted = _comparable(lines[headline].view)
    authored = has_standfirst = False
    n = headline + 1
    while n < len(lines):
        line = lines[n]
        if line.kind is None and (_is_furniture(line.view) or _comparable(line.view) == wanted):
            line.kind = SectionKind.BOILERPLATE
        elif line.kind is None and _is_bare_byline(lines, n):
            line.kind = SectionKind.BYLINE
        elif line.kind is None and is_place_line(line.view):
            line.kind = SectionKind.DATELINE
        elif line.kind is None and not authored and not has_standfirst and _is_standfirst(lines, headline, n):
            line.kind, has_standfirst = SectionKind.STANDFIRST, True
        elif line.kind is None:
            return n
        authored |= line.kind in (SectionKind.BYLINE, SectionKind.DATELINE)
        n += 1
    return n


def _is_furniture(view: str) -> bool:
    """Whether a line of the head is a section label, or a field label that may lack its colon."""
    return _is_section_label(view) or is_field(view)


def _is_bare_byline(lines: list[Line], n: int) -> bool:
    """Whether a line of the head names the author without "By": its label stands above, or the date or role below.

    A role below the author is of the byline too.
    """
    line = lines[n]
    if line.stopped or len(line.view) > MAX_PATTERN:
        return False
    if n and lines[n - 1].kind is SectionKind.BYLINE and is_role(line.view):
        return True  # "By Jane Doe and John Roe", and below it "Transport correspondents"
    if not are_authors(line.view):
        return False
    label = lines[n - 1].view.rstrip(" :").lower() if n else ""
    if label in entries("byline_labels"):
        return True
    if n + 1 >= len(lines):
        return False
    following = lines[n + 1]
    # "Jane Doe", and below it "Political correspondent".
    if following.kind is SectionKind.DATELINE or is_field(following.view):
        return True
    if is_role(following.view) and not following.stopped:
        return True
    return _is_name_under_headline(lines, n)


def _is_name_under_headline(lines: list[Line], n: int) -> bool:
    """ "Jane Doe", "Jane Doe, Health Editor, Daily Planet" and nothing else below a headline and above the text."""
    line, above, following = lines[n], lines[n - 1], lines[n + 1]
    name, dash, when = line.view.partition(" — ")
    name, *rest = name.split(", ")
    alone = is_name(name) and len(name.split()) <= MAX_NAME_WORDS and len(rest) <= 2 and (not dash or is_date(when))
    alone &= all(is_role(part) or is_name(part.removeprefix("The ")) for part in rest)
    below = following.full_stop and following.words >= MIN_PARAGRAPH_WORDS and following.view[0] not in "\"'"
    outlet_below = n + 2 < len(lines) and not following.stopped and are_authors("Jane Doe, " + following.view)
    headed = n > 0 and above.kind is SectionKind.HEADLINE
    return headed and alone and (below or outlet_below)


def _is_standfirst(lines: list[Line], headline: int, n: int) -> bool:
    """Whether a line below the headline is its summary; in doubt it is the first paragraph."""
    line = lines[n]
    if n + 1 >= len(lines) or not any(other.kind is None for other in lines[n + 1 : n + 1 + MAX_HEAD]):
        return False
    if line.words > MAX_STANDFIRST_WORDS or len(line.view) > MAX_PATTERN or LIST_ITEM.match(line.view):
        return False
    following = lines[n + 1]
    if line.view.endswith(":") or dateline_end(line.view, known_only=False):
        return False
    if _precedes_author(lines, n) or lines[n - 1].view.lower().rstrip(". ") == "abstract":
        return True
    if line.view.startswith('"') or following.kind is not None:
        return False
    has_dateline = dateline_end(following.view, known_only=False) > 0
    is_deck = not line.stopped and line.words >= 4 and following.full_stop and following.words >= 15
    is_summary = n == headline + 1 and _is_headlinese(line) and following.words >= 20
    has_semicolon = n == headline + 1 and lines[headline].view.endswith(";")
    return has_semicolon or is_deck or (line.words <= 35 and has_dateline) or is_summary


def _precedes_author(lines: list[Line], n: int) -> bool:
    """Whether a byline, a date or the credit of the opening picture stands below the line."""
    following = lines[n + 1]
    if following.kind in (SectionKind.BYLINE, SectionKind.DATELINE) or is_field(following.view):
        return True
    if _is_bare_byline(lines, n + 1):
        return True
    is_credit = following.kind is SectionKind.BOILERPLATE and verdict_on(following.view) == CREDIT
    return is_credit and lines[n].words <= 35 and not lines[n].view.startswith('"')
