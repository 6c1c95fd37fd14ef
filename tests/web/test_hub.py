"""The hub's door: methods, sizes, kinds, rates, a store that is away; and what lies behind it for good requests."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from syndicate.clock import FixedClock
from syndicate.errors import StoreError
from syndicate.store import subscriptions
from syndicate.store.engine import Store, open_store
from syndicate.web.hub import Desk, Hub
from syndicate.web.hub_form import MOST_FORM, Bounds
from syndicate.web.hub_topics import Topics
from syndicate.web.site import Message
from tests.web import tree

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BASE = "https://harbour.example/news/feeds/"
FORM = [(b"content-type", b"application/x-www-form-urlencoded")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def topics(tmp_path: Path) -> Topics:
    """A published tree of two feeds."""
    root = tmp_path / "feeds"
    tree.publish(root, "town", {"rss.xml": b"<rss/>", "atom.xml": b"<feed/>"})
    tree.publish(root, "quay", {"rss.xml": b"<rss/>"})
    tree.page(root, "index.html", b"<!DOCTYPE html>")
    return Topics(root=str(root), base_url=BASE, names={"rss.xml", "atom.xml"}, hubs=(), feeds={"town"})


def desk(store: Store, topics: Topics, bounds: Bounds | None = None, nudged: list[int] | None = None) -> Desk:
    told = [] if nudged is None else nudged
    return Desk(
        store=store, topics=topics, clock=FixedClock(NOW), allow=(), nudge=lambda: told.append(1),
        bounds=bounds or Bounds(),
    )  # fmt: skip


def form(topic: str = f"{BASE}town/rss.xml", callback: str = "https://reader.example/push", **more: str) -> bytes:
    fields = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback, **more}
    return urlencode(fields).encode()


def ask(
    hub: Hub,
    *bodies: bytes,
    method: str = "POST",
    headers: list[tuple[bytes, bytes]] | None = None,
    client: str | None = None,
) -> tuple[int, dict[bytes, bytes], str]:
    """Status, headers and text of the answer to a request whose body comes in these parts."""
    parts = list(bodies) or [form()]
    sent: list[Message] = []

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": "/hub", "headers": FORM if headers is None else headers,
        "state": {"counted_for": client},
    }  # fmt: skip
    asyncio.run(hub(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"].decode()


def test_a_good_request_is_kept_until_it_is_confirmed(store: Store, topics: Topics) -> None:
    nudged: list[int] = []
    status, headers, text = ask(Hub(desk(store, topics, nudged=nudged)), form(**{"hub.secret": "ferry"}))
    assert (status, nudged) == (202, [1])
    assert text.startswith("202 Accepted.")
    assert headers[b"cache-control"] == b"no-store"
    with store.read() as connection:
        (intent,) = subscriptions.intents_due(connection, NOW)
        assert subscriptions.all_of(connection) == ()
    assert (intent.mode, intent.secret, intent.host) == ("subscribe", "ferry", "reader.example")
    assert intent.published_sha256 == topics.sha256(f"{BASE}town/rss.xml")


@pytest.mark.parametrize(
    "topic",
    [
        f"{BASE}town/newsml-g2.xml",
        f"{BASE}nothing/rss.xml",
        f"{BASE}town/rss.xml.gz",
        f"{BASE}town/manifest.json",
        f"{BASE}index.html",
        f"{BASE}../town/rss.xml",
        f"{BASE}town/../town/rss.xml",
        f"{BASE}town/rss.xml?x=1",
        f"{BASE}town/rss.xml#x",
        f"{BASE}town//rss.xml",
        f"{BASE}/town/rss.xml",
        f"{BASE}.tmp/rss.xml",
        f"{BASE}town%2Frss.xml",
        "https://harbour.example/town/rss.xml",
        "http://harbour.example/news/feeds/town/rss.xml",
        "https://elsewhere.example/news/feeds/town/rss.xml",
        "/town/rss.xml",
        "rss.xml",
    ],
)
def test_nothing_but_published_documents_can_be_subscribed_to(store: Store, topics: Topics, topic: str) -> None:
    status, _, text = ask(Hub(desk(store, topics)), form(topic))
    assert status == 404
    assert "no document that is published here" in text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_told_what_this_is(store: Store, topics: Topics, method: str) -> None:
    status, headers, text = ask(Hub(desk(store, topics)), method=method)
    assert (status, headers[b"allow"]) == (405, b"POST")
    assert "This is a WebSub hub" in text


@pytest.mark.parametrize("kind", [b"application/json", b"text/plain", b"multipart/form-data; boundary=x", b""])
def test_only_forms_are_taken(store: Store, topics: Topics, kind: bytes) -> None:
    assert ask(Hub(desk(store, topics)), headers=[(b"content-type", kind)])[0] == 415
    assert ask(Hub(desk(store, topics)), headers=[])[0] == 415


def test_a_form_may_name_its_charset(store: Store, topics: Topics) -> None:
    headers = [(b"content-type", b"Application/X-WWW-Form-Urlencoded; charset=utf-8")]
    assert ask(Hub(desk(store, topics)), headers=headers)[0] == 202


def test_a_huge_body_is_not_read_to_its_end(store: Store, topics: Topics) -> None:
    parts = [b"a" * 4096] * 100
    status, _, text = ask(Hub(desk(store, topics)), *parts)
    assert status == 413
    assert str(MOST_FORM) in text


def test_one_address_may_not_ask_for_ever(store: Store, topics: Topics) -> None:
    class Still(FixedClock):
        def monotonic(self) -> float:
            return 0.0

    hub = Hub(replace(desk(store, topics), clock=Still(NOW)))
    statuses = [ask(hub, b"", client="192.0.2.7")[0] for _ in range(310)]
    assert statuses == [400] * 300 + [429] * 10
    assert ask(hub, b"", client="192.0.2.8")[0] == 400
    assert b"retry-after" in ask(hub, b"", client="192.0.2.7")[1]


def test_one_host_may_not_have_everything(store: Store, topics: Topics) -> None:
    hub = Hub(desk(store, topics, Bounds(unconfirmed=4, unconfirmed_of_host=2)))
    callbacks = [f"https://reader{n % 3}.example/{n}" for n in range(9)]
    statuses = [ask(hub, form(callback=callback))[0] for callback in callbacks]
    assert statuses == [202, 202, 202, 202] + [503] * 5
    assert ask(hub, form(callback=callbacks[0]))[0] == 503


def test_a_store_that_is_away_is_told_without_a_reason(store: Store, topics: Topics) -> None:
    class Away(Store):
        def write(self) -> None:  # type: ignore[override]
            raise StoreError("postgresql://secret@host: is away")

    status, headers, text = ask(Hub(desk(Away(store._database), topics)))
    assert (status, headers[b"retry-after"]) == (503, b"5")
    assert "secret" not in text


def test_addresses_in_either_spelling_name_the_document(topics: Topics) -> None:
    named = Topics(
        root=topics.root, base_url="https://häfen.example/näch/", names=topics.names, hubs=(), feeds=topics.feeds
    )
    assert named.is_topic("https://häfen.example/näch/town/rss.xml")
    assert named.is_topic("https://h%C3%A4fen.example/n%C3%A4ch/town/rss.xml")


def test_nothing_is_half_copied_for_the_hub(store: Store, topics: Topics) -> None:
    topic, file = f"{BASE}town/rss.xml", Path(topics.root, "town", "rss.xml")
    whole, before = topics.content(topic), topics.mark(topic)
    assert whole is not None
    file.write_bytes(b"<rs")
    assert topics.content(topic) is None
    assert ask(Hub(desk(store, topics)), form(topic))[0] == 202
    with store.read() as connection:
        assert subscriptions.intents_due(connection, NOW)[0].published_sha256 is None
    file.write_bytes(b"<rss/>")
    assert topics.content(topic) == whole
    assert topics.mark(topic) != before


def test_a_manifest_that_is_half_copied_denies_nothing(store: Store, topics: Topics) -> None:
    topic, manifest = f"{BASE}town/rss.xml", Path(topics.root, "town", "manifest.json")
    whole, before = manifest.read_bytes(), topics.mark(topic)
    for part in (b"", whole[:40]):
        manifest.write_bytes(part)
        assert ask(Hub(desk(store, topics)), form(topic))[0] == 503
        assert topics.content(topic) is None
        assert topics.mark(topic) not in (before, None)
    manifest.write_bytes(whole)
    assert ask(Hub(desk(store, topics)), form(topic))[0] == 202
    manifest.unlink()
    assert ask(Hub(desk(store, topics)), form(topic))[0] == 404


def test_what_is_gone_for_good(topics: Topics) -> None:
    assert not topics.is_gone(f"{BASE}town/rss.xml")

    assert not topics.is_gone(f"{BASE}quay/rss.xml")
    assert topics.is_gone(f"{BASE}never/rss.xml")
    assert topics.is_gone("https://harbour.example/old/town/rss.xml")
    assert topics.mark(f"{BASE}never/rss.xml") is None
    assert topics.content(f"{BASE}never/rss.xml") is None
