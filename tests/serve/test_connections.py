"""Connections: who is too slow, or one too many, is answered or cut, and the others are served."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

from annotator.serve import create_app, listen
from annotator.serve.connections import Connection
from tests.serve.asking import Here

PATIENCE = 60.0  # of these tests, for what has to happen; nothing is measured


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    with listen(port=0) as at:
        config = uvicorn.Config(create_app(Here()), http=Connection, ws="none", log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at]})
        thread.start()
        yield at.getsockname()[:2]
        server.should_exit = True
        thread.join()


def told(address: tuple[str, int], *parts: bytes) -> bytes:
    """All that the server says to somebody who sends these parts and then waits."""
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        for part in parts:
            connection.sendall(part)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def healthy(address: tuple[str, int]) -> bool:
    with httpx.Client(base_url=f"http://{address[0]}:{address[1]}", trust_env=False, timeout=PATIENCE) as client:
        return [client.get("/health").status_code for _ in range(3)] == [200] * 3


@contextmanager
def no_time_after(size: int) -> Iterator[None]:
    """The time for a head is up when the server has so many bytes of a connection; no clock decides when that is."""
    received = Connection.data_received
    had: Counter[Connection] = Counter()

    def data_received(self: Connection, data: bytes) -> None:
        had[self] += len(data)
        received(self, data)

    def await_head(self: Connection) -> None:
        self._stop_waiting()
        self._head = self.loop.call_later(0.01, end_or_wait, self)

    def end_or_wait(self: Connection) -> None:
        if had[self] >= size:
            self._too_slow()
        else:
            await_head(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Connection, "data_received", data_received)
        patched.setattr(Connection, "_await_head", await_head)
        yield


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([], b""),
        ([b"GET /hea"], b"HTTP/1.1 408 "),
        ([b"GET /health HTTP/1.1\r\nhost: localhost\r\nx: "], b"HTTP/1.1 408 "),
        ([b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n", b"GET /hea"], b"HTTP/1.1 200 OK"),
    ],
    ids=["nothing", "half a line", "half a head", "half of a second"],
)
def test_half_a_request_is_not_waited_for(address: tuple[str, int], parts: list[bytes], status: bytes) -> None:
    with no_time_after(sum(map(len, parts))):
        said = told(address, *parts)
    assert said.startswith(status)
    assert bool(said) == bool(status)
    assert healthy(address)


def test_half_a_body_is_answered_and_the_connection_ended(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.serve.gate.PAUSE_SECONDS", 0.05)
    head = b"POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"
    with no_time_after(len(head)):
        assert told(address, head).startswith(b"HTTP/1.1 408 ")
    assert healthy(address)


def test_one_connection_too_many_is_turned_away_and_the_others_are_served(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.serve.connections.MAX_CONNECTIONS", 2)
    request = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with socket.create_connection(address, timeout=PATIENCE) as one, socket.create_connection(address) as other:
        for open_one in (one, other):  # an answer tells that the server has it
            open_one.sendall(request)
            assert open_one.recv(100).startswith(b"HTTP/1.1 200 ")
        assert told(address).startswith(b"HTTP/1.1 503 ")
        one.sendall(request)
        assert b"HTTP/1.1 200 " in one.recv(65536) + one.recv(65536)
    assert healthy(address)


def test_an_answer_that_nobody_fetches_is_given_up(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    lost = threading.Event()
    ended = Connection.connection_lost

    def connection_lost(self: Connection, exc: Exception | None) -> None:
        ended(self, exc)
        lost.set()

    monkeypatch.setattr(Connection, "connection_lost", connection_lost)
    monkeypatch.setattr("annotator.serve.connections.FETCH_SECONDS", 0.05)
    monkeypatch.setattr("annotator.serve.connections.HEAD_SECONDS", PATIENCE)
    ask = b"GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with socket.socket() as never_reads:
        never_reads.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        never_reads.settimeout(PATIENCE)
        never_reads.connect(address)
        try:
            while not lost.is_set():
                never_reads.sendall(ask * 100)
        except OSError:  # cut by the other side, as it should be
            lost.wait(PATIENCE)
        assert lost.is_set()
    assert healthy(address)
