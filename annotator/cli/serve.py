"""`annotator serve`: a page to work in, and predictions for Label Studio."""

import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options as o
from annotator.cli.keys import key_of
from annotator.cli.loading import lexicon_of
from annotator.cli.terminal import command, group, reporting, say
from annotator.errors import MissingExtraError

app = group("Serve")
VARIABLE = "ANNOTATOR_API_KEY"
LOOPBACK = ("127.0.0.1", "localhost", "::1")

Host = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS", help="Address to answer at; the default can be reached from here only.", callback=o.plain
    ),
]
Port = Annotated[int, typer.Option(metavar=o.NUMBER, help="Port to answer at; 0 takes a free one.", min=0, max=65535)]
ApiKey = Annotated[str | None, typer.Option(metavar="KEY", help=f"Key that callers must bring; better: {VARIABLE}.")]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allowed-host", metavar="NAME", help="A name by which callers reach this server, besides its addresses."
    ),
]
Workers = Annotated[
    int, typer.Option(metavar=o.NUMBER, help="Articles at a time, each in a process of its own.", min=1)
]
Timeout = Annotated[float, typer.Option(metavar="SECONDS", help="Time that an article may take.", min=1)]
MaxCharacters = Annotated[int, typer.Option(metavar=o.NUMBER, help="Characters that an article may have.", min=1)]
MaxMegabytes = Annotated[float, typer.Option("--max-mb", metavar="MB", help="Largest request.", min=0.001)]
Worklist = Annotated[
    Path | None,
    typer.Option("--worklist", metavar=o.FILE, help="Where the page keeps what is done; one file.", show_default=False),
]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
NoPage = Annotated[bool, typer.Option("--no-page", help="Only the backend for Label Studio.")]


@command(app, "annotator serve --open")
def serve(
    host: Host = "127.0.0.1",
    port: Port = 9090,
    api_key: ApiKey = None,
    api_key_file: o.ApiKeyFile = None,
    max_mb: MaxMegabytes = 16,
    allowed_host: AllowedHosts = None,
    workers: Workers = 1,
    timeout: Timeout = 60,
    max_characters: MaxCharacters = 200_000,
    lexicon: o.LexiconFolder = None,
    threads: o.Threads = 1,
    worklist: Worklist = None,
    open_it: Open = False,
    offline: o.Offline = False,
    no_page: NoPage = False,
) -> None:
    """Open a page to work in, and answer Label Studio (extra: serve).

    The page takes articles in, has their claims corrected, and gives tables out; it is for whoever has the printed
    address. Label Studio asks for predictions at the same address, without the token and with the key, if there is one.
    """
    with reporting():
        try:
            from annotator import serve as backend
        except ImportError as error:
            raise MissingExtraError("Serving", "serve") from error
        key = key_of(api_key, api_key_file, VARIABLE)
        backend.check_key(key)
        words = lexicon_of(lexicon).texts
        crew = backend.Crew(
            workers, threads=threads, characters=max_characters, seconds=timeout, lexicon=words, offline=offline
        )
        with ExitStack() as open_things:
            at = open_things.enter_context(backend.listen(host, port))
            desk = (
                None if no_page else open_things.enter_context(backend.Desk(worklist, offline=offline, max_mb=max_mb))
            )
            open_things.enter_context(crew)
            address = f"http://{f'[{host}]' if ':' in host else host}:{at.getsockname()[1]}"
            if host not in LOOPBACK and key is None:
                say(f"warning: whoever can reach {host} can use this server. --api-key-file asks for a key")
            token = backend.new_token()
            answering = backend.create_app(
                crew,
                api_key=key,
                max_megabytes=max_mb,
                hosts=[host, *(allowed_host or ())],
                page=backend.create_page(desk, crew, token) if desk else None,
            )
            say(f"answering at {address} until Ctrl-C")
            if desk is not None:
                way_in = f"{address}/?token={token}"
                say(f"the page, for whoever has this address: {way_in}")
                say(f"what is done there is kept in {desk.path}")
                if open_it:
                    webbrowser.open(open_things.enter_context(_way_in(way_in, desk.path.parent)))
            backend.serve(answering, at)


@contextmanager
def _way_in(address: str, folder: Path) -> Iterator[str]:
    """A file that leads to the address: a browser is started with words that all can read."""
    with tempfile.NamedTemporaryFile("w", suffix=".html", prefix="open-", dir=folder, encoding="utf-8") as file:
        file.write(f'<!DOCTYPE html><title>Attribution</title><meta http-equiv="refresh" content="0; url={address}">')
        file.flush()
        yield Path(file.name).as_uri()
