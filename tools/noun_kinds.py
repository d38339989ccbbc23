"""Makes annotator/lexicons/en/noun_kinds.txt from WordNet 3.0 (apt-get install wordnet-base, or any copy of its files).

    python tools/noun_kinds.py /usr/share/wordnet

What its first sense is, decides: a noun for people, for words that somebody wrote or said, for several people, or for
something that is none of these and says nothing by itself ("the talks").
"""

import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).parents[1] / "annotator" / "lexicons" / "en" / "noun_kinds.txt"
HEAD = """# What a noun is that no other list has: noun | type of source. Made by tools/noun_kinds.py from WordNet 3.0:
#
# This software and database is being provided to you, the LICENSEE, by Princeton University under the following license.
# By obtaining, using and/or copying this software and database, you agree that you have read, understood, and will
# comply with these terms and conditions.: Permission to use, copy, modify and distribute this software and database and
# its documentation for any purpose and without fee or royalty is hereby granted, provided that you agree to comply with
# the following copyright notice and statements, including the disclaimer, and that the same appear on ALL copies of the
# software, database and documentation, including modifications that you make for internal use or for distribution.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED "AS
# IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT
# LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR
# PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS,
# COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used in advertising or
# publicity pertaining to distribution of the software and/or database. Title to copyright in this software, database and
# any associated documentation shall at all times remain with Princeton University and LICENSEE agrees to preserve same.
"""
# WordNet's files of nouns (lexnames), as far as they tell what kind of source somebody or something is.
KINDS = {18: "person", 10: "document", 14: "group"}
KINDS |= dict.fromkeys((4, 7, 9, 11, 12, 16, 19, 22, 26, 28), "unspecified")  # acts, attributes, events, states, times ...


def first_senses(folder: Path) -> Iterator[tuple[str, int]]:
    """Nouns of one word in lower case, with the number of the file that has their first sense.

    Rare ones, of which no sense was counted in text, only where they are people.
    """
    files = {}
    for line in (folder / "data.noun").read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            place, number, _ = line.split(" ", 2)
            files[place] = int(number), [word for word in line.split(" ")[4 : 4 + 2 * int(line.split(" ")[3], 16) : 2]]
    for line in (folder / "index.noun").read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            word, _, count, pointers, *rest = line.split()
            number, written = files[rest[int(pointers) + 2]]
            rare = rest[int(pointers) + 1] == "0" and KINDS.get(number) != "person"
            if word in written and word.isalpha() and not rare:  # as written: "china" is a cup
                yield word, number


def main() -> None:
    rows = sorted(f"{word} | {KINDS[number]}\n" for word, number in first_senses(Path(sys.argv[1])) if number in KINDS)
    LIST.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
