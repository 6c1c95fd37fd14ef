"""The pool for other databases, as far as it can be seen without one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import StaticPool, create_engine, make_url

from syndicate.errors import StoreError
from syndicate.store.engine import Store
from syndicate.store.pool import Pool, _marked, open_pool


@pytest.fixture
def store() -> Iterator[Store]:
    """A store over the pool, whose database is for once SQLite; its marks for values are others."""
    opened = Store(Pool(create_engine("sqlite://", poolclass=StaticPool)))
    opened.bring_up_to_date()
    yield opened
    opened.close()


def test_values_are_marked_as_the_drivers_of_servers_want_it() -> None:
    assert _marked("SELECT a FROM t WHERE b = ? AND c IN (?, ?)") == "SELECT a FROM t WHERE b = %s AND c IN (%s, %s)"


def test_questions_and_answers(store: Store) -> None:
    with store.write() as connection:
        connection.run_many("DELETE FROM counter", [])
        assert connection.run("INSERT INTO counter (name, value) VALUES ('a', 1), ('b', 2)") == 2
    with store.read() as connection:
        asked = "SELECT name, value FROM counter ORDER BY name"
        assert connection.rows(asked) == list(connection.iterate(asked)) == [("a", 1), ("b", 2)]
        assert connection.row(asked) == ("a", 1)
        assert connection.value(asked) == "a"
        assert connection.row("SELECT 1 FROM counter WHERE name = 'c'") is None


def test_what_fails_is_named_and_leaves_nothing(store: Store) -> None:
    def write(table: str) -> None:
        with store.write() as connection:
            connection.run("INSERT INTO counter (name, value) VALUES ('a', 1)")
            connection.rows(f"SELECT 1 FROM {table}")

    with pytest.raises(StoreError, match=r"sqlite:.*: no such table: nowhere"):
        write("nowhere")
    with store.read() as connection:
        assert connection.value("SELECT count(*) FROM counter") == 0
    assert store.damage() is None


def test_the_place_of_a_server_is_named_without_user_and_password() -> None:
    engine = create_engine("sqlite://")
    engine.url = make_url("postgresql+psycopg://town:secret@db:5432/news")
    assert Pool(engine).place == "postgresql+psycopg://db:5432/news"


def test_a_server_that_nothing_here_speaks_to_is_named() -> None:
    with pytest.raises(StoreError, match="begins with nothing: cannot be used"):
        open_pool("nothing://host/store")
