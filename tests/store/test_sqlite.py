"""SQLite: where the file is, what holds it safe, migrations, clear errors."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from syndicate.errors import StoreError
from syndicate.store import engine, sqlite
from syndicate.store.engine import Store, open_store
from syndicate.store.migrate import config, upgrade_sqlite
from syndicate.store.sqlite import file_system, journal_mode, path_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()


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


def _made_by_migrations() -> Iterator[str]:
    """What the migrations make of an empty database, as statements of a line each."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as driver:
        upgrade_sqlite(driver)
        for (sql,) in driver.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"):
            yield " ".join(sql.split()) + ";"
        for (version,) in driver.execute("SELECT version_num FROM alembic_version"):
            yield f"INSERT INTO alembic_version VALUES ('{version}');"


def test_an_empty_database_gets_what_the_migrations_would_make(store: Store) -> None:
    comment, *statements = sqlite._SCHEMA.read_text().splitlines()
    wanted = list(_made_by_migrations())
    assert comment.startswith("--")
    assert statements == wanted, f"write anew: {sqlite._SCHEMA}"
    with store.read() as connection:
        made = connection.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    assert [f"{sql};" for (sql,) in made] == wanted[:-1]


def test_a_first_start_needs_no_migrations(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from syndicate.store.engine import open_store;"
        "open_store('sqlite:///store.db', Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0


def test_a_store_of_a_newer_release_is_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        connection.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="another release"):
        open_store("sqlite:///store.db", tmp_path)


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


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/store.db", "/home/town/var/store.db"),
        ("sqlite:////srv/store.db", "/srv/store.db"),
        ("sqlite+pysqlite:///store.db?timeout=5", "/home/town/store.db"),
        ("sqlite://", ":memory:"),
        ("sqlite:///:memory:", ":memory:"),
        ("sqlite://host/store.db", None),
        ("sqlite:store.db", None),
        ("postgresql://town@db/store", None),
    ],
)
def test_the_path_in_a_url(url: str, path: str | None) -> None:
    assert path_in(url, Path("/home/town")) == path


def test_a_store_that_another_holds_is_named_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.01)
    first, second = (open_store("sqlite:///store.db", tmp_path) for _ in range(2))
    with (
        first.write(),
        pytest.raises(StoreError, match=r"store\.db: database is locked \(another process holds it"),
        second.write(),
    ):
        pass
    with second.write() as connection:
        assert connection.run("INSERT INTO counter (name, value) VALUES ('x', 1)") == 1


def test_a_new_store_that_many_open_at_once_is_made_once(tmp_path: Path) -> None:
    failures: list[StoreError] = []

    def start() -> None:
        try:
            open_store("sqlite:///store.db", tmp_path).close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with sqlite3.connect(tmp_path / "store.db") as driver:
        assert driver.execute("SELECT version_num FROM alembic_version").fetchall() == [(engine.HEAD,)]
    driver.close()


def test_a_store_that_may_not_be_written_is_named_with_the_cure(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        connection.run("PRAGMA query_only = on")
    with pytest.raises(StoreError, match=r"readonly database \(it may not be written"), store.write() as connection:
        connection.run("INSERT INTO counter (name, value) VALUES ('x', 1)")


def test_threads_have_connections_of_their_own(store: Store) -> None:
    seen: list[object] = []

    def look() -> None:
        with store.read() as connection:
            seen.append(connection.value("SELECT value FROM counter WHERE name = 'x'"))

    with store.write() as connection:
        connection.run("INSERT INTO counter (name, value) VALUES ('x', 1)")
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    look()
    assert seen == [None, 1]
