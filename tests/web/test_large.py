"""Files that take long to read: they are read beside other requests, once, and whatever comes of it is an answer."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from syndicate.clock import SystemClock
from syndicate.web.bodies import LARGE
from syndicate.web.catalogue import Catalogue, Loaded
from syndicate.web.feeds import Feeds
from tests.web import tree


@pytest.fixture
def feeds(tmp_path: Path) -> Feeds:
    """A published tree with a large feed, and a large file beside it that nobody published."""
    tree.publish(tmp_path, "archive", {"rss.xml": bytes(LARGE + 1)}, codings=())
    (tmp_path / "archive" / "notes.xml").write_bytes(bytes(LARGE + 1))
    return tree.feeds(tmp_path, SystemClock())


def statuses(feeds: Feeds, targets: Sequence[bytes]) -> list[int]:
    """What these requests, made at once, are answered with; none may take longer than some seconds."""

    async def ask() -> list[int]:
        ready = [asyncio.wait_for(feeds.ready("GET", target, (), None), 5) for target in targets]
        return [one.answer.status for one in await asyncio.gather(*ready)]

    return asyncio.run(ask())


def test_a_large_file_that_is_not_shown_is_not_there(feeds: Feeds) -> None:
    assert feeds.at_once("GET", b"/archive/notes.xml", (), None) is None
    assert statuses(feeds, [b"/archive/notes.xml"]) == [404]


def test_a_large_file_that_cannot_be_read_is_a_matter_of_the_moment(
    feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Catalogue, "load", fail)
    assert statuses(feeds, [b"/archive/rss.xml"] * 2) == [503, 503]
    monkeypatch.undo()
    assert statuses(feeds, [b"/archive/rss.xml"]) == [200]


def test_a_large_file_is_read_once_for_all_who_ask(feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> None:
    read, load = list[str](), Catalogue.load

    def noted(self: Catalogue, file: str) -> Loaded | None:
        read.append(file)
        return load(self, file)

    monkeypatch.setattr(Catalogue, "load", noted)
    targets = [b"/archive/rss.xml", b"/archive/rss.xml?a", b"/news/feeds/archive/rss.xml"]
    assert statuses(feeds, targets) == [200] * 3
    assert read.count("archive/rss.xml") == 1
