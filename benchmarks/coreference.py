"""Who is who by itself: the room `sources` on mentions that people marked, where nobody need say anything.

    pip install scorch==0.2.0
    python benchmarks/coreference.py gum_coref.jsonl.gz gap.jsonl.gz

GUM: the mentions of people and bodies (the only kinds of which the room knows who is who) are given, each as if it were
the source of an attribution; mentions that get the same source are one entity. CoNLL F1 (the mean of MUC, B-cubed and
entity-based CEAF; Pradhan et al., ACL 2014) over mentions that have a partner, as OntoNotes has them, and over all.
"I" and "you" are left out: they depend on who is quoted. GAP (Webster et al., TACL 2018): whom an ambiguous pronoun
means, by its gender; a name counts as chosen if the room gives the pronoun that person's full name.
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from scorch.scores import b_cubed, ceaf_e, muc

from annotator.draft import Draft, DraftAttribution, DraftSource, Offsets
from annotator.labels import Resolution
from annotator.pipeline import Annotator
from annotator.reading.layout import sections
from annotator.records import Article
from annotator.sources.mentions import FIRST_PERSON
from annotator.sources.resolver import Resolver

KINDS = frozenset({"person", "organization"})
SPEAKERS = FIRST_PERSON | {"myself", "ourselves", "you", "your", "yours", "yourself", "yourselves"}
FEMININE = frozenset({"she", "her", "hers"})

Row = Mapping[str, Any]
Clusters = list[set[tuple[str, int, int]]]


def rows_of(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def resolver_of(annotator: Annotator, text: str, mentions: Iterable[Offsets]) -> Resolver:
    """The room, when it has given each mention of a text its source, in text order."""
    parts = sections(text)
    draft = Draft(Article(article_id="text", text=text), parts, annotator.parsed(text, parts), given=True)
    draft.attributions = [DraftAttribution(None, span, [span], 1.0) for span in sorted(mentions)]
    resolver = Resolver(draft)
    resolver.run()
    return resolver


def known(item: DraftAttribution) -> DraftSource | None:
    """The source of a mention, unless it is left open."""
    return item.source if item.resolution is Resolution.RESOLVED else None


# --- GUM --------------------------------------------------------------------------------------------------------------


def mentions_of(row: Row) -> dict[Offsets, str]:
    """The mentions of people and bodies by place, with their entity; of those that share a place the first."""
    found: dict[Offsets, str] = {}
    for one in row["mentions"]:
        span = one["start"], one["end"]
        if one["type"] in KINDS and row["text"][slice(*span)].lower() not in SPEAKERS:
            found.setdefault(span, one["entity"])
    return found


def clusters(document: str, labelled: Mapping[Offsets, str]) -> Clusters:
    """Mentions with one label together."""
    found: defaultdict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for span, label in labelled.items():
        found[label].add((document, *span))
    return list(found.values())


def told(annotator: Annotator, row: Row, gold: Mapping[Offsets, str]) -> dict[Offsets, str]:
    """The source of each mention; one that is left open is nobody else's."""
    found = {}
    for item in resolver_of(annotator, row["text"], gold).draft.attributions:
        assert item.mention is not None
        source = known(item)
        found[item.mention] = source.source_id if source is not None else f"open {item.mention}"
    return found


def by_name(row: Row, gold: Mapping[Offsets, str]) -> dict[Offsets, str]:
    """What the same words would give: the yardstick."""
    return {span: row["text"][slice(*span)].lower() for span in gold}


def scores(key: Clusters, response: Clusters) -> list[float]:
    """F1 in percent: MUC, B-cubed, entity-based CEAF, and their mean."""
    found = [100 * metric(key, response)[2] for metric in (muc, b_cubed, ceaf_e)]
    return [*found, sum(found) / len(found)]


def with_partner(key: Clusters, response: Clusters) -> tuple[Clusters, Clusters]:
    """Without mentions that are alone in their own clustering."""
    return [one for one in key if len(one) > 1], [one for one in response if len(one) > 1]


def gum(annotator: Annotator, path: Path) -> Table:
    table = Table(
        "GUM", "mentions", "system", "MUC", "B-cubed", "CEAF-e", "CoNLL F1", title="given mentions, F1 in percent"
    )
    rows = list(rows_of(path))
    for split in ("dev", "test"):
        for news in (False, True):
            gold, ours, names = [], [], []
            for row in rows:
                if row["split"] == split and (row["genre"] == "news" or not news):
                    mentions = mentions_of(row)
                    gold += clusters(row["id"], mentions)
                    ours += clusters(row["id"], told(annotator, row, mentions))
                    names += clusters(row["id"], by_name(row, mentions))
            for kind, pick in (("with a partner", with_partner), ("all", lambda key, response: (key, response))):
                for system, response in (("sources", ours), ("same words", names)):
                    cells = (f"{value:.1f}" for value in scores(*pick(gold, response)))
                    table.add_row(f"{split}{', news' if news else ''}", kind, system, *cells)
    return table


# --- GAP --------------------------------------------------------------------------------------------------------------


def chosen(annotator: Annotator, row: Row) -> list[bool]:
    """Whether the room says that the pronoun is A, and that it is B: it gives it that name, or its full form."""
    text = row["text"]
    resolver = resolver_of(annotator, text, [tuple(row["pronoun"])])
    source = known(resolver.draft.attributions[0])
    names = [text[slice(*row[letter])] for letter in ("a", "b")]
    return [source is not None and source.name in {name, resolver.people.full_name(name)} for name in names]


def gap(annotator: Annotator, path: Path, splits: Sequence[str] = ("dev", "validation")) -> Table:
    table = Table("GAP", "pronouns", "precision", "recall", "F1", title="whom a pronoun means, percent")
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows_of(path):
        if row["split"] not in splits:
            continue
        gender = "feminine" if row["text"][slice(*row["pronoun"])].lower() in FEMININE else "masculine"
        answers = zip(chosen(annotator, row), (row["a_coref"], row["b_coref"]), strict=True)
        for said, right in answers:
            counts[gender][0] += said and right
            counts[gender][1] += said
            counts[gender][2] += right
        counts[gender][3] += 1
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    found = {}
    for name, (both, said, right, number) in sorted(counts.items()):
        found[name] = 200 * both / (said + right)
        table.add_row(name, str(number), f"{100 * both / said:.1f}", f"{100 * both / right:.1f}", f"{found[name]:.1f}")
    table.add_row("bias", "", "", "", f"{found['feminine'] / found['masculine']:.3f}")
    return table


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    annotator, console = Annotator(), Console(width=120)
    console.print(gum(annotator, Path(sys.argv[1])))
    console.print(gap(annotator, Path(sys.argv[2])))


if __name__ == "__main__":
    main()
