"""`annotator lexicon`: which words are in force."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options as o
from annotator.cli.loading import lexicon_of
from annotator.cli.terminal import command, group, reporting, say, stop

if TYPE_CHECKING:
    from annotator.language.lexicon import Lexicon

app = group("Words")

ListName = Annotated[
    str | None, typer.Argument(metavar="LIST", help="A word list, such as outlets: prints it.", show_default=False)
]


@command(app, "annotator lexicon outlets --lexicon our-words")
def lexicon(name: ListName = None, folder: o.LexiconFolder = None) -> None:
    """Show the words in force. All lists and what yours change, or the entries of one."""
    from annotator.language.lexicon import names

    with reporting():
        in_force = lexicon_of(folder)
        if name is not None and (name := name.removesuffix(".txt")) not in names():
            stop(f"no word list {name}. Lists are: {', '.join(names())}")
        for line in _overview(in_force) if name is None else in_force.phrases(name):
            typer.echo(line)
        say(f"lexicon {in_force.version()}" + (f", with {folder}" if folder else ""))


def _overview(in_force: "Lexicon") -> Iterator[str]:
    """A line a list: its name, how many entries it has, and what is the user's."""
    from annotator.language.lexicon import Change, names

    for name in names():
        change = in_force.changes.get(name, Change())
        yours = [f"{len(part)} {said}" for part, said in ((change.added, "yours"), (change.removed, "removed")) if part]
        yield "\t".join([name, str(len(in_force.phrases(name))), ", ".join(yours)]).rstrip()
