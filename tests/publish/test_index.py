"""The front door: what people see of the feeds, what reading apps find."""

import errno
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from syndicate.model.feed import Feed, Publisher, Selection
from syndicate.publish import index, manifest
from syndicate.publish.files import Tree
from syndicate.publish.front_page import MOST, pages_of
from syndicate.publish.index import SITEMAPS
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
ARABIC = {"language": "ar", "headline": "العبارة تتوقف أسبوعين"}


def page(room: Newsroom, name: str = "index.html") -> html.HtmlElement:
    return html.document_fromstring((room.folder / "feeds" / name).read_bytes())


def bring(room: Newsroom, *stories: dict[str, object]) -> None:
    """Import and export."""
    room.call("import", str(room.story("a.jsonl", *stories)), now=NOW)
    room.call("export", now=NOW)


def headlines(room: Newsroom, feed: str) -> list[tuple[str, str, str]]:
    """Text, address and date of each headline that stands at the feed."""
    found = page(room).xpath(f"//li[@id='{feed}']//ul[@class='news']/li")
    return [(one.xpath("string(a)"), one.xpath("string(a/@href)"), one.xpath("string(p/time)")) for one in found]


def test_people_see_each_feed_with_its_formats(newsroom: Newsroom) -> None:
    bring(newsroom, story("ferry"))
    feeds = page(newsroom).xpath("//li[@id]")
    assert [feed.get("id") for feed in feeds] == ["town", "all"]
    assert feeds[1].xpath("string(.//h3)") == "Harbour Post: all"
    assert feeds[1].xpath(".//h3/a/@href") == ["https://harbour.example/all"]
    assert feeds[1].xpath("ul[@class='ways']//a/@href") == ["all/rss.xml", "all/atom.xml", "all/newsml-g2.xml"]


def test_feeds_stand_by_section(newsroom: Newsroom) -> None:
    newsroom.feed("sea", '[select]\nsections = ["sea", "town"]\n')
    newsroom.call("export", now=NOW)
    sections = [(one.xpath("string(h2)"), one.xpath("ul/li/@id")) for one in page(newsroom).xpath("//main/section")]
    assert sections == [("sea", ["sea"]), ("town", ["town"]), ("More feeds", ["all"])]
    assert page(newsroom).xpath("//nav[@aria-label='Sections']//a/@href") == ["#Section-1", "#Section-2", "#Section-3"]


def test_without_sections_all_feeds_stand_together(newsroom: Newsroom) -> None:
    newsroom.feed("town")
    newsroom.call("export", now=NOW)
    assert page(newsroom).xpath("string(//h2)") == "All feeds"
    assert not page(newsroom).xpath("//nav")


def test_a_changed_article_does_not_touch_it_where_no_feed_has_a_page(newsroom: Newsroom) -> None:
    bring(newsroom, story("ferry"))
    path = newsroom.folder / "feeds" / "index.html"
    before = path.stat().st_ino
    bring(newsroom, story("ferry", headline="Another"), story("tide"))
    assert b"Another" in newsroom.tree()["all/rss.xml"]
    assert path.stat().st_ino == before


def test_a_feed_with_a_page_shows_its_newest_headlines(newsroom: Newsroom) -> None:
    newsroom.show("town")
    bring(
        newsroom,
        *(story(f"s{n}", updated=f"2026-03-0{n}T08:00:00Z", headline=f"5 < {n} & more") for n in (1, 2, 3, 4)),
    )
    assert headlines(newsroom, "all") == []
    assert headlines(newsroom, "town") == [
        (f"5 < {n} & more", f"https://harbour.example/s{n}", f"{n} March 2026") for n in (4, 3, 2)
    ]
    assert page(newsroom).xpath("//li[@id='town']//h3/a/@href") == ["town/index.html"]
    assert "https://harbour.example/town" in page(newsroom).xpath("//li[@id='town']/ul[@class='ways']//a/@href")


def test_a_feed_ordered_by_publication_shows_that_date(newsroom: Newsroom) -> None:
    newsroom.feed("town", 'order = "published"\n')
    newsroom.show("town")
    bring(newsroom, story("ferry", updated="2026-03-02T08:00:00Z"))
    assert headlines(newsroom, "town") == [
        ("What happened about ferry", "https://harbour.example/ferry", "1 March 2026")
    ]


def test_an_article_without_a_page_is_read_in_the_preview(newsroom: Newsroom) -> None:
    newsroom.show("town")
    bring(newsroom, story("ferry", url=None, **ARABIC))
    (link,) = page(newsroom).xpath("//ul[@class='news']//a")
    name, _, place = link.get("href").partition("#")
    assert page(newsroom, name).xpath(f"string(//article[@id='{place}']/h2)") == ARABIC["headline"]
    assert (link.get("lang"), link.get("dir")) == ("ar", "rtl")


