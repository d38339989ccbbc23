"""Reading: files become parts of a few hundred articles in `articles/`, from which the shards are made."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.corpus.files import File, Read
from annotator.corpus.plan import Task, Tell
from annotator.corpus.settings import Settings
from annotator.corpus.worker import Worker
from annotator.errors import InputError
from annotator.reading import Failure, Passed, Warned
from annotator.records import Article
from annotator.storage import Folder, fetched
from annotator.text import scrub

SHARD_CHARACTERS = 600_000  # about 100,000 words, half a minute of work: what each worker loses when all stops
SHARD_NOTES = 1000  # of a file with a million bad rows too only so many are held in memory
DIGEST = 32  # hex digits of a text's SHA-256 that tell duplicates: two texts in 10^19 have them in common by chance


def read_unit(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Read files into parts; the unit's own file, written last, says how many there are."""
    count, part = 0, Part()
    for outcome, file in _outcomes(task["files"], settings, worker):
        part.add(outcome, file)
        if isinstance(outcome, Article):
            tell(1, 0)
        if part.is_full(settings.shard_articles):
            part.write(folder, f"{task['unit']}-{count:05}")
            count, part = count + 1, Part()
    if part.lines or part.failures or part.skipped or part.warnings:
        part.write(folder, f"{task['unit']}-{count:05}")
        count += 1
    folder.write_json(f"articles/{task['unit']}.json", {"parts": count})


@dataclass
class Part:
    """Articles of one shard as they are read, with what the plan needs to know of them."""

    lines: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    failures: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    characters: int = 0
    words: int = 0

    def add(self, outcome: Read, file: str) -> None:
        if isinstance(outcome, Failure):
            self.failures.append({"where": outcome.where, "error": outcome.error})
        elif isinstance(outcome, Passed):
            self.skipped.append({"where": outcome.where, "reason": outcome.reason})
        elif isinstance(outcome, Warned):
            self.warnings.append({"where": outcome.where, "note": outcome.note})
        else:
            self.lines.append(outcome.model_dump_json() + "\n")
            self.ids.append(outcome.article_id)
            self.digests.append(outcome.text_sha256[:DIGEST])
            self.files.append(file)
            self.characters += len(outcome.text)
            self.words += len(outcome.text.split())

    def is_full(self, most: int) -> bool:
        notes = len(self.failures) + len(self.skipped) + len(self.warnings)
        return len(self.lines) >= most or self.characters >= SHARD_CHARACTERS or notes >= SHARD_NOTES

    def write(self, folder: Folder, name: str) -> None:
        folder.write_lines(f"articles/{name}.jsonl.gz", self.lines)
        known = {key: value for key, value in vars(self).items() if key != "lines"}
        folder.write_json(f"articles/{name}.json", known | {"articles": len(self.lines)})


def _outcomes(files: list[tuple[str, str]], settings: Settings, worker: Worker) -> Iterator[tuple[Read, str]]:
    for place, name in files:
        where = scrub(place)
        try:
            with fetched(place) as path:
                file = File(str(path), name, where, settings.fields, settings.given, settings.limits)
                yield from ((outcome, place) for outcome in worker.read(file))
        except InputError as error:
            yield Failure(where, str(error).removeprefix(f"{place}: ")), place
