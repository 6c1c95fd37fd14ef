"""What a feed's folder holds: the hashes, sizes and guids of its documents, written last.

Nothing in it depends on when it was written, so that the same store gives the same manifest.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import brotli
import orjson

from syndicate.markup.dates import rfc3339
from syndicate.markup.gzip_parts import join
from syndicate.publish.files import MANIFEST, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document ready to be published; `path` is relative to the published tree.

    `fragments` are hashes of the articles' bytes in it, one for each guid; `pack` gives its gzip file from parts that
    are deflated already.
    """

    format: str
    path: str
    media_type: str
    data: bytes
    sha256: str
    guids: tuple[str, ...]
    fragments: tuple[str, ...] = ()
    updated: datetime
    pack: Callable[[], bytes] | None = None


Manifest = dict[str, Any]
SUFFIXES = {"br": ".br", "gzip": ".gz"}


def load(tree: Tree, feed: str) -> Manifest:
    """The manifest of the feed's folder; an empty one when there is none or it cannot be read."""
    data = tree.read(f"{feed}/{MANIFEST}")
    try:
        found = orjson.loads(data) if data else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def is_published(tree: Tree, manifest: Manifest, document: Document, codings: Sequence[str]) -> bool:
    """Whether the tree holds this document with its compressed twins, by hash of the manifest and size of the files."""
    entry = manifest.get("documents", {}).get(document.path)
    if entry is None or entry["sha256"] != document.sha256 or set(entry["encodings"]) != set(codings):
        return False
    sizes = {document.path: entry["bytes"]} | {twin["path"]: twin["bytes"] for twin in entry["encodings"].values()}
    return all(tree.size(path) == size for path, size in sizes.items())


def has_singles(tree: Tree, manifest: Manifest, codings: Sequence[str]) -> bool:
    """Whether all the articles' own documents that the manifest speaks of are there, with their twins."""
    articles = manifest.get("articles", {})
    return all(tree.size(path) == one["bytes"] and _has_twins(tree, path, codings) for path, one in articles.items())


def publish(tree: Tree, document: Document, codings: Sequence[str]) -> dict[str, Any]:
    """Write the document and its twins; its entry for the manifest comes back."""
    return {
        "format": document.format,
        "media_type": document.media_type,
        **_identity(document.data, document.sha256),
        "updated": rfc3339(document.updated),
        "guids": list(document.guids),
        "fragments": [one[:16] for one in document.fragments],
        "encodings": write_with_twins(tree, document.path, document.data, codings, document.pack),
    }


def publish_single(tree: Tree, document: Document, codings: Sequence[str]) -> dict[str, Any]:
    """Write an article's own document unless it lies there already (several feeds may carry the article)."""
    if tree.read(document.path) != document.data or not _has_twins(tree, document.path, codings):
        write_with_twins(tree, document.path, document.data, codings)
    return {"format": document.format, **_identity(document.data, document.sha256)}


def write_with_twins(
    tree: Tree, path: str, data: bytes, codings: Sequence[str], pack: Callable[[], bytes] | None = None
) -> dict[str, Any]:
    """Write a file after its compressed twins; the twins' paths, sizes and hashes come back by content coding.

    The file goes last: where it is the right one, its twins are too, whatever was killed when. Twins in codings that
    are not wanted any more go.
    """
    found = {}
    for coding, suffix in SUFFIXES.items():
        if coding in codings:
            twin = pack() if pack is not None and coding == "gzip" else _PACK[coding](data)
            tree.write(path + suffix, twin)
            found[coding] = {"path": path + suffix, **_identity(twin)}
        else:
            tree.remove(path + suffix)
    tree.write(path, data)
    return found


def write_page(tree: Tree, path: str, data: bytes, codings: Sequence[str]) -> None:
    """Write a page that no manifest speaks of, unless it lies there already."""
    if tree.read(path) != data or not _has_twins(tree, path, codings):
        write_with_twins(tree, path, data, codings)


def save(tree: Tree, feed: str, manifest: Manifest) -> None:
    """Write the manifest unless it is the same already."""
    data = orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    path = f"{feed}/{MANIFEST}"
    if tree.read(path) != data:
        tree.write(path, data)


def paths_of(manifest: Manifest) -> set[str]:
    """The paths of all files that the manifest speaks of."""
    documents = manifest.get("documents", {})
    twins = {twin["path"] for one in documents.values() for twin in one["encodings"].values()}
    return set(documents) | twins


def files_of(manifest: Manifest) -> Iterator[tuple[str, int, str]]:
    """Path, size and hash of every file that the manifest speaks of."""
    for key in ("documents", "articles"):
        for path, one in manifest.get(key, {}).items():
            yield path, one["bytes"], one["sha256"]
            for twin in one.get("encodings", {}).values():
                yield twin["path"], twin["bytes"], twin["sha256"]


def sha256_of(data: bytes) -> str:
    """The hash of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def _has_twins(tree: Tree, path: str, codings: Sequence[str]) -> bool:
    return all((tree.size(path + suffix) is not None) == (coding in codings) for coding, suffix in SUFFIXES.items())


def _identity(data: bytes, sha256: str | None = None) -> dict[str, Any]:
    digest = sha256 or sha256_of(data)
    return {"sha256": digest, "bytes": len(data), "etag": f'"{digest[:32]}"'}


def _gzip(data: bytes) -> bytes:
    return join(b"", (), data, data)


def _brotli(data: bytes) -> bytes:
    compressed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=5)
    return compressed


_PACK: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
