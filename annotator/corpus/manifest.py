"""What the results of a run follow from, written down: only a run with the same manifest may go on."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

from annotator.corpus.settings import Settings
from annotator.corpus.worker import Worker
from annotator.errors import InputError, RunError
from annotator.storage import MANIFEST, Folder, identity

FORMAT = 3  # of the run's folder; a run of another format cannot go on


def check_or_write(folder: Folder, files: list[tuple[str, str]], settings: Settings) -> str | None:
    """Write the manifest, or check that the run in the folder has the same; then say how far that run got.

    Raises `RunError` with what has changed.
    """
    manifest = _manifest(files, settings)
    if not folder.exists(MANIFEST):
        folder.write_json(MANIFEST, manifest)
        return None
    if changes := list(_changes(folder.read_json(MANIFEST), manifest)):
        shown = "; ".join(changes[:5]) + (f"; and {len(changes) - 5} more" if len(changes) > 5 else "")
        raise RunError(
            f"{folder}: holds a run that cannot go on, for its results would not fit together: {shown}. "
            "Undo that, start anew with --fresh, or choose another folder with -o"
        )
    done, parts = (len(folder.names(name)) for name in ("done", "articles"))
    return f"{folder}: going on with the run there; {_how_far(done, settings.shard_articles)}" if parts else None


def _how_far(done: int, most: int) -> str:
    if done:
        return "1 shard of it is done" if done == 1 else f"{done:,} shards of it are done"
    return (
        f"no shard of it is done yet, so all is annotated again: a shard has up to {most:,} articles, and counts when "
        "all of them are done (--fresh --shard-articles N makes them smaller)"
    )


def _manifest(files: list[tuple[str, str]], settings: Settings) -> dict[str, Any]:
    """What the results follow from: the same manifest means the same bytes."""
    with Worker(settings.wish) as worker, ThreadPoolExecutor(4) as pool:
        inputs = list(pool.map(_identity, (place for place, _ in files)))
        described = worker.describe()
    told = asdict(settings)
    del told["lexicon"]  # whose digest the tool has
    return {"format": FORMAT, **described, "settings": told, "inputs": inputs}


def _identity(place: str) -> dict[str, Any]:
    """What tells that an input is the same, were it only that it cannot be read, which its reading will say."""
    try:
        return identity(place)
    except InputError as error:
        return {"path": place, "unreadable": str(error).removeprefix(f"{place}: ")}


def _changes(earlier: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What differs between two manifests, in words."""
    if earlier["format"] != now["format"]:
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
