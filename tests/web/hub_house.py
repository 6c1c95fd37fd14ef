"""A newsroom with a hub of its own on this machine, in real processes, and a subscriber's side of the talk."""

import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from tests.cli.process import run
from tests.conftest import ROOT
from tests.deliver.server import Elsewhere, Got
from tests.newsroom import FEED, story
from tests.web.servers import Server, free_port, syndicate
from tests.web.wire import Client, Reply

CONFIG = """[publisher]
name = "Harbour Post"
url = "https://harbour.example/"
language = "en-GB"
tag_authority = "harbour.example,2019"

[output]
url = "http://127.0.0.1:{port}/"

[websub]
own = "http://127.0.0.1:{port}/hub"
allow = ["127.0.0.0/8"]
longest_pause = {pause}
"""
SECRET = "a secret of the ferry"


@dataclass(frozen=True)
class House:
    """The working directory, and the port that its server takes."""

    folder: Path
    port: int

    def call(self, *words: str) -> str:
        """Run a command; its standard output."""
        code, out, err = run(*words, folder=self.folder)
        assert code == 0, err
        return out

    def json(self, *words: str) -> Any:
        """What a command prints with `--json`."""
        return json.loads(self.call(*words, "--json"))

    def write(self, headline: str, version: int = 1, name: str = "ferry", **fields: Any) -> None:
        """Import a version of a story."""
        one = story(name, headline=headline, version=version, updated=f"2026-03-01T08:00:{version:02}Z", **fields)
        (self.folder / "a.jsonl").write_text(json.dumps(one) + "\n", encoding="utf-8")
        self.call("import", "a.jsonl")

    def publish(self, headline: str, version: int = 1, **fields: Any) -> float:
        """Import and export a version; the monotonic second at which the export had ended."""
        self.write(headline, version, **fields)
        self.call("export")
        return monotonic()

    def topic(self, name: str = "rss.xml", feed: str = "town") -> str:
        """The address of a document."""
        return f"http://127.0.0.1:{self.port}/{feed}/{name}"

    @contextmanager
    def serving(self, *options: str) -> Iterator[Server]:
        """The server with its hub."""
        with syndicate(self.folder, "--hub", *options, port=self.port) as server:
            yield server

    def ask(self, fields: dict[str, str]) -> Reply:
        """Post a form to the hub."""
        body = urlencode(fields).encode()
        with Client(self.port) as client:
            client.send(
                b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            return client.reply()

    def subscribe(self, subscriber: Elsewhere, topic: str | None = None, path: str = "/here", **more: str) -> Reply:
        """Subscribe, and wait until the hub knows that it was meant."""
        count = len(self.subscriptions())
        fields = {"mode": "subscribe", "topic": topic or self.topic(), "callback": subscriber.base + path,
                  "secret": SECRET, **more}  # fmt: skip
        reply = self.ask({f"hub.{name}": value for name, value in fields.items()})
        assert reply.status == 202, reply.body
        subscriber.until(lambda: len(self.subscriptions()) > count)
        return reply

    def subscriptions(self) -> list[dict[str, Any]]:
        """What the hub knows of its subscribers."""
        found: list[dict[str, Any]] = self.json("websub", "list")["subscriptions"]
        return found

    @property
    def published(self) -> bytes:
        """The document of the feed as it lies in the tree."""
        return (self.folder / "feeds" / "town" / "rss.xml").read_bytes()

    @contextmanager
    def scheduling(self) -> Iterator["subprocess.Popen[bytes]"]:
        """The scheduler at work."""
        with (self.folder / "schedule.log").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "syndicate", "schedule", "run"],
                cwd=self.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=said,
            )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def house(folder: Path, pause: float = 0.3) -> House:
    """A house with one published feed; between attempts a hub waits so many seconds at most."""
    port = free_port()
    (folder / "config" / "feeds").mkdir(parents=True)
    (folder / "config" / "syndicate.toml").write_text(CONFIG.format(port=port, pause=pause), encoding="utf-8")
    (folder / "config" / "feeds" / "town.toml").write_text(FEED.format(id="town"), encoding="utf-8")
    made = House(folder, port)
    made.publish("The ferry runs")
    return made


def is_signed(got: Got, secret: str = SECRET) -> bool:
    """Whether the push proves that it comes from who has the secret."""
    wanted = hmac.new(secret.encode(), got.body, hashlib.sha256).hexdigest()
    return got.headers["x-hub-signature"] == f"sha256={wanted}"


def links(text: str | None) -> set[tuple[str, str]]:
    """Relations and addresses of a header `Link`."""
    return {(relation, address) for address, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', text or "")}
