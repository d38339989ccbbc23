"""`python -m annotator` is the command `annotator`; a module that lies in the working folder is none of its own."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # where Python puts the working folder for -m

from annotator.cli import app

app(prog_name="annotator")
