"""Which part of an article's text is what: headline, byline, body, boilerplate and the rest.

The text is read line by line. A line becomes one section, with two exceptions: the lines of a hard-wrapped paragraph
make one section together, which spans their line breaks; a dateline in front of a paragraph ("KYIV, Ukraine (Reuters)
— ") is a section of its own. A line that nothing is known about is body: prose read as boilerplate would be lost,
boilerplate read as prose is only odd.
Every pattern looks at a bounded stretch of a line, so that the time grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from annotator.labels import NonClaimReason, SectionKind
from annotator.language.lexicon import phrases
from annotator.records import Section

MAX_PATTERN = 400  # characters; longer lines are prose, and no pattern is tried on them
MAX_ENDING = 50  # characters in which the last full stop stands, a name in brackets behind it included
MAX_LABEL_WORDS = 4
MAX_HEADLINE_WORDS = 25
MAX_STOPPED_HEADLINE_WORDS = 14  # "Phone video is first public look at Charlotte death."
MAX_SUBHEADING_WORDS = 12
MAX_STANDFIRST_WORDS = 60
MAX_HEAD = 12  # lines above the headline that a page can have: menu, date, credit
MAX_NOTE_WORDS = 45  # of a note about the author
MAX_TAIL = 4  # lines of author notes and end credits
DATELINE_PARAGRAPHS = 3  # paragraphs in which a bare "LONDON —" is a dateline
DATELINE_LENGTH = 120
WRAP_WIDTHS = range(45, 101)  # columns that texts are hard-wrapped at
WRAP_SLACK = 4  # a line may end so many columns before the next word would have fitted

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_ONE_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")
_FOLD = str.maketrans("’‘ʼ`“”„«»‟‛", '\'\'\'\'""""""\'')
_CLOSED = r"""["')\]]*(?:\s?\([^()]{1,40}\))?$"""  # "... he said." (Reuters)
_STOPPED = re.compile(rf"[.!?…:;,]{_CLOSED}")
_FULL_STOP = re.compile(rf"[.!…]{_CLOSED}")
_MID_SENTENCE = re.compile(r"""[^.!?…:"')\]]$""")
_TWO_SENTENCES = re.compile(r"""[a-z]{3,}[.!?]["')]* [A-Z]""")  # not "N.Y. debate", "Mary J. Blige"
_LIST_ITEM = re.compile(r"(?:[-–—―•*▪●○◦‣·►→]|\(\(|<|@|\d{1,2}[.)]\s)")
_SPEAKER = re.compile(r"[A-Z][A-Z .'-]{1,30}:\s")
_HEADLINESE = re.compile(r"(?i)\b(?:the|an?|said|told|was|were|had|did|has|have|will|\w+n't|i|we|it|they|there)\b")
_DECORATION = " \t▪•●■►▶→➡>*-–—―|"
_SEPARATOR = re.compile(r"\s*[|/>›·•,]\s*|\s+[-–—]\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|https?:")


class Verdict(NamedTuple):
    """What a line is by its own words, and why it holds no claim."""

    kind: SectionKind
    reason: NonClaimReason


BOILERPLATE = Verdict(SectionKind.BOILERPLATE, NonClaimReason.BOILERPLATE)
CALL_TO_ACTION = Verdict(SectionKind.BOILERPLATE, NonClaimReason.CALL_TO_ACTION)
CREDIT = Verdict(SectionKind.BOILERPLATE, NonClaimReason.CREDIT)
BYLINE = Verdict(SectionKind.BYLINE, NonClaimReason.BYLINE)
DATELINE = Verdict(SectionKind.DATELINE, NonClaimReason.DATELINE)
CAPTION = Verdict(SectionKind.CAPTION, NonClaimReason.FRAGMENT)


@dataclass(slots=True)
class _Line:
    """A line or a wrapped paragraph; `view` is its beginning with plain quotation marks and single blanks."""

    start: int
    end: int
    view: str
    words: int
    stopped: bool  # ends in punctuation
    full_stop: bool
    adjacent: bool  # no blank line above
    kind: SectionKind | None = None


def sections(text: str, *, title: str | None = None, byline: str | None = None) -> tuple[Section, ...]:
    """The sections of `text` in order, which cover each of its non-blank characters once; raises nothing.

    Spans begin and end with a non-blank character. `title` and `byline`, where the reader knows them, decide which
    line is the headline and which one names the author.

    >>> [(s.kind.value, s.end - s.start) for s in sections("Rain stops play\\n\\nBy Ann Lee\\n\\nLORDS — It rained.")]
    [('headline', 15), ('byline', 10), ('dateline', 7), ('body', 10)]
    """
    lines = list(_lines(text))
    for line in lines:
        if verdict := _verdict(line.view):
            line.kind = verdict.kind
    body = _mark_head(lines, _folded(title or ""), _name_of(_folded(byline or "")))
    _mark_followers(lines)
    _mark_tail(lines, body, text)
    _mark_subheadings(lines, body)
    return tuple(_split(text, lines))


def boilerplate_reason(text: str, section: Section) -> NonClaimReason:
    """Why a section holds no claim; `FRAGMENT` for one whose kind is read for claims."""
    match section.kind:
        case SectionKind.BYLINE:
            return NonClaimReason.BYLINE
        case SectionKind.DATELINE:
            return NonClaimReason.DATELINE
        case SectionKind.SUBHEADING:
            return NonClaimReason.HEADING
        case SectionKind.BOILERPLATE:
            verdict = _verdict(_view(text, section.start, section.end))
            return verdict.reason if verdict and verdict.kind is section.kind else NonClaimReason.BOILERPLATE
        case _:
            return NonClaimReason.FRAGMENT


# Lines


def _folded(words: str) -> str:
    return " ".join(words.translate(_FOLD).split())


def _view(text: str, start: int, end: int) -> str:
    return _folded(text[start : min(end, start + MAX_PATTERN + 1)])


def _lines(text: str) -> Iterator[_Line]:
    """The non-blank lines, those of a wrapped paragraph as one."""
    spans = _wrapped(text, list(_trimmed(text)))
    before = 0
    for start, end in spans:
        view = _view(text, start, end)
        ending = text[max(start, end - MAX_ENDING) : end].translate(_FOLD)
        words = view.count(" ") + 1 if end - start <= MAX_PATTERN else end - start // 6
        stopped = _STOPPED.search(ending) is not None
        adjacent = start > 0 and _ONE_BREAK.fullmatch(text, before, start) is not None
        yield _Line(start, end, view, words, stopped, _FULL_STOP.search(ending) is not None, adjacent)
        before = end


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the non-blank lines, without the blanks around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)


