"""The commands: each parses what it is given, calls the function that does the work, and prints."""

from annotator.cli.main import app

__all__ = ["app"]
