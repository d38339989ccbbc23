"""What the steps of the pipeline hand to one another: plain, changeable drafts of attributions, claims and sources.

They know offsets and spaCy tokens, never a file format; `collect` turns them into records.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from annotator.labels import (
    Affiliation,
    AttributionMode,
    LinkBasis,
    LinkRole,
    NonClaimReason,
    Resolution,
    SectionKind,
    SourceType,
)
from annotator.records import Article, Section
from annotator.text import common_marks, fold, spelled_in_brackets

if TYPE_CHECKING:
    from annotator.extraction.meaning import Meaning

Offsets = tuple[int, int]
FRAME_CONFIDENCE = 0.8  # precision of the frames on the development gold, rounded


@dataclass(eq=False, slots=True)
class DraftSource:
    """An entity behind mentions; `head` and `modifiers` are what a later description is compared with."""

    source_id: str
    name: str
    type: SourceType
    affiliation: Affiliation
    anonymous: bool
    role: str | None = None
    count: int | None = None
    description: str | None = None
    reason: str | None = None
    inherited: bool = False
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    plural: bool = False
    pronoun: str = ""  # the singular pronoun that the article has used for it, for agreement only
    open: bool = False  # a description of somebody or something that the text must have told of; of what is not known
    mentions: list[Offsets] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class DraftLink:
    """A step of a chain that the text states; its source is found later."""

    role: LinkRole
    mention: Offsets | None
    cue: Offsets | None
    basis: LinkBasis = LinkBasis.EXPLICIT
    source: DraftSource | None = None


@dataclass(eq=False, slots=True)
class DraftAttribution:
    """A cue, a mention and the contents they cover; `reporters` pass it on, nearest to the origin first."""

    cue: Offsets | None
    mention: Offsets | None
    contents: list[Offsets]
    confidence: float
    mode: AttributionMode = AttributionMode.EXPLICIT
    reporters: list[DraftLink] = field(default_factory=list)
    source: DraftSource | None = None
    resolution: Resolution = Resolution.RESOLVED
    candidates: list[tuple[DraftSource, float]] = field(default_factory=list)
    source_confidence: float = 1.0  # that the mention is the content's source; 1 where a rule found it
    settled: Offsets | None = None  # text that only tells of the attribution ("This was reported by Axios")
    framed: bool = False  # a headline's frame, which decides by itself that this is an attribution
    # Cue and mention stand in a phrase of the article's own sentence: "Olt's claim that ... angered many"
    in_phrase: bool = False
    verbatim: bool = False  # the source's own words, though no marks say so: a pull quote
    # The outlet whose report goes on after this attribution (citing.py), not only its own contents.
    opens_scope: bool = False

    @property
    def start(self) -> int:
        parts = [*self.contents, *(part for part in (self.cue, self.mention) if part)]
        return min(start for start, _ in parts)


@dataclass(eq=False, slots=True)
class DraftNested:
    cue: Offsets | None
    mention: Offsets | None
    contents: list[Offsets]


@dataclass(eq=False, slots=True)
class DraftClaim:
    """One row of the claim table; `attribution` is None in the article's own voice.

    One that `continues` is a later sentence of its attribution, which has the cue in an earlier one.
    """

    spans: list[Offsets]
    attribution: DraftAttribution | None
    section: SectionKind
    continues: bool = False
    nested: list[DraftNested] = field(default_factory=list)
    chain: list[DraftLink] = field(default_factory=list)
    somebodys: float | None = None  # of own voice: the probability that it is somebody's after all
    form_unread: bool = False  # it stands in text of a form that was not understood
    at: str | None = None  # the time of its entry, in a live blog
    responds_to: "DraftClaim | None" = None  # the claim that it denies or disputes

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def mode(self) -> AttributionMode:
        """How the text hands the claim to its source."""
        if self.attribution is None:
            return AttributionMode.UNATTRIBUTED
        return AttributionMode.CONTINUATION if self.continues else self.attribution.mode


@dataclass(eq=False)
class Draft:
    """One article on its way through the pipeline."""

    article: Article
    sections: tuple[Section, ...]
    doc: Doc
    attributions: list[DraftAttribution] = field(default_factory=list)
    demoted: list[DraftAttribution] = field(default_factory=list)  # only an attribution inside another's content
    deeds: list[DraftAttribution] = field(default_factory=list)  # acts and wishes inside the article's own claims
    claims: list[DraftClaim] = field(default_factory=list)
    sources: list[DraftSource] = field(default_factory=list)
    non_claims: list[tuple[Offsets, NonClaimReason]] = field(default_factory=list)
    left_out: list[tuple[Offsets, NonClaimReason]] = field(default_factory=list)  # whole stretches without a claim
    meaning: "Meaning | None" = None  # what its stretches are about, as the encoder reads them
    given: bool = False  # the attributions are a person's: none is mended, joined or taken for a deed
    lemmas: dict[Offsets, str] = field(default_factory=dict)  # of its cues, which `cues.lemma` looks up once

    @cached_property
    def text(self) -> str:
        """The article's text, of the same length, with rare quotation marks made common."""
        return common_marks(self.article.text)

    @cached_property
    def folded(self) -> str:
        """The article's text, of the same length, with rare apostrophes and blanks made common, too."""
        return fold(self.article.text)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The names whose initials stand in brackets behind them, by these."""
        return spelled_in_brackets(self.text)

    @cached_property
    def capitals_within(self) -> frozenset[str]:
        """The words with a capital that follow a small letter or a comma, so that no sentence gives it to them."""
        return frozenset(re.findall(r"(?<=[a-z,] )[A-Z]\w*", self.text))

    @property
    def all_attributions(self) -> list[DraftAttribution]:
        """The attributions that make claims, and those inside the article's own claims, in text order."""
        return sorted([*self.attributions, *self.deeds], key=lambda item: item.start)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, made once: spaCy goes through the whole text each time it is asked."""
        return list(self.doc.sents)

    @cached_property
    def body_start(self) -> int:
        """Where the first paragraph of the text begins; 0 where there is none."""
        return min((section.start for section in self.sections if section.kind is SectionKind.BODY), default=0)

    @cached_property
    def prose_sentences(self) -> list[Span]:
        """The sentences of headline, standfirst, body and captions; one of blanks alone is none."""
        return [sentence for sentence in self.sentences if self.is_prose_sentence(sentence)]

    def is_prose_sentence(self, sentence: Span) -> bool:
        """Whether the first word of a sentence stands in a section of running text."""
        first = next((token for token in sentence if not token.is_space), None)
        return first is not None and is_prose(self, first.idx)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sentences]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def sentence_at(self, place: int) -> Span:
        """The sentence around a place."""
        n = bisect_right(self._sentence_starts, place) - 1
        return self.sentences[max(0, n)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line_at(self, place: int) -> Offsets:
        """Offsets of the line around a place, without its end."""
        n = bisect_right(self._line_starts, place)
        return self._line_starts[n - 1], self._line_starts[n] - 1 if n < len(self._line_starts) else len(self.text)

    @cached_property
    def _found(self) -> dict[tuple[re.Pattern[str], Offsets], tuple[re.Match[str], ...]]:
        return {}

    def matches(self, pattern: re.Pattern[str], within: Offsets) -> tuple[re.Match[str], ...]:
        """The matches of a pattern within a stretch, looked for once: the claims of a sentence ask the same of it."""
        if (pattern, within) not in self._found:
            self._found[pattern, within] = tuple(pattern.finditer(self.text, *within))
        return self._found[pattern, within]

    def words(self, offsets: Offsets | None) -> str:
        return self.text[offsets[0] : offsets[1]] if offsets else ""

    def section_at(self, place: int) -> Section | None:
        n = bisect_right(self._section_starts, place) - 1
        return self.sections[n] if n >= 0 and place < self.sections[n].end else None

    def section_kind(self, place: int) -> SectionKind:
        """What the section around a place is; body where it lies in none."""
        section = self.section_at(place)
        return section.kind if section else SectionKind.BODY

    def tokens(self, offsets: Offsets) -> Span:
        """The tokens that a stretch of text touches."""
        span = self.doc.char_span(*offsets, alignment_mode="expand")
        assert span is not None, "a stretch of the text, expanded, always meets a token"
        return span

    def head(self, offsets: Offsets) -> Token:
        """The token that the words of a stretch hang on."""
        return self.tokens(offsets).root


PROSE = frozenset({SectionKind.HEADLINE, SectionKind.STANDFIRST, SectionKind.BODY, SectionKind.CAPTION})


def is_prose(draft: Draft, place: int) -> bool:
    """Whether a place lies in a section of running text."""
    section = draft.section_at(place)
    return section is not None and section.kind in PROSE


def offsets_of(tokens: Span | Token) -> Offsets:
    """Half-open offsets of a token or a run of tokens."""
    if isinstance(tokens, Token):
        return tokens.idx, tokens.idx + len(tokens)
    return tokens.start_char, tokens.end_char


def cue_start(item: DraftAttribution) -> int:
    """Where the cue of an attribution begins, or the attribution itself where it has none."""
    return item.cue[0] if item.cue else item.start


def overlaps(a: Offsets, b: Offsets) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def inside(a: Offsets, b: Offsets) -> bool:
    """Whether `a` lies in `b`."""
    return b[0] <= a[0] and a[1] <= b[1]


def mark(used: bytearray, spans: Iterable[Offsets]) -> None:
    """Mark characters as used, in an array with a byte for each character of the text."""
    for start, end in spans:
        used[start:end] = b"\1" * (end - start)