def test_a_killed_article_leaves_it_at_once(newsroom: Newsroom) -> None:
    newsroom.show("town", "all")
    bring(newsroom, story("ferry"), story("tide"))
    assert len(headlines(newsroom, "town")) == 2
    bring(newsroom, story("ferry", status="canceled"))
    assert [one[1] for one in headlines(newsroom, "town")] == ["https://harbour.example/tide"]
    pages = [data for path, data in newsroom.tree().items() if path.endswith("index.html")]
    assert len(pages) == 3
    assert not any(b"about ferry" in data for data in pages)


def test_a_feed_that_loses_its_page_loses_its_headlines(newsroom: Newsroom) -> None:
    newsroom.show("town")
    bring(newsroom, story("ferry"))
    assert "town/index.html" in newsroom.tree()
    newsroom.feed("town")
    newsroom.call("export", now=NOW)
    assert "town/index.html" not in newsroom.tree()
    assert headlines(newsroom, "town") == []


def test_reading_apps_find_what_they_can_read(newsroom: Newsroom) -> None:
    newsroom.show("town")
    bring(newsroom, story("ferry"))
    links = page(newsroom).xpath("//link[@rel='alternate']/@href")
    assert links == ["town/rss.xml", "town/atom.xml", "all/rss.xml", "all/atom.xml"]
    opml = (newsroom.folder / "feeds" / "feeds.opml").read_text(encoding="utf-8")
    assert "https://harbour.example/feeds/all/atom.xml" in opml
    assert "index.html" not in opml


def test_an_empty_feed_offers_what_there_is(newsroom: Newsroom) -> None:
    newsroom.call("export", now=NOW)
    assert page(newsroom).xpath("//li[@id='all']//ul//a/@href") == ["all/rss.xml", "all/atom.xml"]


def test_documents_that_come_and_go_are_listed_and_not(newsroom: Newsroom) -> None:
    bring(newsroom, story("ferry"))
    assert "all/newsml-g2.xml" in page(newsroom).xpath("//ul//a/@href")
    bring(newsroom, story("ferry", expires="2026-03-02T08:00:00Z"))
    assert "all/newsml-g2.xml" not in page(newsroom).xpath("//ul//a/@href")


def test_markup_in_titles_is_text(newsroom: Newsroom) -> None:
    newsroom.feed("town", "")
    path = newsroom.folder / "config" / "feeds" / "town.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("About town", "<script>alert(1)</script>"), "utf-8")
    newsroom.call("export", now=NOW)
    assert not page(newsroom).xpath("//script")
    assert "<script>alert(1)</script>" in page(newsroom).text_content()


def test_it_is_well_formed_and_its_ids_are_unique(newsroom: Newsroom) -> None:
    newsroom.show("town")
    bring(newsroom, story("ferry"))
    root = etree.fromstring((newsroom.folder / "feeds" / "index.html").read_bytes())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids)) > 4


@pytest.mark.parametrize("name", ["index.html", "index-2.html", "index-17.html.gz", "feeds.opml", "articles"])
def test_no_feed_takes_the_place_of_a_page(newsroom: Newsroom, name: str) -> None:
    path = newsroom.folder / "config" / "feeds" / "town.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "town"', f'id = "{name}"'), "utf-8")
    code, _, err = newsroom.call("export", now=NOW)
    assert code == 2
    assert "a name that the published tree needs itself" in err


# The pages of many feeds.


def many(count: int, feed: Feed) -> list[Feed]:
    """Feeds of three sections, every fourth of none."""
    sections = ("town", "Sea", "sport")
    return [
        replace(feed, id=f"f{n:04}", select=Selection(sections=(sections[n % 4],) if n % 4 < 3 else ()))
        for n in range(count)
    ]


def write(tree: Tree, publisher: Publisher, feeds: Sequence[Feed], front: index.Front, *touched: Feed) -> set[str]:
    """Publish; the pages that were written."""
    before = {path.name: path.stat().st_mtime_ns for path in tree.root.glob("[!.]*.*")}
    with tree.lock():
        index.publish(tree, publisher, feeds, "https://harbour.example/feeds/", (), front, touched)
    return {path.name for path in tree.root.glob("[!.]*.*") if before.get(path.name) != path.stat().st_mtime_ns}


