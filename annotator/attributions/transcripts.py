"""Transcripts: each speech behind a label, as broadcasters, courts and parliaments print them.

"ANCHOR: How many are cut off? / TEMBO: Nine thousand.", "GRACE MWENDE, SALT TRADER: One sack was 200." What a host
or a reporter says is nobody's claim; a surname is that of the fuller name that a label or the text has.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.attributions.contents import edged, take_out
from annotator.attributions.turns import ASKERS
from annotator.draft import FRAME_CONFIDENCE, Draft, DraftAttribution, Offsets, inside
from annotator.labels import AttributionMode, NonClaimReason, SectionKind

_HOSTS = ASKERS | {"anchor", "presenter", "announcer", "narrator", "correspondent", "newsreader"}
_CAPITALS = r"(?:[A-Z][A-Z.'’-]*[A-Z.])"  # "TEMBO", "MR.", "O'NEIL"
_NAME = rf"{_CAPITALS}(?: {_CAPITALS}){{0,4}}|(?i:{'|'.join(sorted(_HOSTS))})(?: \d)?"
LABEL = re.compile(
    rf"(?:^|(?<=[.?!…\"”’)\]] ))(?P<name>{_NAME})(?P<role>, [^:\n]{{2,60}})?(?: \([^)\n]{{1,40}}\))?(?P<cue>:) +(?=\S)",
    re.MULTILINE,
)
# "Minister Pham Quoc Bao:", at the beginning of a line, where a host asks.
PLAIN = re.compile(r"^(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?P<role>)(?P<cue>:) +(?=\S)", re.MULTILINE)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "judge", "justice", "sen", "rep", "president", "minister", "chairman"})
_ASIDE = re.compile(r"\s*(?:\([A-Z][^)\n]{0,60}\)|\[[^\]\n]{1,60}\])\s*")  # "(LAUGHTER)", "[crosstalk]"
_SPOKEN = frozenset({SectionKind.HEADLINE, SectionKind.BODY, SectionKind.SUBHEADING})
_ASKS = re.compile(r"\?[”\"’']?\s*\Z")
_PRESENTS = re.compile(r"\b(?:with (?:us|me)|joined by|joining (?:us|me)|my guest|welcome)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Speech:
    label: re.Match[str]
    end: int

    @property
    def who(self) -> str:
        return self.label["name"]

    @property
    def is_hosts(self) -> bool:
        return _is_host(self.who)


def _is_host(name: str) -> bool:
    return re.sub(r" \d$", "", name).lower() in _HOSTS


def transcript(draft: Draft) -> bool:
    """Hand each speech of a transcript to who makes it; False, and nothing done, where the text is none."""
    body = [section for section in draft.sections if section.kind in _SPOKEN]
    # A transcript without a headline begins with what looks like one.
    while body and body[0].kind is SectionKind.HEADLINE and not LABEL.match(draft.text, body[0].start):
        del body[0]
    if not body:
        return False
    found = list(_speeches(draft, (body[0].start, body[-1].end)))
    if not _is_transcript(draft, found):
        return False
    for speech in found:
        _take_apart(draft, found, speech)
    return True


def _speeches(draft: Draft, bounds: Offsets) -> Iterator[_Speech]:
    """The labels of a text, each with the end of its speech: the next label, or that of its own paragraph at last."""
    labels = list(LABEL.finditer(draft.text, *bounds))
    if any(_is_host(label["name"]) for label in labels):
        known = {label.start() for label in labels}
        plain = (label for label in PLAIN.finditer(draft.text, *bounds) if label.start() not in known)
        labels = sorted([*labels, *plain], key=re.Match.start)
    for label, behind in pairwise([*labels, None]):
        if label is not None:
            end = behind.start() if behind is not None else draft.line_at(label.end() - 1)[1]
            yield _Speech(label, end)


def _is_transcript(draft: Draft, found: Sequence[_Speech]) -> bool:
    """Whether two or more take turns, most lines from the first one on are theirs, and somebody there is a person.

    "WHAT: ..., WHERE: ..." and "UPDATE:" are labels of other things.
    """
    if len({speech.who for speech in found}) < 2:
        return False
    if not all(_is_speaker(draft, found, speech) for speech in found):
        return False
    lines = [line for line in draft.text[found[0].label.start() : found[-1].end].splitlines() if line.strip()]
    return 2 * len(found) >= len(lines)


def _is_speaker(draft: Draft, found: Sequence[_Speech], speech: _Speech) -> bool:
    words = speech.who.rstrip(".").lower().split()
    speaks = speech.is_hosts or words[0].rstrip(".") in _TITLES or bool(speech.label["role"])
    return speaks or _fuller(draft, found, speech) is not None or _is_named_person(draft, speech)


def _is_named_person(draft: Draft, speech: _Speech) -> bool:
    return any(
        ent.label_ == "PERSON" and inside((ent.start_char, ent.end_char), speech.label.span("name"))
        for ent in draft.doc.ents
    )


def _fuller(draft: Draft, found: Sequence[_Speech], speech: _Speech) -> Offsets | None:
    """Where the fuller name of a label stands: in the text ("Captain Moses Tembo"), or in another label."""
    surname = speech.who.split()[-1].upper()
    for ent in draft.doc.ents:
        words = ent.text.split()
        if ent.label_ == "PERSON" and len(words) > 1 and words[-1].upper() == surname and not ent.text.isupper():
            return ent.start_char, ent.end_char
    labels = (other.label for other in found if other.who.split()[-1].upper() == surname)
    fullest = max(labels, key=lambda label: len(label["name"]))
    return fullest.span("name") if fullest["name"] != speech.who else None


def _take_apart(draft: Draft, found: Sequence[_Speech], speech: _Speech) -> None:
    """One attribution for the paragraphs of a speech; what is reported inside is nested, and a host's is nobody's."""
    bounds = (speech.label.end(), speech.end)
    contents = [span for span in _paragraphs(draft, bounds) if span[0] < span[1]]
    whole = (speech.label.start(), speech.end)
    inner = [item for item in draft.attributions if item.cue and inside(item.cue, whole)]
    take_out(draft, whole, inner)
    if speech.is_hosts:
        for span in contents:
            if _ASKS.search(draft.text, *span) or not _PRESENTS.search(draft.text, *span):
                draft.left_out.append((span, NonClaimReason.QUESTION))
        return
    draft.demoted += [item for item in inner if item.cue != speech.label.span("cue")]
    if contents:
        mention = _fuller(draft, found, speech) or speech.label.span("name")
        cue = speech.label.span("cue")
        made = DraftAttribution(cue, mention, contents, FRAME_CONFIDENCE, AttributionMode.EXPLICIT, framed=True)
        made.settled = speech.label.span()
        draft.attributions.append(made)


def _paragraphs(draft: Draft, bounds: Offsets) -> Iterator[Offsets]:
    """The lines of a speech without what happened meanwhile: "(LAUGHTER)"."""
    start = bounds[0]
    for line in draft.text[slice(*bounds)].splitlines(keepends=True):
        span = edged(draft.text, (start, start + len(line.rstrip())))
        if line.strip() and not _ASIDE.fullmatch(line):
            yield span
        start += len(line)
