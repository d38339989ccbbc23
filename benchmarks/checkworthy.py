"""How well the stated rules of check-worthiness rank sentences that fact-checkers took up, with nothing learned.

    python benchmarks/checkworthy.py FILE...

A file is one of CheckThat! 2018 or 2019, task 1 (github.com/telsayed/clef2019-factchecking-task1, `data/training` and
`data/test_annotated`): number, speaker, sentence and label a line, 1 where FactCheck.org checked it. Average precision,
precision at 10 and at 50, of the rules and of sentences in a random order (their share), longest first, digits first;
means over the files.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from annotator.labels import (
    Affiliation,
    AttributionMode,
    Kind,
    LinkBasis,
    LinkRole,
    OnRecord,
    Polarity,
    QuoteType,
    SectionKind,
    SourceType,
    Stance,
)
from annotator.records import AnnotatedArticle, Article, Claim, Link, Source, Span, Tool
from annotator.worklist.checkworthy import worth

RULES, LONGEST, DIGITS = "the rules", "longest first", "a digit first"


def sentences(path: Path) -> list[tuple[str, bool]]:
    """Sentence and whether it was checked; what the audience did is left out."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(words, label.strip() == "1") for _, speaker, words, label in rows if speaker != "SYSTEM" and words.strip()]


def score(words: str) -> float:
    """What the rules say of a sentence as a person's statement; a question is no claim."""
    if words.rstrip().endswith("?"):
        return 0.0
    span = Span(start=0, end=len(words), text=words)
    speaker = Source(
        source_id="s1", name="Speaker", type=SourceType.PERSON, affiliation=Affiliation.POLITICS, anonymous=False
    )
    claim = Claim(
        claim_id="c1",
        attribution_id=None,
        section=SectionKind.BODY,
        paragraph=0,
        spans=(span,),
        text=words,
        claim_normalized=None,
        quote_type=QuoteType.DIRECT,
        kind=Kind.STATEMENT,
        polarity=Polarity.POSITIVE,
        hedged=False,
        attribution=AttributionMode.EXPLICIT,
        stance=Stance.NEUTRAL,
        on_record=OnRecord.ON_RECORD,
        source_id="s1",
        source_display="",
        chain=(Link(source_id="s1", role=LinkRole.PUBLISHER, basis=LinkBasis.DOCUMENT),),
        confidence=1.0,
        needs_review=False,
    )
    record = AnnotatedArticle(
        article=Article(article_id="a", text=words),
        claims=(claim,),
        sources=(speaker,),
        tool=Tool(name="benchmark", version="0", model="", lexicon=""),
    )
    return worth(record, claim).score


def precision(ranked: Sequence[bool], most: int) -> float:
    return sum(ranked[:most]) / most


def average_precision(ranked: Sequence[bool]) -> float:
    """The mean, over the sentences that were checked, of the precision at their places."""
    found, total = 0, 0.0
    for place, checked in enumerate(ranked, 1):
        if checked:
            found += 1
            total += found / place
    return total / found if found else 0.0


SCORES: dict[str, Callable[[str], float]] = {
    RULES: score,
    LONGEST: lambda words: float(len(words)),
    DIGITS: lambda words: float(any(sign.isdigit() for sign in words)),
}


def main() -> None:
    files = [sentences(Path(name)) for name in sys.argv[1:]]
    table = Table(
        "order", "average precision", "at 10", "at 50", title=f"{len(files)} files, {sum(map(len, files))} sentences"
    )
    share = fmean(fmean(checked for _, checked in rows) for rows in files)
    table.add_row("random", *[f"{share:.3f}"] * 3)
    for name, of in SCORES.items():
        ranked = [[checked for _, checked in sorted(rows, key=lambda row, of=of: -of(row[0]))] for rows in files]
        means = (
            fmean(map(average_precision, ranked)),
            *(fmean(precision(one, most) for one in ranked) for most in (10, 50)),
        )
        table.add_row(name, *(f"{mean:.3f}" for mean in means))
    Console().print(table)


if __name__ == "__main__":
    main()