def _wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of hard-wrapped paragraphs.

    In a wrapped text a line breaks where its next word would not have fitted, often in the middle of a sentence.
    """
    joints = [n for n in range(1, len(spans)) if _ONE_BREAK.fullmatch(text, spans[n - 1][1], spans[n][0])]
    width = max((spans[m][1] - spans[m][0] for n in joints for m in (n - 1, n)), default=0)
    if width not in WRAP_WIDTHS:
        return spans
    full = {n for n in joints if _filled(text, spans[n - 1], spans[n], width)}
    broken = sum(1 for n in full if _MID_SENTENCE.search(text, spans[n - 1][1] - 1, spans[n - 1][1]))
    if len(full) < 2 or broken < 2 or 2 * broken < len(full) or 2 * len(full) < len(joints):
        return spans
    joined = spans[:1]
    for n in range(1, len(spans)):
        if n in full:
            joined[-1] = joined[-1][0], spans[n][1]
        else:
            joined.append(spans[n])
    return joined


def _filled(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the first word of the line that follows would not have fitted into `line`."""
    word = text[following[0] : min(following[1], following[0] + width)].split(None, 1)[0]
    length = line[1] - line[0]
    return length >= WRAP_WIDTHS.start - WRAP_SLACK and length + 1 + len(word) > width - WRAP_SLACK


# What a line is by its own words


