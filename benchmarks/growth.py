"""How the annotator's work grows with the length of an article, by the shape of the article: exponents.

    python benchmarks/growth.py [KIND ...] [--sizes 500,2000]
    python benchmarks/growth.py --memory news --sizes 21000,105000

An exponent of 1 is work that grows with the length, one of 2 with its square. Of each step: CPU seconds for the larger
text and the exponent between the two; of the steps after parser and extractor also that of the number of calls, which
no other work on the machine disturbs. The parser is given at most `MAX_PARSED` characters at once and the tokenizer
`MAX_TOKENIZED`, so their exponents are 1 beyond these. All texts are made here, of harmless sentences.

With `--memory` each text is annotated by a command line of its own (`--to jsonl`): its CPU seconds and its peak memory
in MB (10^6 bytes), and what each million characters more of the larger text takes.
"""

import argparse
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

FIRST = "Ann Ben Carla David Emma Frank Grace Henry Irene Jack Karen Liam Maria Noah Olga Peter Ruth Sam Tina Victor"
SYLLABLES = "ba den ford gar hol ken lin mar nor pel quin ros sten tor ver wick"
SENTENCES = (
    "The council approved the plan on Monday.",
    "{name} said the bridge would open in May.",
    "“We are ready,” {name} said.",
    "He told reporters that the cost had doubled.",
    "Officials familiar with the matter said the talks had stalled.",
)
DIFFERENT = 40  # people of an article that names the same again and again


def name_of(number: int) -> str:
    """One of some 80,000 names that nobody bears, always the same for a number."""
    chosen = random.Random(number)
    surname = "".join(chosen.choice(SYLLABLES.split()) for _ in range(3)).capitalize()
    return f"{chosen.choice(FIRST.split())} {surname}"


def prose(count: int, separator: str = " ") -> str:
    sentences = enumerate(islice(cycle(SENTENCES), count))
    return separator.join(sentence.format(name=name_of(n % DIFFERENT)) for n, sentence in sentences)


PLACES = "the harbour,the bridge,the school in Norwick,the northern line,the old mill,the clinic,the ring road"
DONE = (
    "would open in May,had cost twice the sum,needs another {n} workers,was closed for {n} days,could flood again,"
    "had been safe for {n} years,is late by {n} weeks,was never paid for"
)
OFFICES = "The mayor,The minister for transport,A spokesman for the council,Residents,The police,Two officials"
CUES = "said,told reporters that,argued that,warned that,confirmed that,denied that"
NEWS = (
    "{name} {cue} {claim}.",
    "{surname} {cue} {claim}.",
    "“The work goes on: {claim},” {surname} said.",
    "He {cue} {claim}.",
    "She {cue} {claim}.",
    "{office} {cue} {claim}.",
    "According to {name}, {claim}.",
    "On Monday {claim}.",
)
BEARERS, IN_PARAGRAPH, SENTENCES_OF_PARAGRAPH = 2_000, 4, 40  # whom news names, in all and in one paragraph


def news(count: int) -> str:
    """So many sentences in paragraphs, each with a claim, about many people, four in a paragraph; always the same."""
    chance = random.Random(7)
    paragraphs = []
    for first in range(0, count, SENTENCES_OF_PARAGRAPH):
        people = [name_of(chance.randrange(BEARERS)) for _ in range(IN_PARAGRAPH)]
        sentences = range(min(SENTENCES_OF_PARAGRAPH, count - first))
        paragraphs.append(" ".join(_of_news(chance, chance.choice(people)) for _ in sentences))
    return "\n".join(paragraphs)


def _of_news(chance: random.Random, name: str) -> str:
    def one_of(words: str) -> str:
        return chance.choice(words.split(","))

    claim = f"{one_of(PLACES)} {one_of(DONE).format(n=chance.randrange(3, 900))}"
    surname, cue, office = name.split()[1], one_of(CUES), one_of(OFFICES)
    return chance.choice(NEWS).format(name=name, surname=surname, cue=cue, office=office, claim=claim)


def repeated(make: Callable[[int], str], separator: str = " ") -> Callable[[int], str]:
    return lambda count: separator.join(make(n) for n in range(count))


