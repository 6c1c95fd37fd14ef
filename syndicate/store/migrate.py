"""Bringing a store's schema up to date with Alembic, without an ini file, all of it in one transaction."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from syndicate.errors import StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")


def config(connection: Connection) -> Config:
    """Alembic's configuration for that connection."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    made.set_main_option("version_locations", str(_MIGRATIONS / "versions").replace("%", "%%"))
    made.set_main_option("path_separator", "newline")
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run the migrations that the store lacks; raises StoreError when it was written by a newer release."""
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        raise StoreError(
            f"the store was written by another release: {error}; install that release or a newer one"
        ) from error


def upgrade_sqlite(driver: sqlite3.Connection) -> None:
    """The same for an SQLite database; of two processes that start at once, one finds nothing left to do.

    Raises the driver's own errors too. The connection stays open.
    """
    engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
    event.listen(engine, "begin", _take_write_lock)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except DBAPIError as error:
        raise error.orig or error from error


def _take_write_lock(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
