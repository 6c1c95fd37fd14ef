"""What one can subscribe to: the documents of feeds, as they lie in the published tree, whoever wrote it."""

import os
import re
from collections.abc import Collection, Mapping, Sequence
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

# What changes when a document or its manifest is replaced.
Mark = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The tree below `root`, reachable at `base_url`; documents have one of `names`, and name these `hubs`.

    `feeds` are the feeds that are defined: what is gone of another one does not come back. Those `unserved` are for
    nobody.
    """

    root: str
    base_url: str
    names: Collection[str]
    hubs: Sequence[str]
    feeds: Collection[str]
    unserved: Collection[str] = ()

    def is_topic(self, topic: str) -> bool:
        """Whether that is the address of a document that is published.

        Raises OSError while that cannot be said, since a manifest is being copied into its place.
        """
        file = self._file(topic)
        if file is None:
            return False
        manifest = self._manifest(file)
        if manifest == {}:
            raise OSError(f"{file.partition('/')[0]}/{MANIFEST} is no whole manifest")
        return _document(manifest, file) is not None

    def is_gone(self, topic: str) -> bool:
        """Whether nothing will be published there any more."""
        file = self._file(topic)
        if file is None:
            return True
        feed = file.partition("/")[0]
        return feed not in self.feeds and not os.path.isdir(f"{self.root}/{feed}")

    def mark(self, topic: str) -> Mark | None:
        """What is another one as soon as another document or manifest is there; None without a document."""
        file = str(self._file(topic))
        document = _mark(f"{self.root}/{file}")
        return document + _mark(self._place(file)) if document else None

    def sha256(self, topic: str) -> str | None:
        """The hash (hex) of what is published there; None for nothing, and for what its manifest does not know."""
        content = self.content(topic)
        return None if content is None else content.sha256

    def content(self, topic: str) -> Content | None:
        """What is published there; None for nothing.

        None too for what is not what its manifest says: while a tree is copied, a file may be half of one. The `mark`
        changes when it is whole.
        """
        file = self._file(topic)
        known = None if file is None else _document(self._manifest(file), file)
        found = None if known is None else bodies.read(f"{self.root}/{file}")
        if file is None or known is None or found is None or found.sha256 != known["sha256"]:
            return None
        return Content(
            topic=topic,
            body=b"".join(bodies.parts_of(found.body)),
            sha256=found.sha256,
            media_type=with_charset(known["media_type"]),
            links=link_header(self.hubs, uris.join(self.base_url, file)),
        )

    def _file(self, topic: str) -> str | None:
        """The file at that address, as documents name it or as headers do."""
        base, address = in_ascii(uris.join(self.base_url, "")), in_ascii(topic)
        file = address[len(base) :] if address.startswith(base) else ""
        if file.partition("/")[0] in self.unserved:
            return None
        return file if _FILE.match(file) and file.rpartition("/")[2] in self.names else None

    def _place(self, file: str) -> str:
        return f"{self.root}/{file.partition('/')[0]}/{MANIFEST}"

    def _manifest(self, file: str) -> Mapping[str, Any] | None:
        """The manifest that speaks of that file; None without one, an empty one for what is none."""
        try:
            with open(self._place(file), "rb") as manifest:
                return parse(manifest.read())
        except OSError:
            return None


def _document(manifest: Mapping[str, Any] | None, file: str) -> Mapping[str, str] | None:
    """Hash and media type of the document, as the manifest has them."""
    try:
        found = (manifest or {})["documents"][file]
        return {key: str(found[key]) for key in ("sha256", "media_type")}
    except (KeyError, TypeError):
        return None


def _mark(path: str) -> Mark:
    """Empty where there is no such file."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
