"""What is there to be served, from the published files and the feeds' manifests alone.

A document's tag is made from the very bytes that are sent, which are read once: whatever an export renames when, a
body and its tag cannot disagree. Its manifest says whether a file in a feed's folder is published at all, of which
type it is, and what its twins are; a twin that is not the document's is not offered.

Files are looked at again when the last look is older than `LOOK_EVERY`: two calls of stat, however many feeds there
are, and nothing is parsed or hashed unless one of the two has changed. So it does not matter who writes the tree, an
export on this machine or a copy from another.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import inf
from stat import S_ISREG
from typing import Any

from syndicate.publish.files import MANIFEST
from syndicate.publish.manifest import SUFFIXES, Manifest, parse
from syndicate.web import bodies
from syndicate.web.bodies import ABSENT, LARGE, Body, Shelf, Verified
from syndicate.web.entry import IDENTITY, Entry, Variant, with_charset

LOOK_EVERY = 0.05
# Seconds for which archive pages may be kept. They never change; yet a story that was killed should leave the caches.
LASTING = 24 * 60 * 60
# Readings of a document and its manifest before they are taken as they are: an export may be at it.
_TRIES = 3
_ENTRIES = 50_000
# What is shown without a manifest that speaks of it, by suffix: pages and what belongs to them.
PAGES = {
    ".html": "text/html",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".txt": "text/plain",
}
# Documents that no feed's manifest names: those of single articles, and those beside the feeds' folders.
_ARTICLES = "articles"
_LOOSE = {".xml": "application/xml", ".json": "application/json", ".opml": "text/x-opml"}

Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is said of a file: its media type; by manifest, also its hash and its twins' files and hashes by coding.

    `is_lasting`: it never changes under its name.
    """

    media_type: str
    sha256: str | None
    twins: Mapping[str, tuple[str, str | None]]
    is_lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An entry as it was read, with the marks of the files it was read from."""

    entry: Entry
    found: tuple[Verified, ...]
    marks: tuple[Mark | None, Mark | None]


@dataclass(slots=True)
class _Kept:
    """An entry, the marks that it holds for (None: it holds no longer), and when they were looked at."""

    entry: Entry
    marks: tuple[Mark | None, Mark | None] | None
    looked: float


class Catalogue:
    """The entries of the tree below `root`.

    `types` are media types by file name, `max_age` gives the seconds for which documents of a folder may be kept,
    `links` what a feed's document says of itself in the header `Link` (nothing: no such header). Nothing in the folders
    `unserved` is there for anybody.
    """

    def __init__(
        self,
        root: str,
        types: Mapping[str, str],
        max_age: Callable[[str], int],
        memory: int = 64 * 1024 * 1024,
        links: Callable[[str], bytes] = lambda _file: b"",
        unserved: frozenset[str] = frozenset(),
    ) -> None:
        self._unserved = unserved
        self._root = root
        self._types = types
        self._max_age = max_age
        self._links = links
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._shelf = Shelf(memory)

    def find(self, file: str, now: float) -> Entry | None:
        """The entry of that file of the tree, or None. `now` is in seconds that never jump. Raises OSError."""
        kept = self._kept.get(file)
        if kept is not None and now - kept.looked < LOOK_EVERY:
            return kept.entry
        if kept is not None and kept.marks == self._marks(file):
            kept.looked = now
            return kept.entry
        return self.keep(file, self.load(file), now)

    def is_slow(self, file: str, now: float) -> bool:
        """Whether finding it means to read a large file, which nobody else should have to wait for."""
        kept = self._kept.get(file)
        if kept is not None and now - kept.looked < LOOK_EVERY:
            return False
        try:
            mark = _mark(f"{self._root}/{file}")
            return mark is not None and mark[2] > LARGE and (kept is None or kept.marks != self._marks(file))
        except OSError:
            return False

    def body(self, variant: Variant) -> Body | None:
        """The verified bytes; None when the file is not what it was any more: then find the entry anew."""
        body = self._shelf.get(variant.sha256)
        if body is not None:
            return body
        found = bodies.read(f"{self._root}/{variant.file}")
        if found is None or found.sha256 != variant.sha256:
            return None
        self._shelf.put(found)
        return found.body

    def forget(self, file: str) -> None:
        """Read this one anew when it is asked for next; that it must be dated later than now is not forgotten."""
        kept = self._kept.get(file)
        if kept is not None:
            kept.marks, kept.looked = None, -inf

    def load(self, file: str) -> Loaded | None:
        """The entry read from the files; changes nothing here, so that it may run beside. Raises OSError."""
        loaded = None
        for _ in range(_TRIES):
            marks = self._marks(file)
            if marks[0] is None or not self._is_inside(file):
                return None
            claim = self._claim(file)
            document = None if claim is None else bodies.read(f"{self._root}/{file}")
            if claim is None or document is None:
                return None
            loaded = self._loaded(file, claim, document, marks)
            if claim.sha256 in (None, document.sha256) and marks == self._marks(file):
                break
        return loaded

    def keep(self, file: str, loaded: Loaded | None, now: float) -> Entry | None:
        """Take over what was loaded; the entry comes back.

        A file that changed is never dated before or like what it replaced, whatever its time says: those who ask by
        date would keep the old one for ever.
        """
        if loaded is None:
            self.forget(file)
            return None
        old = self._kept.pop(file, None)
        entry = loaded.entry
        if old is not None:
            changed = _document(old.entry).sha256 != _document(entry).sha256
            entry = replace(entry, modified=max(entry.modified, old.entry.modified + changed))
        for found in loaded.found:
            self._shelf.put(found)
        self._kept[file] = _Kept(entry, loaded.marks, now)
        if len(self._kept) > _ENTRIES:
            self._kept.popitem(last=False)
        return entry

    def _marks(self, file: str) -> tuple[Mark | None, Mark | None]:
        folder, _, rest = file.partition("/")
        manifest = _mark(f"{self._root}/{folder}/{MANIFEST}") if rest else None
        return _mark(f"{self._root}/{file}"), manifest

    def _is_inside(self, file: str) -> bool:
        """Whether the file lies below the root with all links followed."""
        root = os.path.realpath(self._root)
        real = os.path.relpath(os.path.realpath(f"{root}/{file}"), root)
        if self._unserved.intersection((file.partition("/")[0], real.partition("/")[0])):
            return False
        return os.path.realpath(f"{root}/{file}").startswith(root + os.sep)

    def _loaded(self, file: str, claim: Claim, document: Verified, marks: tuple[Mark | None, Mark | None]) -> Loaded:
        mark = marks[0] or (0, 0, 0)
        found = {(IDENTITY, file): document, **self._twins(claim, document)}
        variants = [
            Variant(coding=coding, file=path, size=one.size, sha256=one.sha256) for (coding, path), one in found.items()
        ]
        entry = Entry(
            file=file,
            media_type=with_charset(claim.media_type),
            modified=mark[1] // 1_000_000_000,
            max_age=max(self._max_age(file.partition("/")[0]), LASTING if claim.is_lasting else 0),
            links=b"" if claim.sha256 is None else self._links(file),
            variants=tuple(sorted(variants, key=lambda one: one.size)),
        )
        return Loaded(entry=entry, found=tuple(found.values()), marks=marks)

    def _twins(self, claim: Claim, document: Verified) -> dict[tuple[str, str], Verified]:
        twins = {}
        for coding, (path, sha256) in claim.twins.items():
            twin = bodies.read(f"{self._root}/{path}")
            if twin is not None and _belongs(coding, twin, sha256, document, claim):
                twins[coding, path] = twin
        return twins

    def _claim(self, file: str) -> Claim | None:
        folder, _, rest = file.partition("/")
        name = file.rpartition("/")[2]
        if rest and (named := _named(self._manifest(folder), file)):
            return named
        suffix = os.path.splitext(name)[1].lower()
        media_type = PAGES.get(suffix)
        if media_type is None and (not rest or folder == _ARTICLES):
            media_type = self._types.get(name) or _LOOSE.get(suffix)
        if media_type is None:
            return None
        twins: dict[str, tuple[str, str | None]] = {coding: (file + end, None) for coding, end in SUFFIXES.items()}
        return Claim(media_type=media_type, sha256=None, twins=twins)

    def _manifest(self, folder: str) -> Manifest:
        try:
            with open(f"{self._root}/{folder}/{MANIFEST}", "rb") as file:
                return parse(file.read())
        except (FileNotFoundError, NotADirectoryError):
            return {}


def _belongs(coding: str, twin: Verified, sha256: str | None, document: Verified, claim: Claim) -> bool:
    """Whether it is this document's twin: by the manifest that speaks of both, else by unpacking it."""
    if sha256 == twin.sha256 and claim.sha256 == document.sha256:
        return True
    return bodies.is_twin(coding, twin, document)


