"""All commands put together; the heavy rooms are imported by the command that needs them, when it runs."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import annotate, measure, records, review, serve, trace, train, words, worklist
from annotator.cli.configuration import VARIABLE, defaults_of
from annotator.cli.terminal import group

ABOUT = "Who really said this, and how did it reach us? Claims, sources and chains of news articles."

app = group(ABOUT, completion=True)
for part in (annotate, records, trace, measure, words, serve, train):  # in the order in which somebody meets them
    app.registered_commands += part.app.registered_commands
app.add_typer(review.app, name="review")
app.add_typer(worklist.app, name="worklist")


def _tell_version(asked: bool) -> None:
    if asked:
        from annotator import __version__

        typer.echo(__version__)
        raise typer.Exit


def _configured(context: typer.Context, path: Path | None) -> Path | None:
    if path is not None and not context.resilient_parsing:
        context.default_map = defaults_of(path)
    return path


@app.callback(help=ABOUT)
def main(
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Defaults of options, in TOML: publisher, formats, lexicon, label_studio.",
            envvar=VARIABLE,
            show_default=False,
            callback=_configured,
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # file names and texts hold what a terminal may not know
