"""Which files below a folder are documents: told by their names where those say it, else by their first bytes."""

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup.json_head import is_json
from syndicate.markup.places import MAX_BYTES, parse_places
from syndicate.markup.xml_head import root_of
from syndicate.validate.run import recognised

# Files of these names are meant to be XML, whatever they hold.
_XML = frozenset({".xml", ".rss", ".atom", ".rdf", ".opml", ".newsml", ".nitf", ".g2"})
_JSON = ("jsonfeed", "json-ld", "ninjs")
_PAGES = ("preview",)
_FIRST = frozenset(bytes((one,)) for one in b"<{\xef\xfe\xff \t\r\n\x00")
# What exports write beside documents.
_LISTS = frozenset({"manifest.json", "index.json"})
_HEAD = 4096


@dataclass(slots=True)
class Below:
    """What lies below a folder: the paths of documents, sorted folder by folder, and those of JSON that is none."""

    documents: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def look_below(folder: Path, *, is_told: bool = False) -> Below:
    """The documents below the folder; hidden files and folders are passed over.

    So is all that is no document. Of JSON it may have been meant to be one: the format is told by few of its members.

    With `is_told` somebody says of what format they are: then every text that may be one is taken. A link to a folder
    is not followed, so that none is walked twice.
    """
    below = Below()
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found = os.path.join(path, name)
            if _is_document(found, is_told):
                below.documents.append(found)
            elif name.lower().endswith(".json") and name not in _LISTS:
                below.others.append(found)
    return below


def _is_document(path: str, is_told: bool) -> bool:
    if not os.path.isfile(path):
        return False
    if os.path.splitext(path)[1].lower() in _XML:
        return True
    try:
        with open(path, "rb") as file:
            head = file.read(1)
            if head not in _FIRST:
                return False
            head += file.read(_HEAD - 1)
            return is_told or _is_known(head) or (is_json(head) and _is_known_json(head + file.read(MAX_BYTES)))
    except OSError:
        # Whoever reads it next says so.
        return True


def _is_known(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        # PHP escapes every slash in JSON.
        return _has_mark(head.replace(b"\\/", b"/"), _JSON)
    return root_of(head.lstrip())[0] in _roots() or _has_mark(head, _PAGES)


def _is_known_json(data: bytes) -> bool:
    """Whether it is known as one by its members, those before a fault where there is one."""
    document = parse_places(data)
    is_known = recognised(document) is not None
    document.dismantle()
    return is_known


@cache
def _roots() -> frozenset[str]:
    """The roots of the formats in XML that are checked; pages are told by a mark, since there are many others."""
    told = (formats.roots(name) or frozenset() for name in formats.having("rules"))
    return frozenset().union(*told) - {"{", "[", "html", "article"}


def _has_mark(head: bytes, names: tuple[str, ...]) -> bool:
    return any((mark := formats.mark_of(name)) is not None and mark in head for name in names)
