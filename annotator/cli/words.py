"""`annotator lexicon`: which words are in force."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.configuration import Config
from annotator.cli.terminal import command, group, reporting, stop

if TYPE_CHECKING:
    from annotator.language.lexicon import Changes

app = group("Words")

ListName = Annotated[
    str | None, typer.Argument(metavar="LIST", help="Print the entries of this list.", show_default=False)
]


@command(app, "annotator lexicon outlets --lexicon our-words")
def lexicon(name: ListName = None, lexicon: o.Lexicon = None, config: Config = None) -> None:
    """Show the words in force. Each list with its entries and what yours change, or one list whole."""
    from annotator.language.lexicon import SUFFIX, Changes, in_force, names, read

    with reporting():
        changes = Changes() if lexicon is None else read(lexicon)
        if name is None:
            lines = _overview(changes)
        elif (known := name.removesuffix(SUFFIX)) in names():
            lines = iter(in_force(known, changes))
        else:
            stop(f"no list {name}. Lists are: {', '.join(names())}")
        for line in lines:
            typer.echo(line)


def _overview(changes: "Changes") -> Iterator[str]:
    """A line a list, and below it what the user's file adds and removes; at the end what a record's `tool` has."""
    from annotator.language.lexicon import SUFFIX, in_force, names, version_with

    for name in names():
        yield f"{name + SUFFIX:<24}{len(in_force(name, changes)):>6} entries"
        yield from (f"  + {entry}" for entry in changes.added.get(name, ()))
        yield from (f"  - {entry}" for entry in changes.removed.get(name, ()))
    yield f"lexicon {version_with(changes)}"
