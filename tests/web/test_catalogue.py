"""What is found in the published tree, whatever state an export has left it in."""

import gzip
import json
import os
import tracemalloc
from pathlib import Path

import brotli
import pytest

from syndicate.web.bodies import LARGE, Opened, Shared, Verified, held, is_twin
from syndicate.web.catalogue import LOOK_EVERY, Catalogue
from syndicate.web.entry import Entry, Variant, with_charset
from tests.web import tree

RSS = tree.text(40)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A published tree with one feed."""
    tree.publish(tmp_path / "feeds", "town", {"rss.xml": RSS})
    return tmp_path / "feeds"


def catalogue(root: Path, memory: int = 1 << 26) -> Catalogue:
    return Catalogue(str(root), tree.TYPES, lambda folder: 300 if folder == "town" else 60, memory)


def found(entry: Entry | None) -> Entry:
    assert entry is not None
    return entry


def body(look: Catalogue, entry: Entry, coding: str = "identity") -> bytes:
    held = look.body(variant(entry, coding))
    assert held is not None
    return held if isinstance(held, bytes) else b"".join(held.parts())


def variant(entry: Entry, coding: str = "identity") -> Variant:
    return next(one for one in entry.variants if one.coding == coding)


def codings(entry: Entry) -> set[str]:
    return {one.coding for one in entry.variants}


def edit_manifest(root: Path, **values: object) -> None:
    path = root / "town" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["documents"]["town/rss.xml"].update(values)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_a_document_has_type_and_age_and_its_codings_smallest_first(root: Path) -> None:
    entry = found(catalogue(root).find("town/rss.xml", 0))
    assert (entry.media_type, entry.max_age) == ("application/rss+xml; charset=utf-8", 300)
    assert [one.size for one in entry.variants] == sorted(one.size for one in entry.variants)
    assert codings(entry) == {"identity", "gzip", "br"}
    assert variant(entry).size == len(RSS)


def test_what_lies_in_a_feed_without_being_published_is_not_there(root: Path) -> None:
    (root / "town" / "atom.xml").write_bytes(RSS)
    assert catalogue(root).find("town/atom.xml", 0) is None


@pytest.mark.parametrize(
    "name", ["index.html", "town/index.html", "town/style.css", "feeds.opml", "articles/a/rss.xml"]
)
def test_pages_and_articles_need_no_manifest(root: Path, name: str) -> None:
    tree.page(root, name, RSS)
    entry = found(catalogue(root).find(name, 0))
    assert codings(entry) == {"identity", "gzip", "br"}
    assert entry.max_age == (300 if name.startswith("town") else 60)


@pytest.mark.parametrize("name", ["notes.bin", "town/data.json", "articles/a/program.exe", "town", "nothing.html"])
def test_other_files_are_not_there(root: Path, name: str) -> None:
    if "." in name and name != "nothing.html":
        tree.page(root, name, RSS)
    assert catalogue(root).find(name, 0) is None


def test_a_folder_or_a_pipe_is_no_file(root: Path) -> None:
    (root / "folder.html").mkdir()
    os.mkfifo(root / "pipe.html")
    look = catalogue(root)
    assert look.find("folder.html", 0) is None
    assert look.find("pipe.html", 0) is None


def test_a_link_to_another_place_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_bytes(b"secret")
    (root / "a.html").symlink_to(tmp_path / "secret.html")
    (root / "away").symlink_to(tmp_path)
    look = catalogue(root)
    assert look.find("a.html", 0) is None
    assert look.find("away/secret.html", 0) is None


def test_a_link_in_a_files_place_counts_as_none(root: Path) -> None:
    tree.page(root, "index.html", RSS)
    (root / "latest.html").symlink_to("index.html")
    (root / "index.html.gz").unlink()
    (root / "index.html.gz").symlink_to("index.html.br")
    look = catalogue(root)
    assert look.find("latest.html", 0) is None
    assert codings(found(look.find("index.html", 0))) == {"identity", "br"}


def test_a_change_is_seen_after_a_moment_and_not_looked_for_before(root: Path) -> None:
    look = catalogue(root)
    before = found(look.find("town/rss.xml", 0))
    tree.publish(root, "town", {"rss.xml": b"<rss/>"})
    assert look.find("town/rss.xml", LOOK_EVERY / 2) is before
    after = found(look.find("town/rss.xml", LOOK_EVERY))
    assert body(look, after) == b"<rss/>"
    assert after.modified > before.modified


def test_what_was_withdrawn_is_gone(root: Path) -> None:
    look = catalogue(root)
    assert look.find("town/rss.xml", 0) is not None
    tree.publish(root, "town", {"atom.xml": RSS})
    assert look.find("town/rss.xml", 1) is None


def test_a_manifest_that_follows_later_does_not_part_body_and_tag(root: Path) -> None:
    """As after a kill between the renames of the document and of its manifest."""
    new = tree.text(41)
    (root / "town" / "rss.xml.gz").write_bytes(gzip.compress(new))
    (root / "town" / "rss.xml").write_bytes(new)
    look = catalogue(root)
    entry = found(look.find("town/rss.xml", 0))
    assert body(look, entry) == new
    # The gzip was renamed too, and is the document's; the brotli is that of the document before.
    assert codings(entry) == {"identity", "gzip"}
    assert gzip.decompress(body(look, entry, "gzip")) == new


def test_a_twin_that_is_not_the_documents_is_not_offered(root: Path) -> None:
    (root / "town" / "rss.xml.gz").write_bytes(gzip.compress(b"another"))
    (root / "town" / "rss.xml.br").write_bytes(b"no brotli at all")
    assert codings(found(catalogue(root).find("town/rss.xml", 0))) == {"identity"}


def test_a_manifest_without_twins_offers_none(root: Path) -> None:
    edit_manifest(root, encodings={})
    assert codings(found(catalogue(root).find("town/rss.xml", 0))) == {"identity"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"documents": {"town/rss.xml": {}}}', '{"documents": []}', '{"documents": {"town/rss.xml": 1}}'],
)
def test_an_unreadable_manifest_publishes_nothing(root: Path, text: str) -> None:
    (root / "town" / "manifest.json").write_text(text, encoding="utf-8")
    assert catalogue(root).find("town/rss.xml", 0) is None


def test_a_restored_older_file_is_dated_after_what_it_replaces(root: Path) -> None:
    look = catalogue(root)
    before = found(look.find("town/rss.xml", 0))
    tree.publish(root, "town", {"rss.xml": b"<rss/>"})
    os.utime(root / "town" / "rss.xml", (1_000_000, 1_000_000))
    after = found(look.find("town/rss.xml", 1))
    assert after.modified == before.modified + 1


def test_a_change_that_is_found_while_sending_is_dated_later_too(root: Path) -> None:
    look = catalogue(root, memory=1)
    before = found(look.find("town/rss.xml", 0))
    (root / "town" / "rss.xml").write_bytes(b"<rss/>")
    os.utime(root / "town" / "rss.xml", (before.modified, before.modified))
    look.forget("town/rss.xml")
    assert found(look.find("town/rss.xml", 0)).modified == before.modified + 1


def test_what_comes_back_after_a_withdrawal_is_dated_later(root: Path) -> None:
    look = catalogue(root)
    before = found(look.find("town/rss.xml", 0))
    (root / "town" / "rss.xml").unlink()
    assert look.find("town/rss.xml", 1) is None
    assert look.find("town/rss.xml", 1.01) is None
    (root / "town" / "rss.xml").write_bytes(b"<rss/>")
    os.utime(root / "town" / "rss.xml", (before.modified, before.modified))
    assert found(look.find("town/rss.xml", 2)).modified == before.modified + 1


def test_a_body_that_is_not_in_memory_any_more_is_read_and_verified(root: Path) -> None:
    tree.publish(root, "quay", {"rss.xml": tree.text(50)})
    look = catalogue(root, memory=1)
    town, quay = (found(look.find(f"{name}/rss.xml", 0)) for name in ("town", "quay"))
    assert body(look, town) == RSS
    assert body(look, quay) == tree.text(50)
    (root / "town" / "rss.xml").write_bytes(b"changed")
    assert look.body(variant(town)) is None
    look.forget("town/rss.xml")
    assert body(look, found(look.find("town/rss.xml", 0))) == b"changed"


def test_a_large_document_is_sent_from_an_open_file(root: Path) -> None:
    data = os.urandom(LARGE + 1)
    tree.publish(root, "archive", {"rss.xml": data})
    look = catalogue(root)
    assert look.is_slow("archive/rss.xml", 0)
    entry = found(look.find("archive/rss.xml", 0))
    assert not look.is_slow("archive/rss.xml", 0)
    assert not look.is_slow("archive/rss.xml", 1)
    assert isinstance(look.body(variant(entry)), Opened)
    tree.publish(root, "archive", {"rss.xml": b"<rss/>"})
    assert body(look, entry) == data
    assert not look.is_slow("nothing/rss.xml", 0)


def test_what_cannot_be_kept_apart_is_kept_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(100_000)
    assert isinstance(held(data), Shared | bytes)
    assert held(b"small") == b"small"
    monkeypatch.setattr(os, "memfd_create", _refuse, raising=False)
    assert held(data) == data


def _refuse(*_: object) -> int:
    raise OSError(24, "Too many open files")


def test_a_twin_unpacks_to_its_document() -> None:
    one, packed = (Verified(body=data, size=len(data), sha256="") for data in (RSS, brotli.compress(RSS)))
    assert is_twin("br", packed, one)
    assert not is_twin("gzip", packed, one)
    assert not is_twin("zstd", packed, one)


def verified(data: bytes) -> Verified:
    return Verified(body=data, size=len(data), sha256="")


def test_a_twin_of_a_short_document_is_longer_than_it() -> None:
    assert is_twin("gzip", verified(gzip.compress(b"a")), verified(b"a"))
    assert not is_twin("identity", verified(b"a"), verified(b"a"))


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_bomb_in_a_twins_place_is_not_unpacked(coding: str) -> None:
    zeros = bytes(64 * 1024 * 1024)
    bomb = verified(gzip.compress(zeros, 6) if coding == "gzip" else brotli.compress(zeros, quality=4))
    del zeros
    tracemalloc.start()
    try:
        assert not is_twin(coding, bomb, verified(RSS))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("media_type", "said"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("application/feed+json", "application/feed+json; charset=utf-8"),
        ("image/svg+xml", "image/svg+xml; charset=utf-8"),
        ("image/png", "image/png"),
        ("text/plain; charset=us-ascii", "text/plain; charset=us-ascii"),
    ],
)
def test_texts_state_their_charset(media_type: str, said: str) -> None:
    assert with_charset(media_type) == said
