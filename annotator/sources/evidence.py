"""What tells for and against each candidate of a mention, as numbers for the network: one row a candidate.

They are what rules know: how far off a candidate is, who spoke last, who is a subject, who agrees in number and
pronoun, whose role has the words of the mention, how often the article credits somebody; and what the rules would say.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from annotator.draft import DraftAttribution, DraftSource, Offsets
from annotator.labels import SourceType
from annotator.language import lexicon
from annotator.language.names import words_of
from annotator.sources.candidates import HE_OR_SHE, HEADLINES, Candidate, Candidates, has_one
from annotator.sources.full_names import pronoun_of
from annotator.sources.mentions import (
    FIRST_PERSON,
    GENERIC_BODIES,
    GENERIC_PEOPLE,
    OWN,
    RELATIVE,
    Mention,
    noun_entry,
    pronoun_of_noun,
)
from annotator.sources.register import Register

Rows = NDArray[np.float32]
FAR = 30  # sentences from which on distance makes no difference
AROUND_BEFORE, AROUND_AFTER = 60, 80  # characters around a name in which the words of a description may stand
LATE = 5_000  # characters around a mention in which attributions may have been given one of their own meanwhile
BLOCK = 500  # characters whose mentions are found together
NAMES_LOOKED_AT = 6  # places of a name around which they are looked for

_IT = frozenset({"it", "its", "this", "that", "itself"})
THEY = frozenset({"they", "them", "their", "both", "theirs"})
_WORDS = (HE_OR_SHE, _IT, THEY, RELATIVE, FIRST_PERSON | {"you", "your"}, OWN | {"my", "our", "your"})
_CALLED = dict.fromkeys(("he", "him", "his", "himself"), "he") | dict.fromkeys(("she", "her", "hers", "herself"), "she")
_BODIES = frozenset({SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.STATE})


class _Mentions:
    """The attributions of an article by their mentions; some are given one only while they are resolved."""

    def __init__(self, items: Sequence[DraftAttribution]) -> None:
        self._items = items
        self._by_span: defaultdict[Offsets, list[int]] = defaultdict(list)  # numbers of attributions
        self._by_block: defaultdict[int, list[int]] = defaultdict(list)  # the same by where in the text they are
        for n, item in enumerate(items):
            self._add(n, item.mention)
        self._later = sorted(((item.start, n) for n, item in enumerate(items) if item.mention is None), reverse=True)
        self._waiting: list[tuple[int, int]] = []

    def _add(self, n: int, mention: Offsets | None) -> None:
        if mention is not None:
            self._by_span[mention].append(n)
            for block in range(mention[0] // BLOCK, max(mention[0], mention[1] - 1) // BLOCK + 1):
                self._by_block[block].append(n)

    def take_in(self, place: int) -> None:
        """Look again at attributions around a place that had no mention; those far before it never get one."""
        while self._later and self._later[-1][0] <= place + LATE:
            self._waiting.append(self._later.pop())
        for _, n in self._waiting:
            self._add(n, self._items[n].mention)
        self._waiting = [(s, n) for s, n in self._waiting if self._items[n].mention is None and s >= place - LATE]

    def of(self, mention: Offsets) -> list[DraftAttribution]:
        """The attributions of a mention."""
        return [self._items[n] for n in sorted(self._by_span.get(mention, ()))]

    def naming(self, places: Sequence[int]) -> int:
        """How many attributions have one of some places in their mention."""
        near = ((place, n) for place in places for n in self._by_block.get(place // BLOCK, ()))
        spans = ((place, n, self._items[n].mention or (0, 0)) for place, n in near)
        return len({n for place, n, (start, end) in spans if start <= place < end})


def _last_before(places: Sequence[int], place: int) -> int:
    """The last of sorted places before a place, -1 without one."""
    n = bisect_left(places, place)
    return places[n - 1] if n else -1


class Evidence:
    """The evidence of one article; it follows the register as that grows."""

    def __init__(self, register: Register, candidates: Candidates) -> None:
        self._register = register
        self._draft = register.draft
        self._candidates = candidates
        self._starts = [sentence.start_char for sentence in self._draft.sentences]
        self._contents = sorted(span for item in self._draft.attributions for span in item.contents)
        self._said_by = register.said_by
        self._mentions = _Mentions(self._draft.attributions)
        self._headlines = [(s.start, s.end) for s in self._draft.sections if s.kind in HEADLINES]
        self._subjects: dict[int, bool] = {}
        self._called: dict[str, list[int]] = {"he": [], "she": []}
        for match in re.finditer(rf"\b(?:{'|'.join(_CALLED)})\b", self._draft.text, re.IGNORECASE):
            self._called[_CALLED[match.group().lower()]].append(match.start())
        self._credited: dict[str, int] = {}
        self._most = -1
        self._headlined: dict[tuple[object, ...], bool] = {}
        self._around: dict[tuple[str, tuple[int, ...]], set[str]] = {}

    def rows(self, mention: Mention, found: Sequence[Candidate], rules: Mapping[int, float]) -> Rows:
        """A row for each candidate and a last one for nobody, `[candidates + 1, FEATURES]`.

        `rules` are what the rules make of candidates, by their numbers.
        """
        place, about = mention.span[0], self._about(mention)
        self._mentions.take_in(place)
        before = [max(_last_before(one.places, place), one.spoke_last) for one in found]
        agreeing = [_agreement(mention, one) for one in found]
        possible = sum(value >= 0 for value in agreeing)
        named = sum(len(one.places) for one in found) or 1
        best = max(rules, key=lambda n: rules[n], default=-1)
        own = self._own_contents(mention.span)
        speaking = [item.source for _, item in self._said_by.around(place)]
        begin = self._draft.sentence_at(place).start_char
        since = self._draft.sentence_at(begin - 1).start_char if begin else 0
        line = self._draft.line_at(place)[0]
        lines = line, self._draft.line_at(max(0, line - 2))[0] if line else -1
        others = self._others(mention)
        near = sum(b >= since and agreeing[n] >= 0 for n, b in enumerate(before))
        most = max((len(one.places) for n, one in enumerate(found) if agreeing[n] >= 0), default=0)
        agreed = sorted(b for n, b in enumerate(before) if agreeing[n] >= 0)
        rows = []
        for n, one in enumerate(found):
            nearer = len(agreed) - bisect_right(agreed, before[n]) if before[n] >= 0 else 0
            compared = [
                len(one.places) / named,
                rules.get(n, 0.0),
                float(n == best),
                float(n in rules),
                float(agreeing[n] == -1),
                float(agreeing[n] == 1),
                math.log1p(nearer),
                float(possible == 1 and agreeing[n] >= 0),
                float(near == 1 and before[n] >= since and agreeing[n] >= 0),
                float(0 < len(one.places) == most and agreeing[n] >= 0),
                math.log1p(self._taken_up_between(mention, before[n], place)),
                float(_is_kind(mention, one)),
            ]
            rows.append(
                [
                    0.0,
                    *self._place_of(mention, one, before[n], lines),
                    *self._part_of(mention, one, own, speaking),
                    *self._fit(mention, one, others),
                    *compared,
                    *about,
                ]
            )
        nobody = [max(rules.values(), default=0.0), math.log1p(len(found)), math.log1p(possible)]
        filled = [0.0] * (FEATURES - 1 - len(nobody) - len(about))
        return np.array([*rows, [1.0, *nobody, *filled, *about]], np.float32)

    def _own_contents(self, mention: Offsets) -> list[Offsets]:
        """The contents that are said by a mention."""
        return [span for item in self._mentions.of(mention) for span in item.contents]

    def _taken_up_between(self, mention: Mention, before: int, place: int) -> int:
        """How often the same pronoun stands between a name and a mention: "Moor was late. He was ill. He said"."""
        called = _CALLED.get(mention.text.lower(), "")
        if not called or before < 0:
            return 0
        return bisect_left(self._called[called], place) - bisect_left(self._called[called], before)

    def _place_of(self, mention: Mention, one: Candidate, before: int, lines: tuple[int, int]) -> list[float]:
        """Where a candidate was named last, and how; `lines` are where the mention's line and the one before begin."""
        place, (line, previous) = mention.span[0], lines
        sentence = self._draft.sentence_at(place)
        gap = self._sentences_between(before, place)
        here = bisect_left(one.places, place)
        last = one.places[here - 1] if here else -1
        after = bisect_left(one.places, mention.span[1])
        subject = last >= 0 and self._is_subject(last)
        return [
            float(before >= 0),
            math.log1p(gap),
            float(before >= sentence.start_char),
            float(before >= line),
            float(before >= previous >= 0),
            float(gap == 1),
            math.log1p(here),
            float(self._is_in_headline(one)),
            float(subject),
            float(subject and gap <= 1),
            float(last >= 0 and self._is_said(last)),
            float(after < len(one.places) and one.places[after] < sentence.end_char),
            float(before < 0),
            *self._spoken(one, place, line, previous),
        ]

    def _spoken(self, one: Candidate, place: int, line: int, previous: int) -> list[float]:
        """How often a candidate has spoken, how long ago, and whether last."""
        recent = self._register.history[-4:][::-1]
        is_last = bool(recent) and one.source is recent[0][1]
        return [
            math.log1p(one.spoke),
            math.log1p(self._sentences_between(one.spoke_last, place)),
            *(float(len(recent) > n and one.source is recent[n][1]) for n in range(3)),
            float(is_last and recent[0][0] >= line),
            float(is_last and recent[0][0] >= previous),
        ]

    def _is_in_headline(self, one: Candidate) -> bool:
        """Whether a headline names a candidate."""
        if not self._headlines:
            return False
        key = one.name, tuple(one.places[:1]), tuple(one.places[-1:]), len(one.places)
        if key not in self._headlined:
            self._headlined[key] = any(has_one(one.places, part) for part in self._headlines)
        return self._headlined[key]

    @property
    def _most_credited(self) -> int:
        """How often the one is credited whom the article credits most."""
        if self._most < 0:
            self._most = max((self._times_credited(other) for other in self._candidates.named.values()), default=0)
        return self._most

    def _part_of(
        self, mention: Mention, one: Candidate, own: Sequence[Offsets], speaking: Sequence[DraftSource | None]
    ) -> list[float]:
        """What a candidate is, how often the article credits it, and whether it can say what the mention says.

        `own` are the mention's contents, `speaking` the sources of the contents that it stands in.
        """
        times, most = self._times_credited(one), self._most_credited
        says_it = one.source is not None and any(source is one.source for source in speaking)
        return [
            float(one.is_someone and one.source is not None and one.source.anonymous),
            float(one.kind is SourceType.PERSON),
            float(one.kind in _BODIES),
            float(one.kind is SourceType.DOCUMENT),
            float(one.plural),
            float(any(has_one(one.places, span) for span in own)),  # few name themselves
            float(says_it),
            math.log1p(times),
            float(0 < times == most),
        ]

    def _others(self, mention: Mention) -> set[str]:
        """The words of a description besides its head; none for other mentions."""
        tokens = self._draft.tokens(mention.span) if mention.kind == "description" else ()
        return {t.lower_ for t in tokens if t.is_alpha and not t.is_stop and t.i != mention.head.i}

    def _fit(self, mention: Mention, one: Candidate, others: set[str]) -> list[float]:
        """How far a description fits a candidate: its head among the roles, its other words beside the name."""
        if mention.kind != "description":
            return [0.0] * 6
        lemma = mention.head.lemma_.lower()
        roles = self._register.people.roles(one.name) if one.kind is SourceType.PERSON else frozenset()
        told = (one.source.role or "").lower().split() if one.source is not None else []
        around, name = self._words_around(one), set(words_of(one.name))
        return [
            float(lemma in roles or lemma in told),
            float(bool(roles) and lemma not in roles),
            float(lemma in around),
            len(others & around) / len(others) if others else 0.0,
            float(one.head == lemma),
            float(lemma in name or bool(name & others)),
        ]

    def _words_around(self, one: Candidate) -> set[str]:
        """The words beside the first names of a candidate, which each description asks for again."""
        key = one.name, tuple(one.places[:NAMES_LOOKED_AT])
        if key not in self._around:
            self._around[key] = self._words_beside(*key)
        return self._around[key]

    def _words_beside(self, name: str, places: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for place in places:
            sentence = self._draft.sentence_at(place)
            begin = max(sentence.start_char, place - AROUND_BEFORE)
            end = min(sentence.end_char, place + len(name) + AROUND_AFTER)
            found |= set(re.findall(r"[a-z]+", self._draft.text[begin:end].lower()))
        return found - set(words_of(name))

    def _about(self, mention: Mention) -> list[float]:
        """What the mention is by itself."""
        word, head, place = mention.text.lower(), mention.head, mention.span[0]
        kind = noun_entry(head)[0] if mention.kind == "description" else "none"
        lemma = head.lemma_.lower()
        return [
            *(float(mention.kind == "pronoun" and word in words) for words in _WORDS),
            float(mention.kind == "description"),
            float(mention.definite),
            float(mention.plural),
            float(any(t.dep_ in {"amod", "compound", "nmod", "nummod"} for t in head.lefts)),
            *(float(kind in kinds) for kinds in ({"person"}, {"organization", "media"}, {"document"}, {""})),
            float(lemma in GENERIC_PEOPLE),
            float(lemma in GENERIC_BODIES),
            float(lemma in lexicon.words("offices")),
            float(bool(mention.owner)),
            float(any(t.dep_ in {"prep", "relcl", "acl"} for t in head.rights)),
            float(word.startswith(("a ", "an "))),
            float(self._draft.section_kind(place) in HEADLINES),
            float(place - self._draft.sentence_at(place).start_char < 3),
            float(self._is_said(place)),
            float(head.dep_ in {"nsubj", "nsubjpass"}),
            math.log1p(len(word.split())),
            float(not self._register.history),
        ]

    def _times_credited(self, one: Candidate) -> int:
        """How many of the article's attributions name a candidate, before the mention and after."""
        if one.name not in self._credited:
            self._credited[one.name] = self._mentions.naming(one.places)
        return self._credited[one.name]

    def _sentences_between(self, before: int, place: int) -> int:
        if before < 0:
            return FAR
        return min(FAR, bisect_left(self._starts, place + 1) - bisect_left(self._starts, before + 1))

    def _is_subject(self, place: int) -> bool:
        """Whether a name stands as a subject; "the director, Ann Lee, said": Lee is one."""
        if place not in self._subjects:
            span = self._draft.doc.char_span(place, place + 1, alignment_mode="expand")
            head = span[0] if span is not None else None
            while head is not None and head.dep_ in {"compound", "flat", "appos"} and head.head.i != head.i:
                head = head.head
            self._subjects[place] = head is not None and head.dep_ in {"nsubj", "nsubjpass"}
        return self._subjects[place]

    def _is_said(self, place: int) -> bool:
        n = bisect_left(self._contents, (place + 1, 0)) - 1
        return n >= 0 and place < self._contents[n][1]


FEATURES = 1 + 20 + 15 + 12 + 26  # nobody, place, part, compared with the others, about the mention


def _is_kind(mention: Mention, one: Candidate) -> bool:
    """Whether a candidate is of the kind that the head of a description says."""
    return mention.kind == "description" and one.kind.value == noun_entry(mention.head)[0]


def _agreement(mention: Mention, one: Candidate) -> int:
    """1 where mention and candidate are known to agree, -1 where they are not likely to, 0 where nothing tells."""
    word = mention.text.lower()
    if mention.kind == "description":
        return _noun_agreement(mention, one)
    if called := _CALLED.get(word):
        known = one.pronoun or pronoun_of(one.name)
        return 0 if not known else 1 if known == called else -1
    if word in _IT:
        return -1 if one.is_someone or one.plural else 1
    if word in THEY:
        unnamed = one.source is not None and one.source.anonymous
        return 1 if one.plural else -1 if one.is_someone and not unnamed else 0
    return 0


def _noun_agreement(mention: Mention, one: Candidate) -> int:
    lemma, kind = mention.head.lemma_.lower(), noun_entry(mention.head)[0]
    if kind == "person":
        called = pronoun_of_noun(lemma)
        if mention.plural != one.plural or not one.is_someone:
            return -1
        return 1 if not called or one.pronoun == called else -1 if one.pronoun else 0
    return 0 if not kind else -1 if one.is_someone else int(one.kind.value == kind)
