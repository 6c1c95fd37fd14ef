"""The front page of the published tree, in a browser."""

from typing import TYPE_CHECKING

from tests.browser.harness import faults, is_wider_than_its_window, looks

if TYPE_CHECKING:
    from playwright.sync_api import Page


@looks
def test_the_front_page_is_good_in_every_look(page: "Page") -> None:
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "Harbour Post"
    assert faults(page) == []
    assert not is_wider_than_its_window(page)


def test_the_front_page_follows_the_scheme_that_was_asked_for(page: "Page") -> None:
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_every_link_to_a_document_leads_to_one(page: "Page", site: str) -> None:
    page.goto("/")
    links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    ours = {link for link in links if link.startswith(site)}
    assert len(ours) > 5
    assert {link: page.request.get(link).status for link in ours} == dict.fromkeys(ours, 200)
