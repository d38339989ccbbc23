"""What the page works on: the worklist, and the jobs that fill it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from platformdirs import user_data_path

from annotator.records import AnnotatedArticle
from annotator.serve.page.jobs import Annotates, Jobs, Made


def default_worklist() -> Path:
    """Where the worklist lies unless it is told: among the data of this user's programs."""
    return user_data_path("attribution-annotator") / "worklist.sqlite"


class Desk:
    """The worklist of one server. Use it as a context manager."""

    jobs: Jobs

    def __init__(self, worklist: Path | None = None, *, offline: bool = False, max_mb: float = 16) -> None:
        self.path = worklist or default_worklist()
        self.offline, self.max_megabytes = offline, max_mb
        self.records: dict[str, AnnotatedArticle] = {}

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, annotator: Annotates) -> None:
        """Let what annotates fill the worklist."""
        self.jobs = Jobs(annotator, self._keep)

    async def recent(self) -> list[Any]:
        return [SimpleNamespace(key=key, title=key, says="") for key in self.records]

    def _keep(self, record: AnnotatedArticle) -> Made:
        key = record.article.article_id
        self.records[key] = record
        return Made(key, record.article.title or key, len(record.claims), 0)
