"""feedparser, the library of most feed readers in Python; whoever uses it keeps tag and date between polls."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser

from tests.readers.entries import LINK_OR_ID, WHEN_CHANGED, YES, Entry, Reader, plain


def _subscribe(_folder: Path, address: str) -> Callable[[], list[Entry]]:
    kept: dict[str, Any] = {"etag": None, "modified": None, "listed": []}

    def poll() -> list[Entry]:
        found = feedparser.parse(address, etag=kept["etag"], modified=kept["modified"])
        assert not found.bozo, found.get("bozo_exception")
        if found.status != 304:
            kept["listed"] = [_entry(one) for one in found.entries]
            kept["etag"], kept["modified"] = found.get("etag"), found.get("modified")
        return list(kept["listed"])

    return poll


def _entry(one: Any) -> Entry:
    (text,) = one.content
    return Entry(
        id=one.id,
        title=plain(one.title) if one.title_detail.type == "text/html" else one.title,
        link=one.get("link"),
        published=_time(one.published_parsed),
        updated=_time(one.updated_parsed if "updated_parsed" in one else None),
        author=", ".join(author.name for author in one.get("authors", ())) or None,
        text=plain(text.value),
        enclosure=next((link.href for link in one.get("links", ()) if link.rel == "enclosure"), None),
    )


def _time(parsed: "time.struct_time | None") -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None


READER = Reader(
    name="feedparser",
    program="Python library",
    is_there=lambda: True,
    subscribe=_subscribe,
    shows=YES,
    in_rss={"updated": WHEN_CHANGED},
    # It takes an Atom id for an address (RFC 4287 does not say so, §4.2.6).
    in_atom={"link": LINK_OR_ID},
)
