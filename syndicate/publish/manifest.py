"""What a feed's folder holds: the hashes, sizes and guids of its documents, written last.

Nothing in it depends on when it was written, so that the same store gives the same manifest.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import brotli
import orjson

from syndicate.markup import gzip_parts
from syndicate.markup.dates import rfc3339
from syndicate.publish.files import MANIFEST, Draft, Tree

Pack = Callable[[int, int], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document ready to be published; `path` is relative to the published tree.

    `parts` is a hash (hex) that stands for its bytes, `fragments` are hashes of the articles' bytes in it, one for each
    guid. `chunks` gives its bytes part by part; `pack`, given their CRC-32 and size, the same as a gzip file from parts
    that are deflated already. `newest` gives what the front page says of its first articles, for JSON; it is asked
    only when the document is written.
    """

    format: str
    path: str
    media_type: str
    size: int
    parts: str
    guids: tuple[str, ...]
    fragments: tuple[str, ...]
    updated: datetime
    chunks: Callable[[], Iterator[bytes]]
    pack: Pack | None = None
    newest: Callable[[], list[dict[str, str]]] | None = None

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hex; they are gone through for it."""
        whole = hashlib.sha256()
        for chunk in self.chunks():
            whole.update(chunk)
        return whole.hexdigest()


Manifest = dict[str, Any]
SUFFIXES = {"br": ".br", "gzip": ".gz"}
# Of brotli's 0 to 11: a third of the time that 5 takes for a tenth more bytes, and a third less than the joined gzip.
_QUALITY = 2


def load(tree: Tree, feed: str) -> Manifest:
    """The manifest of the feed's folder; an empty one when there is none or it cannot be read."""
    return parse(tree.read(f"{feed}/{MANIFEST}") or b"")


def parse(data: bytes) -> Manifest:
    """The manifest that these bytes are; an empty one when they are none."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def is_published(tree: Tree, manifest: Manifest, document: Document, codings: Sequence[str]) -> bool:
    """Whether the tree holds this document with its compressed twins, by hash of the manifest and size of the files."""
    entry = manifest.get("documents", {}).get(document.path)
    return entry is not None and entry.get("parts") == document.parts and is_there(tree, document.path, entry, codings)


def is_there(tree: Tree, path: str, entry: dict[str, Any], codings: Sequence[str]) -> bool:
    """Whether a document and its twins in these codings lie there as that entry of a manifest says, by their sizes."""
    if set(entry["encodings"]) != set(codings):
        return False
    sizes = {path: entry["bytes"]} | {twin["path"]: twin["bytes"] for twin in entry["encodings"].values()}
    return all(tree.size(one) == size for one, size in sizes.items())


def has_singles(tree: Tree, manifest: Manifest, format_name: str, count: int, codings: Sequence[str]) -> bool:
    """Whether the manifest speaks of so many of the articles' own documents in that format, and all are there, with
    their twins."""
    found = {path: one for path, one in manifest.get("articles", {}).items() if one["format"] == format_name}
    return len(found) == count and all(
        tree.size(path) == one["bytes"] and _has_twins(tree, path, codings) for path, one in found.items()
    )


def publish(tree: Tree, document: Document, codings: Sequence[str]) -> dict[str, Any]:
    """Write the document and its twins; its entry for the manifest comes back."""
    identity, twins = _write_with_twins(tree, document.path, document.chunks(), codings, document.pack)
    return {
        "format": document.format,
        "media_type": document.media_type,
        **identity,
        "updated": rfc3339(document.updated),
        "guids": list(document.guids),
        "fragments": [one[:16] for one in document.fragments],
        "parts": document.parts,
        "encodings": twins,
        **({"newest": document.newest()} if document.newest is not None else {}),
    }


def is_single_published(tree: Tree, path: str, entry: dict[str, Any], fragment: str, codings: Sequence[str]) -> bool:
    """Whether an article's own document lies there as that entry of a manifest says, made from that fragment."""
    if entry.get("fragment") != fragment or tree.size(path) != entry["bytes"]:
        return False
    return _has_twins(tree, path, codings)


def publish_single(
    tree: Tree, path: str, format_name: str, media_type: str, fragment: str, data: bytes, codings: Sequence[str]
) -> dict[str, Any]:
    """Write an article's own document unless it lies there already (several feeds may carry the article).

    `fragment` is a hash (hex) of what it was made from. Its entry for the manifest comes back.
    """
    write_page(tree, path, data, codings)
    known = _identity(sha256_of(data), len(data))
    return {"format": format_name, "media_type": media_type, "fragment": fragment, **known}


