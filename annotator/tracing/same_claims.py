"""The same claim across articles: candidates by rare words in DuckDB, then the pairs looked at one by one.

No claim meets all others: only those meet that share two of their rarest words (one where a claim has hardly more).
"""

import json
import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import islice
from math import log
from typing import Any

from annotator.tracing.names import skeleton
from annotator.tracing.quotations import Verdict, compare
from annotator.tracing.words import gist

RARE = 6  # words of a claim that lead to others
COMMON = 300  # claims with a word, beyond which it leads nowhere; this bounds the pairs
OVERLAP = 0.55  # weight of the shared words over that of all
CONTAINED, FEWEST_CONTAINED = 0.9, 6  # a short wording within a long one
TELLING = 0.5  # of the weight of a word that stands once, what the words of a short wording need on average: names of
# people whom everybody writes about are no claim
FEWEST = 3  # content words that two claims share; "We'll see" says the same of everything
FEWEST_OF_OTHERS, OVERLAP_OF_OTHERS = 4, 0.9  # where two named people say it
ROWS = 5_000
_PRONOUN_FIRST = re.compile(r"\W*(?:he|she|they|I|we|you)\b", re.IGNORECASE)

_CANDIDATES = f"""
    CREATE OR REPLACE TABLE frequency AS SELECT word, count(*) AS n FROM words GROUP BY word;
    CREATE OR REPLACE TABLE rare AS SELECT claim, article, word FROM (
        SELECT claim, article, word, row_number() OVER (PARTITION BY claim ORDER BY n, word) AS place
        FROM words JOIN frequency USING (word) WHERE n BETWEEN 2 AND {COMMON}) WHERE place <= {RARE};
    CREATE OR REPLACE TABLE pairs AS SELECT a.claim AS one, b.claim AS other FROM rare a JOIN rare b
        ON a.word = b.word AND a.article < b.article GROUP BY ALL HAVING count(*) >= 2;
"""


class Speakers(Enum):
    """Whether two claims are said to be one person's, by last names."""

    ONE = "one named person"
    TWO = "two named people"
    OPEN = "who knows"


class Groups:
    """Sets that grow together (union by the lower number, so that the result does not hang on the order)."""

    def __init__(self) -> None:
        self._over: dict[int, int] = {}

    def find(self, one: int) -> int:
        while (over := self._over.get(one, one)) != one:
            self._over[one] = self._over.get(over, over)
            one = over
        return one

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._over[high] = low


FEWEST_QUOTED = {Speakers.ONE: 2, Speakers.OPEN: FEWEST, Speakers.TWO: FEWEST_OF_OTHERS}


def join_claims(store: Any) -> None:
    """Fill the table `groups` (claim, grp) for the claims of `claims`, whose words are in `words`."""
    store.execute(_CANDIDATES)
    total = store.execute("SELECT count(*) FROM claims").fetchone()[0]
    groups = Groups()
    found = store.cursor().execute(
        "SELECT one, other, x.text, y.text, x.quote_type = 'direct' AND y.quote_type = 'direct', "
        "x.source, x.chain, y.source, y.chain "
        "FROM pairs JOIN claims x ON x.claim = one JOIN claims y ON y.claim = other"
    )
    weights = _Weights(store, total)
    joined: set[int] = set()
    for one, other, text, other_text, quoted, *said in _rows(found):
        speakers = _speakers(*said)
        if same_quotation(text, other_text, speakers) if quoted else same(text, other_text, weights, speakers):
            groups.join(one, other)
            joined |= {one, other}
    store.execute("CREATE OR REPLACE TABLE groups (claim BIGINT, grp BIGINT)")
    insert(store, "groups", ((claim, groups.find(claim)) for claim in sorted(joined)))


def _speakers(source: str, chain: str, other_source: str, other_chain: str) -> Speakers:
    one, other = _surname(source, chain), _surname(other_source, other_chain)
    if not one or not other:
        return Speakers.OPEN
    return Speakers.ONE if one == other else Speakers.TWO


@lru_cache(maxsize=20_000)
def _surname(source: str, chain: str) -> str:
    """The last name of a source that is a named person; "" for others."""
    person = source[:1].isupper() and any(name == source and kind == "person" for name, kind, _ in json.loads(chain))
    return skeleton(source).rpartition(" ")[2] if person else ""


def same_quotation(text: str, other_text: str, speakers: Speakers) -> bool:
    """Whether one of two quotations has the other's words, all or with some left out; none may be other words."""
    short, long = sorted((text, other_text), key=len)
    if len(gist(short).content) < FEWEST_QUOTED[speakers]:
        return False
    return compare(short, long).verdict in (Verdict.VERBATIM, Verdict.SHORTENED)


class _Weights:
    """How much a word tells: the rarer the more."""

    def __init__(self, store: Any, total: int) -> None:
        counts = store.execute("SELECT word, n FROM frequency WHERE n > 1").fetchall()
        self._weight = {word: log(1 + total / n) for word, n in counts}
        self.rarest = log(1 + total)

    def of(self, words: frozenset[str]) -> float:
        return sum(self._weight.get(word, self.rarest) for word in words)


def same(text: str, other_text: str, weights: _Weights, speakers: Speakers) -> bool:
    """Whether two wordings are one claim: enough shared words, the same numbers, both negated or neither.

    Where two people are named as who says it, or a pronoun leaves open who it is about ("She thanked her supporters"),
    hardly a word may differ.
    """
    one, other = gist(text), gist(other_text)
    shared = one.content & other.content
    if len(shared) < FEWEST or one.negated != other.negated:
        return False
    weight = weights.of(shared)
    overlap = weight / weights.of(one.content | other.content)
    if speakers is Speakers.TWO or any(map(_PRONOUN_FIRST.match, (text, other_text))):
        fewest = FEWEST_OF_OTHERS if speakers is Speakers.TWO else FEWEST
        return one.numbers == other.numbers and len(shared) >= fewest and overlap >= OVERLAP_OF_OTHERS
    if one.numbers == other.numbers and overlap >= OVERLAP:
        return True
    short, long = sorted((one, other), key=lambda gist_: len(gist_.content))
    if len(short.content) < FEWEST_CONTAINED or short.numbers - long.numbers:
        return False
    telling = weight >= TELLING * len(shared) * weights.rarest
    return telling and weight / weights.of(short.content) >= CONTAINED


def _rows(found: Any) -> Iterator[tuple[Any, ...]]:
    while batch := found.fetchmany(ROWS):
        yield from batch


def insert(store: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    """Rows into a table, some thousand at a time, by way of Arrow."""
    import pyarrow as pa

    names = [name for name, *_ in store.execute(f"DESCRIBE {table}").fetchall()]
    while batch := list(islice(rows, ROWS)):
        arrow = pa.table({name: [row[n] for row in batch] for n, name in enumerate(names)})
        store.register("coming", arrow)
        store.execute(f"INSERT INTO {table} SELECT * FROM coming")
        store.unregister("coming")
