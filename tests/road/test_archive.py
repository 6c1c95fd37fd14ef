"""Archived feeds (RFC 5005): nothing is lost, little is made anew, and nothing withdrawn stays."""

import gzip
from collections.abc import Iterator, Sequence
from typing import Any

import brotli
import feedparser
import pytest

from syndicate.feeds.fragments import Fragments
from syndicate.formats import base as formats
from syndicate.model.article import Article
from syndicate.publish.manifest import parse
from syndicate.store.selection import Chosen
from syndicate.web.catalogue import LASTING, Catalogue
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
CANARY = "quicksilverfish"
ARCHIVE = "archive = true\narchive_page = 3\n"
BASE = "https://harbour.example/feeds/"
FORMATS = ("atom", "rss")


def at(number: int) -> str:
    return f"2026-03-01T08:{number:02}:00Z"


def numbered(number: int, **fields: Any) -> dict[str, Any]:
    """The story of that number; higher ones are newer."""
    return story(f"s{number:02}", **{"published": at(number), "updated": at(number), **fields})


def guid(number: int) -> str:
    return str(numbered(number)["guid"])


def put(room: Newsroom, *stories: dict[str, Any], now: str = NOW) -> None:
    code, out, err = room.call("import", str(room.story("a.jsonl", *stories)), now=now)
    assert code == 0, out + err


