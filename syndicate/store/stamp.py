"""The stamp of a whole export: what it was made from, and what it left; the next one sees that nothing changed.

Standard library only: a run that has nothing to do should not load what does the work.
"""

import hashlib
import json
import os
import re
import sqlite3
import tomllib
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_CODE = os.path.dirname(os.path.dirname(__file__))
_DEFAULTS = {"store": "sqlite:///var/syndicate.db", "output": "feeds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A whole export that left nothing to mend: made at `made`, true until `until` (None: until something changes).

    `basis` is a mark of code and configuration, `change` the last change it saw, `files` the size of each file of the
    tree, `outcomes` what it printed.
    """

    basis: str
    change: int
    made: datetime
    until: datetime | None
    files: tuple[tuple[str, int], ...]
    outcomes: tuple[dict[str, Any], ...]


def basis(config: str | os.PathLike[str]) -> str:
    """A mark of everything that an export depends on besides the store: code, configuration files, environment."""
    whole = hashlib.sha256()
    for path in (os.fspath(config), *_definitions(config)):
        with open(path, "rb") as file:
            whole.update(repr((os.path.basename(path), file.read())).encode())
    settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("SYNDICATE_"))
    whole.update(repr((settings, _code_mark())).encode())
    return whole.hexdigest()


def dumps(stamp: Stamp) -> bytes:
    """The stamp as the store keeps it."""
    values = {
        "basis": stamp.basis,
        "change": stamp.change,
        "made": stamp.made.isoformat(),
        "until": None if stamp.until is None else stamp.until.isoformat(),
        "files": stamp.files,
        "outcomes": stamp.outcomes,
    }
    return json.dumps(values, ensure_ascii=False).encode()


def made_in(head: bytes) -> datetime | None:
    """When the stamp was made whose first bytes these are: single values stand before the lists."""
    found = re.search(rb'"made": "([^"]+)"', head)
    return None if found is None else datetime.fromisoformat(found[1].decode())


def standing(config: str | os.PathLike[str], now: datetime) -> Stamp | None:
    """The stamp of the last whole export when an export at `now` would change nothing, else None.

    None also for anything unusual: then the export itself looks, and says what is wrong.
    """
    try:
        store, tree = _places(config)
        stamp, change = _read(store, now)
        if stamp is None or stamp.change != change or stamp.basis != basis(config):
            return None
    except (OSError, ValueError, KeyError, sqlite3.Error):
        return None
    if now < stamp.made or (stamp.until is not None and now >= stamp.until):
        return None
    return stamp if _is_there(tree, stamp.files) else None


def recall(config: str | os.PathLike[str], name: str, key: str) -> bytes | None:
    """What the store keeps under that name and key (see `store.memos`); None also for anything unusual."""
    try:
        store, _ = _places(config)
        with closing(_opened(store)) as connection:
            found = connection.execute("SELECT value FROM memo WHERE name = ? AND key = ?", (name, key)).fetchone()
    except (OSError, ValueError, KeyError, sqlite3.Error):
        return None
    return None if found is None else found[0]


def _definitions(config: str | os.PathLike[str]) -> list[str]:
    found: list[str] = []
    for name in ("feeds", "profiles"):
        folder = os.path.join(os.path.dirname(config), name)
        with suppress(FileNotFoundError, NotADirectoryError):
            found += sorted(os.path.join(folder, one) for one in os.listdir(folder) if one.endswith(".toml"))
    return found


def _places(config: str | os.PathLike[str]) -> tuple[str, str]:
    """The files of store and tree, as settings and environment name them; ValueError for a store that is no file."""
    with open(config, "rb") as file:
        values = tomllib.load(file)
    url = os.environ.get("SYNDICATE_STORE__URL") or values.get("store", {}).get("url", _DEFAULTS["store"])
    path = os.environ.get("SYNDICATE_OUTPUT__PATH") or values.get("output", {}).get("path", _DEFAULTS["output"])
    kind, _, rest = url.partition(":///")
    if kind != "sqlite" or not rest or "?" in rest:
        raise ValueError(url)
    parent = os.path.dirname(os.path.realpath(config))
    folder = os.path.dirname(parent) if os.path.basename(parent) == "config" else parent
    return os.path.join(folder, rest), os.path.join(folder, path)


def _opened(store: str) -> sqlite3.Connection:
    """The store for reading; what means something in a URI stands for itself (https://sqlite.org/uri.html)."""
    quoted = store.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{quoted}?mode=ro", uri=True)


def _read(store: str, now: datetime) -> tuple[Stamp | None, int]:
    with closing(_opened(store)) as connection:
        # An export also tells the hubs that could not be told before.
        if connection.execute("SELECT 1 FROM ping WHERE state = 'due' AND next_try <= ?", (_micros(now),)).fetchone():
            return None, 0
        change = connection.execute("SELECT value FROM counter WHERE name = 'change'").fetchone()
        row = connection.execute("SELECT value FROM stamp WHERE name = 'export'").fetchone()
    return (None if row is None else _loads(row[0])), (change[0] if change else 0)


def _micros(now: datetime) -> int:
    return (now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _loads(data: bytes) -> Stamp:
    values = json.loads(data)
    until = values["until"]
    return Stamp(
        basis=values["basis"],
        change=values["change"],
        made=datetime.fromisoformat(values["made"]),
        until=None if until is None else datetime.fromisoformat(until),
        files=tuple((path, size) for path, size in values["files"]),
        outcomes=tuple(values["outcomes"]),
    )


def _is_there(tree: str, files: Iterable[tuple[str, int]]) -> bool:
    try:
        return all(os.stat(f"{tree}/{path}").st_size == size for path, size in files)
    except OSError:
        return False


def _code_mark() -> list[tuple[str, int, int]]:
    marks = []
    for folder, _, names in sorted(os.walk(_CODE)):
        for name in sorted(names):
            if name.endswith((".py", ".toml")):
                state = os.stat(os.path.join(folder, name))
                marks.append((name, state.st_size, state.st_mtime_ns))
    return marks