KINDS: dict[str, Callable[[int], str]] = {
    "news": news,
    "one line": prose,
    "one sentence": lambda n: (
        "The mayor said that "
        + repeated(lambda i: f"{name_of(i % DIFFERENT)} had asked for road {i}", ", and that ")(n)
        + "."
    ),
    "quotation marks": repeated(lambda i: f"“Stop {i}.”"),
    "unpaired marks": repeated(lambda i: f'"word{i}'),
    "nested quotations": lambda n: "He said: " + "“She said: ‘" * (n // 2) + "no" + "’”" * (n // 2) + ".",
    "no ordinary words": lambda n: "The mayor said so. " + "7/3.5-" * n * 4,
    "one long word": lambda n: "The mayor said so. " + "ab" * n * 10,
    "distinct names": repeated(lambda i: f"{name_of(1000 + i)} said it was late."),
    "short paragraphs": repeated(lambda i: f"{name_of(i % DIFFERENT)} agreed.", "\n"),
    "outlets": repeated(lambda i: f"The Daily {name_of(i).split()[1]} reported that bus {i} was late."),
    "pronouns": lambda n: "Mary Jones came. " + repeated(lambda _: "She said she was late.")(n),
}


class Steps:
    """An annotator whose steps are measured one by one."""

    def __init__(self) -> None:
        from annotator.pipeline import Annotator

        self._annotator = Annotator()
        self.measure(prose(20))  # what is learned once is no growth

    def measure(self, text: str) -> dict[str, float]:
        """CPU seconds of sections, parser, extractor and all that follows."""
        article, parts, doc, marked, seconds = self._before(text)
        started = time.process_time()
        self._annotator._finish(article, parts, doc, marked)
        return {**seconds, "the rest": time.process_time() - started}

    def calls(self, text: str) -> int:
        """How many functions are called, and generators asked, by all that follows parser and extractor."""
        article, parts, doc, marked, _ = self._before(text)
        count = 0

        def counted(*_: Any) -> None:
            nonlocal count
            count += 1

        before = sys.getprofile()
        sys.setprofile(counted)
        try:
            self._annotator._finish(article, parts, doc, marked)
        finally:
            sys.setprofile(before)
        return count

    def _before(self, text: str) -> tuple[Any, ...]:
        from annotator.draft import PROSE
        from annotator.reading.layout import sections
        from annotator.records import Article

        times = [time.process_time()]
        parts = sections(text, title=None, byline=None)
        times.append(time.process_time())
        doc = next(self._annotator.parser.parse([(text, parts)]))
        times.append(time.process_time())
        marked = self._annotator.extractor.read(text, [(p.start, p.end) for p in parts if p.kind in PROSE])
        times.append(time.process_time())
        doc = self._annotator._with_entities(doc, marked.entities)
        seconds = {name: times[n + 1] - times[n] for n, name in enumerate(("sections", "parser", "extractor"))}
        return Article(article_id="grown", text=text), parts, doc, marked, seconds


def exponent(small: float, large: float, lengths: tuple[int, int]) -> float:
    """The slope between two sizes on logarithmic scales."""
    return math.log(large / small) / math.log(lengths[1] / lengths[0])


def taken(text: str) -> tuple[float, float]:
    """CPU seconds and peak memory, in MB, of a command line that annotates a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "annotator", "annotate", str(path), "-o", str(path.parent), "--to", "jsonl"]
        _, status, used = os.wait4(os.spawnv(os.P_NOWAIT, sys.executable, command), 0)
    if status:
        sys.exit(f"the text of {len(text):,} characters was not annotated")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


def print_taken(kind: str, sizes: tuple[int, int]) -> None:
    """What the command line takes for two texts of a kind, and for each million characters more."""
    texts = [KINDS[kind](size) for size in sizes]
    (small, less), (large, more) = (taken(text) for text in texts)
    further = (len(texts[1]) - len(texts[0])) / 1e6
    print(
        f"{kind:18} {len(texts[1]):9,} characters  {large:7.1f} CPU seconds  {more:6.0f} MB at most  "
        f"a million characters more: {(large - small) / further:.0f} s, {(more - less) / further:.0f} MB",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    options.add_argument("--sizes", default="500,2000", help="how many sentences, names or marks; smaller, larger")
    options.add_argument("--memory", action="store_true", help="CPU seconds and peak memory of the command line")
    given = options.parse_args()
    small, large = (int(size) for size in given.sizes.split(","))
    if given.memory:
        for kind in given.kinds or KINDS:
            print_taken(kind, (small, large))
        return
    steps = Steps()
    for kind in given.kinds or KINDS:
        texts = KINDS[kind](small), KINDS[kind](large)
        lengths = len(texts[0]), len(texts[1])
        before, after = (steps.measure(text) for text in texts)
        told = "  ".join(
            f"{step} {after[step]:6.2f} s"
            + (f" ({exponent(before[step], after[step], lengths):.2f})" if before[step] > 0.02 else "       ")
            for step in after
        )
        calls = exponent(*(steps.calls(text) for text in texts), lengths)
        print(f"{kind:18} {lengths[1]:7} characters  {told}  calls ({calls:.2f})", flush=True)


if __name__ == "__main__":
    main()
