"""One SQLite file of articles to work on, for several people and processes at once."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from annotator.errors import ChangeError, ConflictError, UnknownArticleError, WorklistError
from annotator.records import AnnotatedArticle
from annotator.text import encodable_record, scrub
from annotator.worklist import folders, listing
from annotator.worklist.applying import AND, applied
from annotator.worklist.changes import Change, parse
from annotator.worklist.file import Database
from annotator.worklist.rows import ArticleRow, ClaimRow, Entry, Order, Page, Queue, Step
from annotator.worklist.telling import told

LONGEST_NAME = 200  # characters of who did something
STEPS_TOLD = 3  # of those that others made meanwhile, the last ones


class Worklist:
    """A worklist in a file, which is made where there is none (but for `create=False`).

    Safe to share between threads, and several processes can have the file open. What a method has returned from is on
    the disk: a kill at any time loses at most the change that was under way, and leaves no half of it.

    Raises `WorklistError` where the file is no worklist, was made by a newer version, or cannot be opened; so does
    every method where the file cannot be used any more.
    """

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        self.path = Path(path)
        self._file = Database(self.path, create=create)

    def __enter__(self) -> "Worklist":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; using the worklist afterwards opens it again."""
        self._file.close()

    # --- articles in and out ----------------------------------------------------------------------------------------

    def add(self, record: AnnotatedArticle, by: str, *, machine: AnnotatedArticle | None = None) -> bool:
        """Add an article as the machine left it; whether it was new.

        With `machine`, what the machine had said, the record may be one that people have reviewed. An article that is
        there with the same text stays as it is, with all that was done to it. Raises `WorklistError` where the id is
        there with another text, and for a reviewed record without the machine's.
        """
        return self.add_all([record], by, machines={record.article.article_id: machine} if machine else {}) == 1

    def add_all(
        self, records: Iterable[AnnotatedArticle], by: str, *, machines: Mapping[str, AnnotatedArticle] | None = None
    ) -> int:
        """Add many in one go, all or none; how many were new.

        `machines` has the machine's records of reviewed ones, by article id. Raises as `add` does.
        """
        by, at = _name(by), _now()
        known = machines or {}
        ready = [_as_added(record, known.get(record.article.article_id)) for record in records]
        with self._file.writing() as file:
            return sum(_insert(file, record, machine, by, at) for record, machine in ready)

    def remove(self, article_id: str) -> None:
        """Take an article out with its history. Raises `UnknownArticleError`."""
        with self._file.writing() as file:
            file.execute("DELETE FROM articles WHERE id = ?", [_found(file, article_id)["id"]])

    # --- lists ------------------------------------------------------------------------------------------------------

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
        or "open" for articles without one, or "" for all. Of the orders, `NEED` (the points of an article's claims
        added up), `CHECKWORTHY`, `TEXT` (as they were added) and `CHANGED` sort articles.
        """
        with self._file.reading() as file:
            return listing.articles(file, search=search, status=status, order=order, offset=offset, limit=limit)

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
        with self._file.reading() as file:
            return listing.claims(
                file, article_id=article_id, queue=queue, search=search, order=order, offset=offset, limit=limit
            )

    def entry(self, article_id: str) -> Entry:
        """An article as it stands. Raises `UnknownArticleError`."""
        with self._file.reading() as file:
            return _entry(file, _found(file, article_id))

    # --- work -------------------------------------------------------------------------------------------------------

    def correct(self, article_id: str, change: Change | Mapping[str, Any], by: str, version: int) -> Entry:
        """Make a change to the article's version `version`, and return what it is then.

        Raises `ConflictError` where the article has another version by now (nothing is written; its `version` is the
        one to look at), `ChangeError` where the change does not fit, and `UnknownArticleError`.
        """
        change = parse(change) if isinstance(change, Mapping) else change
        by, at = _name(by), _now()
        with self._file.writing() as file:
            row = _current(file, article_id, version)
            before, machine = _record(row["record"]), _record(zlib.decompress(row["machine"]))
            after = applied(before, machine, change, by, at)
            step = {"step": "change", "what": told(change, before, after), "of": None}
            values = change.model_dump(mode="json", exclude_unset=True) | {"change": change.change}
            return _write(file, row, after, by, at, step, values)

    def undo(self, article_id: str, by: str, version: int, *, anybodys: bool = False) -> Entry:
        """Take the last change back: the record is to the byte what it was before.

        Raises `ChangeError` where there is nothing to undo, and `ConflictError` for a stale version and, unless
        `anybodys`, where the last change is somebody else's.
        """
        by, at = _name(by), _now()
        with self._file.writing() as file:
            row = _current(file, article_id, version)
            last = _last_change(file, row["id"])
            if last is None:
                raise ChangeError(f"article {article_id!r}: there is nothing to undo")
            if last["by"] != by and not anybodys:
                raise ConflictError(f"the last change is {last['by']}’s: {last['what']} ({last['at']})", version)
            return _turn(file, row, last, by, at, "undo")

    def redo(self, article_id: str, by: str, version: int) -> Entry:
        """Make again what was undone last, as long as nothing was changed since. Raises as `undo` does."""
        by, at = _name(by), _now()
        with self._file.writing() as file:
            row = _current(file, article_id, version)
            last = _last_undo(file, row["id"])
            if last is None:
                raise ChangeError(f"article {article_id!r}: nothing was undone that could be made again")
            return _turn(file, row, last, by, at, "redo")

    def export(self, folder: Path, formats: Sequence[str] = (), *, excel: bool = False) -> list[Path]:
        """Write what `annotator review pull` leaves, and other formats; returns the paths.

        `reviews.jsonl` and `machine.jsonl` have the articles that somebody has changed. `claims.csv`, `sources.csv`
        and `datapackage.json` have all articles as they stand, and so has each of `formats` (names of
        `annotator.formats.FORMATS`: jsonl, csv, label-studio, html, xlsx). It is one moment's state, whoever writes
        meanwhile. Raises `OutputError` where a file cannot be written, and `ChangeError` for an unknown format.
        """
        with self._file.reading() as file:
            rows = file.execute("SELECT record, machine FROM articles ORDER BY id").fetchall()
        records = [_record(row["record"]) for row in rows]
        machine = [
            _record(zlib.decompress(row["machine"]))
            for row, record in zip(rows, records, strict=True)
            if record.review is not None
        ]
        return folders.write(records, machine, folder, formats, excel=excel)


# --- rows -------------------------------------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now(UTC)


def _name(by: str) -> str:
    """Who does something, as it is kept. Raises `ChangeError` for what is no name."""
    name = " ".join(scrub(by).split())
    if not name or len(name) > LONGEST_NAME or AND in name:
        raise ChangeError(f"by: a name is needed, of {LONGEST_NAME} characters at most and without {AND.strip()!r}")
    return name


def _record(text: str | bytes) -> AnnotatedArticle:
    return AnnotatedArticle.model_validate_json(text)


def _as_added(record: AnnotatedArticle, machine: AnnotatedArticle | None) -> tuple[AnnotatedArticle, AnnotatedArticle]:
    """A record as it is kept, and the machine's, which it is itself where nobody has reviewed it."""
    article_id = record.article.article_id
    first = record if machine is None else machine
    if first.review is not None or any(claim.review or claim.verdict for claim in first.claims):
        who = first.review.reviewer if first.review else "somebody"
        raise WorklistError(
            f"article {article_id!r}: was reviewed by {who} already, and a worklist has to know what the machine said. "
            "Add the records of `annotator annotate`, or the folder that an export or `annotator review pull` wrote"
        )
    if first.article.text_sha256 != record.article.text_sha256:
        raise WorklistError(f"article {article_id!r}: the machine’s record is of another text")
    return encodable_record(record), encodable_record(first)


