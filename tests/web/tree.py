"""A published tree for tests, written by the same functions that an export writes with."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from syndicate.clock import Clock
from syndicate.publish import manifest
from syndicate.publish.files import Tree
from syndicate.web.catalogue import Catalogue
from syndicate.web.feeds import Feeds
from syndicate.web.rates import Buckets

CODINGS = ("gzip", "br")
TYPES = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "newsml-g2.xml": "application/x-item+xml",
}
CONFIG = """[publisher]
name = "Harbour Post"
url = "https://harbour.example/"
tag_authority = "harbour.example,2019"

[output]
url = "https://harbour.example/news/feeds/"
"""


def document(path: str, data: bytes, media_type: str) -> manifest.Document:
    """A document with these bytes."""
    return manifest.Document(
        format="rss",
        path=path,
        media_type=media_type,
        size=len(data),
        parts=hashlib.sha256(data).hexdigest(),
        guids=(),
        fragments=(),
        updated=datetime(2026, 3, 1, tzinfo=UTC),
        chunks=lambda: iter((data,)),
    )


def publish(root: Path, feed: str, files: dict[str, bytes], codings: tuple[str, ...] = CODINGS) -> None:
    """Publish a feed's documents by name, and nothing else of that feed."""
    tree = Tree(root)
    with tree.lock():
        documents = {
            f"{feed}/{name}": manifest.publish(tree, document(f"{feed}/{name}", data, TYPES[name]), codings)
            for name, data in files.items()
        }
        old = manifest.load(tree, feed).get("documents", {})
        manifest.save(tree, feed, {"documents": documents})
        for path in set(old) - set(documents):
            for suffix in ("", ".gz", ".br"):
                tree.remove(path + suffix)
        tree.settle()
        tree.complete()


def page(root: Path, path: str, data: bytes) -> None:
    """Publish a page that no manifest speaks of."""
    tree = Tree(root)
    with tree.lock():
        manifest.write_page(tree, path, data, CODINGS)
        tree.complete()


def feeds(root: Path, clock: Clock, *, rate: float = 0, burst: float = 1, memory: int = 1 << 26) -> Feeds:
    """What answers requests for that tree, under the prefix `/news/feeds` too."""
    return Feeds(Catalogue(str(root), TYPES, lambda _: 60, memory), clock, Buckets(rate, burst), "/news/feeds")


def text(words: int) -> bytes:
    """A document of so many words, compressible as texts are."""
    items = "".join(f"<item><title>The {n * 7919 % 997}th ferry of {n % 31} March</title></item>" for n in range(words))
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
