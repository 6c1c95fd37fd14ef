"""While a feed changes: no answer is wrong, and none is sent twice to who has it already."""

import gzip
import hashlib
import random
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic

import brotli
import pytest

from tests.web import tree
from tests.web.servers import Server, configure, syndicate
from tests.web.wire import Broken, Client, Reply

VISIBLE_WITHIN = 0.1
PATHS = {f"/{feed}/{name}": (feed, name) for feed in ("town", "harbour") for name in ("rss.xml", "atom.xml")}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": lambda data: bytes(brotli.decompress(data)),
}


@dataclass
class Truth:
    """What was published under each path, in order, and when each publication was complete."""

    published: dict[str, list[bytes]] = field(default_factory=lambda: {path: [] for path in PATHS})
    complete: dict[str, list[float]] = field(default_factory=lambda: {path: [] for path in PATHS})

    def least(self, path: str, moment: float) -> int:
        """Which publication must be seen at that moment: the last one that was complete a tenth of a second before."""
        return bisect_right(self.complete[path], moment - VISIBLE_WITHIN) - 1

    def place(self, path: str, body: bytes) -> int:
        """Which publication these bytes are, the last one of several; they must be one."""
        found = [number for number, one in enumerate(self.published[path]) if one == body]
        assert found, f"{path}: {len(body)} bytes that were never published"
        return found[-1]


@dataclass
class Reader:
    """One that polls all paths in one coding, keeps what it got, and checks every answer."""

    truth: Truth
    coding: str
    by_date: bool
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    held: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def poll(self, client: Client, path: str) -> None:
        """Ask once, and judge the answer by what was published before and after."""
        least = self.truth.least(path, monotonic())
        headers = {"Accept-Encoding": self.coding}
        if path in self.held:
            headers["If-Modified-Since" if self.by_date else "If-None-Match"] = self.held[path][0]
        reply = client.get(path, headers)
        self.answers[reply.status] += 1
        self._judge(path, reply, least)

    def _judge(self, path: str, reply: Reply, least: int) -> None:
        if reply.status == 200:
            body = UNPACK[reply["content-encoding"] or "identity"](reply.body)
            if reply["etag"] != f'"{hashlib.sha256(reply.body).hexdigest()[:32]}"':
                self.faults.append(f"{path}: the tag is not the body's")
            self.held[path] = ((reply["last-modified"] if self.by_date else reply["etag"]) or "", body)
        elif reply.status != 304:
            self.faults.append(f"{path}: {reply.status}")
            return
        if self.truth.place(path, self.held[path][1]) < least:
            self.faults.append(f"{path}: {reply.status} for what is gone")


def change(root: Path, truth: Truth, draw: random.Random) -> None:
    """Publish a feed with some of its documents changed; sizes often stay the same."""
    feed = draw.choice(["town", "harbour"])
    files = {}
    for path, (of, name) in PATHS.items():
        if of == feed:
            body = b"%032x" % draw.getrandbits(128) + tree.text(draw.choice([3, 3, 3, 40, 1200]))
            files[name] = body
            truth.published[path].append(body)
    tree.publish(root, feed, files)
    for name in files:
        truth.complete[f"/{feed}/{name}"].append(monotonic())


def read_on(reader: Reader, server: Server, done: threading.Event) -> None:
    with Client(server.port) as client:
        while not done.is_set():
            for path in PATHS:
                reader.poll(client, path)
            # The machine has other things to do too.
            done.wait(0.004)


def run(folder: Path, changes: int, seed: int) -> list[Reader]:
    """Readers in each coding, by tag and by date, while the feeds change so often."""
    print(f"seed {seed}")
    draw, truth, done = random.Random(seed), Truth(), threading.Event()
    root = folder / "feeds"
    configure(folder)
    for _ in range(6):
        change(root, truth, draw)
    assert all(truth.published.values())
    readers = [Reader(truth, coding, by_date) for coding in UNPACK for by_date in (False, True)]
    with syndicate(folder) as server:
        threads = [threading.Thread(target=read_on, args=(reader, server, done)) for reader in readers]
        for thread in threads:
            thread.start()
        for _ in range(changes):
            change(root, truth, draw)
            # Longer than files go unlooked at, or shorter, or at once.
            done.wait(draw.choice([0, 0, 0.03, 0.12]))
        done.set()
        for thread in threads:
            thread.join()
        for reader in readers:
            _settled(reader, server)
    return readers


