"""What several commands load or check before they begin."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.options import ALL_FORMATS
from annotator.cli.terminal import reporting, stop

if TYPE_CHECKING:
    from annotator.pipeline import Annotator


def formats_of(to: str, where: str = "--to") -> list[str]:
    """The formats of a --to, or of another place that names some; stops where one is unknown."""
    known = ALL_FORMATS.split(",")
    wanted = [name.strip() for name in to.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        stop(f"{where}: no format {', '.join(unknown)}. Formats are: {', '.join(known)}")
    return wanted


def use_words(folder: Path | None) -> None:
    """Have the word lists of a folder in force besides ours, before anything reads one; stops where they do not fit."""
    from annotator.language.lexicon import use_lexicon

    with reporting():
        if folder is not None:
            use_lexicon(folder)


def annotator_with(threads: int) -> "Annotator":
    """The annotator with the model of the package, which takes a second or two to load."""
    from annotator.pipeline import Annotator

    return Annotator(threads=threads)
