"""What the page works on: the worklist, and the jobs that fill it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path

from annotator.errors import ChangeError, ConflictError, UnknownArticleError, WorklistError
from annotator.labels import ReviewStatus
from annotator.records import AnnotatedArticle
from annotator.serve.page.addresses import id_of, key_of
from annotator.serve.page.changing import (
    Change,
    ClashError,
    Decision,
    change_of,
    claims_in,
    clash_of,
    concerning,
    rebased,
    since,
)
from annotator.serve.page.jobs import Annotates, Jobs, Made
from annotator.serve.page.values import ClaimValues, check_lengths
from annotator.worklist import ArticleRow, Entry, Order, Step, Worklist
from annotator.worklist.draft import is_rejected
from annotator.worklist.need import in_order

Answer = TypeVar("Answer")
RECENT = 8
TRIES = 5  # of a change while others change the same article


def default_worklist() -> Path:
    """Where the worklist lies unless it is told: among the data of this user's programs."""
    return user_data_path("attribution-annotator") / "worklist.sqlite"


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
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(
                mode=0o600
            )  # what somebody works on is nobody else's to read; SQLite's files beside it follow
        except OSError as error:
            why = f"{self.path}: cannot be made ({error.strerror})"
            raise WorklistError(f"{why}. Choose another --worklist, or serve with --no-page") from error
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
        except UnknownArticleError:
            return None
        return Kept(
            record=entry.record,
            seen=str(entry.version),
            last=_last(entry),
            # By what the machine said: a claim stays where it is when it is decided.
            rank={claim.claim_id: n for n, (claim, _) in enumerate(in_order(entry.machine))},
            reasons={claim.claim_id: found.why for claim, found in in_order(entry.record)},
            decided=_decided(entry),
        )

    def following(self, key: str, claim_id: str, by_need: bool) -> str:
        """The claim behind another that nobody has decided about yet, else the same one."""
        kept = self.kept(key)
        if kept is None:
            return claim_id
        listed = [claim.claim_id for claim in sorted(kept.record.claims, key=lambda claim: claim.spans[0].start)]
        if by_need:
            listed.sort(key=lambda claim: kept.rank.get(claim, len(listed)))
        behind = listed[listed.index(claim_id) + 1 :] if claim_id in listed else []
        dropped = {claim.claim_id for claim in kept.record.claims if is_rejected(claim)}
        return next((claim for claim in behind if claim not in kept.decided and claim not in dropped), claim_id)

    # --- changes ---

    def taken(self, key: str, values: ClaimValues) -> ClaimValues:
        """The form with the words that were selected. Raises `InputError`."""
        return values.with_selection(self.worklist.entry(id_of(key)).record.article.text)

    def change(self, key: str, claim_id: str, change: Change, who: str, seen: str, opened: str = "") -> str:
        """Make a change, and say which claim to show then; nothing is written where nothing is different.

        `opened` is the form as it was when it was opened, so that only what was changed in it counts.

        Raises `ClashError` where the same was changed after version `seen`, and an error of ours where the change
        cannot be made.
        """
        name = id_of(key)
        if not isinstance(change, Decision):
            check_lengths(change)
        for _ in range(TRIES):
            entry = self.worklist.entry(name)
            mine = rebased(entry.record, claim_id, change, opened)
            if first := _first(since(entry, seen), entry, claim_id, change):
                raise ClashError(clash_of(entry, claim_id, mine, first), mine)
            try:
                return self._make(entry, claim_id, mine, who)
            except ConflictError:  # since the line before the last
                continue
        raise ChangeError("Others change this article all the time. Try again")

    def _make(self, entry: Entry, claim_id: str, change: Change, who: str) -> str:
        if isinstance(change, Decision) and change.what == "undo":
            undone = entry.history
            self.worklist.undo(entry.article_id, who, entry.version, anybodys=True)  # the button says whose it is
            return next((claim for step in reversed(undone) if not step.undone for claim in claims_in(step)), "")
        made = change_of(entry.record, claim_id, change)
        if made is None:
            return claim_id
        now = self.worklist.correct(entry.article_id, made, who, entry.version)
        there = {claim.claim_id for claim in entry.record.claims}
        return next((claim.claim_id for claim in now.record.claims if claim.claim_id not in there), claim_id)


def _first(steps: Sequence[Step], entry: Entry, claim_id: str, change: Change) -> Step | None:
    """The last step of others that has to do with the change; those of the whole article have to do with every step."""
    if not (isinstance(change, Decision) and change.what in ("undo", "complete")):
        steps = concerning(steps, claim_id, entry.history) if claim_id else ()
    return steps[-1] if steps else None


def _last(entry: Entry) -> str:
    """What Undo would take back, and whose it is; nothing where there is nothing."""
    if not entry.undo:
        return ""
    made = [step for step in entry.history if not step.undone and step.change.get("change") not in ("undo", "redo")]
    return f"{entry.undo} ({made[-1].by})" if made else entry.undo


def _decided(entry: Entry) -> dict[str, str]:
    """What was decided of each claim, by whom and when."""
    last: dict[str, Step] = {}
    for step in entry.history:
        if not step.undone:
            last |= dict.fromkeys(claims_in(step), step)
    decided = {}
    for claim in entry.record.claims:
        if claim.review is None or claim.review.status is ReviewStatus.REJECTED:
            continue
        made = last.get(claim.claim_id)
        by = f" by {made.by}, {made.at:%d %b %H:%M}" if made else ""
        decided[claim.claim_id] = f"{claim.review.status}{by}"
    return decided


def _title(record: AnnotatedArticle) -> str:
    return record.article.title or record.article.article_id
