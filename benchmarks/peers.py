"""Speed and accuracy in one run: the annotator beside textacy, the quotation finder of sayswho, and spaCy alone.

    pip install textacy sayswho     # sayswho pins an old pytest: an environment of its own, or --no-deps
    python benchmarks/peers.py polnear_dev.jsonl.gz

Each works in a process of its own, over the same spaCy pipeline and the same articles; loading is not counted. textacy
and sayswho look for direct quotations only, so that their recall of all attributions is low by design: the table has
the direct ones beside all. sayswho as a whole needs a coreference model that no package index has; measured is the part
that finds quotations, with cue and speaker.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from annotator.evaluation import evaluate
from annotator.labels import Affiliation, SourceType
from annotator.records import ARTICLE_SOURCE, AnnotatedArticle, Article, Attribution, Source, Span, Tool
from benchmarks.speed import texts

VOICE = Source(
    source_id=ARTICLE_SOURCE, name="article", type=SourceType.ARTICLE, affiliation=Affiliation.MEDIA, anonymous=False
)
SHOWN = ("linked F1", "linked precision", "linked recall", "linked F1, direct", "linked F1, indirect")
Offsets = tuple[int, int]
Found = tuple[Offsets, Offsets, Offsets]  # source, cue, content


def annotator(articles: Sequence[str]) -> Callable[[], list[AnnotatedArticle]]:
    from annotator.pipeline import Annotator

    loaded = Annotator()
    rows = [Article(article_id=str(n), text=text) for n, text in enumerate(articles)]
    loaded.annotate(rows[0])
    return lambda: list(loaded.annotate_many(rows))


def spacy_alone(articles: Sequence[str]) -> Callable[[], list[AnnotatedArticle]]:
    return _with_spacy(articles, lambda doc: ())


def textacy(articles: Sequence[str]) -> Callable[[], list[AnnotatedArticle]]:
    from textacy.extract.triples import direct_quotations

    return _with_spacy(articles, direct_quotations)


def sayswho(articles: Sequence[str]) -> Callable[[], list[AnnotatedArticle]]:
    from sayswho.quote_finder import quote_finder

    # It takes a line break of two characters, which spaCy makes one token, for a quotation mark, and fails.
    return _with_spacy([text.replace("\n\n", " \n") for text in articles], quote_finder)


def _with_spacy(articles: Sequence[str], find: Callable[[Any], Iterable[Any]]) -> Callable[[], list[AnnotatedArticle]]:
    from annotator.language.parse import load_pipeline

    nlp = load_pipeline()
    nlp(articles[0])

    def run() -> list[AnnotatedArticle]:
        return [_record(doc.text, list(_triples(doc, find))) for doc in nlp.pipe(articles, batch_size=2)]

    return run


def _triples(doc: Any, find: Callable[[Any], Iterable[Any]]) -> Iterable[Found]:
    """What a peer finds before it gives up: textacy over marks that do not pair, sayswho over three line breaks."""
    try:
        for speaker, cue, content in find(doc):
            yield _reach(speaker), _reach(cue), (content.start_char, content.end_char)
    except (ValueError, TypeError):
        return


def _reach(tokens: Sequence[Any]) -> Offsets:
    return min(token.idx for token in tokens), max(token.idx + len(token) for token in tokens)


def _record(text: str, found: Sequence[Found]) -> AnnotatedArticle:
    def span(offsets: Offsets) -> Span:
        return Span(start=offsets[0], end=offsets[1], text=text[slice(*offsets)])

    made = tuple(
        Attribution(
            attribution_id=f"a{n}",
            cue=span(cue),
            source_mention=span(source),
            contents=(span(content),),
            source_id=ARTICLE_SOURCE,
            confidence=1,
        )
        for n, (source, cue, content) in enumerate(found)
    )
    tool = Tool(name="peer", version="", model="", lexicon="")
    return AnnotatedArticle(article=Article(article_id="a", text=text), attributions=made, sources=(VOICE,), tool=tool)


def measure(work: str, articles: list[str], answer: "multiprocessing.Queue[Any]") -> None:
    run = globals()[work](articles)
    started = time.process_time()
    records = run()
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((seconds, memory, records))


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    articles = texts(Path(sys.argv[1]))
    words = sum(len(text.split()) for text in articles)
    context = multiprocessing.get_context("spawn")
    print(f"{len(articles)} articles, {words} words")
    for work in ("spacy_alone", "textacy", "sayswho", "annotator"):
        answer: multiprocessing.Queue[Any] = context.Queue()
        process = context.Process(target=measure, args=(work, articles, answer))
        process.start()
        seconds, memory, records = answer.get()
        process.join()
        print(f"{work:12} {words / seconds:8.0f} words a CPU-second {memory:6.0f} MB", flush=True)
        if work == "spacy_alone":
            continue
        by_text = dict(zip(articles, records, strict=True))
        report = evaluate([Path(sys.argv[1])], lambda text, *, publisher=None: by_text[text])  # noqa: B023
        for row in report.rows():
            if row[1] in SHOWN:
                print(f"    {row[1]:20} {row[2]:>6} {row[3]:>12} {row[4]:>12}", flush=True)


if __name__ == "__main__":
    main()
