"""One identity a source across articles; what is not sure is listed and not joined.

Compared are sources with a proper name. An anonymous source stays in its article: it is never joined with anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.labels import Affiliation, SourceType
from annotator.tracing.names import SHORT, initials, outlet_key, skeleton
from annotator.tracing.same_claims import Groups
from annotator.tracing.words import stem, words_of

SHORTEST_ACRONYM = 3
SHOWN = 3  # of those that a source may be, in the list of what is not sure
WRITTEN = (SourceType.DOCUMENT, SourceType.SOCIAL_POST)
# The field of life is the annotator's guess: one politician is in government here and in politics there.
PUBLIC_LIFE = {Affiliation.GOVERNMENT.value}
ONE_FIELD = {Affiliation.POLITICS.value: Affiliation.GOVERNMENT.value}


@dataclass(frozen=True)
class Seen:
    """A named source of one article; `stories` are the groups of claims that its article shares with others."""

    number: int
    article: str
    source: str
    name: str
    type: str
    affiliation: str
    role: str | None
    stories: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_person(self) -> bool:
        return self.type == SourceType.PERSON


@dataclass(frozen=True)
class Unsure:
    """Two sources that may be one, and why they were not joined."""

    one: int
    other: int
    reason: str


def joined(seen: Iterable[Seen]) -> tuple[Groups, list[Unsure]]:
    """Join the sources of one block: people with one last name, or bodies with one name or acronym."""
    groups = Groups()
    unsure: list[Unsure] = []
    blocks: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        blocks[block_of(one)].append(one)
    for name in sorted(blocks):
        block = blocks[name]
        if block[0].is_person:
            unsure += _people(block, groups)
        else:
            unsure += _bodies(block, groups)
    unsure += _acronyms([block[0] for block in blocks.values() if not block[0].is_person], groups)
    return groups, unsure


def block_of(one: Seen) -> str:
    """Sources of different blocks are never compared."""
    if one.is_person:
        return "p " + skeleton(one.name).rpartition(" ")[2]
    return f"b {outlet_key(one.name)}"


def _bodies(block: list[Seen], groups: Groups) -> Iterator[Unsure]:
    """Bodies of one name are one. "Home Office figures" of two months are not: what is written needs a shared story."""
    kinds = [[one for one in block if (one.type in WRITTEN) is written] for written in (False, True)]
    for one in kinds[0][1:]:
        groups.join(kinds[0][0].number, one.number)
    clusters: list[list[Seen]] = []
    for one in kinds[1]:
        if fits := [cluster for cluster in clusters if _one_story(one, cluster)]:
            fits[0].append(one)
            groups.join(fits[0][0].number, one.number)
            continue
        if clusters:
            yield Unsure(clusters[0][0].number, one.number, "one name of a document or post, no shared story")
        clusters.append([one])


def _people(block: list[Seen], groups: Groups) -> Iterator[Unsure]:
    """Full names first, each with those that it is sure to be; then last names alone."""
    clusters: dict[str, list[list[Seen]]] = defaultdict(list)
    alone = []
    for one in sorted(block, key=lambda one: (one.role is None, one.number)):
        first = _first(one)
        if not first:
            alone.append(one)
            continue
        fits = [cluster for cluster in clusters[first] if _agree(one, cluster)]
        sure = fits if len(fits) == 1 else [cluster for cluster in fits if _one_story(one, cluster)]
        if len(sure) == 1:
            sure[0].append(one)
            groups.join(sure[0][0].number, one.number)
            continue
        for cluster in (fits or clusters[first])[:SHOWN]:
            yield Unsure(cluster[0].number, one.number, "one name, other roles")
        if not fits:  # who fits two is one of them, and nobody for others to be compared with
            clusters[first].append([one])
    everybody = [cluster for same_name in clusters.values() for cluster in same_name]
    for one in alone:
        fits = [
            cluster for cluster in everybody if _one_story(one, cluster) and _roles_agree(one, cluster, strict=False)
        ]
        if len(fits) == 1:
            groups.join(fits[0][0].number, one.number)
        else:
            yield from (Unsure(c[0].number, one.number, "a last name alone") for c in everybody[:SHOWN])


def _first(one: Seen) -> str:
    first = skeleton(one.name).rpartition(" ")[0]
    head, _, rest = first.partition(" ")
    return f"{SHORT.get(head, head)} {rest}".strip()


def _agree(one: Seen, cluster: list[Seen]) -> bool:
    return _one_story(one, cluster) or _roles_agree(one, cluster, strict=True)


def _one_story(one: Seen, cluster: list[Seen]) -> bool:
    return any(one.stories & other.stories or one.article == other.article for other in cluster)


def _roles_agree(one: Seen, cluster: list[Seen], *, strict: bool) -> bool:
    """Whether a role has a word in common with one of the cluster's; a known field of life counts as one."""
    mine = role_words(one.role)
    theirs = [role_words(other.role) for other in cluster]
    if any(mine & other for other in theirs):
        return True
    known = {_field(other) for other in cluster} - {Affiliation.UNKNOWN.value}
    if strict and _field(one) in known & PUBLIC_LIFE:
        return True  # "Republican nominee" here, "businessman" there: one name in politics is rarely two people's
    if mine and any(theirs):
        return False
    if one.affiliation != Affiliation.UNKNOWN and known:
        return _field(one) in known
    return not strict or not (mine or any(theirs)) or one.affiliation == Affiliation.UNKNOWN or not known


def _field(one: Seen) -> str:
    return ONE_FIELD.get(one.affiliation, one.affiliation)


def role_words(role: str | None) -> frozenset[str]:
    return frozenset(stem(word.key) for word in words_of(role or "") if len(word.key) > 3 and word.key != "former")


def _acronyms(bodies: list[Seen], groups: Groups) -> Iterator[Unsure]:
    """ "ACB" and "Aldmark Central Bank", where one body alone has these initials in one story."""
    long: dict[str, list[Seen]] = defaultdict(list)
    for one in bodies:
        if len(letters := initials(one.name)) >= SHORTEST_ACRONYM:
            long[letters].append(one)
    for one in bodies:
        if not (one.name.isupper() and " " not in one.name):
            continue
        fits = [body for body in long[one.name] if body.number != one.number]
        if len(fits) == 1 and (fits[0].article == one.article or fits[0].stories & one.stories):
            groups.join(fits[0].number, one.number)
        else:
            yield from (Unsure(body.number, one.number, "an acronym") for body in fits[:SHOWN])