def _insert(
    file: sqlite3.Connection, record: AnnotatedArticle, machine: AnnotatedArticle, by: str, at: datetime
) -> bool:
    article = record.article
    there = file.execute("SELECT text_sha256 FROM articles WHERE article_id = ?", [article.article_id]).fetchone()
    if there is not None:
        if there["text_sha256"] != article.text_sha256:
            raise WorklistError(
                f"article {article.article_id!r}: is in the worklist with another text. Give it another id, or remove "
                "the one that is there"
            )
        return False
    values = listing.article_columns(record) | {
        "article_id": article.article_id,
        "version": 1,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "added_by": by,
        "added_at": at.isoformat(),
        "text_sha256": article.text_sha256,
        "searched": listing.searched(article.article_id, article.title, article.publisher, article.text),
        "record": record.model_dump_json(),
        "machine": zlib.compress(machine.model_dump_json().encode()),
    }
    marks = ", ".join(f":{name}" for name in values)
    made = file.execute(f"INSERT INTO articles ({', '.join(values)}) VALUES ({marks})", values)
    assert made.lastrowid is not None, "an INSERT that did not raise has made a row"
    listing.write_claims(file, made.lastrowid, record)
    return True


def _found(file: sqlite3.Connection, article_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = file.execute("SELECT * FROM articles WHERE article_id = ?", [article_id]).fetchone()
    if row is None:
        raise UnknownArticleError(f"there is no article {article_id!r} in the worklist")
    return row


def _current(file: sqlite3.Connection, article_id: str, version: int) -> sqlite3.Row:
    """The article's row. Raises `ConflictError` where it has another version than the one that somebody looked at."""
    row = _found(file, article_id)
    if row["version"] == version:
        return row
    since = file.execute(
        "SELECT by, at, what FROM history WHERE article = ? AND version > ? ORDER BY version", [row["id"], version]
    ).fetchall()
    last = since[-STEPS_TOLD:]
    steps = "; ".join(f"{step['by']} at {step['at'][:19].replace('T', ' ')} UTC: {step['what']}" for step in last)
    more = f"{len(since) - len(last)} steps, then " if len(since) > len(last) else ""
    raise ConflictError(
        f"article {article_id!r} is at version {row['version']}, not {version}. "
        + (f"Meanwhile {more}{steps}" if since else "Look at it again"),
        row["version"],
    )


def _write(
    file: sqlite3.Connection,
    row: sqlite3.Row,
    after: AnnotatedArticle | str,
    by: str,
    at: datetime,
    step: Mapping[str, Any],
    change: Mapping[str, Any],
) -> Entry:
    """Write what an article is now, and the step that made it so; a text is a record's very bytes."""
    record = _record(after) if isinstance(after, str) else after
    version = row["version"] + 1
    file.execute(
        "INSERT INTO history (article, version, by, at, what, change, step, of, before) VALUES (?,?,?,?,?,?,?,?,?)",
        [row["id"], version, by, at.isoformat(), step["what"], json.dumps(change), step["step"], step["of"],
         zlib.compress(row["record"].encode())],
    )  # fmt: skip
    values = listing.article_columns(record) | {
        "version": version,
        "changed_by": by,
        "changed_at": at.isoformat(),
        "record": after if isinstance(after, str) else record.model_dump_json(),
    }
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    file.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**values, "id": row["id"]})
    listing.write_claims(file, row["id"], record)
    return _entry(file, _found(file, row["article_id"]))


