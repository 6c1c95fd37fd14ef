"""What one can subscribe to: the documents of feeds, as they lie in the published tree, whoever wrote it."""

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.deliver.websub import Content
from syndicate.markup import uris
from syndicate.publish.files import MANIFEST
from syndicate.publish.manifest import parse
from syndicate.web import bodies
from syndicate.web.entry import with_charset
from syndicate.web.hub_links import in_ascii, link_header

_FILE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}/[A-Za-z0-9._-]+\Z")

# What changes when a file is replaced.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The tree below `root`, reachable at `base_url`; documents have one of `names`, and name these `hubs`.

    `feeds` are the feeds that are defined: what is gone of another one does not come back.
    """

    root: str
    base_url: str
    names: Collection[str]
    hubs: Sequence[str]
    feeds: Collection[str]

    def is_topic(self, topic: str) -> bool:
        """Whether that is the address of a document that is published."""
        return self._media_type(topic) is not None

    def is_gone(self, topic: str) -> bool:
        """Whether nothing will be published there any more."""
        file = self._file(topic)
        if file is None:
            return True
        feed = file.partition("/")[0]
        return feed not in self.feeds and not os.path.isdir(f"{self.root}/{feed}")

    def mark(self, topic: str) -> Mark | None:
        """What is another one as soon as another document is there; None without one."""
        try:
            found = os.stat(f"{self.root}/{self._file(topic)}")
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def sha256(self, topic: str) -> str | None:
        """The hash (hex) of what is published there; None for nothing."""
        content = self.content(topic)
        return None if content is None else content.sha256

    def content(self, topic: str) -> Content | None:
        """What is published there; None for nothing."""
        media_type, file = self._media_type(topic), self._file(topic)
        found = None if media_type is None else bodies.read(f"{self.root}/{file}")
        if media_type is None or file is None or found is None:
            return None
        return Content(
            topic=topic,
            body=b"".join(bodies.parts_of(found.body)),
            sha256=found.sha256,
            media_type=with_charset(media_type),
            links=link_header(self.hubs, uris.join(self.base_url, file)),
        )

    def _file(self, topic: str) -> str | None:
        """The file at that address, as documents name it or as headers do."""
        base, address = in_ascii(uris.join(self.base_url, "")), in_ascii(topic)
        file = address[len(base) :] if address.startswith(base) else ""
        return file if _FILE.match(file) and file.rpartition("/")[2] in self.names else None

    def _media_type(self, topic: str) -> str | None:
        file = self._file(topic)
        if file is None:
            return None
        try:
            with open(f"{self.root}/{file.partition('/')[0]}/{MANIFEST}", "rb") as manifest:
                documents: Any = parse(manifest.read()).get("documents", {})
            return str(documents[file]["media_type"])
        except (OSError, KeyError, TypeError):
            return None
