"""Attributions against resolved sources: who is credited, and by what chain."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.evaluation.gold.articles import OWN_VOICE, Parts, ResolvedAttribution, Spans
from annotator.evaluation.scores.attributions import normalized
from annotator.evaluation.scores.counts import Outcome
from annotator.evaluation.scores.matching import Tokens, jaccard, norm, pairs_of

SOURCE_FIELDS = ("source_name", "source_type", "anonymous", "attribution", "quote_type", "chain")


class PredictedSource(NamedTuple):
    """A predicted attribution with its resolved source; `chain` ends before the publisher.

    `confidence` is the probability that the source is right, None where the prediction does not tell.
    """

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
    confidence: float | None = None


def source_outcomes(
    text: str, gold: Sequence[ResolvedAttribution], predicted: Sequence[PredictedSource]
) -> list[Outcome]:
    """One outcome for each gold attribution, paired by the Jaccard index of content tokens.

    What a prediction leaves to the article's own voice is a partner only where the gold accepts the own voice.
    """
    partner = _partners(text, gold, predicted)
    outcomes = []
    for i, item in enumerate(gold):
        j, overlap = partner.get(i, (None, 0.0))
        judged = source_fields(item, predicted[j]) if j is not None else {}
        outcomes.append(Outcome(j, overlap, {name: judged.get(name) for name in SOURCE_FIELDS}))
    return outcomes


def _partners(
    text: str, gold: Sequence[ResolvedAttribution], predicted: Sequence[PredictedSource]
) -> dict[int, tuple[int, float]]:
    """The predicted source of each gold attribution that has one, by their numbers, with their overlap."""
    tokens = Tokens(text)
    ours = [tokens.inside(normalized(text, item.parts).content) for item in gold]
    theirs = [tokens.inside(normalized(text, Parts((), (), item.content)).content) for item in predicted]
    ranked = sorted(
        (-jaccard(ours[i], theirs[j]), i, j)
        for i, item in enumerate(gold)
        for j, other in enumerate(predicted)
        if ours[i] & theirs[j] and (item.own_voice or not other.own_voice)
    )
    return {i: (j, overlap) for overlap, i, j in pairs_of((-minus, i, j) for minus, i, j in ranked)}


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
