"""A run: many articles, any number of processes or machines, and the same bytes however often it was interrupted.

The inputs are read once, in parts of a few hundred articles (`articles/`); each part becomes a shard: a file of the
claim table, one of the source table and, where asked for, the records. What a shard holds follows from its part alone,
so it does not matter who makes it, or how often. Its file in `done/` is put there last and says that it is complete.
"""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal

from annotator.corpus.worker import Done, Limits, Wish, Worker
from annotator.errors import InputError, MissingExtraError, OutputError, RunError
from annotator.formats import tables
from annotator.reading import DEFAULT_FIELDS, STDIN, Failure, Fields, Passed, files_of, outcomes_of
from annotator.records import Article
from annotator.storage import REMOTE, Folder, fetched, identity

FORMAT = 1  # of the run's folder; a run of another format cannot go on
SHARD_CHARACTERS = 600_000  # about 100,000 words, half a minute of work: what each worker loses when all stops
SHARD_ARTICLES = 100
READ_TOGETHER = 64 << 20  # bytes of small files that are read as one unit
GROUP = 8  # articles that a worker is asked about at once, and that spaCy reads together
GROUP_CHARACTERS = 200_000  # ten to twenty seconds of work, far from the limit of time even on a slow machine
DIGEST = 32  # hex digits of a text's SHA-256 that tell duplicates: two texts in 10^19 have them in common by chance
FOLDERS = ("articles", "claims", "sources", "records", "done")
FILES = ("manifest.json", "failures.jsonl", "skipped.jsonl", "summary.json")
MANIFEST = "manifest.json"

Tell = Callable[[int, int], None]  # articles and words that are done
Task = dict[str, Any]  # plain data, for it travels to other machines


@dataclass(frozen=True)
class Settings:
    """What decides the results of a run; workers and machines do not.

    `duplicates` says what happens to an article whose text another had before it.
    """

    fields: Fields = DEFAULT_FIELDS
    given: Mapping[str, str] = field(default_factory=dict)
    records: bool = False
    other_languages: Literal["warn", "skip", "ignore"] = "warn"
    duplicates: Literal["keep", "skip"] = "keep"
    limits: Limits = field(default_factory=Limits)
    threads: int = 1
    shard_articles: int = SHARD_ARTICLES

    @property
    def wish(self) -> Wish:
        return Wish(self.records, self.other_languages, self.threads, self.limits)


@dataclass(frozen=True)
class Summary:
    """What a run came to; `anonymous` counts attributed claims whose source is anonymous."""

    articles: int = 0
    words: int = 0
    claims: int = 0
    attributed: int = 0
    anonymous: int = 0
    sources: int = 0
    failures: int = 0
    skipped: int = 0

    @property
    def anonymous_share(self) -> float | None:
        return self.anonymous / self.attributed if self.attributed else None


class Watcher:
    """Is told how a run gets on; this one keeps it to itself."""

    def say(self, message: str) -> None:
        """A sentence for the user."""

    def begin(self, what: str, articles: int | None, words: int | None) -> None:
        """A stage begins, with so much to do, where that is known."""

    def advance(self, articles: int, words: int) -> None:
        """So much more is done; called from several threads."""


Engine = Callable[[Folder, Settings, Sequence[Task], Tell], None]


def run(
    inputs: Iterable[str | Path],
    output: str | Path,
    settings: Settings = Settings(),
    *,
    workers: int = 1,
    engine: Engine | None = None,
    fresh: bool = False,
    watcher: Watcher | None = None,
) -> Summary:
    """Annotate all articles of `inputs` into the folder `output`, or finish the run that is in it.

    `engine` does the tasks: without one, `workers` processes of this machine. Raises `InputError` where an input is
    not there, `RunError` where the folder holds a run of other inputs, versions or settings, `OutputError` where the
    folder cannot be written.
    """
    watcher = watcher or Watcher()
    perform = engine or partial(on_this_machine, workers=workers)
    files = _files(inputs)
    with _locked(output):
        folder = Folder(output)
        if fresh:
            _clear(folder)
        _sweep(folder)
        _check_or_write_manifest(folder, files, settings, watcher)
        _perform(perform, folder, settings, _reading_tasks(folder, files), watcher, "reading")
        shards = list(_shards(folder, settings))
        _perform(perform, folder, settings, _annotating_tasks(folder, shards), watcher, "annotating")
        return _finish(folder, shards)


