"""The front door: what people see of the feeds, what reading apps find."""

from lxml import html

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"


def page(room: Newsroom) -> html.HtmlElement:
    return html.document_fromstring((room.folder / "feeds" / "index.html").read_bytes())


def test_people_see_each_feed_with_its_formats(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    feeds = page(newsroom).xpath("//li")
    assert [feed.get("id") for feed in feeds] == ["all", "town"]
    assert feeds[0].xpath("string(h2)") == "Harbour Post: all"
    assert feeds[0].xpath("nav/a/@href") == ["all/rss.xml", "all/atom.xml", "all/newsml-g2.xml"]


def test_a_changed_article_does_not_touch_it(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    path = newsroom.folder / "feeds" / "index.html"
    before = path.stat().st_ino
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry", headline="Another"), story("tide"))), now=NOW)
    newsroom.call("export", now=NOW)
    assert b"Another" in newsroom.tree()["all/rss.xml"]
    assert path.stat().st_ino == before


def test_reading_apps_find_what_they_can_read(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    links = page(newsroom).xpath("//link[@rel='alternate']/@href")
    assert links == ["all/rss.xml", "all/atom.xml", "town/rss.xml", "town/atom.xml"]
    opml = (newsroom.folder / "feeds" / "feeds.opml").read_text(encoding="utf-8")
    assert "https://harbour.example/feeds/all/atom.xml" in opml


def test_an_empty_feed_offers_what_there_is(newsroom: Newsroom) -> None:
    newsroom.call("export", now=NOW)
    assert page(newsroom).xpath("//li[@id='all']/nav/a/@href") == ["all/rss.xml", "all/atom.xml"]


def test_documents_that_come_and_go_are_listed_and_not(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    assert "all/newsml-g2.xml" in page(newsroom).xpath("//nav/a/@href")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry", status="canceled"))), now=NOW)
    newsroom.call("export", now=NOW)
    assert "all/newsml-g2.xml" not in page(newsroom).xpath("//nav/a/@href")


def test_markup_in_titles_is_text(newsroom: Newsroom) -> None:
    newsroom.feed("town", "")
    path = newsroom.folder / "config" / "feeds" / "town.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("About town", "<script>alert(1)</script>"), "utf-8")
    newsroom.call("export", now=NOW)
    assert not page(newsroom).xpath("//script")
    assert "<script>alert(1)</script>" in page(newsroom).text_content()