def export(room: Newsroom, *more: str, now: str = NOW) -> tuple[int, str]:
    code, _, err = room.call("export", *more, now=now)
    return code, err


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom with one feed of twelve stories: two in its documents, pages of three."""
    (newsroom.folder / "config" / "feeds" / "town.toml").unlink()
    newsroom.feed("all", f"limit = 2\n{ARCHIVE}")
    put(newsroom, *map(numbered, range(12)))
    assert export(newsroom)[0] == 0
    return newsroom


def walk(room: Newsroom, name: str) -> Iterator[tuple[str, list[str]]]:
    """The documents from the current one back: their paths and the guids in them."""
    path: str | None = f"all/{name}.xml"
    tree, current = room.tree(), f"{BASE}all/{name}.xml"
    while path is not None:
        found = feedparser.parse(tree[path])
        assert not found.bozo, path
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == BASE + path
        assert (links.get("current"), b"<fh:archive " in tree[path]) == (
            (None, False) if path == f"all/{name}.xml" else (current, True)
        )
        yield path, [entry.id for entry in found.entries]
        path = links["prev-archive"].removeprefix(BASE) if "prev-archive" in links else None


def chain(room: Newsroom, name: str = "rss") -> list[list[str]]:
    """The guids of the archive pages, the oldest page first."""
    return [guids for _, guids in walk(room, name)][:0:-1]


def archived(room: Newsroom, name: str = "rss") -> list[str]:
    """The guids on all archive pages, oldest first."""
    return [one for page in chain(room, name) for one in page]


def current(room: Newsroom, name: str = "rss") -> list[str]:
    return next(walk(room, name))[1]


def pages(room: Newsroom, name: str = "") -> list[str]:
    """The files of archive pages, without twins."""
    return [path for path in room.tree() if f"/archive/{name}" in path and path.endswith(".xml")]


def in_order(room: Newsroom, name: str = "rss") -> list[str]:
    """The paths of archive pages, the oldest first."""
    return [path for path, _ in walk(room, name)][:0:-1]


def words(room: Newsroom) -> dict[str, bytes]:
    """Every file of the tree, unpacked."""
    unpack = {"gz": gzip.decompress, "br": brotli.decompress}
    return {path: unpack.get(path.rpartition(".")[2], bytes)(data) for path, data in room.tree().items()}


def everywhere(room: Newsroom) -> list[str]:
    return [path for path, data in words(room).items() if CANARY.encode() in data]


def is_sound(room: Newsroom) -> None:
    """Every page is linked, and no page is there that the manifest does not know."""
    linked = {path for name in FORMATS for path in in_order(room, name)}
    known = parse(room.tree()["all/manifest.json"]).get("archive", {})
    twins = {twin["path"] for entry in known.values() for twin in entry["encodings"].values()}
    assert set(pages(room)) == linked == set(known)
    assert {path for path in room.tree() if "/archive/" in path} == linked | twins


@pytest.mark.parametrize("name", FORMATS)
def test_the_chain_reaches_every_article(room: Newsroom, name: str) -> None:
    assert current(room, name) == [guid(11), guid(10)]
    assert chain(room, name) == [[guid(number) for number in range(at, min(at + 3, 10))] for at in (0, 3, 6, 9)]
    is_sound(room)


@pytest.mark.parametrize("name", FORMATS)
def test_all_documents_are_valid(room: Newsroom, name: str) -> None:
    for path, _ in walk(room, name):
        found = room.json("validate", str(room.folder / "feeds" / path), now=NOW)
        codes = {message["code"] for one in found for message in one["messages"] if message["severity"] != "info"}
        assert found[0]["valid"]
        assert codes <= {"atom.archive.no-links"}, path
        assert not codes or path == in_order(room, name)[0], "only the oldest page has no other before it"


def test_what_is_out_is_not_looked_at_again(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Fragments.of

    def of(self: Fragments, chosen: Sequence[Chosen], *rest: Any) -> Any:
        asked.extend(one.guid for one in chosen)
        return real(self, chosen, *rest)

    before = room.tree()
    monkeypatch.setattr(Fragments, "of", of)
    monkeypatch.setattr(Fragments, "data_of", None)
    assert {one["state"] for one in room.json("export", "all", now=NOW)} == {"unchanged"}
    assert set(asked) == {guid(10), guid(11)}
    assert room.tree() == before


def test_a_new_article_touches_only_the_last_page(room: Newsroom) -> None:
    before = in_order(room)
    put(room, numbered(12))
    assert export(room)[0] == 0
    after = in_order(room)
    assert after[:3] == before[:3]
    assert after[3] != before[3]
    assert chain(room)[3] == [guid(9), guid(10)]
    put(room, numbered(13), numbered(14))
    export(room)
    assert [len(page) for page in chain(room)] == [3, 3, 3, 3, 1]
    is_sound(room)


def test_a_correction_reaches_its_page_and_the_links_after_it(room: Newsroom) -> None:
    before = {name: in_order(room, name) for name in FORMATS}
    put(room, numbered(4, version=2, headline="Corrected", updated="2026-03-02T00:00:00Z"))
    assert export(room)[0] == 0
    for name in FORMATS:
        after = in_order(room, name)
        assert after[0] == before[name][0]
        assert not set(after[1:]) & set(before[name])
        assert b"Corrected" in room.tree()[after[1]]
        assert guid(4) in current(room, name), "it is among the last updated, too"
        assert {one for page in chain(room, name) for one in page} >= {guid(number) for number in range(11)}
    is_sound(room)


def test_growing_gives_what_a_rebuild_gives(room: Newsroom) -> None:
    put(room, numbered(12), numbered(3, version=2, headline="Corrected", updated="2026-03-02T00:00:00Z"))
    export(room)
    put(room, numbered(5, version=2, status="canceled"))
    export(room)
    grown = room.tree()
    for path in grown:
        (room.folder / "feeds" / path).unlink()
    assert export(room)[0] == 0
    assert room.tree() == grown


def secret(number: int, **fields: Any) -> dict[str, Any]:
    return numbered(number, body=[{"type": "paragraph", "html": f"It is about {CANARY}."}], **fields)


@pytest.fixture
def told(room: Newsroom) -> Newsroom:
    """The newsroom with a word that is only on an archive page."""
    put(room, secret(4, version=2, updated=at(4)))
    assert export(room)[0] == 0
    assert [path for path in everywhere(room) if "/archive/" in path]
    assert guid(4) not in current(room)
    return room


def test_a_kill_leaves_no_word(told: Newsroom) -> None:
    put(told, numbered(4, version=3, status="canceled"))
    assert export(told)[0] == 0
    assert everywhere(told) == []
    assert archived(told) == [guid(number) for number in range(10) if number != 4]
    is_sound(told)


def test_a_kill_passes_a_document_that_is_held(told: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both new stories are faulty in RSS, so that nothing is left of the new document."""
    renderer = formats.renderer("rss")
    real = renderer.fragment

    def fragment(article: Article, *rest: object) -> bytes:
        data: bytes = real(article, *rest)  # type: ignore[arg-type]
        return data.replace(b"<pubDate>", b"<pubDate>Someday, ") if article.headline == "Broken" else data

    monkeypatch.setattr(renderer, "fragment", fragment)
    put(told, numbered(20, headline="Broken"), numbered(21, headline="Broken"))
    before = told.tree()
    code, err = export(told)
    assert code == 1
    assert "all/rss.xml: held" in err
    assert told.tree()["all/rss.xml"] == before["all/rss.xml"]
    assert set(pages(told, "rss")) == {path for path in before if "/archive/rss" in path and path.endswith(".xml")}
    put(told, numbered(4, version=3, status="canceled"))
    code, err = export(told)
    assert code == 1
    assert "held; the last good document stays, without what was withdrawn since" in err
    assert everywhere(told) == []
    assert current(told) == [guid(11), guid(10)]
    assert chain(told)[1] == [guid(3), guid(5)]
    is_sound(told)
    assert export(told, "all")[0] == 1
    is_sound(told)


