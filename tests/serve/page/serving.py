"""The command as a user starts it, and its page in a browser."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[3]
PROGRAM = "import sys; from annotator.cli import app; app(sys.argv[1:])"


class Server:
    """`annotator serve` in a process of its own, over a worklist that outlives it."""

    def __init__(self, worklist: Path, *options: str) -> None:
        self.worklist, self.options, self.port = worklist, options, 0
        self.start()

    def start(self) -> None:
        """Start it, at the same port as before where there was one."""
        words = [sys.executable, "-c", PROGRAM, "serve", "--port", str(self.port), "--worklist", str(self.worklist)]
        self.process = subprocess.Popen(
            [*words, *self.options],
            stderr=subprocess.PIPE,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "ANNOTATOR_API_KEY"},
        )
        assert self.process.stderr is not None
        said = ""
        for line in self.process.stderr:
            said += line
            if found := re.search(r"(http://127\.0\.0\.1:(\d+))/\?token=\S+", line):
                self.way_in, self.address, self.port = found[0], found[1], int(found[2])
                return
        raise AssertionError(f"it did not start: {said}")

    def end(self, number: int = signal.SIGINT) -> None:
        """End it by a signal."""
        self.process.send_signal(number)
        self.process.wait(60)
        assert self.process.stderr is not None
        self.process.stderr.close()


@contextmanager
def serving(worklist: Path, *options: str) -> Iterator[Server]:
    server = Server(worklist, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end()


@contextmanager
def visiting(browser: "Browser", server: Server, who: str = "Ana", **options: object) -> "Iterator[Page]":
    """A person in a browser of their own, in front of the page; whatever they do, no script of it fails.

    Nothing is asked of another machine.
    """
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    with context:
        page = context.new_page()
        faults: list[str] = []
        asked: set[str] = set()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _is_fault(said.type, said.text) else None)
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        page.goto(server.way_in)
        page.wait_for_url(f"{server.address}/")
        if who:
            page.goto(f"{server.address}/who")
            page.get_by_label("What are you called?").fill(who)
            page.get_by_role("button", name="Keep it").click()
            page.wait_for_url(f"{server.address}/")
        yield page
        assert faults == []
        assert asked == {server.address.split("/")[2]}


def _is_fault(kind: str, words: str) -> bool:
    """What a browser complains of, but for the answers that say why something was not done."""
    return kind in ("error", "warning") and "Failed to load resource" not in words