def on_this_machine(folder: Folder, settings: Settings, tasks: Sequence[Task], tell: Tell, *, workers: int) -> None:
    """The engine of one machine: threads that each ask a process of their own."""
    idle: SimpleQueue[Worker] = SimpleQueue()

    def work(task: Task) -> None:
        worker = idle.get()
        try:
            perform(task, folder, settings, worker, tell)
        finally:
            idle.put(worker)

    with ExitStack() as stack:
        started = [stack.enter_context(Worker(settings.wish)) for _ in range(min(workers, len(tasks)))]
        for worker in started:
            idle.put(worker)
        pool = stack.enter_context(ThreadPoolExecutor(max(1, len(started))))
        try:
            for future in as_completed([pool.submit(work, task) for task in tasks]):
                future.result()
        except BaseException:  # Ctrl-C too: no thread may go on waiting for its process
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in started:
                worker.close()
            raise


def perform(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Do one task; doing it again gives the same files."""
    if task["what"] == "read":
        _read_unit(task, folder, settings, worker, tell)
    else:
        _annotate_shard(task, folder, settings, worker, tell)


def _perform(
    engine: Engine, folder: Folder, settings: Settings, tasks: list[Task], watcher: Watcher, what: str
) -> None:
    if not tasks:
        return
    known = what == "annotating"
    articles, words = (sum(task.get(name, 0) for task in tasks) for name in ("articles", "words"))
    watcher.begin(what, articles if known else None, words if known else None)
    engine(folder, settings, tasks, watcher.advance)


# --- before the first article -----------------------------------------------------------------------------------------


def _files(inputs: Iterable[str | Path]) -> list[tuple[str, str]]:
    entries = list(inputs)
    if STDIN in map(str, entries):
        raise InputError("standard input: a run may have to read its inputs again. Save it in a file first")
    files = [file for entry in entries for file in files_of(entry)]
    _check_extras([place for place, _ in files])
    return files


def _check_extras(places: list[str]) -> None:
    """Miss a package now, and not in a line of failures for each file."""
    from importlib.util import find_spec

    needed = {".parquet": ("pyarrow", "Parquet", "parquet"), ".zst": ("zstandard", "Zstandard (.zst)", "corpus")}
    needed |= dict.fromkeys((".warc", ".warc.gz"), ("warcio", "WARC", "corpus"))
    for ending, (module, what, extra) in needed.items():
        if find_spec(module) is None and any(place.lower().endswith(ending) for place in places):
            raise MissingExtraError(what, extra)
    if find_spec("pyarrow") is None:
        raise MissingExtraError("A run, which writes Parquet,", "corpus")


@contextmanager
def _locked(output: str | Path) -> Iterator[None]:
    """Keep a second run out of the folder; the system gives the lock back however this process ends."""
    if REMOTE in str(output):
        yield
        return
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        Path(output).mkdir(parents=True, exist_ok=True)
        file = (Path(output) / ".lock").open("w")
    except OSError as error:
        message = f"{output}: cannot be written to ({error.strerror}). Choose another folder with -o"
        raise OutputError(message) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunError(f"{output}: another run is at work there. Wait for it, or choose another -o") from error
        yield


def _clear(folder: Folder) -> None:
    """Remove the run that is in the folder, and nothing else of what may be there; the manifest goes last."""
    for name in (*FOLDERS, *reversed(FILES)):
        folder.remove(name)


def _sweep(folder: Folder) -> None:
    """Remove what an interrupted run was writing at the time."""
    for name in (*FOLDERS, "."):
        for file in folder.names(name):
            if file.startswith(".") and file.endswith(".part"):
                folder.remove(f"{name}/{file}")


def _check_or_write_manifest(
    folder: Folder, files: list[tuple[str, str]], settings: Settings, watcher: Watcher
) -> None:
    manifest = _manifest(files, settings)
    if not folder.exists(MANIFEST):
        _clear(folder)
        folder.write_json(MANIFEST, manifest)
        return
    earlier = folder.read_json(MANIFEST)
    if changes := list(_changes(earlier, manifest)):
        shown = "; ".join(changes[:5]) + (f"; and {len(changes) - 5} more" if len(changes) > 5 else "")
        raise RunError(
            f"{folder}: holds a run that cannot go on, for its results would not fit together: {shown}. "
            "Undo that, start anew with --fresh, or choose another folder with -o"
        )
    done, parts = (len(folder.names(name)) for name in ("done", "articles"))
    if parts:
        watcher.say(f"{folder}: going on with the run there; {done} shards of it are done")


def _manifest(files: list[tuple[str, str]], settings: Settings) -> dict[str, Any]:
    """What the results follow from: the same manifest means the same bytes."""
    with Worker(settings.wish) as worker, ThreadPoolExecutor(4) as pool:
        inputs = list(pool.map(identity, (place for place, _ in files)))
        described = worker.describe()
    return {"format": FORMAT, **described, "settings": asdict(settings), "inputs": inputs}


def _changes(earlier: Any, now: dict[str, Any]) -> Iterator[str]:
    """What differs between two manifests, in words."""
    if not isinstance(earlier, dict) or earlier.get("format") != now["format"]:
        yield "it is of another version of the annotator"
        return
    for part in ("tool", "packages", "settings"):
        yield from _differences(part, earlier[part], json.loads(json.dumps(now[part])))
    before, after = ({item["path"]: item for item in inputs} for inputs in (earlier["inputs"], now["inputs"]))
    yield from (f"the input {path} is no longer given" for path in before if path not in after)
    yield from (f"the input {path} is new" for path in after if path not in before)
    yield from (f"the input {path} has changed" for path in after if path in before and before[path] != after[path])
    if list(before) != list(after) and set(before) == set(after):
        yield "the inputs are given in another order"


def _differences(where: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            yield from _differences(f"{where}.{name}", before.get(name), after.get(name))
    elif before != after:
        yield f"{where} was {before!r} and is {after!r}"


# --- reading ----------------------------------------------------------------------------------------------------------


def _reading_tasks(folder: Folder, files: list[tuple[str, str]]) -> list[Task]:
    """A task for each unit that was not read to its end: a large file, or small ones that follow one another."""
    done = folder.names("articles")
    tasks = [{"what": "read", "unit": f"{n:05}", "files": unit} for n, unit in enumerate(_units(files))]
    return [task for task in tasks if f"{task['unit']}.json" not in done]


def _units(files: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    unit: list[tuple[str, str]] = []
    size = 0
    for file in files:
        weight = READ_TOGETHER if REMOTE in file[0] else Path(file[0]).stat().st_size
        if unit and (size + weight > READ_TOGETHER or len(unit) >= SHARD_ARTICLES):
            yield unit
            unit, size = [], 0
        unit.append(file)
        size += weight
    if unit:
        yield unit


@dataclass
class _Part:
    """Articles of one shard as they are read, with what the plan needs to know of them."""

    lines: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    failures: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    characters: int = 0
    words: int = 0

    def add(self, outcome: Article | Failure | Passed, file: str) -> None:
        if isinstance(outcome, Failure):
            self.failures.append({"where": outcome.where, "error": outcome.error})
        elif isinstance(outcome, Passed):
            self.skipped.append({"where": outcome.where, "reason": outcome.reason})
        else:
            self.lines.append(outcome.model_dump_json() + "\n")
            self.ids.append(outcome.article_id)
            self.digests.append(outcome.text_sha256[:DIGEST])
            self.files.append(file)
            self.characters += len(outcome.text)
            self.words += len(outcome.text.split())

    def is_full(self, most: int) -> bool:
        return len(self.lines) >= most or self.characters >= SHARD_CHARACTERS

    def write(self, folder: Folder, name: str) -> None:
        folder.write_lines(f"articles/{name}.jsonl.gz", self.lines)
        known = {key: value for key, value in vars(self).items() if key != "lines"}
        folder.write_json(f"articles/{name}.json", known | {"articles": len(self.lines)})


def _read_unit(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Read files into parts; the unit's own file, written last, says how many there are."""
    count, part = 0, _Part()
    for outcome, file in _outcomes(task["files"], settings, worker):
        part.add(outcome, file)
        if isinstance(outcome, Article):
            tell(1, 0)
        if part.is_full(settings.shard_articles):
            part.write(folder, f"{task['unit']}-{count:05}")
            count, part = count + 1, _Part()
    if part.lines or part.failures or part.skipped:
        part.write(folder, f"{task['unit']}-{count:05}")
        count += 1
    folder.write_json(f"articles/{task['unit']}.json", {"parts": count})


def _outcomes(
    files: list[tuple[str, str]], settings: Settings, worker: Worker
) -> Iterator[tuple[Article | Failure | Passed, str]]:
    for place, name in files:
        try:
            with fetched(place) as path:
                found = outcomes_of(
                    path, name, where=place, fields=settings.fields, given=settings.given, page=worker.page
                )
                yield from ((outcome, place) for outcome in found)
        except InputError as error:
            yield Failure(place, str(error).removeprefix(f"{place}: ")), place


# --- the plan ---------------------------------------------------------------------------------------------------------


def _shards(folder: Folder, settings: Settings) -> Iterator[Task]:
    """A task for each shard: which articles it leaves out as duplicates, and which need another id."""
    with _Seen() as seen:
        for name in _parts(folder):
            part = folder.read_json(f"articles/{name}.json")
            leave_out, rename = {}, {}
            for n, (article_id, digest) in enumerate(zip(part["ids"], part["digests"], strict=True)):
                if settings.duplicates == "skip" and (first := seen.text(digest, article_id)) is not None:
                    leave_out[str(n)] = f"the same text as article {first!r}"
                elif (unique := seen.unique_id(article_id)) != article_id:
                    rename[str(n)] = unique
            yield {
                "what": "annotate",
                "shard": name,
                "leave_out": leave_out,
                "rename": rename,
                "articles": part["articles"],
                "words": part["words"],
                "characters": part["characters"],
            }


def _parts(folder: Folder) -> Iterator[str]:
    """Names of all parts, in the order of the inputs."""
    for unit in sorted(name for name in folder.names("articles") if name.count("-") == 0 and name.endswith(".json")):
        count = folder.read_json(f"articles/{unit}")["parts"]
        yield from (f"{unit.removesuffix('.json')}-{n:05}" for n in range(count))


class _Seen:
    """Texts and ids met so far, on disk: a million of them are not to be held in memory."""

    def __enter__(self) -> "_Seen":
        self._file = tempfile.TemporaryDirectory()
        self._known = sqlite3.connect(Path(self._file.name) / "seen.sqlite", isolation_level=None)
        self._known.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE texts (digest TEXT PRIMARY KEY, article_id TEXT) WITHOUT ROWID;"
            "CREATE TABLE ids (article_id TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID;"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()
        self._file.cleanup()

    def text(self, digest: str, article_id: str) -> str | None:
        """Id of the first article with this text, or None where this is the first."""
        new = self._known.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, article_id)).rowcount
        if new:
            return None
        return str(self._known.execute("SELECT article_id FROM texts WHERE digest = ?", (digest,)).fetchone()[0])

    def unique_id(self, article_id: str) -> str:
        """The id, or the id with "-2", "-3" where it was met before."""
        name, number = article_id, 1
        if found := self._known.execute("SELECT last FROM ids WHERE article_id = ?", (article_id,)).fetchone():
            number = found[0]
            while self._known.execute("SELECT 1 FROM ids WHERE article_id = ?", (name,)).fetchone():
                number += 1
                name = f"{article_id}-{number}"
            self._known.execute("UPDATE ids SET last = ? WHERE article_id = ?", (number, article_id))
        self._known.execute("INSERT INTO ids VALUES (?, 1)", (name,))
        return name