def test_a_kill_passes_a_frame_that_is_broken(told: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats.renderer("rss"), "frame", lambda envelope: (b"<rss>\n", b"</rss>"))
    before = told.tree()
    assert export(told, "--force")[0] == 1
    assert told.tree()["all/rss.xml"] == before["all/rss.xml"]
    assert set(in_order(told)) == set(pages(told, "rss"))
    put(told, numbered(4, version=3, status="canceled"))
    assert export(told)[0] == 1
    assert everywhere(told) == []
    assert told.tree()["all/rss.xml"] == before["all/rss.xml"]
    assert pages(told, "rss") == []
    monkeypatch.undo()
    assert export(told, "--force")[0] == 0
    is_sound(told)


def test_a_mistyped_selection_does_not_empty_the_archive(room: Newsroom) -> None:
    before = room.tree()
    room.feed("all", f'limit = 2\n{ARCHIVE}[select]\nsections = ["tonw"]\n')
    code, err = export(room)
    assert code == 1
    assert "feed.items.lost" in err
    after = room.tree()
    assert {path: after[path] for path in before if path.startswith("all/")} == {
        path: data for path, data in before.items() if path.startswith("all/")
    }


def test_what_may_not_be_seen_is_on_no_page(room: Newsroom) -> None:
    put(room, secret(3, version=2, updated=at(3), expires="2026-03-05T00:00:00Z"))
    put(room, secret(2, version=2, updated=at(2), embargo="2026-03-06T00:00:00Z"))
    export(room)
    on_pages = {one for page in chain(room) for one in page}
    assert {guid(2), guid(3)} <= on_pages, "of one the revision before its embargo is shown"
    assert [path for path in pages(room, "rss") if path in everywhere(room)] == [in_order(room)[1]]
    assert export(room, now="2026-03-05T00:00:00Z")[0] == 0
    assert everywhere(room) == []
    assert export(room, now="2026-03-06T00:00:00Z")[0] == 0
    assert [path for path in pages(room, "rss") if path in everywhere(room)] == [in_order(room)[0]]
    is_sound(room)


def test_whatever_is_lost_comes_back(room: Newsroom) -> None:
    before = room.tree()
    for path in [one for one in before if "/archive/" in one]:
        (room.folder / "feeds" / path).unlink()
        assert export(room)[0] == 0
        assert room.tree() == before, path
    (room.folder / "feeds" / "all" / "manifest.json").unlink()
    assert export(room)[0] == 0
    assert room.tree() == before


