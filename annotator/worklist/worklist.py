"""One SQLite file of articles to work on, for several people and processes at once."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from annotator.records import AnnotatedArticle
from annotator.worklist.changes import Change
from annotator.worklist.rows import ArticleRow, ClaimRow, Entry, Order, Page, Queue


class Worklist:
    """A worklist in a file, which is made where there is none.

    Safe to share between threads, and several processes can have the file open. What a method has returned from is on
    the disk: a kill at any time loses at most the change that was under way, and leaves no half of it.

    Raises `WorklistError` where the file is no worklist, was made by a newer version, or cannot be opened.
    """

    def __init__(self, path: Path | str) -> None:
        raise NotImplementedError

    def __enter__(self) -> "Worklist":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; using the worklist afterwards opens it again."""
        raise NotImplementedError

    def add(self, record: AnnotatedArticle, by: str) -> bool:
        """Add an article as the machine left it; whether it was new.

        An article that is there with the same text stays as it is, with all that was done to it. Raises
        `WorklistError` where the id is there with another text.
        """
        raise NotImplementedError

    def add_all(self, records: Iterable[AnnotatedArticle], by: str) -> int:
        """Add many in one go, all or none; how many were new. Raises as `add` does."""
        raise NotImplementedError

    def remove(self, article_id: str) -> None:
        """Take an article out with its history. Raises `UnknownArticleError`."""
        raise NotImplementedError

    def articles(
        self,
        *,
        search: str = "",
        status: str = "",
        order: Order = Order.NEED,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[ArticleRow]:
        """Articles, those with most that needs a person first.

        `search` is looked for in title, publisher, id and text, whatever its case; `status` is an `ArticleStatus`,
        or "open" for articles that are not complete, or "" for all.
        """
        raise NotImplementedError

    def claims(
        self,
        *,
        article_id: str | None = None,
        queue: Queue = Queue.ALL,
        search: str = "",
        order: Order = Order.NEED,
        offset: int = 0,
        limit: int = 50,
    ) -> Page[ClaimRow]:
        """Claims of all articles or of one; rejected ones in `Queue.REJECTED` alone.

        `search` is looked for in the claim, its source and its chain, whatever its case.
        """
        raise NotImplementedError

    def entry(self, article_id: str) -> Entry:
        """An article as it stands. Raises `UnknownArticleError`."""
        raise NotImplementedError

    def correct(self, article_id: str, change: Change | Mapping[str, Any], by: str, version: int) -> Entry:
        """Make a change to the article's version `version`, and return what it is then.

        Raises `ConflictError` where the article has another version by now (nothing is written; its `version` is the
        one to look at), `ChangeError` where the change does not fit, and `UnknownArticleError`.
        """
        raise NotImplementedError

    def undo(self, article_id: str, by: str, version: int, *, anybodys: bool = False) -> Entry:
        """Take the last change back: the record is to the byte what it was before.

        Raises `ChangeError` where there is nothing to undo, and `ConflictError` for a stale version and, unless
        `anybodys`, where the last change is somebody else's.
        """
        raise NotImplementedError

    def redo(self, article_id: str, by: str, version: int) -> Entry:
        """Make again what was undone last, as long as nothing was changed since. Raises as `undo` does."""
        raise NotImplementedError

    def export(self, folder: Path, formats: Sequence[str] = (), *, excel: bool = False) -> list[Path]:
        """Write what `annotator review pull` leaves, and other formats; returns the paths.

        `reviews.jsonl` and `machine.jsonl` have the articles that somebody has changed. `claims.csv`, `sources.csv`
        and `datapackage.json` have all articles as they stand, and so has each of `formats` (names of
        `annotator.formats.FORMATS`: jsonl, csv, label-studio, html, xlsx). It is one moment's state, whoever writes
        meanwhile. Raises `OutputError` where a file cannot be written.
        """
        raise NotImplementedError
