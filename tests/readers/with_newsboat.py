"""newsboat, a reader in the terminal; its `-x reload` polls, and what it lists lies in its SQLite cache."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.readers.entries import LAST_AUTHOR, NOT, YES, Entry, Reader, Shown, plain, run_program

_LISTED = "SELECT guid, title, author, url, pubDate, content, enclosure_url FROM rss_item WHERE deleted = 0 ORDER BY id"


def _subscribe(folder: Path, address: str) -> Callable[[], list[Entry]]:
    urls, config, cache = folder / "urls", folder / "config", folder / "cache.db"
    urls.write_text(address + "\n", encoding="utf-8")
    config.write_text("", encoding="utf-8")

    def poll() -> list[Entry]:
        run_program("newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload", folder=folder)
        with closing(sqlite3.connect(cache)) as listed:
            return [_entry(*row) for row in listed.execute(_LISTED)]

    return poll


def _entry(guid: str, title: str, author: str, url: str, seconds: int, content: str, enclosure: str) -> Entry:
    return Entry(
        id=guid,
        title=title,
        link=url or None,
        published=datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        author=author or None,
        text=plain(content),
        enclosure=enclosure or None,
    )


READER = Reader(
    name="newsboat",
    program="terminal",
    is_there=lambda: shutil.which("newsboat") is not None,
    subscribe=_subscribe,
    shows={
        **YES,
        "updated": NOT,
        "enclosure": Shown(words="sound and film", of=lambda story: story.enclosure if story.is_sound else None),
    },
    in_rss={"author": LAST_AUTHOR},
    # The tag of the first answer gets lost, as the feed has no row in the cache yet (newsboat issue 2734).
    conditional_from=3,
    keeps=True,
)
