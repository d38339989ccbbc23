"""The measures: pure functions from gold and prediction to numbers, without a model and without files.

A claim is found when its characters and those of a predicted claim have an intersection over union of at least one
half; an attribution when the tokens of the contents have a Jaccard index of at least one half. Pairs are made
greedily, the best first, one to one.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from annotator.conventions import content_spans, cue_span, source_span
from annotator.evaluation.gold import OWN_VOICE, ClaimArticle, GoldClaim, Offsets, Parts, ResolvedAttribution, Spans

LEAST_OVERLAP = 0.5  # of intersection over union; what a pair must have to count as the same claim or attribution
RESAMPLES = 1000  # of the bootstrap; the ends of its interval are then stable to about half a point
TOKEN = re.compile(r"\w+|[^\w\s]")

Rows = NDArray[np.float64]


class SpanDict(TypedDict):
    """A span of a prediction."""

    start: int
    end: int


class PredictedClaim(TypedDict, total=False):
    """A claim of any system; all fields but its place are optional, and a field that is not there is not judged."""

    start: int
    end: int
    content_spans: list[SpanDict]
    quote_type: str
    kind: str
    attribution: str
    stance: str
    on_record: str
    source: str
    source_type: str
    affiliation: str
    anonymous: bool
    chain: list[str]
    resolution: str
    cue: SpanDict | None
    source_mention: SpanDict | None


class PredictedSource(NamedTuple):
    """A predicted attribution with its resolved source; `chain` ends before the publisher."""

    content: Spans
    source_id: str
    source_name: str
    source_type: str
    anonymous: bool
    attribution: str
    quote_type: str
    chain: tuple[str, ...]
    own_voice: bool = False
    resolution: str = "resolved"


@dataclass(frozen=True)
class Counts:
    """How many are right, how many were predicted, how many the gold has."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was predicted and nothing is gold."""
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True)
class Tally:
    """Of `gold` units that have the field, `judged` were found and have a prediction, and `right` are right."""

    right: int = 0
    judged: int = 0
    gold: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.judged + other.judged, self.gold + other.gold)


@dataclass(frozen=True)
class Outcome:
    """What became of one gold unit: the index of its partner, and which of its fields are right.

    `fields` holds the fields that the unit has; None is a field that was not judged, because the unit was missed or
    its partner says nothing.
    """

    partner: int | None
    overlap: float
    fields: Mapping[str, bool | None]

    @property
    def found(self) -> bool:
        return self.partner is not None


