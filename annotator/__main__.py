"""`python -m annotator` is the command `annotator`."""

from annotator.cli import app

app(prog_name="annotator")
