"""Makes annotator/lexicons/en/noun_kinds.txt from WordNet 3.0 (apt-get install wordnet-base, or any copy of its files).

    python tools/noun_kinds.py /usr/share/wordnet

What its first sense is, decides: a noun for people, for words that somebody wrote or said, for several people, or for
something that is none of these and says nothing by itself ("the talks"). Behind a noun for people or groups stand
those that mean the same or more: who was "a surgeon" can be "the doctor".
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parents[1] / "annotator" / "lexicons" / "en" / "noun_kinds.txt"
HEAD = """# What a noun is that no other list has: noun | type of source | nouns that mean the same or more | ...
# Made by tools/noun_kinds.py from WordNet 3.0:
#
# This software and database is being provided to you, the LICENSEE, by Princeton University under the following
# license. By obtaining, using and/or copying this software and database, you agree that you have read,
# understood, and will comply with these terms and conditions.: Permission to use, copy, modify and distribute
# this software and database and its documentation for any purpose and without fee or royalty is hereby granted,
# provided that you agree to comply with the following copyright notice and statements, including the
# disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
# modifications that you make for internal use or for distribution. WordNet 3.0 Copyright 2006 by Princeton
# University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES
# NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR
# THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS,
# COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used in
# advertising or publicity pertaining to distribution of the software and/or database. Title to copyright in
# this software, database and any associated documentation shall at all times remain with Princeton University
# and LICENSEE agrees to preserve same.
"""
# WordNet's files of nouns (lexnames), as far as they tell what kind of source somebody or something is.
KINDS = {18: "person", 10: "document", 14: "group"}
KINDS |= dict.fromkeys(
    (4, 7, 9, 11, 12, 16, 19, 22, 26, 28), "unspecified"
)  # acts, attributes, events, states, times ...


PEOPLE, GROUPS = 18, 14
OF_ANYBODY = frozenset({"adult", "grownup", "worker", "group", "unit"})  # they tell nobody from anybody


@dataclass(frozen=True)
class Meaning:
    """A set of synonyms: the file that it stands in, its words, and the places of wider ones."""

    file: int
    words: tuple[str, ...]
    wider: tuple[str, ...]


def meanings(folder: Path) -> dict[str, Meaning]:
    """All sets of synonyms of nouns by their places."""
    found = {}
    for line in (folder / "data.noun").read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        place, file, _, count, *rest = line.partition(" | ")[0].split()
        words, (_, *pointers) = rest[: 2 * int(count, 16) : 2], rest[2 * int(count, 16) :]
        kinds, to = pointers[::4], pointers[1::4]
        wider = (other for kind, other in zip(kinds, to, strict=False) if kind in {"@", "@i"})
        found[place] = Meaning(int(file), tuple(words), tuple(wider))
    return found


def senses(folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Nouns, how many of their senses were counted in text, and the places of all, the most frequent first."""
    for line in (folder / "index.noun").read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            word, _, _, pointers, *rest = line.split()
            yield word, int(rest[int(pointers) + 1]), rest[int(pointers) + 2 :]


def rows_of(folder: Path) -> Iterator[str]:
    """Nouns of one word in lower case, with what their first sense is and, of people, the wider nouns.

    Rare ones, of which no sense was counted in text, only where they are people.
    """
    known, nouns = meanings(folder), list(senses(folder))
    counted = {word for word, times, _ in nouns if times and word.isalpha()} - OF_ANYBODY
    for word, times, places in nouns:
        first = known[places[0]]
        rare = not times and first.file != PEOPLE
        # as written: "china" is a cup
        if word in first.words and word.isalpha() and not rare and first.file in KINDS:
            people = [place for place in places[: max(1, times)] if word in known[place].words]
            people = people if first.file == PEOPLE else places[:1] if first.file == GROUPS else []
            wider = sorted((_wider(known, people) & counted) - {word})
            yield " | ".join([word, KINDS[first.file], *wider]) + "\n"


def _wider(known: dict[str, Meaning], places: list[str]) -> set[str]:
    """Words for people or groups that mean the same as these senses, or more."""
    found: set[str] = set()
    for place in places:
        if known[place].file in {PEOPLE, GROUPS}:
            found |= {*known[place].words, *_wider(known, list(known[place].wider))}
    return found


def main() -> None:
    LIST.write_text(HEAD + "".join(sorted(rows_of(Path(sys.argv[1])))), encoding="utf-8")


if __name__ == "__main__":
    main()
