"""The store's door: transactions, questions and counters; the same on every database."""

from pathlib import Path

import pytest

from syndicate.errors import StoreError
from syndicate.store.engine import Store, chunks, count_changes, marks, next_number, open_store, take_numbers

ADD = "INSERT INTO counter (name, value) VALUES (?, ?)"
ALL = "SELECT name, value FROM counter ORDER BY name"


def test_what_is_asked_in_each_way_is_answered(store: Store) -> None:
    with store.write() as connection:
        connection.run_many(ADD, [("b", 2), ("a", 1), ("c", 3)])
        connection.run_many(ADD, [])
        assert connection.rows(ALL) == [("a", 1), ("b", 2), ("c", 3)]
        assert connection.row(ALL) == ("a", 1)
        assert connection.value(ALL) == "a"
        assert connection.run("UPDATE counter SET value = value + ? WHERE value > ?", (10, 1)) == 2
        assert list(connection.iterate("SELECT value FROM counter WHERE value > ? ORDER BY value", (10,))) == [
            (12,),
            (13,),
        ]
        assert next(iter(connection.iterate(ALL))) == ("a", 1)
    with store.read() as connection:
        assert connection.rows("SELECT name FROM counter WHERE name = ?", ("nobody",)) == []
        assert connection.row("SELECT name FROM counter WHERE name = ?", ("nobody",)) is None
        assert connection.value("SELECT name FROM counter WHERE name = ?", ("nobody",)) is None


def test_what_fails_leaves_nothing(store: Store) -> None:
    def write(*values: int) -> None:
        with store.write() as connection:
            for value in values:
                connection.run(ADD, ("a", 6 // value))

    with pytest.raises(ZeroDivisionError):
        write(1, 0)
    with pytest.raises(StoreError, match="counter") as caught:
        write(1, 2)
    assert str(caught.value).startswith(f"{store.place}: ")
    with store.read() as connection:
        assert connection.rows(ALL) == []


def test_a_store_is_opened_again_as_it_was(store: Store) -> None:
    with store.write() as connection:
        connection.run(ADD, ("a", 1))
    store.close()
    store.bring_up_to_date()
    with store.read() as connection:
        assert connection.rows(ALL) == [("a", 1)]


def test_counters_count_without_holes(store: Store) -> None:
    with store.write() as connection:
        assert [next_number(connection, "x") for _ in range(3)] == [1, 2, 3]
        assert next_number(connection, "y") == 1


def test_numbers_are_taken_in_one_go(store: Store) -> None:
    with store.write() as connection:
        assert count_changes(connection) == 0
        assert take_numbers(connection, "change", 5) == 1
        assert take_numbers(connection, "change", 2) == 6
        assert count_changes(connection) == 7


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mongodb://host/store", "a store url that begins with mongodb: cannot be used: Can't load plugin"),
        ("store.db", "a store url that begins with store.db: cannot be used: Could not parse"),
        ("sqlite://host/store.db", "a store url that begins with sqlite: cannot be used: write sqlite:///PATH"),
    ],
)
def test_a_url_of_no_known_database_is_named(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url, tmp_path)
    assert str(caught.value).startswith(said)


def test_marks_and_chunks() -> None:
    assert [marks(count) for count in (0, 1, 3)] == ["", "?", "?, ?, ?"]
    assert [len(some) for some in chunks(range(1001))] == [500, 500, 1]
    assert list(chunks([])) == []


def test_a_sound_store_says_so(store: Store) -> None:
    assert store.damage() is None
