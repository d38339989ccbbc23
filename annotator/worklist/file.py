"""The SQLite file of a worklist: its tables, who may use it, and connections for threads.

In WAL mode readers never wait for a writer, and a kill leaves either the whole change or nothing of it. `synchronous`
is FULL, so that a correction that was answered survives a power cut as well; it costs a millisecond of somebody's time.
WAL needs shared memory, so the file has to lie on a disk of this machine, not on a network share.
"""

import queue
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import WorklistError

SCHEMA = 1  # of the tables; a file says in `user_version` which it has
APPLICATION = 0x41_57_4C_31  # "AWL1", in `application_id`: it is a worklist and no other database
PATIENCE = 30.0  # seconds that a change waits for another one, which takes milliseconds

# An article is a row: first what lists show, then what is searched, and last what only the article itself needs, for
# SQLite reads a long row only as far as it is asked. Claims are rows made from its record, for lists; history has what
# the record was before each step, packed.
TABLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    url TEXT,
    status TEXT,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    changed_by TEXT,
    changed_at TEXT,
    claims INTEGER NOT NULL,
    open INTEGER NOT NULL,
    needs_review INTEGER NOT NULL,
    anonymous INTEGER NOT NULL,
    checkworthy INTEGER NOT NULL,
    verdicts INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    need REAL NOT NULL,
    text_sha256 TEXT NOT NULL,
    searched TEXT NOT NULL,
    record TEXT NOT NULL,
    machine BLOB NOT NULL
);
CREATE INDEX articles_by_need ON articles (need DESC, id);
CREATE INDEX articles_by_change ON articles (changed_at DESC, id);
CREATE TABLE claims (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    claim_id TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    anonymous INTEGER NOT NULL,
    chain TEXT NOT NULL,
    links INTEGER NOT NULL,
    kind TEXT NOT NULL,
    confidence REAL NOT NULL,
    needs_review INTEGER NOT NULL,
    why TEXT NOT NULL,
    need REAL NOT NULL,
    checkworthy REAL NOT NULL,
    checkworthy_why TEXT NOT NULL,
    prediction INTEGER NOT NULL,
    open INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    review_status TEXT,
    verdict TEXT,
    searched TEXT NOT NULL,
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX claims_by_need ON claims (rejected, need DESC, article, place);
CREATE INDEX claims_by_worth ON claims (rejected, checkworthy DESC, article, place);
CREATE INDEX claims_by_confidence ON claims (rejected, confidence, article, place);
CREATE TABLE history (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    change TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('change', 'undo', 'redo')),
    of INTEGER,
    undone INTEGER NOT NULL DEFAULT 0,
    before BLOB NOT NULL,
    PRIMARY KEY (article, version)
) WITHOUT ROWID;
"""


class Database:
    """Connections to the file, one for whoever is at work; those that are free wait for the next."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        self._free: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        if not path.exists() and not create:
            raise WorklistError(f"{path}: there is no such file. `annotator worklist add` makes one")
        try:
            with self._connected() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one moment's state, whoever writes meanwhile."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write: all that is done inside is on the disk afterwards, or nothing of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        with suppress(queue.Empty):
            while True:
                self._free.get_nowait().close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection; what SQLite says is told as an error of ours, with the file."""
        connection = self._taken()
        try:
            yield connection
        except sqlite3.Error as error:
            connection.close()
            raise WorklistError(f"{self.path}: {_told(error)}") from error
        except BaseException:
            self._free.put(connection)
            raise
        self._free.put(connection)

    def _taken(self) -> sqlite3.Connection:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            pass
        try:
            return self._connect()
        except sqlite3.Error as error:
            raise WorklistError(f"{self.path}: {_told(error)}") from error

    def _connect(self) -> sqlite3.Connection:
        # Changes begin and end where we say so; a connection serves one thread at a time, though not always the same.
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from somebody else
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables in a new file; refuse one that is no worklist, or a newer one."""
        if not _pragma(connection, "application_id"):
            connection.execute("BEGIN IMMEDIATE")  # of two who make the file at once, the second finds it made
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("COMMIT")
        if _pragma(connection, "application_id") != APPLICATION:
            raise WorklistError(f"{self.path}: is a database, but no worklist. Name another file")
        if (version := _pragma(connection, "user_version")) != SCHEMA:
            raise WorklistError(
                f"{self.path}: is a worklist of version {version}, and this program reads version {SCHEMA}. "
                "Update it: pip install -U attribution-annotator"
            )
        _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have the file in WAL mode, which it stays in; SQLite does not wait by itself for those who have it open."""
    until = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _told(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return "is no worklist. Name another file"
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"somebody else has been writing for {PATIENCE:.0f} seconds. Try again"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "cannot be opened. Is the folder there, and may you write in it?"
    return f"the worklist cannot be used: {error}"
