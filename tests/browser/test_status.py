"""The status page of a newsroom with troubles, in a browser."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.harness import Look, faults, is_wider_than_its_window, looks
from tests.web.servers import syndicate
from tests.web.troubled import AT, HIDDEN, home_of, make

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {
    "/-/status": "Status",
    "/-/status/feeds/culture": "Harbour Post: Culture",
    "/-/status/feeds/sport": "Harbour Post: Sport",
    "/-/status/runs": "Runs",
    "/-/status/rules/feed.items.lost": "feed.items.lost",
}


@pytest.fixture(scope="module")
def site(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of that newsroom's port for operators. Takes the browser, to skip before work."""
    room = make(tmp_path_factory.mktemp("troubled") / "room")
    with syndicate(room, before=("--now", AT)) as server:
        yield f"http://127.0.0.1:{home_of(server)}/"


@looks
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_good_in_every_look(page: "Page", path: str) -> None:
    page.goto(path)
    assert page.get_by_role("heading", level=1).inner_text() == PAGES[path]
    assert faults(page) == []
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("path", ["/-/status", "/-/status/feeds/sport"])
def test_no_page_needs_to_be_scrolled_sideways_at_320_pixels(page: "Page", path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.locator("table").count() > 0
    assert not is_wider_than_its_window(page)


@looks
def test_what_needs_somebody_comes_first_and_leads_to_why(page: "Page") -> None:
    page.goto("/-/status")
    assert page.locator(".verdict .what").inner_text() == "4 feeds: 1 stale, 1 held, 1 incomplete"
    needs = page.get_by_role("region", name="Needs attention").get_by_role("listitem")
    assert [one.split()[:2] for one in needs.all_inner_texts()] == [
        ["town", "stale"],
        ["culture", "held"],
        ["sport", "incomplete"],
    ]
    needs.nth(2).get_by_role("link", name="Which ones, and why").click()
    assert "pubDate 'Someday' is no date of RFC 822" in page.get_by_role("region", name="Findings").inner_text()
    page.get_by_role("link", name="rss.date.invalid").click()
    assert page.get_by_role("heading", level=1).inner_text() == "rss.date.invalid"


@looks
def test_tables_stay_tables_for_who_hears_them(page: "Page") -> None:
    page.goto("/-/status")
    feeds = page.get_by_role("table", name="Feeds")
    assert feeds.get_by_role("rowheader").count() == 4
    assert feeds.get_by_role("columnheader", include_hidden=True).count() == 6
    assert feeds.get_by_role("row").nth(1).get_by_role("cell").nth(0).inner_text().startswith("stale")


def test_every_number_leads_to_its_rows(page: "Page") -> None:
    page.goto("/-/status")
    targets = page.locator(".figures a").evaluate_all("links => links.map(link => link.hash)")
    assert len(targets) == 5
    assert [target for target in targets if page.locator(target).count() != 1] == []


def test_releases_to_come_are_told_by_their_time_alone(page: "Page") -> None:
    page.goto("/-/status")
    rows = page.get_by_role("table", name="To come").get_by_role("row")
    assert "embargo ends" in rows.nth(2).inner_text()
    assert not [hidden for hidden in HIDDEN if hidden in page.content()]


def test_it_comes_again_unless_it_is_held_still(page: "Page") -> None:
    answer = page.goto("/-/status")
    assert answer is not None
    assert answer.headers["refresh"] == "30"
    page.get_by_role("link", name="Hold it still").click()
    still = page.reload()
    assert still is not None
    assert "refresh" not in still.headers
    page.get_by_role("link", name="culture").first.click()
    assert page.url.endswith("/-/status/feeds/culture?still=1")


def test_health_is_what_the_page_says(page: "Page", site: str) -> None:
    health = page.request.get(f"{site}healthz")
    assert health.status == 503
    (problem,) = json.loads(health.body())["problems"]
    page.goto("/-/status/feeds/town")
    said = page.locator(".verdict").inner_text().lower()
    assert problem["feed"] == "town"
    assert problem["reason"].lower() in said


@looks
def test_pictures_for_the_docs(page: "Page", look: Look, picture: Callable[..., None]) -> None:
    page.goto("/-/status")
    assert page.locator("main").count() == 1
    if str(look) in ("wide-light", "narrow-dark"):
        picture(page, f"status-{look}")
    page.goto("/-/status/feeds/culture")
    if str(look) in ("wide-dark", "narrow-light"):
        picture(page, f"status-feed-{look}")
