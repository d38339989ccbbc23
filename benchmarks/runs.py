"""Runs of growing size and with more workers: words a second, CPU seconds and peak memory of each.

    python benchmarks/runs.py ARTICLES[,ARTICLES...] WORKERS[,WORKERS...] [PARAGRAPHS]

The articles are made anew from paragraphs of `exports/articles`, which were written for the purpose: PARAGRAPHS (by
default 2 to 12, as many as news has) drawn by chance from a fixed seed. Each run is a process of its own. Seconds are
those of the wall and of the CPU, workers included; memory is the peak of the run's own process, and of its largest
worker.
"""

import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parents[1] / "exports" / "articles"


def write_corpus(path: Path, articles: int, paragraphs: tuple[int, int]) -> None:
    """JSON lines of articles that nobody wrote, of paragraphs that somebody did."""
    stock = [line for file in sorted(ARTICLES.glob("*.txt")) for line in file.read_text("utf-8").splitlines() if line]
    chance = random.Random(articles)
    with path.open("w", encoding="utf-8") as file:
        for n in range(articles):
            text = "\n\n".join(chance.sample(stock, chance.randint(*paragraphs)))
            row = {"id": f"a{n}", "publisher": f"Outlet {n % 7}", "published": f"2024-{n % 12 + 1:02}-01", "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(articles: int, workers: int, paragraphs: tuple[int, int], answer: "multiprocessing.Queue[Any]") -> None:
    from annotator.corpus import Settings, Watcher, run

    class Clock(Watcher):
        """Notes when annotating begins, so that reading and the first look at the model are not counted."""

        def begin(self, what: str, articles: int | None, words: int | None) -> None:
            self.begun = time.monotonic()

    with tempfile.TemporaryDirectory() as folder:
        corpus, clock = Path(folder) / "news.jsonl", Clock()
        write_corpus(corpus, articles, paragraphs)
        summary = run([corpus], Path(folder) / "run", Settings(), workers=workers, watcher=clock)
        wall = time.monotonic() - clock.begun
    own, worker = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + worker.ru_utime + worker.ru_stime
    answer.put((summary.words, wall, cpu, own.ru_maxrss / 1024, worker.ru_maxrss / 1024))


def main() -> None:
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sizes, counts = ([int(part) for part in argument.split(",")] for argument in sys.argv[1:3])
    low, _, high = (sys.argv[3] if len(sys.argv) > 3 else "2-12").partition("-")
    context = multiprocessing.get_context("spawn")
    print(f"{os.cpu_count()} processors; load before: {os.getloadavg()[0]:.1f}", flush=True)
    print("articles workers     words  wall s   CPU s  words/s  words/CPU s  MB run  MB worker", flush=True)
    for articles in sizes:
        for workers in counts:
            answer: multiprocessing.Queue[Any] = context.Queue()
            process = context.Process(target=measure, args=(articles, workers, (int(low), int(high or low)), answer))
            process.start()
            words, wall, cpu, own, worker = answer.get()
            process.join()
            print(
                f"{articles:8} {workers:7} {words:9} {wall:7.1f} {cpu:7.1f} {words / wall:8.0f} {words / cpu:12.0f} "
                f"{own:7.0f} {worker:10.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
