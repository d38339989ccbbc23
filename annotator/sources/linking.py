"""Who a mention without a name stands for: every entity of the article is a candidate, and a small network ranks them.

The network (annotator/training/linking.py fits it) sees what the rules know: how far off a candidate is, who spoke last,
who is a subject, who agrees in number and pronoun, whose role has the words of the mention, and what the rules
themselves would say. Its probabilities are calibrated; nobody at all is one of the candidates.
"""

import json
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.draft import DraftSource
from annotator.labels import SectionKind, SourceType
from annotator.language import lexicon
from annotator.language.publisher import name_key
from annotator.records import ARTICLE_SOURCE
from annotator.sources.full_names import pronoun_of, words_of
from annotator.sources.mentions import GENERIC_BODIES, GENERIC_PEOPLE, Mention, bare_body, noun_entry
from annotator.sources.register import Register

MODEL = Path(__file__).parent.parent / "models" / "en" / "linking.json"
Matrix = NDArray[np.float32]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "this", "that", "itself"})
_THEY = frozenset({"they", "them", "their", "both", "theirs"})
_WHO = frozenset({"who", "whom", "whose", "which"})
_US = frozenset({"i", "me", "my", "we", "us", "our", "you", "your"})
_OWN = frozenset({"his", "her", "its", "their", "whose", "my", "our", "your"})
_MEN = frozenset({"man", "boy", "father", "husband", "son", "brother", "businessman", "congressman", "king", "prince"})
_WOMEN = frozenset({"woman", "girl", "mother", "wife", "daughter", "sister", "businesswoman", "congresswoman", "lady"})
_BODIES = frozenset({SourceType.ORGANIZATION, SourceType.MEDIA, SourceType.STATE})


@dataclass(eq=False)
class Candidate:
    """Somebody or something that a mention can stand for; `places` are where the text names it, in order."""

    name: str
    kind: SourceType
    make: Callable[[], DraftSource]
    places: list[int] = field(default_factory=list)
    spoke: list[int] = field(default_factory=list)  # places of the mentions that are sources
    source: DraftSource | None = None
    head: str = ""
    pronoun: str = ""

    @property
    def plural(self) -> bool:
        return self.kind is SourceType.GROUP or (self.source is not None and self.source.plural)


def _is_someone(c: Candidate) -> bool:
    return c.kind in {SourceType.PERSON, SourceType.SOCIAL_POST} and not c.plural