def tallies(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Add up the outcomes by field: right of those judged, and right of all that the gold has."""
    total: defaultdict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        for name, right in outcome.fields.items():
            total[name] += Tally(right is True, right is not None, 1)
    return dict(total)


def pairs_of(overlaps: Iterable[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Pairs of at least `LEAST_OVERLAP`, one to one, the first of the given order taken first."""
    rows, columns, found = set(), set(), []
    for overlap, i, j in overlaps:
        if overlap >= LEAST_OVERLAP and i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            found.append((overlap, i, j))
    return found


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Size of the intersection over size of the union; 0 for two empty sets."""
    return len(a & b) / len(a | b) if a or b else 0.0


# Claims ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ClaimScore:
    """Claims of one article or many; `in_non_claims` are predicted claims that lie mostly in text that is no claim."""

    claims: Counts = Counts()
    exact_spans: int = 0
    in_non_claims: int = 0
    fields: Mapping[str, Tally] = field(default_factory=dict)

    def __add__(self, other: "ClaimScore") -> "ClaimScore":
        names = dict.fromkeys([*self.fields, *other.fields])
        return ClaimScore(
            self.claims + other.claims,
            self.exact_spans + other.exact_spans,
            self.in_non_claims + other.in_non_claims,
            {name: self.fields.get(name, Tally()) + other.fields.get(name, Tally()) for name in names},
        )


def characters(spans: Iterable[Offsets]) -> frozenset[int]:
    """The offsets of all characters of the spans."""
    return frozenset(i for start, end in spans for i in range(start, end))


def spans_of_claim(claim: PredictedClaim) -> list[Offsets]:
    """The spans of a predicted claim: its pieces, or else its start and end."""
    if pieces := claim.get("content_spans"):
        return [(piece["start"], piece["end"]) for piece in pieces]
    return [(claim["start"], claim["end"])]


def norm(name: str | None) -> str:
    """A source's name for comparison: lower case, without "(anonymous)", article, common title and punctuation.

    >>> norm("The Russian official (anonymous)") == norm("a Russian official")
    True
    """
    low = re.sub(r"\(anonymous\)|\banonymous\b", " ", (name or "").lower())
    low = re.sub(r"\b(a|an|the|president|prof|dr|gov|sen|sens|mr|mrs|ms|judge)\b\.?", " ", low)
    return " ".join(re.findall(r"[\w@]+", low))


def claim_outcomes(gold: ClaimArticle, predicted: Sequence[PredictedClaim]) -> list[Outcome]:
    """One outcome for each gold claim, in order; pairs are made by intersection over union of characters."""
    theirs = [characters(spans_of_claim(claim)) for claim in predicted]
    overlaps = [
        (jaccard(ours, other), i, j)
        for i, ours in enumerate(characters(claim.spans) for claim in gold.claims)
        for j, other in enumerate(theirs)
        if ours & other
    ]
    partner = {i: (j, overlap) for overlap, i, j in pairs_of(sorted(overlaps, reverse=True))}
    outcomes = []
    for i, claim in enumerate(gold.claims):
        j, overlap = partner.get(i, (None, 0.0))
        judged = claim_fields(claim, predicted[j], gold.text) if j is not None else {}
        outcomes.append(Outcome(j, overlap, {name: judged.get(name) for name in fields_of(claim)}))
    return outcomes


def score_claims(gold: ClaimArticle, predicted: Sequence[PredictedClaim], outcomes: Sequence[Outcome]) -> ClaimScore:
    """Claim counts, exact spans and field tallies of one article."""
    no_claim = characters(gold.non_claims)
    taken = [characters(spans_of_claim(claim)) for claim in predicted]
    return ClaimScore(
        Counts(sum(outcome.found for outcome in outcomes), len(predicted), len(gold.claims)),
        sum(outcome.overlap == 1 for outcome in outcomes),
        sum(len(chars & no_claim) > len(chars) / 2 for chars in taken),
        tallies(outcomes),
    )


LABELS = ("quote_type", "kind", "attribution", "stance", "on_record", "source_type", "affiliation")


def fields_of(claim: GoldClaim) -> list[str]:
    """The fields that a gold claim can be judged on: cue and mention only where it has them."""
    placed = [name for name in ("cue", "source_mention") if getattr(claim, name)]
    return [
        "source_name", "anonymous", "chain", "attributed_or_not", *LABELS,
        *placed, *(f"{name}_overlap" for name in placed),
    ]  # fmt: skip


def claim_fields(gold: GoldClaim, predicted: PredictedClaim, text: str) -> dict[str, bool]:
    """Which fields of a matched claim are right, for the fields that the prediction gives.

    A value is right that equals the gold's or one of its alternatives; names are compared by `norm`. A cue or a
    mention is right where it overlaps the gold's (`..._overlap`), or the nearest place of an alternative's words.
    """
    right = {"attributed_or_not": (gold.attribution == "unattributed") == _own_voice(predicted)}
    given: Mapping[str, Any] = predicted
    right |= {name: given[name] in gold.accepted(name) for name in LABELS if name in given}
    if "anonymous" in predicted:
        right["anonymous"] = predicted["anonymous"] == gold.anonymous
    if "source" in predicted:
        right["source_name"] = norm(predicted["source"]) in [norm(name) for name in gold.accepted("source")]
    if "chain" in predicted:
        chain = [norm(name) for name in predicted["chain"]]
        right["chain"] = chain in [[norm(name) for name in other] for other in gold.accepted("chain")]
    for name, place in (("cue", gold.cue), ("source_mention", gold.source_mention)):
        if place:
            others = [_nearest(text, words, gold.spans[0][0]) for words in gold.alternatives.get(name, ())]
            right[f"{name}_overlap"] = _overlaps(place, given.get(name))
            right[name] = any(_overlaps(other, given.get(name)) for other in [place, *others])
    return right


def _own_voice(claim: PredictedClaim) -> bool:
    """Whether a prediction hands the claim to nobody: no cue, and no mode of attribution given."""
    silent = "x" if claim.get("source_mention") else "unattributed"
    return not claim.get("cue") and claim.get("attribution", silent) == "unattributed"


def _overlaps(place: Offsets | None, span: SpanDict | None) -> bool:
    return bool(place and span and place[0] < span["end"] and span["start"] < place[1])


def _nearest(text: str, words: str, place: int) -> Offsets | None:
    """Where `words` stand nearest to a place."""
    found = [match.span() for match in re.finditer(re.escape(words), text)]
    return min(found, key=lambda span: abs(span[0] - place), default=None)


# Attributions ---------------------------------------------------------------------------------------------------------

ROLES = ("source", "cue", "content")
_CONVENTION: dict[str, Callable[[str, int, int], Offsets]] = {"source": source_span, "cue": cue_span}


class Tokens:
    """The tokens of a text (words and single marks), found by offset."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in TOKEN.finditer(text)]
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def inside(self, spans: Iterable[Offsets]) -> frozenset[int]:
        """Indices of the tokens that the spans touch."""
        return frozenset(
            n for start, end in spans for n in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


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


# A quotation begins and ends in the same line, or runs to the end of the line (the next paragraph goes on with it).
_QUOTATION = re.compile(
    r"[“„«][^”»\n]*[”»]?|\"[^\"\n]*\"?|(?<!\w)‘(?=\S)(?:[^’\n]|’(?=\w))*’?|(?<!\w)'(?=\w)(?:[^'\n]|'(?=\w))*'(?!\w)"
)


def quote_type_of(text: str, content: Spans) -> str:
    """direct, mixed or indirect: all words, some words or no word of the content between quotation marks.

    >>> text = 'He called it “a strange day”.'
    >>> quote_type_of(text, ((13, 28),)), quote_type_of(text, ((10, 28),)), quote_type_of(text, ((10, 12),))
    ('direct', 'mixed', 'indirect')
    """
    quotations = [match.span() for match in _QUOTATION.finditer(text)]
    words = [match.span() for start, end in content for match in re.compile(r"\w+").finditer(text, start, end)]
    quoted = [any(start <= a and b <= end for start, end in quotations) for a, b in words]
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def by_quote_type(text: str, parts: Parts) -> str:
    """The quote type of an attribution's content."""
    return quote_type_of(text, parts.content)


# Verbs of saying proper; a cue of any other verb (think, want, show, know) reports attitude, perception or evidence.
_IRREGULAR = "say says said saying tell tells told telling write writes wrote written writing according per"
_REGULAR = (
    "add announce answer argue ask assert cite claim comment complain concede contend declare deny describe explain "
    "insist mention note observe quote remark repeat reply report respond state stress suggest testify tweet warn"
)


def _forms(verb: str) -> set[str]:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    stem = verb.removesuffix("e")
    return {verb, verb + ("es" if verb.endswith("ss") else "s"), stem + "ed", stem + "ing"}


SPEECH_FORMS = frozenset(_IRREGULAR.split()).union(*(_forms(verb) for verb in _REGULAR.split()))


def by_speech(text: str, parts: Parts) -> str:
    """ "speech cue" where a cue has a word of saying, else "other cue"."""
    words = {word for start, end in parts.cue for word in re.findall(r"\w+", text[start:end].lower())}
    return "speech cue" if words & SPEECH_FORMS else "other cue"


# Resolved sources -----------------------------------------------------------------------------------------------------

SOURCE_FIELDS = ("source_name", "source_type", "anonymous", "attribution", "quote_type", "chain")


def source_outcomes(
    text: str, gold: Sequence[ResolvedAttribution], predicted: Sequence[PredictedSource]
) -> list[Outcome]:
    """One outcome for each gold attribution, paired by the Jaccard index of content tokens.

    What a prediction leaves to the article's own voice is a partner only where the gold accepts the own voice.
    """
    tokens = Tokens(text)
    ours = [tokens.inside(normalized(text, item.parts).content) for item in gold]
    theirs = [tokens.inside(normalized(text, Parts((), (), item.content)).content) for item in predicted]
    ranked = sorted(
        (-jaccard(ours[i], theirs[j]), i, j)
        for i, item in enumerate(gold)
        for j, other in enumerate(predicted)
        if ours[i] & theirs[j] and (item.own_voice or not other.own_voice)
    )
    partner = {i: (j, overlap) for overlap, i, j in pairs_of((-minus, i, j) for minus, i, j in ranked)}
    outcomes = []
    for i, item in enumerate(gold):
        j, overlap = partner.get(i, (None, 0.0))
        judged = source_fields(item, predicted[j]) if j is not None else {}
        outcomes.append(Outcome(j, overlap, {name: judged.get(name) for name in SOURCE_FIELDS}))
    return outcomes


def source_fields(gold: ResolvedAttribution, predicted: PredictedSource) -> dict[str, bool]:
    """Which fields are right: each value is compared with the gold's and its alternatives, names by `norm`.

    A gold that accepts the article's own voice is wholly right where the prediction leaves it to the article.
    """
    if predicted.own_voice and gold.own_voice:
        return dict.fromkeys(SOURCE_FIELDS, True)
    chain = [norm(name) for name in predicted.chain]
    return {
        "source_name": norm(predicted.source_name) in [norm(name) for name in gold.source_names],
        "source_type": predicted.source_type in gold.source_types,
        "anonymous": predicted.anonymous in gold.anonymous,
        "attribution": predicted.attribution in gold.modes,
        "quote_type": predicted.quote_type in gold.quote_types,
        "chain": any(_same_chain(chain, other) for other in gold.chains),
    }


def _same_chain(chain: Sequence[str], gold: Sequence[frozenset[str]]) -> bool:
    """Whether every link before the publisher has an accepted name."""
    links = [{norm(name) for name in link} for link in gold if OWN_VOICE not in link]
    return len(chain) == len(links) and all(name in link for name, link in zip(chain, links, strict=True))


def b_cubed(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of a clustering (Bagga and Baldwin 1998); element n has the nth labels."""
    if not gold:
        return 0.0, 0.0, 0.0
    both = Counter(zip(gold, predicted, strict=True))
    sizes, theirs = Counter(gold), Counter(predicted)
    precision = sum(n * n / theirs[p] for (_, p), n in both.items()) / len(gold)
    recall = sum(n * n / sizes[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


# Confidence -----------------------------------------------------------------------------------------------------------

BINS = 10


def calibration_error(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015) over ten bins of equal width.

    The mean distance between how sure a prediction is and how often such predictions are right. 0 for none.

    >>> calibration_error([0.95, 0.95, 0.55, 0.55], [True, True, True, False])
    0.05
    """
    if not chances:
        return 0.0
    sure, right = np.asarray(chances, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(float((sure[bins == n] - right[bins == n]).sum())) for n in range(BINS)]
    return round(sum(gaps) / len(sure), 4)


# Confidence intervals -------------------------------------------------------------------------------------------------


def interval(
    rows: Sequence[Sequence[float]], measure: Callable[[Rows], Rows], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float] | None:
    """95 % percentile bootstrap over articles: `rows` has the counts of one article each.

    `measure` takes an array of summed counts, one resample a row, and returns one number a row. None for fewer than
    two articles, which cannot be resampled.
    """
    if len(rows) < 2:
        return None
    table = np.asarray(rows, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(table), size=(resamples, len(table)))
    low, high = np.percentile(measure(table[draws].sum(axis=1)), [2.5, 97.5])
    return float(low), float(high)


def f1_interval(counts: Sequence[Counts], *, resamples: int = RESAMPLES, seed: int = 0) -> tuple[float, float] | None:
    """The 95 % interval of an F1 that is pooled over articles; None for fewer than two articles."""
    rows = [(2 * c.right, c.predicted + c.gold) for c in counts]
    return interval(rows, _ratio, resamples=resamples, seed=seed)


def share_interval(
    shares: Sequence[tuple[int, int]], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % interval of a share, given as (right, of) for each article; None for fewer than two articles."""
    return interval(shares, _ratio, resamples=resamples, seed=seed)


def _ratio(sums: Rows) -> Rows:
    """First column over second; 0 where there is nothing to divide by."""
    return np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)
