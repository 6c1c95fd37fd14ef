"""Opening the store: journal mode, migrations, clear errors."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from syndicate.errors import StoreError
from syndicate.store import engine, sqlite
from syndicate.store.engine import Store, next_number, open_store
from syndicate.store.migrate import config
from syndicate.store.sqlite import file_system, journal_mode


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
    ],
)
def test_wal_only_where_the_library_is_mended(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == (mode, "full" if mode == "wal" else "extra")


def test_pragmas_are_in_force(store: Store) -> None:
    import sqlite3

    mode, _ = journal_mode(sqlite3.sqlite_version_info)
    with store.read() as connection:
        assert connection.value("PRAGMA journal_mode") == mode
        assert connection.value("PRAGMA synchronous") == (2 if mode == "wal" else 3)
        assert connection.value("PRAGMA foreign_keys") == 1


def test_the_migrations_give_the_schema_of_the_code(store: Store) -> None:
    made = create_engine(store.place, poolclass=NullPool)
    with made.begin() as connection:
        command.check(config(connection))
    with store.read() as connection:
        assert connection.value("SELECT version_num FROM alembic_version") == engine.HEAD


def test_a_store_of_a_newer_release_is_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        connection.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="another release"):
        open_store("sqlite:///store.db", tmp_path)


def test_counters_count_without_holes(store: Store) -> None:
    with store.write() as connection:
        assert [next_number(connection, "x") for _ in range(3)] == [1, 2, 3]
        assert next_number(connection, "y") == 1


def test_something_else_than_a_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is a shopping list, not a database\n" * 50)
    with pytest.raises(StoreError, match="no SQLite database"):
        open_store("sqlite:///store.db", tmp_path)


def test_a_missing_store_is_not_made_for_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet"):
        open_store("sqlite:///store.db", tmp_path, create=False)
    assert not (tmp_path / "store.db").exists()


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n/dev/x / ext4 rw 0 0\n")
    assert file_system(tmp_path / "deep", mounts) == "nfs4"
    assert file_system(Path("/"), mounts) == "ext4"
    monkeypatch.setattr(sqlite, "file_system", lambda path: "nfs4")
    with pytest.raises(StoreError, match="network file system"):
        open_store("sqlite:///store.db", tmp_path)


def test_a_sound_store_says_so(store: Store) -> None:
    assert store.damage() is None
