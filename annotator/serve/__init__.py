"""A page to work in, and answers for Label Studio as from a machine-learning backend (extra: serve)."""

from annotator.serve.crew import Crew
from annotator.serve.keys import check_key
from annotator.serve.listening import HOST, PORT, listen, serve
from annotator.serve.page import Desk, create_page, new_token
from annotator.serve.routes import create_app

__all__ = ["HOST", "PORT", "Crew", "Desk", "check_key", "create_app", "create_page", "listen", "new_token", "serve"]