def _turn(file: sqlite3.Connection, row: sqlite3.Row, last: sqlite3.Row, by: str, at: datetime, step: str) -> Entry:
    """Go back behind a step: a change that is undone, or an undo that is taken back."""
    change = last["version"] if step == "undo" else last["of"]
    what = f"{step}: {last['what'].removeprefix('undo: ')}"
    file.execute("UPDATE history SET undone = 1 WHERE article = ? AND version = ?", [row["id"], last["version"]])
    if step == "redo":
        file.execute("UPDATE history SET undone = 0 WHERE article = ? AND version = ?", [row["id"], change])
    record = zlib.decompress(last["before"]).decode()
    values = {"step": step, "what": what, "of": change}
    return _write(file, row, record, by, at, values, {"change": step, "of": change})


def _last_change(file: sqlite3.Connection, article: int) -> sqlite3.Row | None:
    """The change that `undo` would take back."""
    row: sqlite3.Row | None = file.execute(
        "SELECT * FROM history WHERE article = ? AND step = 'change' AND NOT undone ORDER BY version DESC LIMIT 1",
        [article],
    ).fetchone()
    return row


def _last_undo(file: sqlite3.Connection, article: int) -> sqlite3.Row | None:
    """The undo that `redo` would take back: the last one, unless something was changed since."""
    row: sqlite3.Row | None = file.execute(
        "SELECT * FROM history AS undo WHERE article = ? AND step = 'undo' AND NOT undone AND NOT EXISTS ("
        "SELECT 1 FROM history AS later WHERE later.article = undo.article AND later.step = 'change' "
        "AND later.version > undo.version) ORDER BY version DESC LIMIT 1",
        [article],
    ).fetchone()
    return row


def _entry(file: sqlite3.Connection, row: sqlite3.Row) -> Entry:
    steps = file.execute(
        "SELECT version, by, at, what, change, undone FROM history WHERE article = ? ORDER BY version", [row["id"]]
    ).fetchall()
    undo, redo = _last_change(file, row["id"]), _last_undo(file, row["id"])
    return Entry(
        article_id=row["article_id"],
        version=row["version"],
        record=_record(row["record"]),
        machine=_record(zlib.decompress(row["machine"])),
        added_by=row["added_by"],
        added_at=datetime.fromisoformat(row["added_at"]),
        history=tuple(
            Step(
                version=step["version"],
                by=step["by"],
                at=datetime.fromisoformat(step["at"]),
                what=step["what"],
                change=json.loads(step["change"]),
                undone=bool(step["undone"]),
            )
            for step in steps
        ),
        undo=undo["what"] if undo else None,
        redo=redo["what"].removeprefix("undo: ") if redo else None,
    )