def test_pages_hold_two_hundred_feeds_by_section(feed: Feed) -> None:
    pages = pages_of(many(450, feed))
    assert [sum(len(one.feeds) for one in page.sections) for page in pages] == [200, 200, 50]
    assert [[one.name for one in page.sections] for page in pages] == [
        ["Sea", "sport"],
        ["sport", "town", None],
        [None],
    ]
    assert [one[1:] for one in pages[2].begins] == [("Sea", 1), ("sport", 1), ("town", 2), ("More feeds", 2)]
    assert MOST == 200


def test_pages_lead_to_each_other(tmp_path: Path, feed: Feed, publisher: Publisher) -> None:
    tree, feeds = Tree(tmp_path), many(450, feed)
    assert write(tree, publisher, feeds, index.Front()) == {"index.html", "index-2.html", "index-3.html", "feeds.opml"}
    second = html.document_fromstring((tmp_path / "index-2.html").read_bytes())
    assert second.xpath("//link[@rel='prev' or @rel='next']/@href") == ["index.html", "index-3.html"]
    assert second.xpath("//nav[@aria-label='Pages']//a/@href") == ["index.html", "index-2.html", "index-3.html"]
    assert second.xpath("//*[@aria-current='page']/text()") == ["2"]
    assert second.xpath("//nav[@aria-label='Sections']//a/@href") == [
        "index.html#Section-1", "index.html#Section-2", "#Section-3", "#Section-4",
    ]  # fmt: skip
    assert set(index.paths(450, ())) == {"index.html", "index-2.html", "index-3.html", "feeds.opml", SITEMAPS}
    assert set(index.paths(0, ("gzip",))) == {
        "index.html",
        "index.html.gz",
        "feeds.opml",
        "feeds.opml.gz",
        SITEMAPS,
        f"{SITEMAPS}.gz",
    }


def test_only_the_page_of_a_touched_feed_is_written(tmp_path: Path, feed: Feed, publisher: Publisher) -> None:
    tree, feeds, front = Tree(tmp_path), many(450, feed), index.Front()
    write(tree, publisher, feeds, front)
    assert write(tree, publisher, feeds, front, feeds[3]) == set()
    (tmp_path / "f0003").mkdir()
    (tmp_path / "f0003" / "rss.xml").write_bytes(b"<rss/>")
    assert write(tree, publisher, feeds, front, feeds[3]) == {"index-2.html", "feeds.opml"}
    assert write(tree, publisher, feeds, index.Front()) == set()


def test_pages_that_are_not_needed_any_more_go(tmp_path: Path, feed: Feed, publisher: Publisher) -> None:
    tree = Tree(tmp_path)
    write(tree, publisher, many(450, feed), index.Front())
    write(tree, publisher, many(200, feed), index.Front())
    assert sorted(path.name for path in tmp_path.glob("*.*") if path.is_file()) == [".lock", "feeds.opml", "index.html"]


def test_pages_whose_writing_failed_are_made_again(
    newsroom: Newsroom, publisher: Publisher, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.show("town")
    bring(newsroom, story("ferry"), story("tide"))
    town = replace(feed, id="town", formats=("rss", "preview"))
    tree, front = Tree(newsroom.folder / "feeds"), index.Front()
    write(tree, publisher, [town], front)
    before = (tree.root / "index.html").read_bytes()
    bring(newsroom, story("ferry", status="canceled"))
    (tree.root / "index.html").write_bytes(before)
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "write_page", _full)
        with pytest.raises(OSError, match="No space left"):
            write(tree, publisher, [town], front, town)
    assert b"about ferry" in before
    assert "index.html" in write(tree, publisher, [town], front)
    assert [one[1] for one in headlines(newsroom, "town")] == ["https://harbour.example/tide"]


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_search_engines_find_all_sitemaps_in_one_place(newsroom: Newsroom) -> None:
    bring(newsroom, story("ferry"))
    assert SITEMAPS not in newsroom.tree()
    newsroom.feed("map")
    path = newsroom.folder / "config" / "feeds" / "map.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    text = [one if "formats" not in one else 'formats = ["sitemap", "news-sitemap", "rss"]' for one in lines]
    path.write_text("\n".join(text), encoding="utf-8")
    newsroom.call("export", now=NOW)
    assert newsroom.call("validate", str(newsroom.folder / "feeds" / SITEMAPS))[0] == 0
    found = etree.fromstring(newsroom.tree()[SITEMAPS])
    assert [one.rpartition("/")[2] for one in found.itertext() if one.strip()] == ["sitemap.xml", "news-sitemap.xml"]
    path.unlink()
    newsroom.call("export", now=NOW)
    assert SITEMAPS not in newsroom.tree()
