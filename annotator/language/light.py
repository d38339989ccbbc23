"""spaCy imported without what it brings for its own command line and for networks in torch.

Both are most of the time until the first article: `spacy.cli` imports a project manager and two HTTP clients, and
thinc imports torch where it is installed. A process of our own that runs the pinned pipeline uses neither.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from annotator.language.pinned import PIPELINE_SETTING


def import_spacy() -> None:
    """Import spaCy lightly; for processes of our own, before anything else imports it.

    Does nothing where spaCy is there already, or where the user names a pipeline, which may be one that needs torch.
    Both modules can be imported afterwards as ever, but thinc will not know of torch in this process.
    """
    if "spacy" in sys.modules or PIPELINE_SETTING in os.environ:
        return
    command, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    info.info = _info  # type: ignore[attr-defined]  # the one name that spaCy takes from there
    with _standing_in({"spacy.cli": command, "spacy.cli.info": info, "torch": None}):
        import_module("spacy")


def _info(*args: Any, **named: Any) -> Any:
    """`spacy.info`, imported when it is called."""
    return import_module("spacy.cli.info").info(*args, **named)


@contextmanager
def _standing_in(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    """Modules that an import finds in place of those on the disk; None is one that is not installed."""
    new = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(new)  # type: ignore[arg-type]  # None is how Python itself writes "not installed"
    try:
        yield
    finally:
        for name in new:
            sys.modules.pop(name, None)
