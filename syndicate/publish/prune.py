"""Taking away what nothing speaks of any more."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Carried:
    """How many feeds carry each article's own document, as this process knows it after a whole export."""

    feeds: Counter[str] = field(default_factory=Counter)
    is_known: bool = False

    def note(self, before: frozenset[str], after: frozenset[str]) -> None:
        """A feed carried these documents before, and carries those now."""
        self.feeds.update(after - before)
        self.feeds.subtract(before - after)
        for path in before - after:
            if not self.feeds[path]:
                del self.feeds[path]

    def by_none(self, tree: Tree, candidates: Iterable[str]) -> set[str]:
        """Those of the documents that no feed carries; the manifests are asked where this process does not know."""
        if self.is_known:
            return {path for path in candidates if path not in self.feeds}
        left = set(candidates)
        for feed in tree.folders() if left else ():
            left -= set(manifest.load(tree, feed).get("articles", {}))
        return left


def remove_singles(tree: Tree, paths: Iterable[str]) -> None:
    """Remove these of the articles' own documents."""
    for path in sorted(paths):
        tree.remove(path)
        for suffix in manifest.SUFFIXES.values():
            tree.remove(path + suffix)


def sweep(tree: Tree, names: Mapping[str, bytes | None]) -> None:
    """Remove documents that no manifest speaks of: what an export wrote that never came to its manifest.

    Only files with the `names` of documents (and their twins) are touched, so that nothing of the operator's goes;
    `names` tells by a mark in it whether such a file is ours where operators may have one of that name too. A name that
    ends in `*` and an ending is any with that ending: articles of one feed; `atom-*.xml` is any archive page.
    """
    for folder in tree.all_folders():
        known = manifest.load(tree, folder)
        kept = manifest.paths_of(known)
        kept |= {path + end for path in known.get("articles", {}) for end in ("", *manifest.SUFFIXES.values())}
        loose = [path for path in (() if folder == "articles" else tree.files(folder)) if path not in kept]
        for path in [one for one in loose if _is_ours(tree, one, names)]:
            tree.remove(path)
    singles = {path for path in tree.files("articles") if not path.endswith(tuple(manifest.SUFFIXES.values()))}
    twins = {
        path.rpartition(".")[0] for path in tree.files("articles") if path.endswith(tuple(manifest.SUFFIXES.values()))
    }
    remove_singles(tree, Carried().by_none(tree, singles | twins))


def _is_ours(tree: Tree, path: str, names: Mapping[str, bytes | None]) -> bool:
    """Whether an export wrote the file; of a twin, its document tells, and a twin without one is nobody else's."""
    document = next((path.removesuffix(end) for end in manifest.SUFFIXES.values() if path.endswith(end)), path)
    name = document.partition("/")[2]
    folder, _, last = name.rpartition("/")
    stem, end = os.path.splitext(last)
    wide = (f"{folder}/*{end}", f"{folder}/{stem.rpartition('-')[0]}-*{end}")
    known = next((one for one in (name, *wide) if one in names), None)
    if known is None:
        return False
    mark, found = names[known], tree.read(document)
    return mark is None or found is None or mark in found