@lru_cache(maxsize=4096)
def _verdict(view: str) -> Verdict | None:
    """What a line is wherever it stands; None for one that its words do not tell."""
    if len(view) > MAX_PATTERN:
        return None
    if not any(map(str.isalnum, view)):
        return BOILERPLATE
    bare = view.strip(_DECORATION)
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    for name, verdict in (("calls_to_action", CALL_TO_ACTION), ("boilerplate", BOILERPLATE)):
        if _matcher(name).fullmatch(bare):
            return verdict
    if _is_label(bare) or re.fullmatch(r"(?:https?://|www\.)\S+", bare):
        return BOILERPLATE
    if _is_date(bare) or _is_place_and_date(bare) or all(_is_date(_after_outlet(part)) for part in bare.split("|")):
        return DATELINE
    if _is_name_row(bare) or _is_byline(bare):
        return BYLINE
    if view[:1] in _CAMERAS or _is_credit(bare):
        return CREDIT
    return CAPTION if _is_caption(bare) else None


_CAMERAS = ("📸", "📷", "🎥", "📹")
_CAPITALISED_ROW = re.compile(r"[^\W\d_a-zßà-öø-ÿ][\w.’'-]*(?:\s+[^\W\d_a-zßà-öø-ÿ][\w.’'-]*){0,3}")


def _after_outlet(part: str) -> str:
    """What follows an outlet's name: "The Bourse Courier, 21 November 2030" is a dateline too."""
    name, comma, rest = part.strip().partition(", ")
    return rest if comma and _CAPITALISED_ROW.fullmatch(name) else part.strip()


def _is_place_and_date(bare: str) -> bool:
    """ "New Delhi | Updated: July 18, 2025 21:47 IST": a place beside the date."""
    parts = [part.strip() for part in bare.split("|")]
    dates = [part for part in parts if _is_date(part)]
    rest = [part for part in parts if part not in dates]
    return bool(dates) and len(rest) == 1 and bool(_CAPITALISED_ROW.fullmatch(rest[0]))


def _is_name_row(bare: str) -> bool:
    """Author and outlet side by side: "Rhea Suvarna | Marapur Observer"."""
    parts = [part.strip() for part in bare.split("|")]
    return len(parts) == 2 and all(_CAPITALISED_ROW.fullmatch(part) and " " in part for part in parts)


@cache
def _matcher(name: str) -> re.Pattern[str]:
    """A word list as one pattern of whole lines; "…" in an entry stands for any words."""
    entries = (
        r"[^\S\n]*.{0,400}?".join(re.escape(part.strip()) for part in entry.translate(_FOLD).split("…"))
        for entry in phrases(name)
    )
    return re.compile(rf"(?i)(?:{'|'.join(entries)})[\s.:!…]*")


@cache
def _prefix(name: str) -> re.Pattern[str]:
    """The entries of a word list as the beginning of a line, longest first, with the colon that may follow."""
    entries = sorted((re.escape(entry) for entry in phrases(name)), key=len, reverse=True)
    return re.compile(rf"(?i)({'|'.join(entries)})(\s*[:,/|](?=\s|\w)\s*|\s+by:?\s+|\s+|:$)")


@cache
def _entries(name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in phrases(name))


def _is_label(bare: str) -> bool:
    """Whether the line is a field label without its value: "Author:"."""
    return bare.endswith(":") and _is_field(bare)


def _is_field(bare: str) -> bool:
    name = bare.rstrip(" :").lower()
    return any(name in _entries(labels) for labels in ("byline_labels", "date_labels", "credit_labels"))


_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS, _WEEKDAYS = _MONTH.split("|"), _WEEKDAY.split("|")
_CALENDAR = {*_MONTHS, *_WEEKDAYS, *(m[:3] for m in _MONTHS), "sept", *(d[:3] for d in _WEEKDAYS), "tues", "thurs"}
_CLOCK = {"am", "pm", "gmt", "utc", "est", "edt", "et", "pst", "pdt", "pt", "cet", "cest", "eet", "eest", "bst", "ist"}
_UNITS = {"second", "minute", "min", "hour", "day", "week", "month", "year"}
_FILLERS = {"at", "on", "of", "read", "today", "yesterday", "last", "updated", "published", "ago", "an", "a", *_UNITS}
_FILLERS |= {unit + "s" for unit in _UNITS}
_NUMBER = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ap]m|z)?|\d{1,2}[ap]m|\d{1,2}t\d\d:\d\d\S*"
)
_FULL_DATE = re.compile(r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)\b")
_TIME = re.compile(r"(?i)\b\d{1,2}:\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b")


