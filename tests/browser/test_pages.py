"""The front page and the previews of feeds, as a browser shows them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from syndicate.model.feed import Feed, Publisher, Selection
from syndicate.publish.front_page import Shown, html_of, pages_of
from tests.browser import harness, paper
from tests.browser.harness import LOOKS, Look, faults, is_wider_than_its_window, looks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESSES = ("/", "/harbour/", "/council/", "/arabic/", "/nothing/")
# What is shown of the pages in the docs: name of the picture, address, look.
PICTURES = {
    "index-wide-light": ("/", LOOKS[0]),
    "index-narrow-dark": ("/", LOOKS[3]),
    "preview-wide-dark": ("/harbour/", LOOKS[1]),
    "preview-narrow-light": ("/harbour/", LOOKS[2]),
}


@pytest.fixture(scope="module")
def site(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a made-up paper's feeds."""
    with harness.served(paper.publish(tmp_path_factory.mktemp("paper"))) as (_, address):
        yield address


def hrefs(page: "Page", where: str) -> list[str]:
    found: list[str] = page.locator(where).evaluate_all("links => links.map(link => link.href)")
    return found


@looks
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_good_in_every_look(page: "Page", address: str) -> None:
    page.goto(address)
    assert page.locator("h1").count() == 1
    assert faults(page) == []
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_narrowest_window_needs_no_scrolling_sideways(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_all_that_is_asked_for(page: "Page", address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert len(asked) == 1
    assert page.evaluate("document.scripts.length + document.images.length") == 0


def test_people_go_from_feed_to_feed(page: "Page", site: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Harbour", exact=True).click()
    assert page.url == f"{site}harbour/index.html"
    assert page.get_by_role("heading", level=1).inner_text() == "Harbour"
    assert page.locator("article").count() == 3
    page.get_by_role("link", name="The Skerry Mail: all feeds").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The Skerry Mail"


def test_a_feed_is_found_without_the_last_slash(page: "Page", site: str) -> None:
    page.goto("/council")
    assert page.url == f"{site}council/"


@pytest.mark.parametrize("address", ["/", "/harbour/"])
def test_reading_apps_find_the_feeds(page: "Page", site: str, address: str) -> None:
    page.goto(address)
    found = hrefs(page, "link[rel=alternate]")
    assert f"{site}harbour/atom.xml" in found
    assert {page.request.get(one).status for one in found} == {200}


def test_what_an_article_brings_in_is_text(page: "Page") -> None:
    page.goto("/council/")
    assert page.get_by_text("<script>window.stolen").count() == 1
    assert page.evaluate("window.stolen") is None


def test_a_language_runs_its_own_way(page: "Page") -> None:
    page.goto("/arabic/")
    shown = "element => [element.lang, getComputedStyle(element).direction]"
    assert page.locator("html").evaluate(shown) == ["ar", "rtl"]
    page.goto("/latest/")
    assert page.locator("article[lang=ar]").evaluate(shown) == ["ar", "rtl"]
    assert page.locator("html").evaluate(shown) == ["en-GB", "ltr"]


def test_the_first_key_leads_past_the_head(page: "Page") -> None:
    page.goto("/harbour/")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to the stories"
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#stories")


def test_the_headline_of_a_story_leads_to_its_page(page: "Page") -> None:
    page.goto("/harbour/")
    assert hrefs(page, "article h2 a")[0] == "https://skerrymail.example/crane"
    page.goto("/")
    assert hrefs(page, "#harbour .news a") == [
        f"https://skerrymail.example/{name}" for name in ("crane", "ferry", "eels")
    ]


@looks
def test_one_of_many_pages_leads_to_the_others(page: "Page") -> None:
    publisher = Publisher(name="Mail", url="https://mail.example/", language="en", tag_authority="mail.example,2019")
    feeds = [
        Feed(id=f"f{n}", title=f"Feed {n}", link="https://mail.example/", description="All", language="en",
             formats=("rss",), select=Selection(sections=(f"section {n % 5}",)))
        for n in range(450)
    ]  # fmt: skip
    second = pages_of(feeds)[1]
    page.set_content(html_of(second, publisher, {feed.id: Shown() for feed in feeds}).decode())
    assert faults(page) == []
    assert not is_wider_than_its_window(page)
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    assert links.all_inner_texts() == ["1", "2", "3"]
    assert page.locator("[aria-current=page]").inner_text() == "2"


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_of_the_docs(browser: "Browser", site: str, picture: Callable[..., None], name: str) -> None:
    address, look = PICTURES[name]
    with harness.window(browser, site, Look(width=look.width, height=look.height, scheme=look.scheme)) as page:
        page.goto(address)
        assert page.locator("h1").count() == 1
        picture(page, name)