def test_what_an_interrupted_export_left_goes(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from syndicate.publish import manifest

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    put(room, secret(4, version=2, updated=at(4)))
    monkeypatch.setattr(manifest, "save", fail)
    assert export(room)[0] == 3
    monkeypatch.undo()
    assert [path for path in everywhere(room) if "/archive/" in path]
    own = room.folder / "feeds" / "all" / "archive"
    (own / "rss-notes.xml").write_text("<notes/>")
    (own / "2019.xml").write_text("<notes/>")
    put(room, numbered(4, version=3, status="canceled"))
    assert export(room)[0] == 0
    assert everywhere(room) == []
    assert {path.name for path in own.iterdir()} > {"rss-notes.xml", "2019.xml"}
    (own / "rss-notes.xml").unlink()
    (own / "2019.xml").unlink()
    is_sound(room)


def test_an_article_at_fault_is_left_out_and_told_each_time(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = formats.renderer("rss")
    real = renderer.fragment

    def fragment(article: Article, *rest: object) -> bytes:
        data: bytes = real(article, *rest)  # type: ignore[arg-type]
        return data.replace(b"<pubDate>", b"<pubDate>Someday, ") if article.headline == "Broken" else data

    monkeypatch.setattr(renderer, "fragment", fragment)
    put(room, numbered(4, version=2, updated=at(4), headline="Broken"))
    for _ in range(2):
        code, err = export(room, "all")
        assert code == 1
        assert f"all/rss.xml: left out {guid(4)} until it is mended:" in err
        assert chain(room)[1] == [guid(3), guid(5)]
        assert chain(room, "atom")[1] == [guid(3), guid(4), guid(5)]
    put(room, *(numbered(number, version=3, updated=at(number), headline="Broken") for number in (3, 4, 5)))
    assert export(room)[0] == 1
    assert [len(page) for page in chain(room)] == [3, 3, 1], "a page of which nothing is left is no page"
    put(room, *(numbered(number, version=4, updated=at(number)) for number in (3, 4, 5)))
    assert export(room)[0] == 0
    assert chain(room)[1] == [guid(3), guid(4), guid(5)]
    is_sound(room)


def test_without_archive_again(room: Newsroom) -> None:
    room.feed("all", "limit = 2\n")
    assert export(room)[0] == 0
    assert pages(room) == []
    assert "archive" not in parse(room.tree()["all/manifest.json"])
    assert list(walk(room, "rss")) == [("all/rss.xml", [guid(11), guid(10)])]


def test_an_export_of_one_format_leaves_the_pages_of_others(room: Newsroom) -> None:
    before = in_order(room, "atom")
    put(room, numbered(12))
    assert export(room, "--format", "rss")[0] == 0
    assert in_order(room, "atom") == before
    assert guid(10) in archived(room)
    path = room.config.parent / "feeds" / "all.toml"
    path.write_text(path.read_text().replace('"atom", ', ""), encoding="utf-8")
    assert export(room)[0] == 0
    assert pages(room, "atom") == []


def test_an_undefined_feed_goes_with_its_archive(room: Newsroom) -> None:
    (room.config.parent / "feeds" / "all.toml").unlink()
    assert export(room)[0] == 0
    assert not (room.folder / "feeds" / "all").exists()


def test_what_is_too_old_for_the_document_is_archived(room: Newsroom) -> None:
    room.feed("all", f'limit = 5\nmax_age = "1d"\n{ARCHIVE}')
    put(room, numbered(30, published="2026-03-04T11:00:00Z", updated="2026-03-04T11:00:00Z"))
    assert export(room, "all", "--accept", "less of it")[0] == 0
    assert current(room) == [guid(30)]
    assert archived(room) == [guid(number) for number in range(12)]
    assert export(room, now="2026-03-05T12:00:00Z")[0] == 0
    assert current(room) == []
    assert archived(room) == [guid(number) for number in (*range(12), 30)]
    told = room.json("explain", guid(3), "all", now=NOW)
    assert told["in"]
    assert any(one["found"].endswith(": in the archive") for one in told["conditions"])


def test_what_does_not_fit_is_archived(room: Newsroom) -> None:
    room.feed("all", f'limit = 9\nmax_bytes = "4k"\n{ARCHIVE}')
    code, err = export(room)
    assert code == 0
    for name in FORMATS:
        assert 1 < len(current(room, name)) < 9
        assert len(room.tree()[f"all/{name}.xml"]) <= 4000
        assert [*archived(room, name), *reversed(current(room, name))] == [guid(n) for n in range(12)]
        assert f"all/{name}.xml:" not in err
    assert "all/newsml-g2.xml: " in err, "there is no archive in this format"
    put(room, numbered(12, body=[{"type": "paragraph", "html": "Long. " * 1000}]))
    assert export(room)[0] == 0, "one that fills the document alone is no loss of the others"
    assert current(room) == [guid(12)]
    assert archived(room) == [guid(number) for number in range(12)]
    is_sound(room)


def test_what_does_not_fit_and_is_not_archived_is_told(newsroom: Newsroom) -> None:
    newsroom.feed("all", 'limit = 9\nmax_bytes = "4k"\n')
    put(newsroom, *map(numbered, range(12)))
    code, err = export(newsroom, "all")
    assert code == 0
    found = [entry.id for entry in feedparser.parse(newsroom.tree()["all/rss.xml"]).entries]
    assert found == [guid(number) for number in range(11, 11 - len(found), -1)]
    first = guid(11 - len(found))
    said = f"{9 - len(found)} articles are over the byte budget of 4000 bytes, from {first} on [feed.bytes.over]"
    assert f"all/rss.xml: {said}" in err
    messages = {one["format"]: one["findings"] for one in newsroom.json("export", "all", now=NOW)}
    assert [(one["code"], one["guid"], one["severity"]) for one in messages["rss"]] == [
        ("feed.bytes.over", first, "warning")
    ]
    told = newsroom.json("explain", guid(3), "all", now=NOW)
    assert not told["in"]
    assert "over the byte budget" in told["conditions"][-1]["found"]
    assert newsroom.json("explain", guid(11), "all", now=NOW)["in"]


def test_a_document_has_one_article_at_the_least(newsroom: Newsroom) -> None:
    newsroom.feed("all", 'max_bytes = "1k"\n')
    put(newsroom, *map(numbered, range(3)))
    assert export(newsroom, "all")[0] == 0
    assert newsroom.tree()["all/rss.xml"].count(b"<item>") == 1


def test_a_change_of_the_archive_alone_is_seen(room: Newsroom) -> None:
    room.feed("all", f'limit = 2\norder = "published"\n{ARCHIVE}')
    export(room)
    put(room, numbered(4, version=2, headline="Corrected", updated="2026-03-02T00:00:00Z"))
    code, _, err = room.call("diff", "all", now=NOW)
    assert code == 0
    assert "all/rss.xml: would be written" in err
    assert "archive pages: 3 would be written, 3 removed" in err
    before = room.tree()
    assert before == room.tree()
    export(room)
    (room.folder / "feeds" / in_order(room)[0]).unlink()
    _, _, err = room.call("diff", "all", now=NOW)
    assert "all/rss.xml: nothing in it would change; archive pages: 1 would be written, 0 removed" in err


def test_doctor_knows_the_pages(room: Newsroom) -> None:
    assert all(one["well"] for one in room.json("doctor", "--deep", now=NOW) if one["check"] == "published tree")
    (room.folder / "feeds" / in_order(room)[1]).write_bytes(b"<rss/>")
    tree = next(one for one in room.json("doctor", now=NOW) if one["check"] == "published tree")
    assert not tree["well"]


def test_lists_of_feeds_do_not_name_pages(room: Newsroom) -> None:
    assert b"/archive/" not in room.tree()["index.html"]
    assert b"/archive/" not in room.tree()["feeds.opml"]


def test_an_archive_needs_a_format_that_has_archives(room: Newsroom) -> None:
    path = room.config.parent / "feeds" / "all.toml"
    path.write_text(path.read_text().replace('"rss", "atom", ', ""), encoding="utf-8")
    code, out, err = room.call("config", "check")
    assert code == 2
    assert "none of the feed's formats has archive pages" in out + err
    room.feed("all", 'max_bytes = "4"\n')
    code, out, err = room.call("config", "check")
    assert "'500k' for 500,000 bytes" in out + err


def test_pages_are_served_as_what_they_are_and_may_be_kept_longer(room: Newsroom) -> None:
    catalogue = Catalogue(str(room.folder / "feeds"), {}, lambda _folder: 60)
    page = catalogue.find(in_order(room)[0], 0)
    document = catalogue.find("all/rss.xml", 0)
    assert page is not None
    assert document is not None
    assert (page.media_type, len(page.variants)) == (document.media_type, len(document.variants))
    assert (page.max_age, document.max_age) == (LASTING, 60)
    (room.folder / "feeds" / "all" / "archive" / "rss-0000.xml").write_bytes(b"<rss/>")
    assert catalogue.find("all/archive/rss-0000.xml", 0) is None, "no manifest speaks of it"
    gone = in_order(room)[3]
    assert catalogue.find(gone, 0)
    put(room, numbered(12))
    export(room)
    assert catalogue.find(gone, 9) is None
