"""What the commands share: messages on stderr, exit statuses, a progress bar."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand

from annotator.errors import AnnotatorError, OutputError

if TYPE_CHECKING:
    from rich.console import Console

FAILED, UNUSABLE = 1, 2
Done = TypeVar("Done", bound=Callable[..., Any])


def say(message: str) -> None:
    typer.echo(message, err=True)


def stop(message: str) -> NoReturn:
    say(f"annotator: {message}")
    raise typer.Exit(UNUSABLE)


@contextmanager
def reporting() -> Iterator[None]:
    """Our own errors become one line on stderr and an exit status; a reader that went away ends quietly."""
    try:
        yield
    except BrokenPipeError:
        sys.stderr.close()  # Python would complain about the closed pipe at exit
        raise typer.Exit(FAILED) from None
    except AnnotatorError as error:
        stop(str(error))


def check_writable(folder: Path) -> None:
    """Find out that nothing can be written before the work is done, not after; raises OutputError.

    What was decided when a writer was killed is finished first.
    """
    from annotator.storage import settle

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            settle(folder)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written to ({error.strerror}). Choose another folder with -o"
        ) from error


@contextmanager
def progress(total: int, doing: str = "annotating") -> Iterator[Callable[..., None]]:
    """A bar on stderr when there is more than one thing to do; what it gives is called after each, or after n."""
    if total <= 1 or not sys.stderr.isatty():
        yield lambda n=1: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda n=1: bar.advance(task, n)


def console() -> "Console":
    """Where tables go: as wide as the terminal, and of a fixed width into a file or a pipe."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)


def group(about: str, *, completion: bool = False) -> typer.Typer:
    """A group of commands whose help is plain text, also answers to -h, and ends with an example."""
    return typer.Typer(
        help=about,
        add_completion=completion,
        no_args_is_help=True,
        rich_markup_mode=None,  # its panels cost half of the time of --help, and show a type beside every flag
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )


class PlainCommand(TyperCommand):
    """A command whose help names its arguments without Python's types (`INPUT`, not `INPUT <list[str]>`)."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        for argument in self.params:
            if isinstance(argument, TyperArgument):
                argument.display_type_rich = lambda ctx: None  # type: ignore[method-assign]


def command(app: typer.Typer, example: str) -> Callable[[Done], Done]:
    """A command of a group; its help ends with the example, and lists say the first sentence of its docstring."""
    return app.command(cls=PlainCommand, epilog=f"Example: {example}")
