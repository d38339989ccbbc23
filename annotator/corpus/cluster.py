"""A run on many machines: the same tasks, done by actors of a Ray cluster (extra: cluster).

Each actor is a task's `perform` with a worker process of its own, which loads the model once. Ray gives the tasks of a
machine that was lost to another; since a task's files appear whole and hold the same bytes whoever writes them, nothing
is lost and nothing doubled. The run's folder has to be one that all machines reach.
"""

import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from annotator.corpus.plan import Task, Tell
from annotator.corpus.settings import Settings
from annotator.corpus.tasks import Engine, perform
from annotator.corpus.worker import Worker
from annotator.errors import MissingExtraError, RunError
from annotator.storage import Folder

CPUS = 1  # that an actor takes: its worker process is busy, the actor itself waits
LONGEST_PLACE = 25  # characters of a temporary folder in which Ray's sockets still have names that the system takes
SUBMITTED = "RAY_JOB_CONFIG_JSON_ENV_VAR"  # set where the run was submitted to the cluster, with a folder of its own

NOBODY = "http://127.0.0.1:9"  # the port for what is to be discarded
TO_NOBODY = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"), NOBODY
) | {
    "no_proxy": "127.0.0.1,localhost",
    "NO_PROXY": "127.0.0.1,localhost",
}


class Actor:
    """Does tasks on whichever machine it was put; answers what was done, for the progress."""

    def __init__(self, place: str, settings: Settings, started_in: str) -> None:
        with suppress(OSError):  # no such folder here: then no path of this run begins in it
            os.chdir(started_in)
        self.folder, self.settings, self.worker = Folder(place, settings.limits.bytes), settings, Worker(settings.wish)

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
        with _connected(address) as ray:
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


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray, connected for as long as the block lasts; a cluster that was started here ends with it, files and all."""
    ray = _imported()
    ray.data.DataContext.get_current().enable_progress_bars = False
    if ray.is_initialized():
        yield ray
        return
    with ExitStack() as stack:
        options = _options(address, stack)
        try:
            with _without_a_way_out() if options["address"] == "local" else nullcontext():
                ray.init(**options, log_to_driver=False, logging_level=logging.WARNING)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise RunError(f"--address {address}: no Ray cluster can be reached there: {error}") from error
        stack.callback(ray.shutdown)
        yield ray


def _imported() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("The engine ray", "cluster") from error
    return ray


def _options(address: str | None, stack: ExitStack) -> dict[str, Any]:
    """How to begin: with an empty folder to work in, for Ray makes the actors import from that folder first."""
    options: dict[str, Any] = {"address": address}
    if SUBMITTED not in os.environ:
        options["runtime_env"] = {"working_dir": stack.enter_context(TemporaryDirectory())}
    if address is None and "RAY_ADDRESS" not in os.environ:
        options |= _of_our_own(stack)
        options.setdefault("runtime_env", {})["env_vars"] = _proxies()
    return options


def _of_our_own(stack: ExitStack) -> dict[str, Any]:
    """A cluster that only this machine reaches, with a key that is nowhere written down and its files in one folder."""
    here = None if len(gettempdir()) <= LONGEST_PLACE else "/tmp"
    folder = stack.enter_context(TemporaryDirectory(prefix="ray-", dir=here, ignore_cleanup_errors=True))
    # Without a key in the environment Ray writes one into the user's home; a process that has used one keeps to it.
    os.environ.setdefault("RAY_AUTH_TOKEN", token_hex(32))
    return {"address": "local", "include_dashboard": False, "_node_ip_address": "127.0.0.1", "_temp_dir": folder}


def _proxies() -> dict[str, str]:
    return {name: os.environ.get(name, "") for name in TO_NOBODY}


@contextmanager
def _without_a_way_out() -> Iterator[None]:
    """For as long as the block lasts, processes that are started are told a proxy that nobody answers at.

    Ray's server, statistics switched off or not, looks up which cloud it runs in. The actors, which may have to fetch
    the run's inputs, get the user's own proxies back (`_proxies`).
    """
    before = {name: os.environ.get(name) for name in TO_NOBODY}
    os.environ.update(TO_NOBODY)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
