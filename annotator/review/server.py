"""A Label Studio server of our own, on loopback only: started, known by its token, and stopped with all it started."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import NamedTuple, NoReturn, Self

import httpx

from annotator.errors import StudioError
from annotator.review.studio import (
    DATABASE,
    HOST,
    TAIL_LINES,
    Say,
    default_venv,
    install,
    locked,
    program,
    quiet,
    template,
)

USERNAME = "reviewer@example.com"
LOG = "server.log"
START_SECONDS = 180.0  # migrating a new database takes 30 s on two idle cores
STOP_SECONDS = 10.0
PORT_ATTEMPTS = 3  # a port that was free may be taken before the server gets to it
CLOSED = {
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ALLOWED_HOSTS": f"{HOST},localhost",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",  # obeyed at the first start only, when the organisation is made
}
LOCAL_BACKENDS = {"SSRF_PROTECTION_ENABLED": "false", "ML_BLOCK_LOCAL_IP": "false"}


class Login(NamedTuple):
    """Who may log in: by name and password in the browser, by token in the API."""

    username: str
    password: str
    token: str


class LabelStudioServer:
    """A Label Studio server that runs as long as the `with` block.

        with LabelStudioServer() as studio:
            push(records, url=studio.url, api_key=studio.token)

    Without `data` everything is thrown away at the end; with it, projects and log-in are there at the next start.
    Ctrl-C, SIGTERM and a closed terminal end the block, and the server with it. `local_backends` lets the server call
    machine-learning backends and webhooks on this machine, which it refuses by default.

    Raises StudioError when the server cannot be installed or started; the message has the end of its log.
    """

    def __init__(
        self,
        *,
        venv: Path | None = None,
        data: Path | None = None,
        port: int | None = None,
        local_backends: bool = False,
        start_seconds: float = START_SECONDS,
        say: Say = lambda _: None,
    ) -> None:
        self.venv = (venv or default_venv()).absolute()
        self.local_backends = local_backends
        self.start_seconds = start_seconds
        self._given_data, self._given_port, self._say = data, port, say

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def username(self) -> str:
        return self.login.username

    @property
    def password(self) -> str:
        return self.login.password

    @property
    def token(self) -> str:
        return self.login.token

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.data / LOG

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(_ending_on_signals())
            install(self.venv, self._say)
            if self._given_data is None:
                self.data = Path(stack.enter_context(TemporaryDirectory(prefix="label-studio-")))
            else:
                self.data = _folder(self._given_data)
            self._lock = stack.enter_context(locked(self.data / "lock", wait=False))
            self.login = _login(self.data)
            if not (self.data / DATABASE).exists():
                shutil.copyfile(template(self.venv, self._say), self.data / DATABASE)
            stack.callback(self._stop)
            self._start()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def wait(self) -> NoReturn:
        """Wait for Ctrl-C or SIGTERM; raises StudioError when the server ends by itself."""
        self._process.wait()
        raise StudioError(f"Label Studio stopped by itself (exit status {self._process.returncode}).{self._tail()}")

    def _start(self) -> None:
        attempts = 1 if self._given_port else PORT_ATTEMPTS
        for _ in range(attempts):
            self.port = _free_port(self._given_port)
            self._process = self._launch()
            if self._came_up():
                return
            self._stop()
        raise StudioError(f"Label Studio cannot have port {self.port}: another program took it. Try again")

    def _launch(self) -> "subprocess.Popen[bytes]":
        # Name, password and token go by the environment: a command line can be read by every user of the machine.
        command = [*program(self.venv), "start", "--no-browser", "--enable-legacy-api-token"]
        command += ["--internal-host", HOST, "--port", str(self.port), "--data-dir", str(self.data)]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command,
                env=self._environment(),
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, which is stopped as a whole
                pass_fds=[self._lock.fileno()],  # a server that outlives us keeps its data locked
            )

    def _environment(self) -> dict[str, str]:
        login = {
            "LABEL_STUDIO_USERNAME": self.username,
            "LABEL_STUDIO_PASSWORD": self.password,
            "LABEL_STUDIO_USER_TOKEN": self.token,
        }
        backends = LOCAL_BACKENDS if self.local_backends else {}
        return {**quiet(self.venv, self.data), **CLOSED, **login, **backends}

    def _came_up(self) -> bool:
        """Wait until our server answers at our port; false when it did not get the port."""
        until = time.monotonic() + self.start_seconds
        while time.monotonic() < until:
            if self._answers():
                return True
            if self._lost_port():
                return False
            if self._process.poll() is not None:
                raise StudioError(f"Label Studio did not start (exit status {self._process.returncode}).{self._tail()}")
            time.sleep(0.2)
        raise StudioError(f"Label Studio did not answer at {self.url} in {self.start_seconds:.0f} s.{self._tail()}")

    def _answers(self) -> bool:
        # /health alone would be answered by any Label Studio at that port; the token is known to ours only.
        headers = {"Authorization": f"Token {self.token}"}
        try:
            with httpx.Client(base_url=self.url, trust_env=False, timeout=10) as client:
                up = client.get("/health").status_code == httpx.codes.OK
                return up and client.get("/api/current-user/whoami", headers=headers).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _lost_port(self) -> bool:
        """Whether the server found the port taken; it then moves to the next one, where nobody looks for it."""
        said = self.log.read_text(encoding="utf-8", errors="replace")
        return "Trying to start at" in said or "port is already in use" in said

    def _tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = [line for line in lines if line.strip()][-TAIL_LINES:]
        return "\nThe end of its log:\n" + "\n".join(said) if said else " Its log is empty."

    def _stop(self) -> None:
        """End the server and all that it started."""
        process = getattr(self, "_process", None)
        if process is None:
            return
        try:
            _signal_group(process.pid, signal.SIGTERM)
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass  # it is killed below
        finally:  # also where a second Ctrl-C cuts the wait short
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StudioError(f"{folder}: cannot be made ({error.strerror}). Name another folder") from error
    return folder.absolute()


def _login(data: Path) -> Login:
    """The log-in kept with the data, made up at the first start; only the user can read the file."""
    path = data / "login.json"
    if path.exists():
        try:
            return Login(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise StudioError(f"{path}: is no log-in of ours ({error}). Name another folder for the data") from error
    login = Login(USERNAME, secrets.token_urlsafe(9), secrets.token_hex(20))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(login._asdict(), file)
    return login


def _free_port(wanted: int | None) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that are closing are in nobody's way
        try:
            tried.bind((HOST, wanted or 0))
        except OSError as error:
            raise StudioError(f"Port {wanted} cannot be had ({error.strerror}). Choose another, or none") from error
        return int(tried.getsockname()[1])


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group that has ended
        return


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the block as Ctrl-C does, where the program has no answer of its own."""
    ours = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
