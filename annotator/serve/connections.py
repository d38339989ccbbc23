"""Connections that nobody can hold for nothing: a head, a pause and an answer that is not fetched have their time."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MAX_CONNECTIONS = 512  # twice as many as requests that may wait; each costs a few kilobytes
HEAD_SECONDS = 10.0  # for the first lines of a request, and between two requests
FETCH_SECONDS = 30.0  # for taking what the system can hold no more of
TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\nretry-after: 30\r\n\r\n"


class Connection(H11Protocol):
    """A connection of uvicorn's that is ended where the other side is too slow, or is one too many."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head: asyncio.TimerHandle | None = None
        self._fetch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head, or turn away one that is too many."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.write(TOO_MANY)
            transport.close()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Stop waiting for a head when one is there."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next head; what is left of the body that belongs to the answer has no more time than that."""
        self._await_head()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait for the other side to fetch what it was answered."""
        super().pause_writing()
        self._fetch = self.loop.call_later(FETCH_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop waiting for that."""
        if self._fetch is not None:
            self._fetch.cancel()
        super().resume_writing()

    def _await_head(self) -> None:
        self._stop_waiting()
        self._head = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()

    def _too_slow(self) -> None:
        if self.conn.their_state is h11.IDLE and self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()
