"""What the entity head is worth, beside spaCy's recogniser: names of GUM with gold types, and people whom nobody knows.

    python benchmarks/entities.py gum_coref.jsonl.gz [PIPELINE]

GUM: names (mentions whose head is a proper noun) of people, bodies and places. A name is found where an entity of
these kinds covers its head; precision is over such entities. Its type is right where GUM has the same one (a FAC may be
a body there). New people: names made of given names and surnames of many countries that training never saw, without a
title, each once in a sentence; right where the whole name and nothing else is marked as a person, of a hundred.
Needs the extra `train` (Faker has the names).
"""

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from rich.console import Console
from rich.table import Table

from annotator.extraction import Extractor
from annotator.extraction.pieces import lines_of
from annotator.language.parse import load_pipeline
from annotator.pipeline import MODEL_FOLDER
from annotator.text import fold
from annotator.training.entity_labels import Named, name_pools

KINDS = {
    "PERSON": {"person"},
    "ORG": {"organization"},
    "GPE": {"place"},
    "LOC": {"place"},
    "FAC": {"place", "organization"},
}
TYPES = frozenset().union(*KINDS.values())
NEW_PEOPLE = 500  # a hundred would be too few for a percentage
FRAMES = (
    "{name} said the harbour would close in May.",
    "“We were never asked,” {name} said on Tuesday.",
    "The roof will hold, according to {name}.",
    "{name} told reporters that the plan had failed.",
    "“It is over,” said {name}, who has lived in the valley for years.",
    "Nobody slept that night, {name} recalled.",
    "{name} denied that the money was missing and left the room.",
    "{name}, 54, warned that prices would rise.",
    "The bridge is unsafe, {name} wrote in a letter to the council.",
    "“They lied to us,” {name} added.",
)

Recogniser = Callable[[str], Sequence[Named]]


def by_head(extractor: Extractor, text: str) -> Sequence[Named]:
    """What the head marks."""
    found = extractor.entities(text, lines_of(fold(text)))
    return [(one.start, one.end, one.label) for one in found]


def by_spacy(nlp: Any, text: str) -> Sequence[Named]:
    """What the recogniser of a spaCy pipeline marks."""
    return [(ent.start_char, ent.end_char, ent.label_) for ent in nlp(fold(text)).ents]


def names_of(row: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """The heads of an article's names, with the type of the widest mention that each is the head of."""
    widths: dict[tuple[int, int], tuple[int, str]] = {}
    for one in row["mentions"]:
        if one["head_tag"].startswith("NNP") and one["type"] in TYPES:
            head = tuple(one["head"])
            widths[head] = max(widths.get(head, (0, "")), (one["end"] - one["start"], one["type"]))
    return {head: kind for head, (_, kind) in widths.items()}


def on_gum(recognise: Recogniser, rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Precision, recall and F1 of names, and of those found how many have the right type; percent."""
    marked = found = gold = right = 0
    for row in rows:
        entities = [one for one in recognise(row["text"]) if one[2] in KINDS]
        names = names_of(row)
        marked, gold = marked + len(entities), gold + len(names)
        for (start, end), kind in names.items():
            label = next((one[2] for one in entities if one[0] <= start and end <= one[1]), None)
            found += label is not None
            right += label is not None and kind in KINDS[label]
    return [100 * found / marked, 100 * found / gold, 200 * found / (marked + gold), 100 * right / found]


def sentences(seed: int = 11) -> Iterator[tuple[str, tuple[int, int]]]:
    """Sentences with one new name each, and where it stands."""
    chance, pools = random.Random(seed), name_pools(held_out=True)
    for n in range(NEW_PEOPLE):
        given, surnames = chance.choice(pools)
        name = f"{chance.choice(given)} {chance.choice(surnames)}"
        frame = FRAMES[n % len(FRAMES)]
        start = frame.index("{name}")
        yield frame.format(name=name), (start, start + len(name))


def on_new_people(recognise: Recogniser) -> float:
    """How many new names are marked as people, percent."""
    right = 0
    for text, (start, end) in sentences():
        touched = [one for one in recognise(text) if one[0] < end and start < one[1]]
        right += touched == [(start, end, "PERSON")]
    return 100 * right / NEW_PEOPLE


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    nlp = load_pipeline(*sys.argv[2:], exclude=("parser", "lemmatizer", "attribute_ruler"))
    table = Table("recogniser", "set", "precision", "recall", "F1", "type right", "new people right")
    recognisers: dict[str, Recogniser] = {
        "head": partial(by_head, Extractor(MODEL_FOLDER)),
        f"{nlp.meta['lang']}_{nlp.meta['name']}": partial(by_spacy, nlp),
    }
    for name, recognise in recognisers.items():
        people = f"{on_new_people(recognise):.1f}"
        for split in ("dev", "test"):
            for news in (False, True):
                picked = [row for row in rows if row["split"] == split and (row["genre"] == "news" or not news)]
                cells = (f"{value:.1f}" for value in on_gum(recognise, picked))
                table.add_row(name, f"{split}{', news' if news else ''}", *cells, people)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
