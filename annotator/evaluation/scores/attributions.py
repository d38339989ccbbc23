"""Attributions against corpora of attributions: what is linked, what is exact, by span and by token."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotator.conventions import content_spans, cue_span, source_span
from annotator.evaluation.gold.articles import Offsets, Parts, Spans
from annotator.evaluation.scores.counts import Counts
from annotator.evaluation.scores.matching import Tokens, jaccard, pairs_of

ROLES = ("source", "cue", "content")
_CONVENTION: dict[str, Callable[[str, int, int], Offsets]] = {"source": source_span, "cue": cue_span}


def normalized(text: str, parts: Parts) -> Parts:
    """An attribution in the codebook's span conventions; a span that they leave nothing of is dropped."""
    found: dict[str, Spans] = {}
    for role, convention in _CONVENTION.items():
        found[role] = _kept(convention(text, *span) for span in getattr(parts, role))
    found["content"] = content_spans(text, parts.content)
    return Parts(**found)


def _kept(spans: Iterable[Offsets]) -> Spans:
    return tuple((start, end) for start, end in spans if start < end)


@dataclass(frozen=True)
class Pair:
    """A gold and a predicted attribution with the same content, and which of their parts agree."""

    gold: int
    predicted: int
    overlap: float
    linked: bool


class Attributions:
    """Gold and predicted attributions of one article, in the codebook's span conventions."""

    def __init__(self, text: str, gold: Sequence[Parts], predicted: Sequence[Parts]) -> None:
        self.text = text
        self.gold = [normalized(text, parts) for parts in gold]
        self.predicted = [normalized(text, parts) for parts in predicted]
        self.tokens = Tokens(text)

    def _of(self, parts: Parts, role: str) -> frozenset[int]:
        spans: Spans = getattr(parts, role)
        return self.tokens.inside(spans)

    def _by_role(self, side: Iterable[Parts]) -> list[dict[str, frozenset[int]]]:
        return [{role: self._of(parts, role) for role in ROLES} for parts in side]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Attributions paired by the Jaccard index of their content tokens, ties broken by cue and source.

        Where one of the two has no content, the tokens of the cues are compared instead.
        """
        ranked = []
        predicted = self._by_role(self.predicted)
        for i, ours in enumerate(self._by_role(self.gold)):
            for j, theirs in enumerate(predicted):
                by_role = {role: jaccard(ours[role], theirs[role]) for role in ROLES}
                overlap = by_role["content" if ours["content"] and theirs["content"] else "cue"]
                if overlap:
                    ranked.append((-overlap, -by_role["cue"], -by_role["source"], i, j))
        found = pairs_of((-row[0], row[3], row[4]) for row in sorted(ranked))
        return [Pair(i, j, overlap, self._same_source(i, j)) for overlap, i, j in found]

    def _same_source(self, i: int, j: int) -> bool:
        ours, theirs = self._of(self.gold[i], "source"), self._of(self.predicted[j], "source")
        return bool(ours & theirs) or not (ours or theirs)

    def counts(self) -> dict[str, Counts]:
        """Counts of every measure; `linked`, `triple`, and spans and tokens of each role.

        linked: paired, and the sources share a token or both are without a source.
        triple: source, cue and content tokens all equal (each attribution counted once).
        exact ROLE: distinct spans with the same offsets. token ROLE: tokens that any attribution gives the role.
        """
        ours, theirs = self.gold, self.predicted
        found = {
            "linked": Counts(sum(pair.linked for pair in self.pairs), len(theirs), len(ours)),
            "triple": _common(self._triples(theirs), self._triples(ours)),
        }
        for role in ROLES:
            spans = [Counter({span for parts in side for span in getattr(parts, role)}) for side in (theirs, ours)]
            found[f"exact {role}"] = _common(*spans)
        for role in ROLES:
            tokens = [Counter({n for parts in side for n in self._of(parts, role)}) for side in (theirs, ours)]
            found[f"token {role}"] = _common(*tokens)
        return found

    def _triples(self, side: Sequence[Parts]) -> Counter[Hashable]:
        return Counter(tuple(self._of(parts, role) for role in ROLES) for parts in side)

    def split(self, kind_of: Callable[[str, Parts], str]) -> dict[str, dict[str, Counts]]:
        """The counts by kind of attribution; a paired prediction belongs to the kind of its gold partner."""
        kinds = [kind_of(self.text, parts) for parts in self.gold]
        partner = {pair.predicted: kinds[pair.gold] for pair in self.pairs}
        others = [partner.get(j) or kind_of(self.text, parts) for j, parts in enumerate(self.predicted)]
        return {
            kind: self._only(
                [p for p, k in zip(self.gold, kinds, strict=True) if k == kind],
                [p for p, k in zip(self.predicted, others, strict=True) if k == kind],
            ).counts()
            for kind in sorted({*kinds, *others})
        }

    def _only(self, gold: list[Parts], predicted: list[Parts]) -> "Attributions":
        part = Attributions(self.text, [], [])
        part.gold, part.predicted = gold, predicted
        return part


def _common(predicted: Counter[Any], gold: Counter[Any]) -> Counts:
    return Counts((predicted & gold).total(), predicted.total(), gold.total())