def _is_date(bare: str) -> bool:
    """Whether the line is a date or a time and nothing else: "Updated: 12 March 2024, 14:05 GMT"."""
    label = _prefix("date_labels").match(bare)
    rest = bare[label.end() :] if label else bare
    rest = _FULL_DATE.sub(" 1 ", rest) if (full := _FULL_DATE.search(rest)) else rest
    tokens = [token.replace(".", "") if not token[0].isdigit() else token.rstrip(".") for token in _date_tokens(rest)]
    if not 0 < len(tokens) <= 14 or not all(_is_date_token(token) for token in tokens):
        return False
    found = set(tokens)
    if any(token[0].isdigit() for token in tokens) or label:
        return bool(full or found & _CALENDAR or "ago" in found or _TIME.search(rest))
    return False


def _date_tokens(rest: str) -> list[str]:
    return [token for token in re.split(r"[\s,|·•–—/()-]+", rest.lower()) if token.strip(".:")]


def _is_date_token(token: str) -> bool:
    return token in _CALENDAR or token in _CLOCK or token in _FILLERS or _NUMBER.fullmatch(token) is not None


_PARTICLES = {
    "al",
    "bin",
    "da",
    "de",
    "del",
    "der",
    "di",
    "dos",
    "du",
    "el",
    "la",
    "le",
    "van",
    "von",
    "und",
    "y",
    "zu",
}
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w))*\.?")


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and _NAME_WORD.fullmatch(word) is not None


def _is_name(words: str) -> bool:
    """Whether the words can be a person's name: two to five capitalised words."""
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(
        _is_capitalised(part) or (n and part in _PARTICLES) for n, part in enumerate(parts)
    )


def _is_outlet(words: str) -> bool:
    name = words.lower().removeprefix("the ")
    return name in _entries("outlets") or name in _entries("photo_agencies")


def _is_author(words: str) -> bool:
    """Whether the words name an author: "Jane Doe", "Jane Doe in Kyiv", "Reuters", "staff reporters"."""
    name, _, place = words.partition(" in ")
    return (_is_name(name) and (not place or place[0].isupper())) or _is_outlet(words) or _is_role(words)


def _is_role(words: str) -> bool:
    parts = words.lower().split()
    return len(parts) <= 6 and any(part.rstrip("s") in _entries("author_roles") for part in parts)


_NAME_SEPARATOR = re.compile(r"\s*[,|·•/&]\s*|\s+and\s+|\s+[-–—]\s+")


def _are_authors(words: str) -> bool:
    """Whether the words are one or more authors, with their outlet, their role or the date."""
    parts = [part for part in _NAME_SEPARATOR.split(words.rstrip(". ")) if part]
    if not parts or len(parts) > 8 or not _is_author(parts[0]):
        return False
    return all(_is_author(part) or _is_date(part) or _is_affiliation(part) for part in parts[1:])


def _is_affiliation(words: str) -> bool:
    """Whether the words after an author's name can be an outlet: "Daily Planet", "for the Daily Planet"."""
    parts = words.removeprefix("for ").removeprefix("the ").split()
    return 0 < len(parts) <= 5 and all(_is_capitalised(part) or part in ("of", "the") for part in parts)


def _is_byline(bare: str) -> bool:
    """Whether the line is a byline: "By Jane Doe and John Roe, Reuters", "Author: Jane Doe"."""
    label = _prefix("byline_labels").match(bare)
    if label is None:
        return False
    # Without "by" or a colon the label is a word of a sentence: "Words fail Jane Doe".
    marked = label.group(1).lower().endswith("by") or ":" in label.group(2) or "by" in label.group(2).lower()
    return marked and _are_authors(bare[label.end() :])


