"""Opening the store and asking it: transactions, migrations, counters. SQLite by default, PostgreSQL to scale."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from syndicate.errors import StoreError
from syndicate.store.sqlite import open_file, path_in

HEAD = "0001"
_MOST_VALUES = 500

_Value = TypeVar("_Value")


class Connection(Protocol):
    """What a transaction is asked and told: SQL that SQLite and PostgreSQL understand, with `?` for each value.

    Moments are UTC microseconds (see `store.record`); texts hold no other `?` and no `%`.
    """

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows."""
        ...

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        ...

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None without a row."""
        ...

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change something; how many rows were touched."""
        ...

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same change for the values of each row; nothing for no rows."""
        ...

    def iterate(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, as the database finds them."""
        ...


class Database(Protocol):
    """What a store needs of its database; `errors` are those of the driver."""

    errors: tuple[type[Exception], ...]

    @property
    def place(self) -> str:
        """The database's address without user and password."""
        ...

    def transaction(self, *, writes: bool) -> AbstractContextManager[Connection]:
        """A connection in a transaction of its own, undone when the block raises."""
        ...

    def upgrade(self) -> None:
        """Bring the schema up to date; raises StoreError or one of `errors`."""
        ...

    def widen(self) -> None:
        """Much will be written: hold more in memory for it."""
        ...

    def damage(self) -> str | None:
        """What the database says of itself when it does not pass its own integrity check."""
        ...

    def close(self) -> None:
        """Close the connections that nobody has."""
        ...


class Store:
    """The door to the database: `read()` and `write()` give connections inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store; raises StoreError."""
        with self._named(), self._database.transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are durable when the block has ended; raises StoreError, then nothing is kept.

        On SQLite the write lock is taken at once (BEGIN IMMEDIATE), so that nobody fails half-way for lack of it.
        """
        with self._named(), self._database.transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except self._database.errors as error:
            raise StoreError(f"{self.place}: {_said(error)}") from error

    @property
    def place(self) -> str:
        """The store's address without user and password."""
        return self._database.place

    def close(self) -> None:
        """Give all connections back."""
        self._database.close()

    def bring_up_to_date(self) -> None:
        """Run the migrations that are missing; raises StoreError, also for the store of a newer release."""
        if self.version() != HEAD:
            with self._named():
                self._database.upgrade()

    def version(self) -> str | None:
        """The release of the schema; None when that cannot be read, which the migrations then look into."""
        try:
            with self._database.transaction(writes=False) as connection:
                version: str | None = connection.value("SELECT version_num FROM alembic_version")
                return version
        except self._database.errors as error:
            said = _said(error)
            if any(words in said for words in ("unable to open", "locked", "not a database")):
                raise StoreError(f"{self.place}: {said}") from error
            return None

    def widen(self) -> None:
        """Much will be written: hold more in memory for it."""
        with self._named():
            self._database.widen()

    def damage(self) -> str | None:
        """None when the database passes its own integrity check, else what it says."""
        with self._named():
            return self._database.damage()


def open_store(url: str, folder: Path, *, create: bool = True) -> Store:
    """The store at `url` with its schema brought up to date; a relative SQLite path starts at `folder`.

    Raises StoreError when it cannot be opened, lies on a network file system, or was written by a newer release.
    """
    store = Store(_database(url, folder, create))
    store.bring_up_to_date()
    return store


def open_as_it_is(url: str, folder: Path) -> Store:
    """The store at `url` for looking into: nothing is made, and its schema stays as it is.

    Raises StoreError when there is none, when it cannot be read, and when it is another release's.
    """
    store = Store(_database(url, folder, False))
    if (version := store.version()) != HEAD:
        store.close()
        what = "has no schema that can be read" if version is None else f"has schema {version} where {HEAD} is wanted"
        raise StoreError(f"{store.place}: {what}; see: syndicate doctor")
    return store


def marks(count: int) -> str:
    """So many marks for values: `?, ?, ?`."""
    return ", ".join("?" * count)


def chunks(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """The values in parts that are not too many for the marks of one question."""
    for start in range(0, len(values), _MOST_VALUES):
        yield values[start : start + _MOST_VALUES]


def next_number(connection: Connection, name: str) -> int:
    """The next number of that counter, counted up in the caller's transaction: no holes, order of commit."""
    return take_numbers(connection, name, 1)


def take_numbers(connection: Connection, name: str, count: int) -> int:
    """The first of the next `count` numbers of that counter, all of them taken in the caller's transaction."""
    bumped = connection.value("UPDATE counter SET value = value + ? WHERE name = ? RETURNING value", (count, name))
    if bumped is None:
        connection.run("INSERT INTO counter (name, value) VALUES (?, ?)", (name, count))
        return 1
    return int(bumped) - count + 1


def count_changes(connection: Connection) -> int:
    """The number of the newest change, 0 in an empty store."""
    return int(connection.value("SELECT value FROM counter WHERE name = 'change'") or 0)


def _database(url: str, folder: Path, create: bool) -> Database:
    path = path_in(url, folder)
    if path is not None:
        return open_file(path, create=create)
    from syndicate.store.pool import open_pool  # SQLAlchemy costs a quarter of a second at each start

    return open_pool(url)


def _said(error: Exception) -> str:
    said = str(getattr(error, "orig", error))
    cures = {
        "locked": "another process holds it; try again when it has finished",
        "full": "the disk is full; free some space, what is published stays published",
        "readonly": "it may not be written; check the owner and the rights of the file and its folder",
        "unable to open": "check that the folder exists and may be written",
        "malformed": "the file is damaged; restore the latest backup, then: syndicate export --force",
        "not a database": "the file is no SQLite database; move it away or restore a backup",
    }
    cure = next((cure for word, cure in cures.items() if word in said), None)
    return f"{said} ({cure})" if cure else said
