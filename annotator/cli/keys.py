"""Keys of servers: out of the environment, out of a file or asked for, since whoever lists processes reads options."""

import os
import stat
from pathlib import Path

import typer

from annotator.cli.terminal import say, stop

OTHERS = stat.S_IRGRP | stat.S_IROTH


def key_of(value: str | None, file: Path | None, variable: str) -> str | None:
    """The key of an option, of a file (`-`: asked for, unseen), or of the environment; None where there is none.

    An empty variable is an empty key, which is an error further on: it must not open a server to everybody.
    """
    if value is not None:
        say(f"warning: everybody on this machine can read --api-key. Use --api-key-file or {variable}")
        return value
    if file is None:
        return os.environ.get(variable)
    if str(file) == "-":
        return str(typer.prompt("API key", hide_input=True, err=True))
    try:
        if file.stat().st_mode & OTHERS:
            say(f"warning: {file}: others can read it. chmod 600 keeps it yours")
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        stop(f"--api-key-file: {file}: cannot be read ({error})")