def _name_of(byline: str) -> str:
    """A byline without its label, in lower case, to compare with another."""
    label = _prefix("byline_labels").match(byline)
    return (byline[label.end() :] if label else byline).strip(" .").lower()


def _is_credit(bare: str) -> bool:
    """Whether the line says who made a picture and nothing else: "Photo: Jane Doe", "Jane Doe / Getty Images"."""
    words = bare.strip("()[]. ")
    label = _prefix("credit_labels").match(words)
    if label and label.group(2).strip():
        maker = words[label.end() :]
        return 0 < len(maker.split()) <= 8 and _are_makers(maker)
    parts = [part.strip(" \"'©") for part in re.split(r"\s*[/|,·]\s*|\s+via\s+", words.lstrip("© "))]
    return (
        len(parts) <= 5 and any(p.lower() in _entries("photo_agencies") for p in parts) and all(map(_are_makers, parts))
    )


def _are_makers(words: str) -> bool:
    """Whether the words are names, without a sentence between them."""
    small = {"via", "of", "for", "the", "and", "by", "/", "&", "-", *_PARTICLES}
    parts = words.split()
    return len(parts) <= 8 and all(not part[0].islower() or part in small or "/" in part for part in parts)


_CREDIT_AT_END = re.compile(
    r"(?:AP Photo/|(?:Photo|Image|Picture|Photograph)(?: credit)?(?::| by | courtesy of )) ?\S.{0,60}$"
)


def _is_caption(bare: str) -> bool:
    """Whether the line describes a picture: a label before it, or a credit behind it."""
    if re.match(r"(?i)(?:(?:image|media|video|photo) caption|caption)\s*[,:]\s*\w", bare):
        return True
    if found := _CREDIT_AT_END.search(bare):
        return _are_makers(re.split(r": ?| by |/| of ", found.group(), maxsplit=1)[1].strip("(). "))
    bracketed = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$", bare)
    ending = bracketed.group(1) if bracketed else re.split(r"[.!?]\s", bare)[-1]
    if bracketed and re.fullmatch(
        r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2}/(?:[A-Z&][\w.'-]*|of|the)(?: (?:[A-Z&][\w.'-]*|of|the))*", ending
    ):
        return True  # "(Jane Doe/The Daily Planet)"
    # "(Reuters)" behind a sentence says who reports it; "(Reuters/Jane Doe)" whose picture it is.
    return ending != bare and not _is_outlet(ending.strip(" .")) and _is_picture_credit(ending)


def _is_picture_credit(ending: str) -> bool:
    return bool(re.search(r"/|\bvia\b|Getty|Photo|Image|Shutterstock|iStock", ending)) and _is_credit(ending)


# The head


def _mark_head(lines: list[_Line], title: str, author: str) -> int:
    """Mark headline, standfirst and what stands around them; returns the index at which the body begins."""
    for line in lines[:MAX_HEAD]:
        if author and _name_of(line.view) == author:
            line.kind = SectionKind.BYLINE
    headline = _headline_index(lines, title)
    if headline is None:
        return 0
    lines[headline].kind = SectionKind.HEADLINE
    for line in lines[:headline]:
        if line.kind is None and (_is_section_label(line.view) or (line.words <= 6 and not line.stopped)):
            line.kind = SectionKind.BOILERPLATE
    return _mark_below_headline(lines, headline)


def _headline_index(lines: list[_Line], title: str) -> int | None:
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
    parts = _SEPARATOR.split(view.strip(_DECORATION).rstrip(".:"))
    return len(parts) <= 4 and all(part.lower() in _entries("section_labels") for part in parts)


_LABEL_JOINT = re.compile(r"\s*(?:[&|/•·›>]|\band\b)\s*")


