"""A newsroom in a folder: configuration, stories, and the command line to work on them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from syndicate.cli.main import run

CONFIG = """[publisher]
name = "Harbour Post"
url = "https://harbour.example/"
language = "en-GB"
tag_authority = "harbour.example,2019"
rights = "© Harbour Post"

[output]
url = "https://harbour.example/feeds/"
"""
FEED = """id = "{id}"
title = "Harbour Post: {id}"
link = "https://harbour.example/{id}"
description = "About {id}"
formats = ["rss", "atom", "newsml-g2"]
"""


@dataclass(frozen=True)
class Newsroom:
    """A working directory and the commands in it."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "config" / "syndicate.toml"

    def call(self, *arguments: str, now: str | None = None) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of one command."""
        at = ["--now", now] if now else []
        self.capture.readouterr()
        code = run(["--config", str(self.config), *at, *arguments])
        out, err = self.capture.readouterr()
        return code, out, err

    def json(self, *arguments: str, now: str | None = None) -> Any:
        """What a command prints with `--json`."""
        return json.loads(self.call(*arguments, "--json", now=now)[1])

    def story(self, name: str, *articles: dict[str, Any]) -> Path:
        """A file of articles in JSON lines."""
        path = self.folder / name
        path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
        return path

    def feed(self, feed_id: str, rest: str = "") -> None:
        """A feed definition."""
        path = self.folder / "config" / "feeds" / f"{feed_id}.toml"
        path.write_text(FEED.format(id=feed_id) + rest, encoding="utf-8")

    def show(self, *feed_ids: str) -> None:
        """Give these feeds a page for people."""
        for feed_id in feed_ids:
            path = self.folder / "config" / "feeds" / f"{feed_id}.toml"
            text = path.read_text(encoding="utf-8").replace("formats = [", 'formats = ["preview", ')
            path.write_text(text, encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        """Every file of the published tree with its bytes."""
        root = self.folder / "feeds"
        files = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def make_newsroom(folder: Path, capture: pytest.CaptureFixture[str]) -> Newsroom:
    """A newsroom in that folder with two feeds, `all` and `town`."""
    (folder / "config" / "feeds").mkdir(parents=True)
    room = Newsroom(folder, capture)
    room.config.write_text(CONFIG, encoding="utf-8")
    room.feed("all")
    room.feed("town", '[select]\nsections = ["town"]\n')
    return room


def story(name: str, **fields: Any) -> dict[str, Any]:
    """A good article as JSON."""
    return {
        "guid": f"tag:harbour.example,2019:story:{name}",
        "headline": f"What happened about {name}",
        "body": [{"type": "paragraph", "html": f"The whole town speaks about {name}."}],
        "sections": ["town"],
        "published": "2026-03-01T08:00:00Z",
        "updated": "2026-03-01T08:00:00Z",
        "url": f"https://harbour.example/{name}",
        **fields,
    }
