"""`annotator serve`: predictions over HTTP."""

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


@command(app, "annotator serve --port 9090 --api-key-file key.txt")
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
) -> None:
    """Answer Label Studio as a machine-learning backend. Predictions for any task with a text (extra: serve)."""
    with reporting():
        try:
            from annotator import serve as backend
        except ImportError as error:
            raise MissingExtraError("Serving", "serve") from error
        key = key_of(api_key, api_key_file, VARIABLE)
        backend.check_key(key)
        words = lexicon_of(lexicon).texts
        crew = backend.Crew(workers, threads=threads, characters=max_characters, seconds=timeout, lexicon=words)
        with backend.listen(host, port) as at, crew:
            if host not in LOOPBACK and key is None:
                say(f"warning: whoever can reach {host} can use this server. --api-key-file asks for a key")
            hosts = [host, *(allowed_host or ())]
            answering = backend.create_app(crew, api_key=key, max_megabytes=max_mb, hosts=hosts)
            say(f"answering at http://{host}:{at.getsockname()[1]} until Ctrl-C")
            backend.serve(answering, at)
