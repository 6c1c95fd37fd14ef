"""What can be made again at any time, and is kept because it takes long."""

from syndicate.store.engine import Connection


def recall(connection: Connection, name: str, key: str) -> bytes | None:
    """What was kept under that name; None when there is nothing, or it was made under another key."""
    value = connection.value("SELECT value FROM memo WHERE name = ? AND key = ?", (name, key))
    return None if value is None else bytes(value)


def keep(connection: Connection, found: dict[str, tuple[str, bytes]]) -> None:
    """Keep values by name, each with the key that it holds for, over those before."""
    connection.run_many(
        "INSERT INTO memo (name, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET key = excluded.key, value = excluded.value",
        [(name, key, value) for name, (key, value) in found.items()],
    )
