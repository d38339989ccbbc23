"""Lists of articles and claims: columns made from a record when it is written, so that a list reads no record."""

import json
import sqlite3
from datetime import datetime
from typing import Any

from annotator.errors import ChangeError
from annotator.labels import ArticleStatus, ReviewStatus, VerdictRating
from annotator.records import AnnotatedArticle, Claim
from annotator.worklist.applying import is_open
from annotator.worklist.draft import is_rejected
from annotator.worklist.need import Need, between, need
from annotator.worklist.rows import ArticleRow, ClaimRow, Order, Page, Queue

MOST = 1_000_000  # rows that a page can have; SQLite takes no number above 2**63

_QUEUES = {
    Queue.ALL: "c.rejected = 0",
    Queue.OPEN: "c.rejected = 0 AND c.open",
    Queue.NEEDS_REVIEW: "c.rejected = 0 AND c.needs_review",
    Queue.ANONYMOUS: "c.rejected = 0 AND c.anonymous",
    Queue.CHAIN: "c.rejected = 0 AND c.links > 2",
    Queue.CHECKWORTHY: "c.rejected = 0 AND c.checkworthy > 0",
    Queue.PREDICTIONS: "c.rejected = 0 AND c.prediction",
    Queue.WITH_VERDICT: "c.rejected = 0 AND c.verdict IS NOT NULL",
    Queue.WITHOUT_VERDICT: "c.rejected = 0 AND c.verdict IS NULL",
    Queue.REJECTED: "c.rejected = 1",
}
_CLAIM_ORDERS = {
    Order.NEED: "c.need DESC, c.article, c.place",
    Order.CHECKWORTHY: "c.checkworthy DESC, c.article, c.place",
    Order.CONFIDENCE: "c.confidence, c.article, c.place",
    Order.TEXT: "c.article, c.place",
    Order.CHANGED: "a.changed_at DESC, c.article, c.place",
}
_ARTICLE_ORDERS = {
    Order.NEED: "need DESC, id",
    Order.CHECKWORTHY: "checkworthy DESC, id",
    Order.CONFIDENCE: "needs_review DESC, id",
    Order.TEXT: "id",
    Order.CHANGED: "changed_at DESC, id",
}
_ARTICLE_ROW = (
    "article_id, title, publisher, published, url, version, status, added_by, added_at, changed_by, changed_at, "
    "claims, open, needs_review, anonymous, checkworthy, verdicts, rejected"
)


def searched(*parts: str | None) -> str:
    """What a search looks through: parts without regard to case, one a line."""
    return "\n".join(part for part in parts if part).casefold()


# --- written ----------------------------------------------------------------------------------------------------------


def article_columns(record: AnnotatedArticle) -> dict[str, Any]:
    """The columns of an article that follow from its record and change with it."""
    claims = [claim for claim in record.claims if not is_rejected(claim)]
    needs = [need(record, claim) for claim in claims]
    status = record.review.status if record.review else None
    return {
        "title": _title(record),
        "status": status,
        "claims": len(claims),
        "open": sum(map(is_open, claims)),
        "needs_review": sum(claim.needs_review for claim in claims),
        "anonymous": sum(record.source_of(claim).anonymous for claim in claims),
        "checkworthy": sum(one.worth.score > 0 for one in needs),
        "verdicts": sum(claim.verdict is not None for claim in claims),
        "rejected": len(record.claims) - len(claims),
        "need": 0.0 if status is ArticleStatus.NOT_AN_ARTICLE else round(sum(one.points for one in needs), 4),
    }


def _title(record: AnnotatedArticle) -> str:
    """What an article is called in a list: its title, else the first line of its text, else its id."""
    lines = (" ".join(line.split()) for line in record.article.text.splitlines())
    first = next((line for line in lines if line), "")
    title = " ".join((record.article.title or "").split())
    return title or first[:120] or record.article.article_id


def write_claims(file: sqlite3.Connection, article: int, record: AnnotatedArticle) -> None:
    """Write the rows of an article's claims anew."""
    file.execute("DELETE FROM claims WHERE article = ?", [article])
    rows = [_claim_columns(record, claim, place) | {"article": article} for place, claim in enumerate(record.claims)]
    if rows:
        marks = ", ".join(f":{name}" for name in rows[0])
        file.executemany(f"INSERT INTO claims ({', '.join(rows[0])}) VALUES ({marks})", rows)