# --- annotating -------------------------------------------------------------------------------------------------------


def _annotating_tasks(folder: Folder, shards: list[Task]) -> list[Task]:
    """Tasks that are not done, the largest first, so that no long one is left when the others are through."""
    done = folder.names("done")
    tasks = [task for task in shards if f"{task['shard']}.json" not in done]
    return sorted(tasks, key=lambda task: (-task["characters"], task["shard"]))


def _annotate_shard(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Annotate the articles of a part and write the shard; its file in `done/`, written last, makes it complete."""
    name = task["shard"]
    part = folder.read_json(f"articles/{name}.json")
    made: list[Done] = []
    failures, skipped = (
        [],
        [
            {"where": f"{part['files'][int(n)]}, article {part['ids'][int(n)]!r}", "reason": why}
            for n, why in task["leave_out"].items()
        ],
    )
    for group in _groups(_articles(task, folder)):
        outcomes = worker.annotate([article for _, article in group])
        for (n, article), outcome in zip(group, outcomes, strict=True):
            where = f"{part['files'][n]}, article {article.article_id!r}"
            if isinstance(outcome, Done):
                made.append(outcome)
            elif outcome.kind == "failed":
                failures.append({"where": where, "error": outcome.why})
            else:
                skipped.append({"where": where, "reason": outcome.why})
        tell(len(group), sum(len(article.text.split()) for _, article in group))
    _write_shard(folder, name, made, settings)
    counted = {
        "articles": len(made),
        "words": sum(one.words for one in made),
        "claims": sum(len(one.claims) for one in made),
        "attributed": sum(one.attributed for one in made),
        "anonymous": sum(one.anonymous for one in made),
        "sources": sum(len(one.sources) for one in made),
    }
    folder.write_json(f"done/{name}.json", counted | {"failures": failures, "skipped": skipped})


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


def _write_shard(folder: Folder, name: str, made: list[Done], settings: Settings) -> None:
    claims = [row for one in made for row in one.claims]
    sources = [row for one in made for row in one.sources]
    folder.write(f"sources/{name}.parquet", tables.parquet(tables.SOURCE_COLUMNS, sources))
    if settings.records:
        folder.write_lines(f"records/{name}.jsonl.gz", (one.record or "" for one in made))
    folder.write(f"claims/{name}.parquet", tables.parquet(tables.CLAIM_COLUMNS, claims))


# --- after the last ---------------------------------------------------------------------------------------------------


def _finish(folder: Folder, shards: list[Task]) -> Summary:
    """Put together what the shards say of failures and of themselves."""
    counts: Counter[str] = Counter()
    failures, skipped = [], []
    for task in shards:
        for about in (
            folder.read_json(f"articles/{task['shard']}.json"),
            folder.read_json(f"done/{task['shard']}.json"),
        ):
            failures += about["failures"]
            skipped += about["skipped"]
        counts.update({name: value for name, value in about.items() if isinstance(value, int)})
    summary = Summary(**counts, failures=len(failures), skipped=len(skipped))
    for name, rows in (("failures.jsonl", failures), ("skipped.jsonl", skipped)):
        if rows:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            folder.write(name, lines.encode("utf-8", "replace"))
        else:
            folder.remove(name)
    folder.write_json("summary.json", asdict(summary) | {"anonymous_share": summary.anonymous_share})
    return summary
