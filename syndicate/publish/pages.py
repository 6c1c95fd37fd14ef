"""Archive pages on their way out: written before the documents that link to them, removed when nothing does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.model.finding import Finding
from syndicate.publish import manifest, prune
from syndicate.publish.files import Tree
from syndicate.publish.manifest import Document

LeftOut = tuple[str, tuple[Finding, ...]]
Entries = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of an archive: what the manifest says of it, and the document where it has yet to be written."""

    path: str
    facts: dict[str, Any]
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The archive of a feed in one format: its pages, the oldest first, each linked from the one after it.

    `left_out` are articles that have no place on their page for errors of their own, `around` are errors in what lies
    around the articles of every page: then there are no pages. `changed` counts pages to be written and to be removed.
    """

    pages: tuple[Page, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    around: tuple[Finding, ...] = ()
    changed: tuple[int, int] = (0, 0)

    @property
    def newest(self) -> str | None:
        """The path of the page that the current document links to."""
        return self.pages[-1].path if self.pages else None


def of_format(before: Entries, name: str) -> dict[str, dict[str, Any]]:
    """Those of a manifest's pages that are of that format, the oldest first."""
    own = [(path, entry) for path, entry in before.items() if entry["format"] == name]
    return dict(sorted(own, key=lambda one: one[1]["page"]))


def changes(before: Entries, name: str, pages: Sequence[Page]) -> tuple[int, int]:
    """How many of these pages have yet to be written, and how many that are out are none of them."""
    gone = set(of_format(before, name)).difference(page.path for page in pages)
    return sum(page.document is not None for page in pages), len(gone)


def publish(tree: Tree, chains: Iterable[tuple[str, Chain]], before: Entries, codings: Sequence[str]) -> Entries:
    """Write the pages that are not there yet; what the manifest says of all pages comes back.

    Pages of formats that are not among the chains are left as they are.
    """
    after = dict(before)
    for name, chain in chains:
        for path in of_format(after, name):
            del after[path]
        for page in chain.pages:
            written = {} if page.document is None else manifest.publish(tree, page.document, codings)
            after[page.path] = {**page.facts, **written}
    return after


def remove(tree: Tree, before: Entries, after: Entries) -> None:
    """Take away the pages that are linked no longer."""
    for path in sorted(before.keys() - after.keys()):
        prune.remove_document(tree, path, before[path])
