"""Opening the store: pragmas, transactions, migrations. SQLite by default, PostgreSQL to scale."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Driver
from sqlalchemy import Executable, Table, create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from syndicate.errors import StoreError

HEAD = "0001"
BUSY_TIMEOUT = 10.0
# A crash between commits and checkpoints of several connections can lose pages in WAL mode before these releases
# (https://www.sqlite.org/wal.html, "The WAL-reset bug"); branches 3.44 and 3.50 carry the mend.
_WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs"})


class Connection:
    """What a transaction is asked and told: SQL text with `?` for each value, understood by both databases."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows."""
        return [tuple(row) for row in self._driver.exec_driver_sql(sql, tuple(values))]

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        row = self._driver.exec_driver_sql(sql, tuple(values)).first()
        return None if row is None else tuple(row)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None without a row."""
        row = self.row(sql, values)
        return None if row is None else row[0]

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change something; how many rows were touched."""
        return self._driver.exec_driver_sql(sql, tuple(values)).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same change for the values of each row; nothing for no rows."""
        if found := [tuple(row) for row in rows]:
            self._driver.exec_driver_sql(sql, found)

    def iterate(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, as the database finds them."""
        yield from (tuple(row) for row in self._driver.exec_driver_sql(sql, tuple(values)))

    def execute(self, statement: Executable, *values: Any) -> Any:
        """The result of a statement of SQLAlchemy."""
        return self._driver.execute(statement, *values)

    @property
    def driver(self) -> Driver:
        """SQLAlchemy's connection."""
        return self._driver


def marks(count: int) -> str:
    """So many marks for values: `?, ?, ?`."""
    return ", ".join("?" * count)


class Store:
    """The door to the database: `read()` and `write()` give connections inside a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store; raises StoreError."""
        with self._connection() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are durable when the block has ended; raises StoreError, then nothing is kept.

        On SQLite the write lock is taken at once (BEGIN IMMEDIATE), so that nobody fails half-way for lack of it.
        """
        with self._connection(syndicate_write=True) as connection:
            yield connection

    @contextmanager
    def _connection(self, **options: Any) -> Iterator[Connection]:
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield Connection(connection)
        except DBAPIError as error:
            raise StoreError(f"{self.place}: {_said(error)}") from error

    @property
    def place(self) -> str:
        """The store's address without user and password."""
        return self.engine.url.set(username=None, password=None).render_as_string()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(url: str, folder: Path, *, create: bool = True) -> Store:
    """The store at `url` with its schema brought up to date; a relative SQLite path starts at `folder`.

    Raises StoreError when it cannot be opened, lies on a network file system, or was written by a newer release.
    """
    address = _resolve(url, folder)
    if address.get_backend_name() == "sqlite":
        _prepare_file(address, create)
    store = Store(_engine(address))
    _bring_up_to_date(store)
    return store


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


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows of plain database values, one for each column of the table in order.

    The driver takes them as they are: a tenth of the time that building parameters for each row would take.
    """
    if rows:
        columns = ", ".join(column.name for column in table.columns)
        # The names are those of our own schema, nothing from outside is in the text.
        connection.run_many(f"INSERT INTO {table.name} ({columns}) VALUES ({marks(len(table.columns))})", rows)  # noqa: S608


def journal_mode(version: tuple[int, ...]) -> tuple[str, str]:
    """Journal mode and `synchronous` that lose nothing acknowledged on that SQLite release, even in a power cut."""
    fixed = any(version >= safe and (version[:2] == safe[:2] or safe == _WAL_SAFE[0]) for safe in _WAL_SAFE)
    return ("wal", "full") if fixed else ("delete", "extra")


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT, "isolation_level": None})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    mode, synchronous = journal_mode(sqlite3.sqlite_version_info)
    for pragma in (f"journal_mode={mode}", f"synchronous={synchronous}", "foreign_keys=on", "trusted_schema=off",
                   "cache_size=-32000"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Driver) -> None:
    writes = connection.get_execution_options().get("syndicate_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _resolve(url: str, folder: Path) -> URL:
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except (SQLAlchemyError, ImportError) as error:
        scheme = url.partition(":")[0]
        raise StoreError(f"a store url that begins with {scheme}: cannot be used: {error}") from error
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return address.set(database=str(folder / str(address.database)))
    return address


def _prepare_file(address: URL, create: bool) -> None:
    if address.database in (None, "", ":memory:"):
        return
    path = Path(str(address.database))
    if not create and not path.exists():
        raise StoreError(f"{path}: there is no store yet; syndicate import makes one")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made: {error.strerror}") from error
    kind = file_system(path.parent)
    if kind in _NETWORK_FILE_SYSTEMS:
        raise StoreError(
            f"{path}: lies on a network file system ({kind}), where SQLite's locks do not hold;"
            " use a local disk, or PostgreSQL"
        )


def file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str | None:
    """The type of the file system that holds `path`, or None where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    absolute = path.resolve()
    kinds = {Path(part[1].replace("\\040", " ")): part[2] for part in map(str.split, lines) if len(part) > 2}
    return next((kinds[parent] for parent in (absolute, *absolute.parents) if parent in kinds), None)


def _bring_up_to_date(store: Store) -> None:
    if _version(store) == HEAD:
        return
    from syndicate.store.migrate import upgrade  # Alembic is needed once per release, not per start

    with store.write() as connection:
        upgrade(connection.driver)


def _version(store: Store) -> str | None:
    try:
        with store.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except OperationalError as error:
        if "unable to open" in str(error) or "locked" in str(error) or "not a database" in str(error):
            raise StoreError(f"{store.place}: {_said(error)}") from error
        return None
    except DBAPIError as error:
        if "not a database" in str(error):
            raise StoreError(f"{store.place}: {_said(error)}") from error
        return None


def is_sound(store: Store) -> str | None:
    """None when the database passes its own integrity check, else what it says."""
    if store.engine.dialect.name != "sqlite":
        return None
    with store.read() as connection:
        said = str(connection.value("PRAGMA quick_check(1)"))
    return None if said == "ok" else said


def count_changes(connection: Connection) -> int:
    """The number of the newest change, 0 in an empty store."""
    return int(connection.value("SELECT value FROM counter WHERE name = 'change'") or 0)


def _said(error: DBAPIError) -> str:
    said = str(error.orig)
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
