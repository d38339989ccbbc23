"""What several commands load or check before they begin."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.options import KNOWN_FORMATS
from annotator.cli.terminal import stop

if TYPE_CHECKING:
    from annotator.language.lexicon import Lexicon
    from annotator.pipeline import Annotator


def formats_of(to: str) -> list[str]:
    """The formats of a --to; stops where one is unknown."""
    known = KNOWN_FORMATS.split(",")
    wanted = [name.strip() for name in to.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        stop(f"--to: no format {', '.join(unknown)}. Formats are: {', '.join(known)}")
    return wanted


def lexicon_of(folder: Path | None) -> "Lexicon":
    """Our word lists with those of a folder. Raises LexiconError."""
    from annotator.language.lexicon import OURS, Lexicon

    return OURS if folder is None else Lexicon.read(folder)


def annotator_with(threads: int, lexicon: "Lexicon | None" = None) -> "Annotator":
    """The annotator with the model of the package, which takes a second or two to load."""
    from annotator.language.light import import_spacy

    import_spacy()
    from annotator.pipeline import Annotator

    return Annotator(threads=threads, lexicon=lexicon)