def _looks_like_label(lines: list[_Line], n: int) -> bool:
    """A few capitalised words above a real headline: "Science & Environment", "SPORT | Transfers"."""
    line, below = lines[n], lines[n + 1]
    view = line.view.strip(_DECORATION)
    parts = _LABEL_JOINT.split(view)
    short = line.words <= MAX_LABEL_WORDS and not line.stopped and (len(parts) > 1 or view.isupper())
    named = all(part and len(part.split()) <= 2 and (part[0].isupper() or part.startswith("the ")) for part in parts)
    return short and named and below.kind is None and below.words > MAX_LABEL_WORDS and _is_headline(lines, n + 1)


def _is_headline(lines: list[_Line], n: int) -> bool:
    """Whether the first line of an article that is not known by its words is its headline."""
    line = lines[n]
    first = next((c for c in line.view if c.isalpha()), "")
    if line.words > MAX_HEADLINE_WORDS or len(line.view) > MAX_PATTERN or _LIST_ITEM.match(line.view):
        return False
    if _dateline_end(line.view, known_only=False) or line.view.endswith((":", ",")) or line.view[:2].islower():
        return False
    if n + 1 == len(lines):
        return not line.full_stop
    if not line.full_stop:
        return bool(first)
    return _is_headlinese(line) and (_is_title_case(line.view) or lines[n + 1].words > line.words)


def _is_headlinese(line: _Line) -> bool:
    """Whether a line with a full stop is worded like a headline: title case, or short without articles and "said"."""
    if line.words > MAX_HEADLINE_WORDS or len(line.view) > MAX_PATTERN or _TWO_SENTENCES.search(line.view):
        return False
    short = 3 <= line.words <= MAX_STOPPED_HEADLINE_WORDS and not _HEADLINESE.search(line.view)
    return short or (line.words >= 3 and _is_title_case(line.view))


def _is_title_case(view: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", view) if len(word) > 3]
    return len(long) >= 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _mark_below_headline(lines: list[_Line], headline: int) -> int:
    wanted = _comparable(lines[headline].view)
    authored = has_standfirst = False
    n = headline + 1
    while n < len(lines):
        line = lines[n]
        if line.kind is None and (_is_furniture(line.view) or _comparable(line.view) == wanted):
            line.kind = SectionKind.BOILERPLATE
        elif line.kind is None and _is_bare_byline(lines, n):
            line.kind = SectionKind.BYLINE
        elif line.kind is None and _is_place_line(line.view):
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
    return _is_section_label(view) or _is_field(view)


def _is_bare_byline(lines: list[_Line], n: int) -> bool:
    """Whether a line of the head names the author without "By": its label stands above, or the date or role below."""
    line = lines[n]
    if line.stopped or len(line.view) > MAX_PATTERN or not _are_authors(line.view):
        return False
    label = lines[n - 1].view.rstrip(" :").lower() if n else ""
    if label in _entries("byline_labels"):
        return True
    if n + 1 >= len(lines):
        return False
    following = lines[n + 1]
    # "Jane Doe", and below it "Political correspondent".
    is_role = _is_role(following.view) and not following.stopped
    return following.kind is SectionKind.DATELINE or _is_field(following.view) or is_role


def _is_place_line(view: str) -> bool:
    """Whether a line of the head is a dateline without the text: "KYIV, Ukraine", "WASHINGTON (AP)"."""
    if len(view) > DATELINE_LENGTH - 10 or not re.search("[,(]", view):
        return False
    return _dateline_end(view + " — A", known_only=True) == len(view) + len(" — ")


def _is_standfirst(lines: list[_Line], headline: int, n: int) -> bool:
    """Whether a line below the headline is its summary; in doubt it is the first paragraph."""
    line = lines[n]
    if n + 1 >= len(lines) or not any(other.kind is None for other in lines[n + 1 : n + 1 + MAX_HEAD]):
        return False
    if line.words > MAX_STANDFIRST_WORDS or len(line.view) > MAX_PATTERN or _LIST_ITEM.match(line.view):
        return False
    following = lines[n + 1]
    if line.view.endswith(":") or _dateline_end(line.view, known_only=False):
        return False
    if _precedes_author(lines, n) or lines[n - 1].view.lower().rstrip(". ") == "abstract":
        return True
    if line.view.startswith('"') or following.kind is not None:
        return False
    has_dateline = _dateline_end(following.view, known_only=False) > 0
    is_deck = not line.stopped and line.words >= 4 and following.full_stop and following.words >= 15
    is_summary = n == headline + 1 and _is_headlinese(line) and following.words >= 20
    has_semicolon = n == headline + 1 and lines[headline].view.endswith(";")
    return has_semicolon or is_deck or (line.words <= 35 and has_dateline) or is_summary


def _precedes_author(lines: list[_Line], n: int) -> bool:
    """Whether a byline, a date or the credit of the opening picture stands below the line."""
    following = lines[n + 1]
    if following.kind in (SectionKind.BYLINE, SectionKind.DATELINE) or _is_field(following.view):
        return True
    if _is_bare_byline(lines, n + 1):
        return True
    is_credit = following.kind is SectionKind.BOILERPLATE and _verdict(following.view) == CREDIT
    return is_credit and lines[n].words <= 35 and not lines[n].view.startswith('"')


# Datelines

_PLACE = r"[^\W\d_a-zß-ÿ][\w.'’-]*(?: (?:(?:de|del|la|el|al|of|the) )?[^\W\d_a-zß-ÿ][\w.'’-]*){0,3}"
_MONTH_NAME = rf"(?:{_MONTH}|(?:{'|'.join(month[:3] for month in _MONTHS)}|sept)\.?)"
_DAY = rf"(?:(?:{_WEEKDAY}),? )?(?:{_MONTH_NAME} \d{{1,2}}|\d{{1,2}} {_MONTH_NAME})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})?(?P<region>, {_PLACE})?(?P<day>, (?i:{_DAY}))?\s?"
    r"(?P<agency>\([^\W\d_a-zß-ÿ][\w.&'’/ ]{1,30}\))?"
    r"(?:\s?(?:—|–|―|--)\s?|\s-\s?|(?<=[a-z\d)]) ?-\s|(?<=\))\s?)"
)


