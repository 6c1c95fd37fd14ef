"""kill -9 at random moments of an export, while a reader parses every file: nothing is torn, the next one heals."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from tests.newsroom import Newsroom, story

SEED = 20260304


@dataclass
class Watcher:
    """Parses every document of the tree again and again; keeps what was torn."""

    root: Path
    torn: list[str] = field(default_factory=list)
    reads: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stop.is_set():
            # The pages for people are XML too.
            for pattern in ("*.xml", "*.html"):
                for path in self.root.rglob(pattern):
                    self.look(path)

    def look(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return
        self.reads += 1
        try:
            etree.fromstring(data)
        except etree.XMLSyntaxError as error:
            self.torn.append(f"{path}: {error}")


def stories(room: Newsroom, version: int) -> Path:
    articles = [
        story(
            f"s{n}",
            version=version,
            headline=f"Story {n}, version {version}",
            updated=f"2026-03-01T{9 + version // 60:02}:{version % 60:02}:{n:02}Z",
        )
        for n in range(25)
    ]
    return room.story("stories.jsonl", *articles)


def export_command(room: Newsroom) -> list[str]:
    return [sys.executable, "-m", "syndicate", "--config", str(room.folder / "config" / "syndicate.toml"), "export"]


def export_killed_after(room: Newsroom, seconds: float) -> bool:
    """Whether the export was killed before it had ended."""
    process = subprocess.Popen(
        export_command(room), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def assert_nothing_torn(room: Newsroom, fresh: Newsroom, kills: int) -> None:
    chance = random.Random(SEED)
    print("seed", SEED)
    for one in (room, fresh):
        one.show("town")
    room.call("import", str(stories(room, 1)))
    started = time.monotonic()
    subprocess.run(export_command(room), check=True, capture_output=True)
    usual = time.monotonic() - started
    watcher = Watcher(room.folder / "feeds")
    thread = threading.Thread(target=watcher.run)
    thread.start()
    killed = 0
    try:
        for version in range(2, kills + 2):
            room.call("import", str(stories(room, version)))
            killed += export_killed_after(room, usual * chance.uniform(0.4, 1.05))
    finally:
        watcher.stop.set()
        thread.join()
    assert watcher.torn == []
    assert watcher.reads > kills
    assert killed > kills // 4
    code, out, err = room.call("export", now="2026-03-04T12:00:00Z")
    assert code == 0, out + err
    # The version before too: partners are told that the story was updated.
    for version in (kills, kills + 1):
        fresh.call("import", str(stories(fresh, version)))
    fresh.call("export", now="2026-03-04T12:00:00Z")
    assert room.tree() == fresh.tree()


@pytest.mark.fault
def test_kills_tear_nothing(newsroom: Newsroom, another_newsroom: Callable[[], Newsroom]) -> None:
    assert_nothing_torn(newsroom, another_newsroom(), 20)


@pytest.mark.fault
@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_two_hundred_kills_tear_nothing(newsroom: Newsroom, another_newsroom: Callable[[], Newsroom]) -> None:
    assert_nothing_torn(newsroom, another_newsroom(), 200)
