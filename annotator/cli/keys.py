"""Keys of servers: out of the environment, out of a file or asked for, since whoever lists processes reads options."""

import os
import stat
from pathlib import Path

import typer

from annotator.cli.terminal import say, stop

OTHERS = stat.S_IRGRP | stat.S_IROTH


def key_of(value: str | None, file: Path | None, variable: str) -> str | None:
    """The key of an option, of a file (`-`: asked for, unseen), or of the environment; None where there is none.

    Stops at a key that no header can hold. An empty variable is an empty key, which is an error further on: it must
    not open a server to everybody.
    """
    key = _found(value, file, variable)
    if key and not (key.isascii() and key.strip().isprintable()):
        stop("the API key must consist of ASCII characters, in one line")
    return key


def _found(value: str | None, file: Path | None, variable: str) -> str | None:
    if value is not None:
        say(f"warning: everybody on this machine can read --api-key. Use --api-key-file or {variable}")
        return value
    if file is None:
        return os.environ.get(variable)
    if str(file) == "-":
        return str(typer.prompt("API key", hide_input=True, err=True))
    return _read(file)


def _read(file: Path) -> str:
    try:
        key = file.read_text(encoding="utf-8").strip()
        if file.stat().st_mode & OTHERS:
            say(f"warning: {file}: others can read it. chmod 600 keeps it yours")
    except (OSError, UnicodeDecodeError) as error:
        stop(f"--api-key-file: {file}: cannot be read ({error})")
    return key