def _dateline_end(view: str, known_only: bool) -> int:
    """Length of the dateline with its dash that the paragraph begins with, 0 without one.

    A bare "LONDON —" counts unless `known_only`; with a region, a date or an agency a dateline is one anywhere.
    """
    match = _DATELINE.match(view[:DATELINE_LENGTH])
    if match is None:
        return 0
    rest = view[match.end() :].lstrip("\"'“‘« ")
    place, agency = match["place"] or "", (match["agency"] or "").strip("()")
    if not rest[:1].isupper() and not rest[:1].isdigit():
        return 0
    dashed = match.group().rstrip()[-1] != ")"
    wire = bool(agency) and (_is_outlet(agency) or (dashed and place.isupper()))
    in_capitals = place.isupper() and dashed and place not in phrases("not_places")
    known = wire or (dashed and bool(match["day"]) and bool(place)) or (in_capitals and bool(match["region"]))
    bare = in_capitals and sum(map(str.isalpha, place)) >= 4 and not agency
    return match.end() if known or (bare and not known_only) else 0


def _split(text: str, lines: list[_Line]) -> Iterator[Section]:
    """The sections of the marked lines, with the datelines cut off."""
    paragraphs = 0
    for line in lines:
        kind = line.kind or SectionKind.BODY
        start = line.start
        if kind is SectionKind.BODY:
            paragraphs += 1
            opening = text[start : min(line.end, start + DATELINE_LENGTH + 40)]
            cut = _dateline_end(opening, known_only=paragraphs > DATELINE_PARAGRAPHS)
            if cut:
                yield Section(kind=SectionKind.DATELINE, start=start, end=start + len(opening[:cut].rstrip()))
                start += len(opening) - len(opening[cut:].lstrip())
        yield Section(kind=kind, start=start, end=line.end)


# Tail, followers and subheadings


