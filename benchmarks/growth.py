"""How the annotator's work grows with the length of an article, by the shape of the article: exponents.

    python benchmarks/growth.py [KIND ...] [--sizes 500,2000]

An exponent of 1 is work that grows with the length, one of 2 with its square. Of each step: CPU seconds for the larger
text and the exponent between the two; of the steps after parser and extractor also that of the number of calls, which
no other work on the machine disturbs. The parser is given at most `MAX_PARSED` characters at once and the tokenizer
`MAX_TOKENIZED`, so their exponents are 1 beyond these. All texts are made here, of harmless sentences.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
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


def repeated(make: Callable[[int], str], separator: str = " ") -> Callable[[int], str]:
    return lambda count: separator.join(make(n) for n in range(count))


KINDS: dict[str, Callable[[int], str]] = {
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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    options.add_argument("--sizes", default="500,2000", help="how many sentences, names or marks; smaller, larger")
    given = options.parse_args()
    small, large = (int(size) for size in given.sizes.split(","))
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