class Linker:
    """The candidates of one article and what tells for them; it follows the register as that grows."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._draft = register.draft
        self._starts = [sentence.start_char for sentence in self._draft.sentences]
        self._credited: dict[str, int] = {}
        self._subjects: dict[int, bool] = {}
        self._contents = sorted(span for item in self._draft.attributions for span in item.contents)

    def rank(
        self, mention: Mention, rules: Sequence[tuple[DraftSource, float]]
    ) -> list[tuple[Candidate | None, float]]:
        """Who is meant, with probabilities, best first; None is nobody of the article. `rules` are what these offer."""
        found = self.candidates(mention)
        known = {id(c.source): n for n, c in enumerate(found) if c.source is not None}
        keys = {name_key(c.name): n for n, c in enumerate(found)}
        scores: dict[int, float] = {}
        for source, score in rules:
            n = known.get(id(source), keys.get(name_key(source.name), -1))
            if n < 0:
                n = len(found)
                found.append(Candidate(source.name, source.type, lambda source=source: source))
                found[n].pronoun = source.pronoun
            scores[n] = max(score, scores.get(n, 0.0))
        chances = self.score(mention, found, scores)
        ranked: list[tuple[Candidate | None, float]] = list(zip([*found, None], map(float, chances), strict=True))
        return sorted(ranked, key=lambda pair: -pair[1])

    def score(self, mention: Mention, found: Sequence[Candidate], rules: dict[int, float]) -> Matrix:
        """The probability of each candidate, and last that of nobody."""
        return scorer()(self.features(mention, found, rules))

    # --- candidates ---------------------------------------------------------------------------------------------

    @cached_property
    def _named(self) -> dict[str, Candidate]:
        """Everybody and every body that the text names, by key, whether they are sources or not."""
        found: dict[str, Candidate] = {}
        for place, name in self._register.people.places:
            key = name_key(name)
            if key not in found:
                found[key] = Candidate(name, SourceType.PERSON, lambda name=name: self._register.person(name))
                found[key].pronoun = self._register.people.pronoun(name)
            found[key].places.append(place)
        for ent in self._draft.doc.ents:
            if ent.label_ == "ORG" and (ent.text[:1].isupper() or ent.text.startswith("the ")):
                name = self._register.entities.longer(bare_body(ent.text))
                key = name_key(name)
                if key not in found:
                    found[key] = Candidate(
                        name, SourceType.ORGANIZATION, lambda words=ent.text: self._register.body(words)
                    )
                if found[key].kind is SourceType.ORGANIZATION:
                    found[key].places.append(ent.start_char)
        return found

    def candidates(self, mention: Mention) -> list[Candidate]:
        """Whoever the article names, and the sources that it has described so far, but for the mention's own."""
        found = dict(self._named)
        for candidate in found.values():
            candidate.source, candidate.spoke = None, []
        for source in self._register.sources:
            if source.source_id == ARTICLE_SOURCE or source.type is SourceType.UNSPECIFIED or not source.mentions:
                continue
            key = name_key(source.name)
            if key not in found or found[key].source is not None:
                key = key if key not in found else source.source_id
                found[key] = Candidate(source.name, source.type, lambda source=source: source)
                found[key].places = sorted(start for start, _ in source.mentions)
            one = found[key]
            one.source, one.kind, one.head = source, source.type, source.head
            one.pronoun = source.pronoun or one.pronoun
            one.make = lambda source=source: source
            one.spoke = sorted(start for start, _ in source.mentions if start < mention.span[0])
        return [c for c in found.values() if self._is_near(c, mention) and self._can_be(mention, c)]

    def _can_be(self, mention: Mention, c: Candidate) -> bool:
        """Whether number and kind let a pronoun mean a candidate; first names and votes may err."""
        return mention.text.lower() not in _HE | _SHE or _is_someone(c)

    def _is_near(self, candidate: Candidate, mention: Mention) -> bool:
        place = mention.span[0]
        inside = [p for p in candidate.places if mention.span[0] <= p < mention.span[1]]
        named = bool(candidate.spoke) or any(p < place for p in candidate.places)
        return not inside and (named or self._is_after(candidate, mention))

    def _is_after(self, candidate: Candidate, mention: Mention) -> bool:
        """Whether a candidate is named only afterwards: in a sentence or two, or all the way down from a headline."""
        reach = 1500 if self._in_headline(mention.span[0]) else 300
        return any(mention.span[1] <= p < mention.span[1] + reach for p in candidate.places)

    def _in_headline(self, place: int) -> bool:
        return self._draft.section_kind(place) in {SectionKind.HEADLINE, SectionKind.STANDFIRST}

    # --- features -----------------------------------------------------------------------------------------------

    def features(self, mention: Mention, found: Sequence[Candidate], rules: dict[int, float]) -> Matrix:
        """A row a candidate and a last one for nobody, `[candidates + 1, features]`; `rules` are scores by index."""
        about = self._about(mention)
        last = self._register.history[-4:][::-1]
        top = max(rules, key=lambda n: rules[n], default=-1)
        totals = sum(len(c.places) for c in found) or 1
        rows = []
        agreeing = [self._agrees(mention, c) for c in found]
        before = [max((p for p in [*c.places, *c.spoke] if p < mention.span[0]), default=-1) for c in found]
        for n, candidate in enumerate(found):
            nearer = sum(b > before[n] and agreeing[m] >= 0 for m, b in enumerate(before)) if before[n] >= 0 else 0
            row = self._of_candidate(mention, candidate, before[n], last)
            row += [
                len(candidate.places) / totals,
                rules.get(n, 0.0),
                float(n == top),
                float(n in rules),
                *(float(agreeing[n] == value) for value in (-1, 1)),
                math.log1p(nearer),
                float(sum(a >= 0 for a in agreeing) == 1 and agreeing[n] >= 0),
            ]
            rows.append([0.0, *row, *about])
        width = len(rows[0]) if rows else 0
        nobody = [1.0, *([0.0] * WIDTH_OF_CANDIDATE), *about]
        nobody[1], nobody[2] = max(rules.values(), default=0.0), math.log1p(len(found))
        nobody[3] = math.log1p(sum(a >= 0 for a in agreeing))
        assert not width or width == len(nobody)
        return np.array([*rows, nobody], np.float32)

    def _of_candidate(
        self, mention: Mention, c: Candidate, before: int, last: Sequence[tuple[int, DraftSource]]
    ) -> list[float]:
        place = mention.span[0]
        sentence, line = self._draft.sentence_at(place), self._draft.line_at(place)
        previous = self._draft.line_at(max(0, line[0] - 2))[0] if line[0] else -1
        spoke = max((p for p in c.spoke if p < place), default=-1)
        gap = self._sentence(place) - self._sentence(before) if before >= 0 else 30
        spoken_gap = self._sentence(place) - self._sentence(spoke) if spoke >= 0 else 30
        here = [p for p in c.places if p < place]
        named = max(here, default=-1)
        person = c.kind is SourceType.PERSON
        words = set(words_of(c.name)) if person else set(c.name.lower().split())
        return [
            float(before >= 0),
            math.log1p(min(gap, 30)),
            float(before >= sentence.start_char),
            float(before >= line[0]),
            float(before >= previous >= 0),
            float(gap == 1),
            math.log1p(len(here)),
            float(any(self._in_headline(p) for p in c.places)),
            float(named >= 0 and self._is_subject(named)),
            float(named >= 0 and gap <= 1 and self._is_subject(named)),
            float(named >= 0 and self._is_said(named)),
            float(any(mention.span[1] <= p < sentence.end_char for p in c.places)),
            float(before < 0),
            math.log1p(len(c.spoke)),
            math.log1p(min(spoken_gap, 30)),
            *(float(len(last) > n and c.source is last[n][1]) for n in range(3)),
            float(bool(last) and c.source is last[0][1] and last[0][0] >= line[0]),
            float(bool(last) and c.source is last[0][1] and last[0][0] >= previous),
            float(person and c.source is not None and c.source.anonymous),
            float(person),
            float(c.kind in _BODIES),
            float(c.kind is SourceType.DOCUMENT),
            float(c.plural),
            float(self._is_in_own_words(mention, c)),
            float(self._says_it(mention, c)),
            *self._as_source(c),
            *self._of_words(mention, c, words),
        ]

    def _as_source(self, c: Candidate) -> tuple[float, float]:
        """How often the article's attributions name a candidate, before and after, and whether most often."""
        times = [self._times(other) for other in self._named.values()]
        own = self._times(c)
        return math.log1p(own), float(own > 0 and own >= max(times, default=0))

    def _times(self, c: Candidate) -> int:
        if c.name not in self._credited:
            places = set(c.places)
            self._credited[c.name] = sum(
                any(place in places for place in range(*item.mention))
                for item in self._draft.attributions
                if item.mention
            )
        return self._credited[c.name]

    def _of_words(self, mention: Mention, c: Candidate, words: set[str]) -> list[float]:
        """How far a description fits: its head among the roles, its other words beside the name."""
        if mention.kind != "description":
            return [0.0] * 6
        lemma = mention.head.lemma_.lower()
        roles = self._register.people.roles(c.name) if c.kind is SourceType.PERSON else frozenset()
        others = [
            t.lower_ for t in self._draft.tokens(mention.span) if t.is_alpha and not t.is_stop and t.i != mention.head.i
        ]
        around = self._around(c)
        shared = sum(word in around for word in others) / len(others) if others else 0.0
        return [
            float(lemma in roles or (c.source is not None and lemma in (c.source.role or "").lower().split())),
            float(bool(roles) and lemma not in roles),
            float(lemma in around),
            shared,
            float(c.head == lemma),
            float(lemma in words or bool(words & set(others))),
        ]

    def _around(self, c: Candidate) -> set[str]:
        """The words of the clause around the first few places of a name."""
        found: set[str] = set()
        for place in c.places[:6]:
            sentence = self._draft.sentence_at(place)
            begin, end = max(sentence.start_char, place - 60), min(sentence.end_char, place + len(c.name) + 80)
            found |= set(re.findall(r"[a-z]+", self._draft.text[begin:end].lower()))
        return found - set(words_of(c.name))

    def _about(self, mention: Mention) -> list[float]:
        """What the mention is by itself."""
        word, head = mention.text.lower(), mention.head
        pronoun = mention.kind == "pronoun"
        entry = noun_entry(head)[0] if mention.kind == "description" else ""
        modifiers = [t for t in head.lefts if t.dep_ in {"amod", "compound", "nmod", "nummod"}]
        sentence = self._draft.sentence_at(mention.span[0])
        return [
            *(float(pronoun and word in words) for words in (_HE | _SHE, _IT, _THEY, _WHO, _US, _OWN)),
            float(mention.kind == "description"),
            float(mention.definite),
            float(mention.plural),
            float(bool(modifiers)),
            float(entry == "person"),
            float(entry in {"organization", "media"}),
            float(entry == "document"),
            float(entry == ""),
            float(head.lemma_.lower() in GENERIC_PEOPLE),
            float(head.lemma_.lower() in GENERIC_BODIES),
            float(head.lemma_.lower() in lexicon.words("offices")),
            float(bool(mention.owner)),
            float(any(t.dep_ in {"prep", "relcl", "acl"} for t in head.rights)),
            float(mention.text[:2].lower() in {"a ", "an"}),
            float(self._in_headline(mention.span[0])),
            float(mention.span[0] - sentence.start_char < 3),
            float(self._is_said(mention.span[0])),
            float(head.dep_ in {"nsubj", "nsubjpass"}),
            math.log1p(len(mention.text.split())),
            float(not self._register.history),
        ]

    def _agrees(self, mention: Mention, c: Candidate) -> int:
        """1 where pronoun or noun and candidate are known to agree, -1 where they cannot, 0 where nothing tells."""
        word = mention.text.lower()
        person = _is_someone(c)
        if mention.kind == "description":
            lemma, entry = mention.head.lemma_.lower(), noun_entry(mention.head)[0]
            called = "he" if lemma in _MEN else "she" if lemma in _WOMEN else ""
            if mention.plural != c.plural and entry == "person":
                return -1
            if entry == "person":
                return (1 if not called or c.pronoun == called else 0 if not c.pronoun else -1) if person else -1
            return 0 if not entry else -1 if person else 1 if c.kind.value == entry else 0
        if word in _HE | _SHE:
            called = "he" if word in _HE else "she"
            known = c.pronoun or pronoun_of(c.name)
            return -1 if not person or (known and known != called) else 1 if known == called else 0
        if word in _IT:
            return -1 if person or c.plural else 1
        if word in _THEY:
            return 1 if c.plural else -1 if person and not (c.source and c.source.anonymous) else 0
        return 0

    def _sentence(self, place: int) -> int:
        return bisect_left(self._starts, place + 1) - 1

    def _is_subject(self, place: int) -> bool:
        """Whether a name stands as a subject outside what somebody says."""
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

    def _is_in_own_words(self, mention: Mention, c: Candidate) -> bool:
        """Whether what the mention says names the candidate, whom few would name so of themselves."""
        spans = [s for item in self._draft.attributions if item.mention == mention.span for s in item.contents]
        return any(start <= p < end for start, end in spans for p in c.places)

    def _says_it(self, mention: Mention, c: Candidate) -> bool:
        """Whether the mention stands in what the candidate says."""
        place = mention.span[0]
        return any(
            item.source is c.source is not None and any(start <= place < end for start, end in item.contents)
            for item in self._draft.attributions
        )


WIDTH_OF_CANDIDATE = 43


class Scorer:
    """The network: candidates' features to probabilities, all of one mention together."""

    def __init__(self, weights: dict[str, list[object]]) -> None:
        self._layers = [
            (np.array(weights[f"w{n}"], np.float32), np.array(weights[f"b{n}"], np.float32))
            for n in range(len(weights) // 2)
        ]
        self.temperature = float(weights["temperature"][0]) if "temperature" in weights else 1.0  # type: ignore[arg-type]

    def __call__(self, features: Matrix) -> Matrix:
        """Probabilities `[candidates + 1]` that add up to one; the last is that of nobody."""
        hidden = features
        for n, (weight, bias) in enumerate(self._layers):
            hidden = hidden @ weight.T + bias
            if n + 1 < len(self._layers):
                hidden = np.maximum(hidden, 0)
        scores = hidden[:, 0] / self.temperature
        chances = np.exp(scores - scores.max())
        return (chances / chances.sum()).astype(np.float32)


@cache
def scorer() -> Scorer:
    return Scorer(json.loads(MODEL.read_text(encoding="utf-8")))