def _mark_followers(lines: list[_Line]) -> None:
    """Mark the links below "Read more:" and the lists below the headings of the tail."""
    for n, line in enumerate(lines):
        label = line.view.rstrip(": .").lower() if len(line.view) < 40 else ""
        if label in _entries("tail_headings") and 3 * n >= len(lines):
            _mark_list(lines, n)
        elif line.view.endswith(":") and len(line.view) <= MAX_PATTERN and _verdict(line.view) == CALL_TO_ACTION:
            for link in lines[n + 1 : n + 6]:
                if link.stopped or link.kind is not None or not link.adjacent:
                    break
                link.kind = SectionKind.BOILERPLATE


def _mark_list(lines: list[_Line], heading: int) -> None:
    """Mark the heading of a list of links or references and the list up to the next sentence of prose."""
    n = heading + 1
    while n < len(lines) and not (lines[n].full_stop and lines[n].words >= 6 and not _is_reference(lines[n])):
        n += 1
    if n > heading + 1 or n == len(lines):
        for line in lines[heading:n]:
            line.kind = line.kind or SectionKind.BOILERPLATE


def _is_reference(line: _Line) -> bool:
    return line.words < 40 and _YEAR.search(line.view) is not None and '"' in line.view


_FULL_NAME = r"(?:[^\W\d_][\w.'-]* ){2,4}?"
_ABOUT_AUTHOR = re.compile(rf"(?P<name>{_FULL_NAME})(?:and {_FULL_NAME})?(?P<verb>is|are|writes|reported from)\b")


def _mark_tail(lines: list[_Line], body: int, text: str) -> None:
    """Mark the note about the author, the end credit and the signature below the last paragraph."""
    headline = " ".join(line.view for line in lines[:body] if line.kind is SectionKind.HEADLINE)
    seen = 0
    for n in range(len(lines) - 1, max(body, 1), -1):
        line = lines[n]
        if line.kind is not None:
            continue
        seen += 1
        if seen > MAX_TAIL or len(line.view) > MAX_PATTERN:
            return
        if _is_about_author(line, headline + text[lines[body].start : line.start]):
            line.kind = SectionKind.BOILERPLATE
        elif (_is_name(line.view) or _is_outlet(line.view)) and not line.stopped and lines[n - 1].full_stop:
            line.kind = SectionKind.BYLINE
        else:
            return


def _is_about_author(line: _Line, before: str) -> bool:
    """Whether a last line is about the article's author: somebody whom the article has not spoken of.

    "Jane Doe is a reporter for the Daily Planet." "Jane Doe reported from Kyiv, and John Roe from Moscow."
    """
    opening = _ABOUT_AUTHOR.match(line.view)
    if opening is None or line.words > MAX_NOTE_WORDS or '"' in line.view:
        return False
    name = opening["name"].strip()
    if not _is_name(name) or name.split()[-1] in before:
        return False
    return opening["verb"] == "reported from" or _has_role(line.view[opening.end() :])


def _has_role(predicate: str) -> bool:
    words = f" {re.sub(r'[^a-z-]+', ' ', predicate.lower())} "
    return any(f" {role} " in words or f" {role}s " in words for role in _entries("author_roles"))


def _mark_subheadings(lines: list[_Line], body: int) -> None:
    """Mark the headings between paragraphs: short, without punctuation at the end, alone among prose."""
    spaced = sum(not line.adjacent for line in lines[1:]) * 2 > len(lines)
    for n in range(max(body, 1), len(lines) - 1):
        line, above, below = lines[n], lines[n - 1], lines[n + 1]
        if line.kind is not None or line.stopped or line.words > MAX_SUBHEADING_WORDS or len(line.view) > 90:
            continue
        follows_prose = above.kind is not None or (above.stopped and not above.view.endswith((":", ",")))
        alone = not (spaced and line.adjacent)
        precedes_prose = below.kind is None and (below.full_stop or below.words >= 15)
        if follows_prose and alone and precedes_prose and _is_heading(line.view):
            line.kind = SectionKind.SUBHEADING


def _is_heading(view: str) -> bool:
    return view[0].isalnum() and not (view[0].islower() or _LIST_ITEM.match(view) or _SPEAKER.match(view))
