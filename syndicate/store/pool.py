"""Any other database than SQLite, PostgreSQL above all: a pool of SQLAlchemy, asked in the same SQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from syndicate.errors import StoreError


class PooledConnection:
    """A connection of the pool inside a transaction."""

    __slots__ = ("_driver",)

    def __init__(self, driver: Connection) -> None:
        self._driver = driver

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows."""
        return [tuple(row) for row in self._driver.exec_driver_sql(_marked(sql), tuple(values))]

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, None when there is none."""
        found = self._driver.exec_driver_sql(_marked(sql), tuple(values)).first()
        return None if found is None else tuple(found)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None without a row."""
        return self._driver.exec_driver_sql(_marked(sql), tuple(values)).scalar()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change something; how many rows were touched."""
        return self._driver.exec_driver_sql(_marked(sql), tuple(values)).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same change for the values of each row; nothing for no rows."""
        if found := [tuple(row) for row in rows]:
            self._driver.exec_driver_sql(_marked(sql), found)

    def iterate(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, as the database finds them."""
        streaming = {"stream_results": True, "yield_per": 100}
        with self._driver.exec_driver_sql(_marked(sql), tuple(values), execution_options=streaming) as found:
            yield from (tuple(row) for row in found)


class Pool:
    """The connections to one database on a server."""

    errors: tuple[type[Exception], ...] = (SQLAlchemyError,)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def place(self) -> str:
        """The database's address without user and password."""
        url = self._engine.url
        return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[PooledConnection]:
        """A connection in a transaction of its own, the same for reading and writing."""
        with self._engine.begin() as driver:
            yield PooledConnection(driver)

    def upgrade(self) -> None:
        """Bring the schema up to date; raises StoreError or one of `errors`."""
        from syndicate.store.migrate import upgrade

        with self._engine.begin() as driver:
            upgrade(driver)

    def widen(self) -> None:
        """Nothing: a server looks after itself."""

    def damage(self) -> str | None:
        """Nothing: a server looks after itself."""
        return None

    def close(self) -> None:
        """Close the connections that nobody has."""
        self._engine.dispose()


def open_pool(url: str) -> Pool:
    """The pool for that url; StoreError when nothing here speaks to such a database."""
    scheme = url.partition(":")[0]
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(f"a store url that begins with {scheme}: cannot be used: {error}") from error
    if address.get_backend_name() == "sqlite":
        raise StoreError(f"a store url that begins with {scheme}: cannot be used: write sqlite:///PATH")
    return Pool(create_engine(address, pool_pre_ping=True))


@cache
def _marked(sql: str) -> str:
    """The text with the marks of PostgreSQL's drivers; the store's questions have no other `?`, and no `%`."""
    return sql.replace("?", "%s")
