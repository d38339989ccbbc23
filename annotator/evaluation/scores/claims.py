"""Claims against claim gold: which are found, and which of their fields are right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from annotator.evaluation.gold.articles import ClaimArticle, GoldClaim, Offsets
from annotator.evaluation.scores.counts import Counts, Outcome, Tally, tallies
from annotator.evaluation.scores.matching import characters, jaccard, norm, pairs_of


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


@dataclass(frozen=True)
class ClaimScore:
    """Claims of one article or many; `in_non_claims` are predicted claims that lie mostly in text that is no claim."""

    claims: Counts = field(default_factory=Counts)
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


def spans_of_claim(claim: PredictedClaim) -> list[Offsets]:
    """The spans of a predicted claim: its pieces, or else its start and end."""
    if pieces := claim.get("content_spans"):
        return [(piece["start"], piece["end"]) for piece in pieces]
    return [(claim["start"], claim["end"])]


def claim_outcomes(gold: ClaimArticle, predicted: Sequence[PredictedClaim]) -> list[Outcome]:
    """One outcome for each gold claim, in order; pairs are made by intersection over union of characters."""
    partner = _partners(gold, predicted)
    outcomes = []
    for i, claim in enumerate(gold.claims):
        j, overlap = partner.get(i, (None, 0.0))
        judged = claim_fields(claim, predicted[j], gold.text) if j is not None else {}
        outcomes.append(Outcome(j, overlap, {name: judged.get(name) for name in fields_of(claim)}))
    return outcomes


def _partners(gold: ClaimArticle, predicted: Sequence[PredictedClaim]) -> dict[int, tuple[int, float]]:
    """The predicted claim of each gold claim that has one, by their numbers, with their overlap."""
    theirs = [characters(spans_of_claim(claim)) for claim in predicted]
    overlaps = [
        (jaccard(ours, other), i, j)
        for i, ours in enumerate(characters(claim.spans) for claim in gold.claims)
        for j, other in enumerate(theirs)
        if ours & other
    ]
    return {i: (j, overlap) for overlap, i, j in pairs_of(sorted(overlaps, reverse=True))}


def score_claims(gold: ClaimArticle, predicted: Sequence[PredictedClaim], outcomes: Sequence[Outcome]) -> ClaimScore:
    """Claim counts, exact spans and field tallies of one article."""
    no_claim = characters(gold.non_claims or ())
    taken = [characters(spans_of_claim(claim)) for claim in predicted]
    return ClaimScore(
        Counts(sum(outcome.found for outcome in outcomes), len(predicted), len(gold.claims)),
        sum(outcome.overlap == 1 for outcome in outcomes),
        sum(len(chars & no_claim) > len(chars) / 2 for chars in taken),
        tallies(outcomes),
    )


LABELS = ("quote_type", "kind", "attribution", "stance", "on_record", "source_type", "affiliation")
PLACES = ("cue", "source_mention")
# What is judged on a value of another name.
VALUE_OF = {"source_name": "source", "attributed_or_not": "attribution"} | {f"{name}_overlap": name for name in PLACES}
_FIELDS = (
    "source_name", "anonymous", "chain", "attributed_or_not", *LABELS, *PLACES, *(f"{name}_overlap" for name in PLACES)
)  # fmt: skip


def fields_of(claim: GoldClaim) -> list[str]:
    """The fields that a gold claim can be judged on: those that it has."""
    return [name for name in _FIELDS if getattr(claim, VALUE_OF.get(name, name)) is not None]


def claim_fields(gold: GoldClaim, predicted: PredictedClaim, text: str) -> dict[str, bool]:
    """Which fields of a matched claim are right, for the fields that both have.

    A value is right that equals the gold's or one of its alternatives; names are compared by `norm`. A cue or a
    mention is right where it overlaps the gold's (`..._overlap`), or the nearest place of an alternative's words.
    """
    given: Mapping[str, Any] = predicted
    right = {name: given[name] in gold.accepted(name) for name in (*LABELS, "anonymous") if name in given}
    right["attributed_or_not"] = (gold.attribution == "unattributed") == _own_voice(predicted)
    if "source" in predicted:
        right["source_name"] = norm(predicted["source"]) in map(norm, gold.accepted("source"))
    if "chain" in predicted:
        chains = [[norm(name) for name in chain] for chain in gold.accepted("chain")]
        right["chain"] = [norm(name) for name in predicted["chain"]] in chains
    right |= _right_places(gold, given, text)
    return {name: right[name] for name in fields_of(gold) if name in right}


def _right_places(gold: GoldClaim, given: Mapping[str, Any], text: str) -> dict[str, bool]:
    right = {}
    for name in PLACES:
        place: Offsets | None = getattr(gold, name)
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
