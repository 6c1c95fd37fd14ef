"""The pages of feeds as `serve` answers for them."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom import Newsroom, story
from tests.web.servers import nginx, syndicate
from tests.web.wire import Client

NOW = "2026-03-04T12:00:00Z"


@pytest.fixture
def port(newsroom: Newsroom) -> Iterator[int]:
    """The port of a server of two feeds, one of which has a page."""
    publish(newsroom)
    with syndicate(newsroom.folder) as server:
        yield server.port


@pytest.fixture
def served(port: int) -> Iterator[Client]:
    """A connection to it."""
    with Client(port) as client:
        yield client


def publish(room: Newsroom) -> None:
    """Export two feeds."""
    room.show("town")
    room.call("import", str(room.story("a.jsonl", story("ferry"))), now=NOW)
    assert room.call("export", now=NOW)[0] == 0


def test_the_folder_of_a_feed_is_its_page(served: Client, newsroom: Newsroom) -> None:
    page = served.get("/town/")
    assert (page.status, page["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.body == newsroom.tree()["town/index.html"]
    assert served.get("/town/index.html").body == page.body
    moved = served.get("/town")
    assert (moved.status, moved["location"]) == (308, "./town/")
    assert served.get("/all/").status == 404


def test_the_page_may_load_nothing_and_run_nothing(served: Client) -> None:
    for address in ("/", "/town/"):
        page = served.get(address)
        policy = page["content-security-policy"] or ""
        assert policy.startswith("default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;")
        assert "frame-ancestors 'none'" in policy
        assert (page["x-content-type-options"], page["referrer-policy"]) == ("nosniff", "no-referrer")


def test_who_has_the_page_is_told_so(served: Client) -> None:
    page = served.get("/town/", {"Accept-Encoding": "gzip"})
    assert (page["content-encoding"], page["vary"]) == ("gzip", "Accept-Encoding")
    assert b"about ferry" in gzip.decompress(page.body)
    again = served.get("/town/", {"Accept-Encoding": "gzip", "If-None-Match": page["etag"] or ""})
    assert (again.status, again.body) == (304, b"")


def test_a_changed_story_changes_both_pages(served: Client, port: int, newsroom: Newsroom) -> None:
    tags = {address: served.get(address)["etag"] or "" for address in ("/", "/town/")}
    changed = story("ferry", headline="The ferry is back", updated="2026-03-02T08:00:00Z")
    newsroom.call("import", str(newsroom.story("a.jsonl", changed)), now=NOW)
    newsroom.call("export", now=NOW)
    with Client(port) as later:
        for address, tag in tags.items():
            page = later.get(address, {"If-None-Match": tag})
            assert page.status == 200
            assert b"The ferry is back" in page.body


def test_nginx_shows_it_at_the_same_place(newsroom: Newsroom, tmp_path: Path) -> None:
    publish(newsroom)
    place = {"/srv/news/feeds": str(newsroom.folder / "feeds")}
    with nginx(tmp_path, "nginx.conf", place) as port, Client(port) as client:
        page = client.get("/town/")
        assert (page.status, page.body) == (200, newsroom.tree()["town/index.html"])
        assert (page["content-security-policy"] or "").startswith("default-src 'none'")
        assert client.get("/town/manifest.json").status == 404