def _write_with_twins(
    tree: Tree,
    path: str,
    chunks: Iterable[bytes],
    codings: Sequence[str],
    pack: Pack | None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write a file after its compressed twins: what is known of it, and of the twins by content coding.

    The file goes last: where it is the right one, its twins are too, whatever was killed when. Twins in codings that
    are not wanted any more go. The bytes are gone through once, however many they are.
    """
    with ExitStack() as drafts:
        plain = drafts.enter_context(tree.draft(path))
        twins = [
            _Twin(path + suffix, coding, drafts.enter_context(tree.draft(path + suffix)), _packer(coding, pack))
            for coding, suffix in SUFFIXES.items()
            if coding in codings
        ]
        for chunk in chunks:
            plain.write(chunk)
            for twin in twins:
                twin.draft.write(twin.packer.add(chunk))
        for twin in twins:
            for rest in twin.packer.end():
                twin.draft.write(rest)
            twin.draft.place()
        for coding in SUFFIXES.keys() - set(codings):
            tree.remove(path + SUFFIXES[coding])
        plain.place()
    known = {one.coding: {"path": one.path, **_identity(one.draft.sha256, one.draft.size)} for one in twins}
    return _identity(plain.sha256, plain.size), known


def write_page(tree: Tree, path: str, data: bytes, codings: Sequence[str]) -> None:
    """Write a page that no manifest speaks of, unless it lies there already."""
    if tree.read(path) != data or not _has_twins(tree, path, codings):
        _write_with_twins(tree, path, (data,), codings, None)


def save(tree: Tree, feed: str, manifest: Manifest) -> None:
    """Write the manifest unless it is the same already."""
    data = orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    path = f"{feed}/{MANIFEST}"
    if tree.read(path) != data:
        tree.write(path, data)


def paths_of(manifest: Manifest) -> set[str]:
    """The paths of the feed's documents and archive pages, with their twins."""
    documents = manifest.get("documents", {}) | manifest.get("archive", {})
    twins = {twin["path"] for one in documents.values() for twin in one["encodings"].values()}
    return set(documents) | twins


def files_of(manifest: Manifest) -> Iterator[tuple[str, int, str]]:
    """Path, size and hash of every file that the manifest speaks of."""
    for key in ("documents", "archive", "articles"):
        for path, one in manifest.get(key, {}).items():
            yield path, one["bytes"], one["sha256"]
            for twin in one.get("encodings", {}).values():
                yield twin["path"], twin["bytes"], twin["sha256"]


def sha256_of(data: bytes) -> str:
    """The hash of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def etag_of(sha256: str) -> str:
    """The entity tag of the bytes with that hash (hex): strong, as it changes with any byte (RFC 9110, 8.8.3)."""
    return f'"{sha256[:32]}"'


def _has_twins(tree: Tree, path: str, codings: Sequence[str]) -> bool:
    return all((tree.size(path + suffix) is not None) == (coding in codings) for coding, suffix in SUFFIXES.items())


def _identity(sha256: str, size: int) -> dict[str, Any]:
    return {"sha256": sha256, "bytes": size, "etag": etag_of(sha256)}


class _Packer(Protocol):
    """Makes the bytes of a twin while those of the document go by."""

    def add(self, data: bytes) -> bytes:
        """Take more of the document; what there is of the twin so far comes back."""
        ...

    def end(self) -> Iterator[bytes]:
        """The rest of the twin."""
        ...


@dataclass(frozen=True, slots=True)
class _Twin:
    path: str
    coding: str
    draft: Draft
    packer: _Packer


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_QUALITY)

    def add(self, data: bytes) -> bytes:
        """A part, or nothing yet."""
        part: bytes = self._compressor.process(data)
        return part

    def end(self) -> Iterator[bytes]:
        """The last part."""
        yield self._compressor.finish()


class _Joined:
    """A gzip file that is joined from parts deflated before; only the sum of the bytes is taken here."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._crc = 0
        self._size = 0

    def add(self, data: bytes) -> bytes:
        """Nothing yet."""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        return b""

    def end(self) -> Iterator[bytes]:
        """The whole."""
        return self._pack(self._crc, self._size)


def _packer(coding: str, pack: Pack | None) -> _Packer:
    if coding == "br":
        return _Brotli()
    return gzip_parts.Stream() if pack is None else _Joined(pack)
