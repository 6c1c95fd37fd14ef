"""What the peers share, so that they differ in rendering alone: reading the store, writing a document, the report."""

import argparse
import json
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

Article = dict[str, Any]
Feed = dict[str, Any]
# The documents of one feed by the suffixes of their files.
Render = Callable[[Feed, list[Article]], dict[str, bytes]]

NEWEST = "SELECT guid FROM tagged WHERE tag = ? ORDER BY updated DESC, guid DESC LIMIT ?"
TOPIC_SCHEME = "http://cv.iptc.org/newscodes/mediatopic/"


def windows(store: Path, affected_by: str | None = None) -> list[tuple[Feed, list[Article]]]:
    """Each feed with its articles, newest first; with `affected_by` only the feeds that hold the article of that guid.

    An article that is in many feeds is read and parsed once.
    """
    connection = sqlite3.connect(store / "peers.sqlite")
    feeds = json.loads((store / "feeds.json").read_text(encoding="utf-8"))
    chosen = [(feed, [row[0] for row in connection.execute(NEWEST, (feed["tag"], feed["limit"]))]) for feed in feeds]
    chosen = [(feed, guids) for feed, guids in chosen if guids and (affected_by is None or affected_by in guids)]
    read: dict[str, Article] = {}
    for guid in {guid for _, guids in chosen for guid in guids}:
        read[guid] = json.loads(connection.execute("SELECT doc FROM article WHERE guid = ?", (guid,)).fetchone()[0])
    return [(feed, [read[guid] for guid in guids]) for feed, guids in chosen]


def write(path: Path, data: bytes) -> int:
    """Put the file in its place by rename; its size comes back."""
    temporary = f"{path}.new"
    with open(temporary, "wb") as file:
        file.write(data)
    os.rename(temporary, path)
    return len(data)


def enclosure(article: Article) -> tuple[str, int, str]:
    """Address, size and media type of the article's first file."""
    first = article["media"][0]["renditions"][0]
    return first["href"], first["bytes"], first["type"]


def categories(article: Article) -> list[tuple[str, str | None]]:
    """Each category with its scheme, if it has one."""
    return [
        *((section, None) for section in article["sections"]),
        *((subject["name"], TOPIC_SCHEME) for subject in article["subjects"]),
        *((keyword, None) for keyword in article["keywords"]),
    ]


def moment(text: str) -> datetime:
    """The moment that an article's text states."""
    return datetime.fromisoformat(text)


def report(inside: float, **figures: object) -> None:
    """Print the last line: the seconds of the work itself as `inside`, and whatever else was counted."""
    print(json.dumps({"inside": inside, **figures}))


def build_all(render: Render) -> None:
    """The whole of a peer that makes the feeds: its arguments, the feeds one by one, the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--affected-by", help="only the feeds that hold the article of this guid")
    given = parser.parse_args()
    started = time.perf_counter()
    given.out.mkdir(parents=True, exist_ok=True)
    count = size = 0
    for feed, articles in windows(given.store, given.affected_by):
        for suffix, data in render(feed, articles).items():
            size += write(given.out / f"{feed['id']}.{suffix}", data)
            count += 1
    report(time.perf_counter() - started, documents=count, bytes=size)