def _named(manifest: Manifest, file: str) -> Claim | None:
    """What a manifest says of a document, of an archive page, or of an article's own document in the feed's folder."""
    for key in ("documents", "archive", "articles"):
        documents = manifest.get(key)
        one: Any = documents.get(file) if isinstance(documents, dict) else None
        if one is not None:
            claim = _claimed(one, file)
            return claim if claim is None or key != "archive" else replace(claim, is_lasting=True)
    return None


def _claimed(one: Any, file: str) -> Claim | None:
    try:
        if "encodings" not in one:
            alone: dict[str, tuple[str, str | None]] = {end: (file + suffix, None) for end, suffix in SUFFIXES.items()}
            return Claim(media_type=one["media_type"], sha256=one["sha256"], twins=alone)
        twins = {coding: (twin["path"], twin["sha256"]) for coding, twin in one["encodings"].items()}
        return Claim(media_type=one["media_type"], sha256=one["sha256"], twins=twins)
    except (KeyError, TypeError, AttributeError):
        return None


def _document(entry: Entry) -> Variant:
    return next(one for one in entry.variants if one.coding == IDENTITY)


def _mark(path: str) -> Mark | None:
    """What changes when a file is replaced; None when there is none."""
    try:
        found = os.stat(path)
    except OSError as error:
        if error.errno in ABSENT:
            return None
        raise
    return (found.st_ino, found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None
