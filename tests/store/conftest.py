"""A store for each test: on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a database to play in.

That database loses whatever is in it: `TEST_POSTGRES_URL=postgresql+psycopg://user@localhost/play`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from syndicate.store.engine import Store, open_store

_POSTGRES = os.environ.get("TEST_POSTGRES_URL")


@pytest.fixture(params=["sqlite", *(["postgresql"] if _POSTGRES else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    url = "sqlite:///store.db"
    if request.param == "postgresql" and _POSTGRES:
        url = _POSTGRES
        _empty(url)
    opened = open_store(url, tmp_path)
    yield opened
    opened.close()


def _empty(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