def _claim_columns(record: AnnotatedArticle, claim: Claim, place: int) -> dict[str, Any]:
    found: Need = need(record, claim)
    source, chain = record.source_of(claim), record.chain_of(claim)
    return {
        "place": place,
        "claim_id": claim.claim_id,
        "text": claim.text,
        "source": source.name,
        "anonymous": source.anonymous,
        "chain": json.dumps(chain),
        "links": between(claim) + 2,
        "kind": claim.kind,
        "confidence": claim.confidence,
        "needs_review": claim.needs_review,
        "why": json.dumps(found.why),
        "need": found.points,
        "checkworthy": found.worth.score,
        "checkworthy_why": json.dumps(found.worth.why),
        "prediction": found.worth.prediction,
        "open": is_open(claim),
        "rejected": is_rejected(claim),
        "review_status": claim.review.status if claim.review else None,
        "verdict": claim.verdict.rating if claim.verdict else None,
        "searched": searched(claim.text, source.name, *chain),
    }


# --- read -------------------------------------------------------------------------------------------------------------


def articles(
    file: sqlite3.Connection, *, search: str, status: str, order: Order, offset: int, limit: int
) -> Page[ArticleRow]:
    """A page of the list of articles."""
    if status not in {"", "open", *ArticleStatus}:
        raise ChangeError(f"status: no status {status!r}. There are: open, {', '.join(ArticleStatus)}")
    conditions: list[str] = ["1"]
    values: list[Any] = []
    if search.strip():
        conditions.append("instr(searched, ?)")
        values.append(search.strip().casefold())
    if status == "open":
        conditions.append("status IS NULL")
    elif status:
        conditions.append("status = ?")
        values.append(str(status))
    where = " AND ".join(conditions)
    total = file.execute(f"SELECT count(*) FROM articles WHERE {where}", values).fetchone()[0]
    offset, limit = _within(offset), _within(limit)
    rows = file.execute(
        f"SELECT {_ARTICLE_ROW} FROM articles WHERE {where} ORDER BY {_ARTICLE_ORDERS[Order(order)]} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return Page(tuple(map(_article_row, rows)), total, offset)


def claims(
    file: sqlite3.Connection,
    *,
    article_id: str | None,
    queue: Queue,
    search: str,
    order: Order,
    offset: int,
    limit: int,
) -> Page[ClaimRow]:
    """A page of the list of claims."""
    conditions: list[str] = [_QUEUES[Queue(queue)]]
    values: list[Any] = []
    if article_id is not None:
        conditions.append("c.article = (SELECT id FROM articles WHERE article_id = ?)")
        values.append(article_id)
    if search.strip():
        conditions.append("instr(c.searched, ?)")
        values.append(search.strip().casefold())
    where = " AND ".join(conditions)
    total = file.execute(f"SELECT count(*) FROM claims AS c WHERE {where}", values).fetchone()[0]
    offset, limit = _within(offset), _within(limit)
    rows = file.execute(
        "SELECT c.*, a.article_id, a.version, a.title FROM claims AS c JOIN articles AS a ON a.id = c.article "
        f"WHERE {where} ORDER BY {_CLAIM_ORDERS[Order(order)]} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return Page(tuple(map(_claim_row, rows)), total, offset)


def _within(number: int) -> int:
    return max(0, min(number, MOST))


def _article_row(row: sqlite3.Row) -> ArticleRow:
    values = dict(row)
    status, changed = values["status"], values["changed_at"]
    return ArticleRow(
        **values
        | {
            "status": ArticleStatus(status) if status else None,
            "added_at": datetime.fromisoformat(values["added_at"]),
            "changed_at": datetime.fromisoformat(changed) if changed else None,
        }
    )


def _claim_row(row: sqlite3.Row) -> ClaimRow:
    return ClaimRow(
        article_id=row["article_id"],
        claim_id=row["claim_id"],
        version=row["version"],
        title=row["title"],
        text=row["text"],
        source=row["source"],
        anonymous=bool(row["anonymous"]),
        chain=tuple(json.loads(row["chain"])),
        kind=row["kind"],
        confidence=row["confidence"],
        needs_review=bool(row["needs_review"]),
        why=tuple(json.loads(row["why"])),
        need=row["need"],
        checkworthy=row["checkworthy"],
        checkworthy_why=tuple(json.loads(row["checkworthy_why"])),
        prediction=bool(row["prediction"]),
        review_status=ReviewStatus(row["review_status"]) if row["review_status"] else None,
        verdict=VerdictRating(row["verdict"]) if row["verdict"] else None,
    )
