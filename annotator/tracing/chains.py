"""Chains completed over the corpus: where an article names an outlet whose article is there, the link is followed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from annotator.tracing.names import outlet_key
from annotator.tracing.paraphrases import Wording, differences_beside_numbers
from annotator.tracing.quotations import compare, hedge_gone
from annotator.tracing.same_claims import Groups


@dataclass(frozen=True)
class Told:
    """A claim as one article tells it: `chain` has (name, source type) of each link, origin first, publisher last."""

    claim: int
    group: int
    article: str
    publisher: str
    published: str
    text: str
    source: str
    anonymous: bool
    quote_type: str
    hedged: bool
    chain: tuple[tuple[str, str], ...]
    claim_id: str = ""
    links: tuple[str, ...] = ()  # the source id of each link of the chain


@dataclass(frozen=True)
class Step:
    """An outlet that an article cites, and the article of it that has the claim, if the corpus has one."""

    claim: int
    cites: str
    article: str
    status: str


def complete(group: list[Told], outlets: frozenset[str]) -> tuple[list[Step], dict[int, str]]:
    """The links followed within one group of claims, and the chain of each claim as a line.

    A step's `status` is `followed`, `dated later`, `no date`, `claim not found` (the outlet is in the corpus) or
    `outlet not in corpus`.
    """
    steps, before = [], {}
    for told in group:
        for name, kind in told.chain[:-1]:
            if not _cited(name, kind, told, outlets):
                continue
            step, earlier = _follow(told, name, group, outlets)
            steps.append(step)
            if earlier is not None:
                before[told.claim] = (outlet_key(name), earlier)
    return steps, {told.claim: " > ".join(_line(told, before, frozenset())) for told in group}


def _cited(name: str, kind: str, told: Told, outlets: frozenset[str]) -> bool:
    """Whether a link is another outlet; one that the corpus knows is an outlet whatever the annotator took it for."""
    key = outlet_key(name)
    return (kind == "media" or key in outlets) and key != outlet_key(told.publisher)


def _follow(told: Told, name: str, group: list[Told], outlets: frozenset[str]) -> tuple[Step, Told | None]:
    key = outlet_key(name)
    if key not in outlets:
        return Step(told.claim, name, "", "outlet not in corpus"), None
    theirs = in_time([other for other in group if outlet_key(other.publisher) == key])
    if not theirs:
        return Step(told.claim, name, "", "claim not found"), None
    first = theirs[0]
    if not first.published or not told.published:
        return Step(told.claim, name, first.article, "no date"), None
    if first.published[:10] > told.published[:10]:
        return Step(told.claim, name, first.article, "dated later"), None
    return Step(told.claim, name, first.article, "followed"), first


def _line(told: Told, before: dict[int, tuple[str, Told]], met: frozenset[int]) -> Iterator[str]:
    names = [name for name, _ in told.chain[:-1]]
    followed = before.get(told.claim)
    if followed is not None and followed[1].claim not in met:
        key, earlier = followed
        place = next(n for n, name in enumerate(names) if outlet_key(name) == key)
        yield from _line(earlier, before, met | {told.claim})
        names = names[place + 1 :]
    yield from names
    yield f"{told.publisher} [{told.article}]"


def circles(told: Iterable[Told], outlets: frozenset[str]) -> list[tuple[str, ...]]:
    """Outlets that cite each other for one claim, as they call themselves, each circle in the order of names."""
    graph = nx.DiGraph()
    names: dict[str, str] = {}
    for one in told:
        names.setdefault(outlet_key(one.publisher), one.publisher)
        for name, kind in one.chain[:-1]:
            if _cited(name, kind, one, outlets):
                graph.add_edge(outlet_key(one.publisher), outlet_key(name))
    # Each outlet of a circle cites another one, so that it tells the claim itself.
    parts = (part for part in nx.strongly_connected_components(graph) if len(part) > 1)
    found = (tuple(sorted(names[key] for key in part)) for part in parts)
    return sorted(found)


def changes(group: list[Told]) -> dict[int, tuple[str, ...]]:
    """What each later telling lost against the earliest: number, negation, hedge, anonymity.

    Anonymity is lost where nobody but outlets stands for the words any more; another speaker of the same loses nothing.
    """
    ordered = in_time(group)
    first, found = ordered[0], {}
    start = Wording(first.text, hedging_cue=first.hedged)
    for told in ordered[1:]:
        if told.quote_type == first.quote_type == "direct":  # words cut off at an end take nothing from the others
            lost = ["hedge"] if hedge_gone(compare(told.text, first.text)) else []
        else:
            now = Wording(told.text, hedging_cue=told.hedged)
            lost = ["number"] if start.gist.numbers - now.gist.numbers else []  # a longer telling may have more
            lost += differences_beside_numbers(now, start)
        if first.anonymous and told.chain[0][1] in {"article", "media"}:
            lost.append("anonymity")
        found[told.claim] = tuple(lost)
    return found


def in_time(group: list[Told]) -> list[Told]:
    """Earliest first; what has no date stands last."""
    return sorted(group, key=lambda told: (told.published or "~", told.claim))


def stories(groups: dict[int, list[Told]]) -> list[list[int]]:
    """Groups of claims that share articles are one story; each as the numbers of its groups."""
    sets = Groups()
    first_of: dict[str, int] = {}
    for number, group in sorted(groups.items()):
        for told in group:
            sets.join(first_of.setdefault(told.article, number), number)
    found: dict[int, list[int]] = defaultdict(list)
    for number in sorted(groups):
        found[sets.find(number)].append(number)
    return list(found.values())
