"""The front door: what people see of the feeds, what reading apps find."""

from lxml import html

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"


def page(room: Newsroom) -> html.HtmlElement:
    return html.document_fromstring((room.folder / "feeds" / "index.html").read_bytes())


def test_people_see_each_feed_with_its_size_age_and_formats(newsroom: Newsroom) -> None:
    stories = [story("ferry"), story("tide", sections=["science"], updated="2026-03-02T09:30:59+01:00")]
    newsroom.call("import", str(newsroom.story("a.jsonl", *stories)), now=NOW)
    newsroom.call("export", now=NOW)
    feeds = page(newsroom).xpath("//li")
    assert [feed.get("id") for feed in feeds] == ["all", "town"]
    facts = [feed.xpath("string(p[@class='facts'])") for feed in feeds]
    assert facts == ["2 articles, last change 2026-03-02 08:30 UTC", "1 article, last change 2026-03-01 08:00 UTC"]
    assert feeds[0].xpath("nav/a/@href") == ["all/rss.xml", "all/atom.xml", "all/newsml-g2.xml"]


def test_reading_apps_find_what_they_can_read(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    links = page(newsroom).xpath("//link[@rel='alternate']/@href")
    assert links == ["all/rss.xml", "all/atom.xml", "town/rss.xml", "town/atom.xml"]
    opml = (newsroom.folder / "feeds" / "feeds.opml").read_text(encoding="utf-8")
    assert "https://harbour.example/feeds/all/atom.xml" in opml


def test_an_empty_feed_says_so(newsroom: Newsroom) -> None:
    newsroom.call("export", now=NOW)
    facts = page(newsroom).xpath("//p[@class='facts']")
    assert [fact.text_content() for fact in facts] == ["0 articles", "0 articles"]
    assert page(newsroom).xpath("//li[@id='all']/nav/a/@href") == ["all/rss.xml", "all/atom.xml"]


def test_markup_in_titles_is_text(newsroom: Newsroom) -> None:
    newsroom.feed("town", "")
    path = newsroom.folder / "config" / "feeds" / "town.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("About town", "<script>alert(1)</script>"), "utf-8")
    newsroom.call("export", now=NOW)
    assert not page(newsroom).xpath("//script")
    assert "<script>alert(1)</script>" in page(newsroom).text_content()
