"""What the page works on: the worklist, and the jobs that fill it."""

import asyncio
import base64
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path

from annotator.errors import ChangeError, ConflictError, UnknownArticleError, WorklistError
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle
from annotator.serve.page.changing import Change, Clash, ClashError, Decision, changes_of, clash_of, concerns
from annotator.serve.page.jobs import Annotates, Jobs, Made
from annotator.serve.page.values import ClaimValues, check_lengths
from annotator.worklist import ArticleRow, Entry, Order, Queue, Step, Worklist

__all__ = ["Change", "Clash", "ClashError", "Decision", "Desk", "Kept", "default_worklist", "id_of", "key_of"]

Answer = TypeVar("Answer")
RECENT = 8
ALL = 1_000_000  # rows; no article has so many claims
TRIES = 5  # of a change while others change the same article
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def default_worklist() -> Path:
    """Where the worklist lies unless it is told: among the data of this user's programs."""
    return user_data_path("attribution-annotator") / "worklist.sqlite"


def key_of(article_id: str) -> str:
    """An article's id as a part of an address.

    >>> key_of("anonymous-politics"), key_of("news.example/a b")
    ('anonymous-politics', '~bmV3cy5leGFtcGxlL2EgYg')
    """
    if _PLAIN.fullmatch(article_id):
        return article_id
    return "~" + base64.urlsafe_b64encode(article_id.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def id_of(key: str) -> str:
    """The id behind a part of an address; one that nobody has where it is none.

    >>> id_of("~bmV3cy5leGFtcGxlL2EgYg")
    'news.example/a b'
    """
    if not key.startswith("~"):
        return key
    try:
        return base64.urlsafe_b64decode(key[1:] + "=" * (-len(key[1:]) % 4)).decode("utf-8", "surrogatepass")
    except ValueError:
        return key


@dataclass(frozen=True)
class Kept:
    """An article as it stands, and what its page says of it."""

    record: AnnotatedArticle
    seen: str  # the version, which a form brings back
    last: str  # what Undo would take back
    rank: dict[str, int] = field(default_factory=dict)  # of each claim, those that need a person first
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)


class Desk:
    """The worklist of one server, and what is put into it. Use it as a context manager.

    Raises `WorklistError` where the file cannot be had.
    """

    jobs: Jobs

    def __init__(self, worklist: Path | None = None, *, offline: bool = False, max_mb: float = 16) -> None:
        self.path = worklist or default_worklist()
        self.offline, self.max_megabytes = offline, max_mb
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorklistError(f"{self.path}: cannot be made ({error.strerror}). Choose another --worklist") from error
        self.worklist = Worklist(self.path)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.worklist.close()

    def begin(self, annotator: Annotates) -> None:
        """Let what annotates fill the worklist."""
        self.jobs = Jobs(annotator, self.keep)

    async def ask(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """The answer to something that takes a moment, while others are answered."""
        return await asyncio.to_thread(question, *about)

    # --- articles ---

    def keep(self, record: AnnotatedArticle, by: str) -> Made:
        """Put an article into the worklist. One that is there already keeps all that was done to it."""
        try:
            self.worklist.add(record, by)
        except WorklistError:  # another text of the same name
            own = f"{record.article.article_id}-{record.article.text_sha256[:8]}"
            record = record.model_copy(update={"article": record.article.model_copy(update={"article_id": own})})
            self.worklist.add(record, by)
        claims = record.claims
        name = record.article.article_id
        return Made(key_of(name), _title(record), len(claims), sum(claim.needs_review for claim in claims))

    def recent(self) -> Sequence[ArticleRow]:
        """The articles that were changed or added last."""
        return self.worklist.articles(order=Order.CHANGED, limit=RECENT).rows

    def kept(self, key: str) -> Kept | None:
        """An article as it stands; None where it is not in the worklist."""
        name = id_of(key)
        try:
            entry = self.worklist.entry(name)
            rows = self.worklist.claims(article_id=name, order=Order.NEED, limit=ALL).rows
        except UnknownArticleError:
            return None
        return Kept(
            record=entry.record,
            seen=str(entry.version),
            last=entry.undo or "",
            rank={row.claim_id: n for n, row in enumerate(rows)},
            reasons={row.claim_id: row.why for row in rows},
            decided=_decided(entry),
        )

    # --- changes ---

    def taken(self, key: str, values: ClaimValues) -> ClaimValues:
        """The form with the words that were selected. Raises `InputError`."""
        return values.with_selection(self.worklist.entry(id_of(key)).record.article.text)

    def change(self, key: str, claim_id: str, change: Change, who: str, seen: str) -> str:
        """Make a change, and say which claim to show then; nothing is written where nothing is different.

        Raises `ClashError` where somebody else changed the same after version `seen`, and an error of ours where the
        change cannot be made.
        """
        name = id_of(key)
        if not isinstance(change, Decision):
            check_lengths(change)
        for _ in range(TRIES):
            entry = self.worklist.entry(name)
            since = _since(entry, seen)
            if by_others := [step for step in concerns(since, claim_id, entry.history) if step.by != who]:
                raise ClashError(clash_of(entry, claim_id, change, by_others[-1]))
            try:
                return self._make(entry, claim_id, change, who)
            except ConflictError:
                continue
        raise ChangeError("Others change this article all the time. Try again")
