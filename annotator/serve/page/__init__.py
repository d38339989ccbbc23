"""The page to work in: articles in, claims looked at and corrected, tables out."""

from annotator.serve.page.app import create_page
from annotator.serve.page.desk import Desk
from annotator.serve.page.door import new_token

__all__ = ["Desk", "create_page", "new_token"]
