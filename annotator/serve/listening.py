"""The socket that is listened at, and the server that answers there until it is stopped."""

import socket
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from annotator.errors import ServeError
from annotator.serve.connections import Connection

HOST, PORT = "127.0.0.1", 9090  # the port that Label Studio's own examples use
STOP_SECONDS = 10  # for requests that are being answered


def listen(host: str = HOST, port: int = PORT) -> socket.socket:
    """A socket at the address; port 0 is any free one.

    Raises ServeError when the address cannot be had.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except UnicodeError as error:  # a part of the name is longer than the 63 letters that a name may have
        raise ServeError(f"{host}: is no name of a host ({error}). Choose another --host") from error
    except OSError as error:
        raise ServeError(f"{host}:{port} cannot be had ({error.strerror}). Choose another --port or --host") from error


def serve(app: FastAPI, at: socket.socket) -> None:
    """Answer requests at the socket until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    with suppress(KeyboardInterrupt):  # uvicorn ends in good order, and then raises it once more
        uvicorn.Server(config).run(sockets=[at])
