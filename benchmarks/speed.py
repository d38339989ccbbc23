"""Words a CPU-second and peak memory of the whole pipeline, of its extractor and of spaCy alone, in one run.

Of the extractor also word pieces a CPU-second, and how much sooner two threads are done than one.

    python benchmarks/speed.py ARTICLES.jsonl[.gz]

The articles are JSON lines with a field `text`. Each measurement runs in a process of its own; the first words are
annotated before the clock starts, so that loading is not counted.
"""

import gzip
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Measured = tuple[float, float]


def texts(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["text"] for line in data.splitlines()]


def pipeline(articles: list[str]) -> Callable[[], object]:
    from annotator.pipeline import Annotator
    from annotator.records import Article

    loaded = Annotator()
    rows = [Article(article_id=str(n), text=text) for n, text in enumerate(articles)]
    loaded.annotate(rows[0])
    return lambda: sum(len(record.claims) for record in loaded.annotate_many(rows))


def steps(articles: list[str]) -> float:
    """CPU time of all that follows spaCy and the extractor, as a share of theirs, in one run."""
    from annotator.pipeline import Annotator
    from annotator.records import AnnotatedArticle, Article

    class Timed(Annotator):
        after = 0.0

        def _finish(self, *given: Any, **named: Any) -> AnnotatedArticle:
            started = time.process_time()
            record = super()._finish(*given, **named)
            self.after += time.process_time() - started
            return record

    loaded = Timed()
    rows = [Article(article_id=str(n), text=text) for n, text in enumerate(articles)]
    loaded.annotate(rows[0])
    loaded.after, started = 0.0, time.process_time()
    for _ in loaded.annotate_many(rows):
        pass
    return loaded.after / (time.process_time() - started - loaded.after)


def extractor(articles: list[str], threads: int = 1) -> Callable[[], object]:
    from annotator.extraction.extractor import Extractor
    from annotator.extraction.pieces import lines_of
    from annotator.pipeline import MODEL_FOLDER
    from annotator.text import fold

    loaded = Extractor(MODEL_FOLDER, threads)
    rows = [(text, lines_of(fold(text))) for text in articles]
    loaded.extract(*rows[0])
    return lambda: [loaded.extract(*row) for row in rows]


def pieces(articles: list[str]) -> int:
    from annotator.extraction.pieces import PieceTokenizer, lines_of, pieces_of
    from annotator.pipeline import MODEL_FOLDER
    from annotator.text import fold

    tokenizer = PieceTokenizer(MODEL_FOLDER / "tokenizer.json")
    folded = map(fold, articles)
    return sum(len(pieces_of(text, lines_of(text), tokenizer).ids) for text in folded)


def two_threads(articles: list[str]) -> float:
    """Wall time of the extractor with one thread over that with two, the better of two turns of each."""
    best = dict.fromkeys((1, 2), float("inf"))
    for threads in (1, 2, 1, 2):
        run = extractor(articles, threads)
        started = time.perf_counter()
        run()
        best[threads] = min(best[threads], time.perf_counter() - started)
    return best[1] / best[2]


def spacy_alone(articles: list[str]) -> Callable[[], object]:
    from annotator.language.parse import load_pipeline

    nlp = load_pipeline()
    nlp(articles[0])
    return lambda: sum(len(doc) for doc in nlp.pipe(articles, batch_size=2))


def measure(work: str, articles: list[str], answer: "multiprocessing.Queue[Measured]") -> None:
    run = globals()[work](articles)
    started = time.process_time()
    run()
    seconds = time.process_time() - started
    answer.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    articles = texts(Path(sys.argv[1]))
    words = sum(len(text.split()) for text in articles)
    context = multiprocessing.get_context("spawn")
    print(f"{len(articles)} articles, {words} words")
    for work in ("spacy_alone", "extractor", "pipeline"):
        answer: multiprocessing.Queue[Measured] = context.Queue()
        process = context.Process(target=measure, args=(work, articles, answer))
        process.start()
        seconds, memory = answer.get()
        process.join()
        print(f"{work:12} {words / seconds:8.0f} words a CPU-second {memory:6.0f} MB")
        if work == "extractor":
            print(f"{'':12} {pieces(articles) / seconds:8.0f} word pieces a CPU-second")
    print(f"two threads of the extractor: {two_threads(articles):.2f} times as fast as one")
    print(f"frames to labels: {100 * steps(articles):.1f} % on top of spaCy and the extractor, in CPU time")


if __name__ == "__main__":
    main()
