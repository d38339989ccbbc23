"""Annotating: a part of the articles becomes a shard, a file of each table and, where asked for, of the records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.corpus.outcomes import Done, Outcome
from annotator.corpus.plan import Task, Tell
from annotator.corpus.results import FIGURES
from annotator.corpus.settings import Settings
from annotator.corpus.worker import Worker
from annotator.formats import tables
from annotator.records import Article
from annotator.storage import Folder

GROUP = 8  # articles that a worker is asked about at once, and that spaCy reads together
GROUP_CHARACTERS = 200_000  # ten to twenty seconds of work, far from the limit of time even on a slow machine


def annotate_shard(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Annotate the articles of a part and write the shard; its file in `done/`, written last, makes it complete."""
    name = task["shard"]
    part = folder.read_json(f"articles/{name}.json")
    shard = _Shard(skipped=list(_left_out(task, part)))
    for group in _groups(_articles(task, folder)):
        outcomes = worker.annotate([article for _, article in group])
        for (n, article), outcome in zip(group, outcomes, strict=True):
            shard.add(outcome, f"{part['files'][n]}, article {article.article_id!r}")
        tell(len(group), sum(len(article.text.split()) for _, article in group))
    shard.write(folder, name, records=settings.records)


@dataclass
class _Shard:
    """What became of the articles of a part, in their order."""

    made: list[Done] = field(default_factory=list)
    failures: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome, where: str) -> None:
        if isinstance(outcome, Done):
            self.made.append(outcome)
            if outcome.note is not None:
                self.warnings.append({"where": where, "note": outcome.note})
        elif outcome.kind == "failed":
            self.failures.append({"where": where, "error": outcome.why})
        else:
            self.skipped.append({"where": where, "reason": outcome.why})

    def write(self, folder: Folder, name: str, *, records: bool) -> None:
        claims = [row for one in self.made for row in one.claims]
        sources = [row for one in self.made for row in one.sources]
        folder.write(f"sources/{name}.parquet", tables.parquet(tables.SOURCE_COLUMNS, sources))
        if records:
            folder.write_lines(f"records/{name}.jsonl.gz", (one.record or "" for one in self.made))
        folder.write(f"claims/{name}.parquet", tables.parquet(tables.CLAIM_COLUMNS, claims))
        counted = {name: sum(one.figures[name] for one in self.made) for name in FIGURES}
        lists = {"failures": self.failures, "skipped": self.skipped, "warnings": self.warnings}
        folder.write_json(f"done/{name}.json", counted | lists)


def _left_out(task: Task, part: dict[str, Any]) -> Iterator[dict[str, str]]:
    for n, why in task["leave_out"].items():
        yield {"where": f"{part['files'][int(n)]}, article {part['ids'][int(n)]!r}", "reason": why}


def _articles(task: Task, folder: Folder) -> Iterator[tuple[int, Article]]:
    """Articles that a shard is made of, each with its place in the part."""
    for n, line in enumerate(folder.read_lines(f"articles/{task['shard']}.jsonl.gz")):
        if str(n) not in task["leave_out"]:
            article = Article.model_validate_json(line)
            renamed = task["rename"].get(str(n))
            yield n, article.model_copy(update={"article_id": renamed}) if renamed else article


def _groups(articles: Iterator[tuple[int, Article]]) -> Iterator[list[tuple[int, Article]]]:
    """Articles that are annotated together: which they are follows from the shard alone."""
    group: list[tuple[int, Article]] = []
    characters = 0
    for n, article in articles:
        if group and (len(group) == GROUP or characters + len(article.text) > GROUP_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append((n, article))
        characters += len(article.text)
    if group:
        yield group