def _settled(reader: Reader, server: Server) -> None:
    """Once nothing changes any more, each holds the last publication, and is told so from then on."""
    threading.Event().wait(0.12)
    with Client(server.port) as client:
        for path in PATHS:
            reader.poll(client, path)
            assert reader.held[path][1] == reader.truth.published[path][-1]


def test_no_wrong_answer_while_feeds_change(tmp_path: Path) -> None:
    check(run(tmp_path, 150, 7))


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_no_wrong_answer_in_ten_thousand_changes(tmp_path: Path) -> None:
    check(run(tmp_path, 10_000, random.SystemRandom().getrandbits(32)))


def check(readers: list[Reader]) -> None:
    assert [fault for reader in readers for fault in reader.faults] == []
    assert all(reader.answers[200] > 20 for reader in readers)
    assert all(reader.answers[304] > 0 for reader in readers if not reader.by_date)


@pytest.mark.parametrize("coding", UNPACK)
def test_nothing_is_sent_again_when_nothing_changed(tmp_path: Path, coding: str) -> None:
    truth, root = Truth(), tmp_path / "feeds"
    configure(tmp_path)
    draw = random.Random(1)
    while not all(truth.published.values()):
        change(root, truth, draw)
    reader = Reader(truth, coding, by_date=False)
    with syndicate(tmp_path) as server, Client(server.port) as client:
        for _ in range(250):
            for path in PATHS:
                reader.poll(client, path)
    assert reader.faults == []
    assert reader.answers == {200: len(PATHS), 304: 249 * len(PATHS)}


def test_a_change_is_seen_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    configure(tmp_path)
    root = tmp_path / "feeds"
    tree.publish(root, "town", {"rss.xml": b"one"})
    with syndicate(tmp_path) as server, Client(server.port) as client:
        for turn in range(20):
            assert client.get("/town/rss.xml").status == 200
            tree.publish(root, "town", {"rss.xml": b"turn %d" % turn})
            threading.Event().wait(0.1)
            assert client.get("/town/rss.xml").body == b"turn %d" % turn


KILLS = 5


def kill_under_load(folder: Path, kills: int) -> tuple[Counter[str], list[float]]:
    """What a reader saw of a server that is killed again and again, and begun again at the same port.

    Also the seconds that each start took until the first answer.
    """
    configure(folder)
    root, large = folder / "feeds", tree.text(12_000)
    tree.publish(root, "town", {"rss.xml": large})
    seen: Counter[str] = Counter()
    port, starts = 0, []
    for _ in range(kills):
        begun = monotonic()
        with syndicate(folder, port=port) as server:
            port = server.port
            with Client(port) as client:
                assert client.get("/town/rss.xml", method="HEAD").status == 200
            starts.append(monotonic() - begun)
            killer = threading.Timer(0.05 + random.random() * 0.2, server.process.kill)
            killer.start()
            _read_until_killed(port, large, seen)
            killer.join()
    return seen, starts


def _read_until_killed(port: int, large: bytes, seen: Counter[str]) -> None:
    """Ask for a large document until the connection breaks; what is whole must be right."""
    try:
        with Client(port) as client:
            while True:
                reply = client.get("/town/rss.xml", {"Accept-Encoding": random.choice(list(UNPACK))})
                assert UNPACK[reply["content-encoding"] or "identity"](reply.body) == large
                seen["whole"] += 1
    except (Broken, OSError):
        seen["broken"] += 1


def test_a_killed_server_tells_nothing_wrong(tmp_path: Path) -> None:
    seen, starts = kill_under_load(tmp_path, KILLS)
    assert min(starts) < 1
    assert seen["broken"] == KILLS
    assert seen["whole"] > KILLS


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_a_hundred_times_killed_server_tells_nothing_wrong(tmp_path: Path) -> None:
    seen, starts = kill_under_load(tmp_path, 100)
    assert median(starts) < 1
    assert seen["broken"] == 100
    assert seen["whole"] > 100
