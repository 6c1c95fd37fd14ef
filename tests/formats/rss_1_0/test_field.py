"""Feeds of the field, in a large collection of odd ones: each is read, or refused as a whole with the reason."""

from io import BytesIO
from pathlib import Path

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.markup.places import parse_places
from syndicate.model.draft import Draft, Rejected
from tests.formats.back import READING

FEEDS = ("rss", "atom", "rss-1-0", "wxr")
ITEMS = {"rss": ("item",), "rss-1-0": ("item",), "wxr": (), "atom": ("entry", "deleted-entry")}


def outcome(name: str, data: bytes) -> list[Draft | Rejected] | None:
    """What the reader gives; None where it refuses the document."""
    try:
        return list(formats.reader(name).read(BytesIO(data), "feed.xml", READING))
    except InputError as error:
        return None if error.reason else []


def test_no_item_vanishes(shared: Path) -> None:
    read = drafts = 0
    for path in sorted((shared / "validation" / "cases").rglob("*.xml")):
        data = path.read_bytes()
        names = [one for one in FEEDS if formats.reader(one).detect(data[: 64 * 1024], path.name)]
        assert len(names) <= 1
        found = outcome(names[0], data) if names else None
        if found is None:
            continue
        root = parse_places(data).root
        assert root is not None
        items = [one for child in (root, *root.children) for one in child.children if one.local in ITEMS[names[0]]]
        own = [one for one in items if one.namespace != "http://www.w3.org/1999/xhtml"]
        assert bool(found) or not own or names[0] == "atom", path
        read += 1
        drafts += sum(isinstance(one, Draft) for one in found)
    assert read > 1000
    assert drafts > 500
