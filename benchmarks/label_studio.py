"""Tasks a second of `annotator review push` and `pull`, and the peak memory of our process, against the real server.

    python benchmarks/label_studio.py [TASKS] [RECORDS.jsonl]

The server is started for the purpose, on loopback, with an empty database. Tasks are the articles of the records
(default: the six of `exports/`) over and over under other ids. `push again` sends what is there, `push newer` the
drafts of another model for the same articles. Each measurement runs in a process of its own; for the pull, every task
has one annotation that equals its prediction.
"""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

import httpx

from annotator.formats.jsonl import load
from annotator.formats.label_studio import prediction, sendable, task
from annotator.records import AnnotatedArticle
from annotator.review import pull, push
from annotator.review.server import LabelStudioServer

EXPORTS = Path(__file__).parent.parent / "exports" / "records.jsonl"
TASKS = 300
BATCH = 50  # annotated tasks an import
Measured = tuple[float, float]


def articles(path: Path, count: int) -> list[AnnotatedArticle]:
    """So many articles, each with an id of its own."""
    made = enumerate(islice(cycle(load(path)), count))
    return [
        record.model_copy(update={"article": record.article.model_copy(update={"article_id": f"article-{n}"})})
        for n, record in made
    ]


def regions(records: Iterable[AnnotatedArticle]) -> list[int]:
    return [sum(result["type"] == "labels" for result in prediction(record)["result"]) for record in records]


def annotate(records: list[AnnotatedArticle], url: str, token: str, project: int) -> None:
    """Import the records as tasks that a person has accepted."""
    for start in range(0, len(records), BATCH):
        tasks = [sendable(task(record)) for record in records[start : start + BATCH]]
        for one in tasks:
            one["annotations"] = [{"result": one["predictions"][0]["result"]}]
        answer = httpx.post(
            f"{url}/api/projects/{project}/import",
            content=json.dumps(tasks),
            headers={"Authorization": f"Token {token}", "Content-Type": "application/json"},
            timeout=300,
            trust_env=False,
        )
        answer.raise_for_status()


def measure(
    work: str, path: Path, count: int, url: str, token: str, project: str, answer: "multiprocessing.Queue[Measured]"
) -> None:
    """Put the seconds of the work and the peak memory of this process in MB into the queue."""
    records = articles(path, count) if work.startswith("push") else []
    start = time.perf_counter()
    if work == "pull":
        assert len(pull(url=url, api_key=token, project=project).reviews) == count
    else:
        if work == "push newer":
            records = [r.model_copy(update={"tool": r.tool.model_copy(update={"model": "newer"})}) for r in records]
        pushed = push(records, url=url, api_key=token, project=project, create=True)
        done = {"push": pushed.new, "push again": pushed.known, "push newer": pushed.updated}
        assert done[work] == count
    seconds = time.perf_counter() - start
    answer.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    if len(sys.argv) > 3:
        sys.exit(__doc__)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TASKS
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else EXPORTS
    records = articles(path, count)
    drawn = regions(records)
    print(f"{count} tasks, {sum(drawn) / count:.0f} regions a task ({min(drawn)} to {max(drawn)})")
    context = multiprocessing.get_context("spawn")
    with LabelStudioServer() as studio:
        # An import of its own, for annotations cannot be pushed.
        project = push(records[:1], url=studio.url, api_key=studio.token, project="Annotated", create=True).project
        httpx.delete(
            f"{studio.url}/api/projects/{project}/tasks/",
            headers={"Authorization": f"Token {studio.token}"},
            timeout=300,
            trust_env=False,
        ).raise_for_status()
        annotate(records, studio.url, studio.token, project)
        for work, name in (
            ("push", "Pushed"),
            ("push again", "Pushed"),
            ("push newer", "Pushed"),
            ("pull", "Annotated"),
        ):
            answer: multiprocessing.Queue[Measured] = context.Queue()
            process = context.Process(target=measure, args=(work, path, count, studio.url, studio.token, name, answer))
            process.start()
            seconds, memory = answer.get()
            process.join()
            print(f"{work:12} {seconds:6.1f} s {count / seconds:8.1f} tasks a second {memory:6.0f} MB")


if __name__ == "__main__":
    main()
