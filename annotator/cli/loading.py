"""What several commands load or check before they begin."""

from typing import TYPE_CHECKING

from annotator.cli.options import ALL_FORMATS
from annotator.cli.terminal import stop

if TYPE_CHECKING:
    from annotator.pipeline import Annotator


def formats_of(to: str) -> list[str]:
    """The formats of a --to; stops where one is unknown."""
    known = ALL_FORMATS.split(",")
    wanted = [name.strip() for name in to.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        stop(f"--to: no format {', '.join(unknown)}. Formats are: {', '.join(known)}")
    return wanted


def annotator_with(threads: int) -> "Annotator":
    """The annotator with the model of the package, which takes a second or two to load."""
    from annotator.language.light import import_spacy

    import_spacy()
    from annotator.pipeline import Annotator

    return Annotator(threads=threads)
