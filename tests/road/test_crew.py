"""Several processes share an export: the same tree as from one, and no process is left behind."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from syndicate.app import App, open_app
from syndicate.clock import FixedClock, SystemClock
from syndicate.crew import crew
from syndicate.errors import PublishError, StoreError
from syndicate.feed_export import FEWEST, Kept, one_by_one, size_for
from syndicate.machine import processors
from syndicate.outcome import Order
from syndicate.pipeline import export
from tests.newsroom import Newsroom, story

NOW = SystemClock().now()
FEEDS = 7


@pytest.fixture
def filled(newsroom: Newsroom) -> Newsroom:
    """A newsroom with some feeds that share their articles."""
    for number in range(FEEDS - 2):
        newsroom.feed(f"part-{number}", f'[select]\nsections = ["s{number}", "town"]\n')
    stories = [story(f"story-{number}", sections=[f"s{number % 5}"]) for number in range(30)]
    newsroom.call("import", str(newsroom.story("a.jsonl", *stories)))
    return newsroom


@pytest.fixture
def app(filled: Newsroom) -> Iterator[App]:
    with open_app(filled.config, FixedClock(NOW)) as found:
        yield found


def exported(room: Newsroom, output: Path, *more: str) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "syndicate", "--config", str(room.config), "export", "--force", *more],
        env={**os.environ, "SYNDICATE_OUTPUT__PATH": str(output)}, check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()
    }


def test_the_tree_is_the_same_however_many_work_on_it(filled: Newsroom, tmp_path: Path) -> None:
    one = exported(filled, tmp_path / "one", "--jobs", "1")
    three = exported(filled, tmp_path / "three", "--jobs", "3")
    assert one == three
    assert len([path for path in one if path.endswith("/rss.xml")]) == FEEDS


def test_outcomes_come_in_the_order_of_the_feeds(app: App) -> None:
    order = Order(force=True)
    with crew(app, order, 3) as working:
        found = [one.feed for one in export(app, order, working=working) if one.format == "rss"]
    assert found == [feed.id for feed in app.feeds]


def test_a_fault_in_another_process_is_told_like_one_here(app: App) -> None:
    (app.tree.root).mkdir(exist_ok=True)
    (app.tree.root / app.feeds[3].id).write_text("in the way", encoding="utf-8")
    with pytest.raises(PublishError) as alone:
        list(export(app, Order()))
    with crew(app, Order(), 2) as working, pytest.raises(PublishError) as shared:
        list(export(app, Order(), working=working))
    assert str(shared.value) == str(alone.value)


def test_a_store_that_fails_at_the_end_is_told_too(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_kept: Kept) -> None:
        raise StoreError("var/syndicate.db: disk full")

    monkeypatch.setattr(Kept, "keep", fail)
    with crew(app, Order(), 2) as working, pytest.raises(StoreError, match="disk full"):
        list(export(app, Order(), working=working))


def test_a_process_that_is_killed_is_told_and_the_next_export_heals(filled: Newsroom, app: App) -> None:
    with crew(app, Order(), 2) as working:
        assert isinstance(working, partial)
        for member in working.args[0]:
            os.kill(member.pid, signal.SIGKILL)
        with pytest.raises(PublishError, match="was ended from outside"):
            list(export(app, Order(), working=working))
    assert filled.call("export")[0] == 0
    assert filled.call("doctor", "--deep")[0] == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from syndicate import crew, feed_export
from syndicate.app import open_app
from syndicate.clock import SystemClock
from syndicate.machine import processors
from syndicate.outcome import Order
from syndicate.pipeline import export

def stop(*_):
    os.write(1, b"at work" + os.linesep.encode())
    signal.pause()

crew.export_feed = stop
with open_app(Path(sys.argv[1]), SystemClock()) as app, crew.crew(app, Order(), 2) as working:
    print(*[member.pid for member in working.args[0]], flush=True)
    list(export(app, Order(), working=working))
"""


def test_processes_die_with_the_one_that_began_them(filled: Newsroom, app: App) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(filled.config)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    members = [os.pidfd_open(int(pid)) for pid in process.stdout.readline().split()]
    assert len(members) == 2
    assert [process.stdout.readline() for _ in members] == ["at work\n"] * 2
    process.kill()
    with app.tree.lock():
        # Whoever gets the lock is alone; the kernel closes a process's files just before it says that it has ended.
        assert all(select.select([member], [], [], 10)[0] for member in members)
    process.communicate(timeout=30)
    for member in members:
        os.close(member)
    assert filled.call("export")[0] == 0


def test_few_feeds_are_done_by_one_process(app: App) -> None:
    assert size_for(FEWEST - 1, None) == 1
    assert size_for(FEWEST, None) == processors()
    assert (size_for(3, 8), size_for(20, 2)) == (3, 2)
    with crew(app, Order(), 1) as working:
        assert working is one_by_one
