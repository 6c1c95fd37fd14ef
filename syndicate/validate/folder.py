"""Which files below a folder are documents: told by their names where those say it, else by their first bytes."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup.xml_head import root_of

# Files of these names are meant to be XML, whatever they hold.
_XML = frozenset({".xml", ".rss", ".atom", ".rdf", ".opml", ".newsml", ".nitf", ".g2"})
_JSON = ("jsonfeed", "json-ld", "ninjs")
_PAGES = ("preview",)
_FIRST = frozenset(bytes((one,)) for one in b"<{\xef\xfe\xff \t\r\n\x00")
_HEAD = 4096


def documents(folder: Path) -> Iterator[str]:
    """The paths of the documents below the folder, sorted folder by folder; hidden files and folders are passed over.

    A link to a folder is not followed, so that none is walked twice.
    """
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            found = os.path.join(path, name)
            if not name.startswith(".") and _is_document(found):
                yield found


def _is_document(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    if os.path.splitext(path)[1].lower() in _XML:
        return True
    try:
        with open(path, "rb") as file:
            head = file.read(1)
            return head in _FIRST and _is_known(head + file.read(_HEAD - 1))
    except OSError:
        # Whoever reads it next says so.
        return True


def _is_known(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        # PHP escapes every slash in JSON.
        return _has_mark(head.replace(b"\\/", b"/"), _JSON)
    return root_of(head.lstrip())[0] in _roots() or _has_mark(head, _PAGES)


@cache
def _roots() -> frozenset[str]:
    """The roots of the formats in XML that are checked; pages are told by a mark, since there are many others."""
    told = (formats.roots(name) or frozenset() for name in formats.having("rules"))
    return frozenset().union(*told) - {"{", "[", "html", "article"}


def _has_mark(head: bytes, names: tuple[str, ...]) -> bool:
    return any((mark := formats.mark_of(name)) is not None and mark in head for name in names)
