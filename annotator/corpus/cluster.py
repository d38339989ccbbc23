"""A run on many machines: the same tasks, done by actors of a Ray cluster (extra: cluster).

Each actor is a task's `perform` with a worker process of its own, which loads the model once. Ray gives the tasks of a
machine that was lost to another; since a task's files appear whole and hold the same bytes whoever writes them, nothing
is lost and nothing doubled. The run's folder has to be one that all machines reach.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.corpus.plan import Task, Tell
from annotator.corpus.settings import Settings
from annotator.corpus.tasks import Engine, perform
from annotator.corpus.worker import Worker
from annotator.errors import MissingExtraError, RunError
from annotator.storage import Folder

CPUS = 1  # that an actor takes: its worker process is busy, the actor itself waits


class Actor:
    """Does tasks on whichever machine it was put; answers what was done, for the progress."""

    def __init__(self, place: str, settings: Settings, started_in: str) -> None:
        with suppress(OSError):  # no such folder here: then no path of this run begins in it
            os.chdir(started_in)
        self.folder, self.settings, self.worker = Folder(place), settings, Worker(settings.wish)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        done = {"articles": 0, "words": 0}

        def tell(articles: int, words: int) -> None:
            done["articles"] += articles
            done["words"] += words

        perform(json.loads(row["task"]), self.folder, self.settings, self.worker, tell)
        return done


def on_ray(address: str | None, workers: int | None) -> Engine:
    """The engine of a Ray cluster: that at `address` ("auto", "ray://host:10001"), else one that is started here.

    `workers` is the most actors at a time, by default as many as the cluster has processors. The engine raises
    `MissingExtraError` without Ray and `RunError` where the cluster cannot be reached or gave up.
    """

    def engine(folder: Folder, settings: Settings, tasks: Sequence[Task], tell: Tell) -> None:
        ray = _connected(address)
        most = min(workers or max(1, int(ray.cluster_resources().get("CPU", 1))), len(tasks))
        try:
            for done in _rows(ray, folder, settings, tasks, most):
                tell(done["articles"], done["words"])
        except ray.exceptions.RayError as error:
            cause = getattr(error, "cause", None) or error
            raise RunError(
                f"{folder}: the cluster gave up: {cause}. The same command goes on with what is left"
            ) from error

    return engine


def _rows(ray: Any, folder: Folder, settings: Settings, tasks: Sequence[Task], most: int) -> Any:
    """What the actors answer, as the tasks are done."""
    actors = ray.data.ActorPoolStrategy(min_size=1, max_size=most)
    # As text: Ray would make a table of the tasks, in which each has the keys of all.
    rows = ray.data.from_items([{"task": json.dumps(task)} for task in tasks], override_num_blocks=len(tasks))
    return rows.map(
        Actor, fn_constructor_args=(folder.place, settings, str(Path.cwd())), compute=actors, num_cpus=CPUS
    ).iter_rows()


def _connected(address: str | None) -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("The engine ray", "cluster") from error
    if not ray.is_initialized():
        try:
            ray.init(address=address, log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise RunError(f"--address {address}: no Ray cluster can be reached there: {error}") from error
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray
