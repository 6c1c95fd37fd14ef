"""Taking away what nothing speaks of any more."""

from collections.abc import Iterable
from typing import Any

from syndicate.publish import manifest
from syndicate.publish.files import MANIFEST, Tree
from syndicate.publish.manifest import Manifest


def remove_document(tree: Tree, path: str, entry: dict[str, Any]) -> None:
    """Remove a document and its compressed twins."""
    for one in (path, *(twin["path"] for twin in entry["encodings"].values())):
        tree.remove(one)


def remove_feed(tree: Tree, feed: str, known: Manifest) -> None:
    """Remove a feed's folder: its documents, and the manifest last."""
    for path in sorted(manifest.paths_of(known)):
        tree.remove(path)
    tree.remove(f"{feed}/{MANIFEST}")


def remove_singles(tree: Tree, candidates: Iterable[str]) -> None:
    """Remove those of the articles' own documents that no feed's manifest speaks of."""
    left = set(candidates)
    for feed in tree.folders() if left else ():
        left -= set(manifest.load(tree, feed).get("articles", {}))
    for path in sorted(left):
        tree.remove(path)
        for suffix in manifest.SUFFIXES.values():
            tree.remove(path + suffix)
