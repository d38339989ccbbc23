"""Answers over HTTP: Label Studio asks here for predictions, as from a machine-learning backend (extra: serve)."""

from annotator.serve.crew import Crew
from annotator.serve.keys import check_key
from annotator.serve.listening import HOST, PORT, listen, serve
from annotator.serve.routes import create_app

__all__ = ["HOST", "PORT", "Crew", "check_key", "create_app", "listen", "serve"]
