"""The first file of a worker's process: run by its path, with nothing of the current folder to be imported.

`python -m` puts the current folder first on the path, where a data folder's `tokenizers.py` would be taken for the
library. And the package is loaded from where this file lies, installed or not, so that both ends are the same version.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def load_package(folder: Path) -> None:
    """Import the package in `folder` under its name, wherever else one of that name may be found."""
    spec = spec_from_file_location(folder.name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    assert spec is not None, "a file ending in .py has a loader"
    assert spec.loader is not None, "a file ending in .py has a loader"
    package = sys.modules[folder.name] = module_from_spec(spec)
    spec.loader.exec_module(package)


if __name__ == "__main__":
    load_package(Path(__file__).resolve().parents[1])
    from multiprocessing.connection import Connection

    from annotator.corpus.process import serve

    serve(Connection(int(sys.argv[1])))
