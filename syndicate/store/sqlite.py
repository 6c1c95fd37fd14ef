"""SQLite as the store's database, by the driver of the standard library: a start loads nothing else."""

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from syndicate.errors import StoreError

BUSY_TIMEOUT = 10.0
_IN_MEMORY = ":memory:"
_MOST_IDLE = 8
# Bytes of a page in a new file: an article fits in one. Twice the usual, which takes a twentieth off import and export.
_PAGE = 8192
# KiB of the file that each connection holds in memory: usually, and while much is written.
_CACHE, _WIDE = 1000, 4000
_SCHEMA = Path(__file__).with_name("empty.sql")
# A crash between commits and checkpoints of several connections can lose pages in WAL mode before these releases
# (https://www.sqlite.org/wal.html, "The WAL-reset bug"); branches 3.44 and 3.50 carry the mend.
_WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs"})


class SqliteConnection:
    """A connection of the driver inside a transaction."""

    __slots__ = ("_driver",)

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._driver.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        found: tuple[Any, ...] | None = self._driver.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None without a row."""
        found = self._driver.execute(sql, values).fetchone()
        return None if found is None else found[0]

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change something; how many rows were touched."""
        return self._driver.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same change for the values of each row; nothing for no rows."""
        self._driver.executemany(sql, rows)

    def iterate(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, as the database finds them."""
        return self._driver.execute(sql, values)


class Sqlite:
    """The connections to one database: a path, or `:memory:` for one user at a time."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._cache = _CACHE

    @property
    def place(self) -> str:
        """The database's address."""
        return "sqlite://" if self._path == _IN_MEMORY else f"sqlite:///{self._path}"

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[SqliteConnection]:
        """A connection in a transaction of its own; the write lock is taken at once."""
        driver = self._take()
        try:
            driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            yield SqliteConnection(driver)
            driver.execute("COMMIT")
        except BaseException:
            self._undo(driver)
            raise
        self._give(driver)

    def upgrade(self) -> None:
        """Bring the schema up to date; raises StoreError or one of `errors`."""
        driver = self._take()
        try:
            if not _made(driver):
                from syndicate.store.migrate import upgrade_sqlite  # Alembic is needed once per release, not per start

                upgrade_sqlite(driver)
        finally:
            self._undo(driver)

    def damage(self) -> str | None:
        """What the database says of itself when it does not pass its own integrity check."""
        with self.transaction(writes=False) as connection:
            said = str(connection.value("PRAGMA quick_check(1)"))
        return None if said == "ok" else said

    def widen(self) -> None:
        """Much will be written: hold more of the file in memory from now on."""
        self._cache = _WIDE
        for driver in self._idle:
            driver.execute(_cache_of(self._cache))

    def close(self) -> None:
        """Close the connections that nobody has."""
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return _connect(self._path, self._cache)

    def _give(self, driver: sqlite3.Connection) -> None:
        if len(self._idle) < _MOST_IDLE:
            self._idle.append(driver)
        else:
            driver.close()

    def _undo(self, driver: sqlite3.Connection) -> None:
        try:
            driver.rollback()
        except sqlite3.Error:
            driver.close()  # Whoever opens the file next rolls back.
        else:
            self._give(driver)


def path_in(url: str, folder: Path) -> str | None:
    """The path in an SQLite url, a relative one from `folder` on (`:memory:` without one); None for any other url."""
    scheme, mark, rest = url.partition("://")
    if scheme not in ("sqlite", "sqlite+pysqlite") or not mark or rest[:1] not in ("", "/"):
        return None
    path = rest[1:].partition("?")[0]
    return _IN_MEMORY if path in ("", _IN_MEMORY) else str(folder / path)


def open_file(name: str, *, create: bool) -> Sqlite:
    """The database at that path; StoreError when it cannot be there. `create` makes the folder, not yet the file."""
    if name != _IN_MEMORY:
        _prepare(Path(name), create)
    return Sqlite(name)


def journal_mode(version: tuple[int, ...]) -> tuple[str, str]:
    """Journal mode and `synchronous` that lose nothing acknowledged on that SQLite release, even in a power cut."""
    fixed = any(version >= safe and (version[:2] == safe[:2] or safe == _WAL_SAFE[0]) for safe in _WAL_SAFE)
    return ("wal", "full") if fixed else ("delete", "extra")


def file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str | None:
    """The type of the file system that holds `path`, or None where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    absolute = path.resolve()
    kinds = {Path(part[1].replace("\\040", " ")): part[2] for part in map(str.split, lines) if len(part) > 2}
    return next((kinds[parent] for parent in (absolute, *absolute.parents) if parent in kinds), None)


def _cache_of(size: int) -> str:
    return f"PRAGMA cache_size=-{size}"


def _connect(path: str, cache: int) -> sqlite3.Connection:
    driver = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    mode, synchronous = journal_mode(sqlite3.sqlite_version_info)
    try:
        for pragma in (f"page_size={_PAGE}", f"journal_mode={mode}", f"synchronous={synchronous}", "foreign_keys=on",
                       "trusted_schema=off"):  # fmt: skip
            driver.execute(f"PRAGMA {pragma}")
        driver.execute(_cache_of(cache))
    except BaseException:
        driver.close()
        raise
    return driver


def _made(driver: sqlite3.Connection) -> bool:
    """Make the whole schema in an empty database, without the half second that the migrations take; False in others."""
    driver.execute("BEGIN IMMEDIATE")
    is_empty = driver.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if is_empty:
        for line in _SCHEMA.read_text(encoding="ascii").splitlines():
            driver.execute(line)
    driver.execute("COMMIT")
    return is_empty


def _prepare(path: Path, create: bool) -> None:
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
