"""Bringing a store's schema up to date with Alembic, without an ini file, inside the caller's transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

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
