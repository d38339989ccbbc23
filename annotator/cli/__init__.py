"""The command `annotator`: each command parses what it is given, calls the function that does the work, and prints.

Exit status: 0 all done, 1 some of the input failed or a check found something, 2 nothing could be done.
"""

from annotator.cli.main import app

__all__ = ["app"]
