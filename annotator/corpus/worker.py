"""The end that asks a process of its own, so that what crashes, hangs or bloats it takes nothing else along.

The process reads files, and annotates with a model that it loads once, at the first article (`process.py`). What comes
back of an article depends on the article alone, but for spaCy, whose numbers may differ in their last digits beside
other texts; whoever wants the same bytes again asks about the same groups.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from annotator.corpus.files import AtPage, File, Read
from annotator.corpus.outcomes import Outcome, Undone
from annotator.corpus.process import DONE
from annotator.corpus.settings import Wish
from annotator.errors import AnnotatorError, RunError
from annotator.reading import Failure
from annotator.records import Article

START = Path(__file__).with_name("start.py")
SECONDS_TO_START = 120.0  # a busy machine is nobody's fault
SECONDS_TO_LOAD = 300.0  # the model is not the article's fault
TRIES = 2  # a process that the system ended for want of memory was perhaps not ended by the article it was at


class _EndedError(Exception):
    """The process ended, or was ended because it took too long; the message says which."""


class _TookTooLongError(_EndedError):
    """It was ended because it took too long, as it would again."""


class Worker:
    """Asks a process of its own, which is started when there is something to do and again when it has ended.

    Use it as a context manager: leaving the block ends the process.
    """

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._has_model = False
        self._closed = False

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def annotate(self, articles: Sequence[Article]) -> list[Outcome]:
        """An outcome for each article, in their order.

        The group together; where it ends the process each time, one by one, to find the article that does it. Raises
        `ModelError` where the model cannot be loaded, and `RunError` where no process can be started.
        """
        end = _EndedError()
        for _ in range(TRIES):
            try:
                return list(self._ask("annotate", list(articles)))
            except _TookTooLongError as ended:
                end = ended
                break
            except _EndedError as ended:
                end = ended
        if len(articles) > 1:
            return [outcome for article in articles for outcome in self.annotate([article])]
        return [Undone("failed", f"cannot be annotated: {end}")]

    def read(self, file: File) -> Iterator[Read]:
        """What a file holds, in its order; what ends the process is one failure, and the rest of an archive is read.

        Raises `RunError` where no process can be started.
        """
        ended_at = -1  # how many outcomes were known when the process ended before
        while True:
            at_page = False
            try:
                for message in self._answers("read", file, self.wish.limits.seconds):
                    at_page = isinstance(message, AtPage)
                    for outcome in () if at_page else message:
                        file = replace(file, after=file.after + 1)
                        yield outcome
                return
            except _EndedError as end:
                too_long = isinstance(end, _TookTooLongError) and (file.singly or at_page)
                if too_long or file.after == ended_at:  # else it is tried once more, as an article is
                    if not at_page:
                        yield Failure(file.where, f"{end} while the file was read")
                        return
                    file = replace(file, given_up={**file.given_up, file.after: str(end)})
                ended_at = file.after
                file = replace(file, singly=True)

    def describe(self) -> dict[str, Any]:
        """What annotates: tool, model with its digest, lexicon, and the packages whose versions decide the results."""
        return dict(self._ask("describe", None))

    def close(self) -> None:
        """End the process for good, from another thread too: whoever waits for its answer gets a `RunError`."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the process, whatever it is doing; it is started again where there is something to do."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._line = None
        self._has_model = False

    def _ask(self, what: str, about: Any) -> Any:
        """The one answer of a process that has the model."""
        self._start()
        if not self._has_model:
            self._load()
        (answer,) = self._answers(what, about, self.wish.limits.seconds)
        return answer

    def _load(self) -> None:
        for attempt in range(TRIES):
            try:
                list(self._answers("load", self.wish, SECONDS_TO_LOAD))
                self._has_model = True
                return
            except _EndedError as end:
                if attempt + 1 == TRIES:
                    raise RunError(f"the model cannot be loaded: {end}. Use fewer --workers, or free memory") from end

    def _answers(self, what: str, about: Any, seconds: float) -> Iterator[Any]:
        """The process's answers, each within so many seconds; who does not want all of them ends the process."""
        line = self._start()
        complete = False
        try:
            line.send((what, about, seconds))
            while (answer := self._next(line, seconds)) != DONE:
                if isinstance(answer, AnnotatorError):
                    complete = True
                    raise answer
                yield answer
            complete = True
        except (EOFError, OSError) as error:
            raise _EndedError(self._how_it_ended()) from error
        finally:
            if not complete:
                self.stop()

    def _next(self, line: Connection, seconds: float) -> Any:
        if not self._is_answered(line, seconds):
            raise _TookTooLongError(f"it took longer than {seconds:g} seconds")
        return line.recv()

    def _is_answered(self, line: Connection, seconds: float) -> bool:
        """Whether an answer is there within so many seconds; the tests have another clock here."""
        return line.poll(seconds)

    def _start(self) -> Connection:
        if self._closed:
            raise RunError("the run was stopped")
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self.stop()
        here, there = Pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, *_isolation(), str(START), str(there.fileno())],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        except OSError as error:
            raise RunError(f"no process can be started: {error.strerror}. Use fewer --workers") from error
        there.close()
        self._line = here
        self._wait_until_ready(here)
        if self._closed:  # meanwhile, when there was nothing to kill
            self.stop()
            raise RunError("the run was stopped")
        return here

    def _wait_until_ready(self, line: Connection) -> None:
        try:
            self._next(line, SECONDS_TO_START)
        except (_EndedError, EOFError, OSError) as error:
            why = error if isinstance(error, _EndedError) else self._how_it_ended()
            self.stop()
            raise RunError(f"no process can be started: {why}. Use fewer --workers, or free memory") from error

    def _how_it_ended(self) -> str:
        process = self._process
        status = process.wait() if process is not None else None
        self.stop()
        return f"it ended the process (signal {-status})" if status and status < 0 else "it ended the process"


def _isolation() -> list[str]:
    """Options of Python: nothing is imported from the current folder, and what this process ignores is ignored there.

    Not -I: packages installed for the user only, and those that PYTHONPATH names, are where the user wants them.
    """
    flags = {"-E": sys.flags.ignore_environment, "-s": sys.flags.no_user_site}
    return ["-P", *(flag for flag, is_set in flags.items() if is_set)]
