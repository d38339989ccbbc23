"""The plan of a run: which files are read together, and which articles of what was read make which shard.

A shard is made of one part of the articles. In the order of the inputs ids are made unique and, where asked, texts met
before are marked, so that what a shard holds does not depend on who makes it, or when.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator.corpus.settings import SHARD_ARTICLES, Settings
from annotator.storage import Folder, is_remote

READ_TOGETHER = 64 << 20  # bytes of small files that are read as one unit

Task = dict[str, Any]  # plain data, for it travels to other machines
Tell = Callable[[int, int], None]  # articles and words that are done


def reading_tasks(folder: Folder, files: list[tuple[str, str]]) -> list[Task]:
    """A task for each unit that was not read to its end: a large file, or small ones that follow one another."""
    done = folder.names("articles")
    tasks = [{"what": "read", "unit": f"{n:05}", "files": unit} for n, unit in enumerate(_units(files))]
    return [task for task in tasks if f"{task['unit']}.json" not in done]


def _units(files: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    unit: list[tuple[str, str]] = []
    size = 0
    for file in files:
        weight = READ_TOGETHER if is_remote(file[0]) else Path(file[0]).stat().st_size
        if unit and (size + weight > READ_TOGETHER or len(unit) >= SHARD_ARTICLES):
            yield unit
            unit, size = [], 0
        unit.append(file)
        size += weight
    if unit:
        yield unit


def annotating_tasks(folder: Folder, shards: list[Task]) -> list[Task]:
    """Tasks that are not done, the largest first, so that no long one is left when the others are through."""
    done = folder.names("done")
    tasks = [task for task in shards if f"{task['shard']}.json" not in done]
    return sorted(tasks, key=lambda task: (-task["characters"], task["shard"]))


def shards_of(folder: Folder, settings: Settings) -> Iterator[Task]:
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
        self._known = sqlite3.connect("", isolation_level=None)  # a file without a name, gone however this process ends
        self._known.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
            "CREATE TABLE texts (digest TEXT PRIMARY KEY, article_id TEXT) WITHOUT ROWID;"
            "CREATE TABLE ids (article_id TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID;"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()

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
