"""Tasks are done: each is reading a unit or annotating a shard, and an engine does all of a stage.

Doing a task again gives the same files, so it does not matter which process or machine does it, or how often.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue

from annotator.corpus.parts import read_unit
from annotator.corpus.plan import Task, Tell
from annotator.corpus.settings import Settings
from annotator.corpus.shards import annotate_shard
from annotator.corpus.worker import Worker
from annotator.storage import Folder

Engine = Callable[[Folder, Settings, Sequence[Task], Tell], None]


def perform(task: Task, folder: Folder, settings: Settings, worker: Worker, tell: Tell) -> None:
    """Do one task; doing it again gives the same files."""
    if task["what"] == "read":
        read_unit(task, folder, settings, worker, tell)
    else:
        annotate_shard(task, folder, settings, worker, tell)


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
