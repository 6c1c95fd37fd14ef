"""What tests in a browser take: a served newsroom, a page of it that watches itself, and pictures for the docs."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import harness
from tests.browser.harness import LOOKS, Look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """The browser; closed after the last test of this folder, so that no other test meets its event loop."""
    with harness.browser() as started:
        yield started


@pytest.fixture(scope="package")
def demo(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo's newsroom, served by a process of its own. Takes the browser, to skip before work."""
    with harness.served(harness.demo_newsroom(tmp_path_factory.mktemp("demo"))) as (_, address):
        yield address


@pytest.fixture
def site(demo: str) -> str:
    """The address of the server that `page` may reach; a module with a server of its own has a fixture `site`."""
    return demo


@pytest.fixture
def look() -> Look:
    """Wide and light; `@looks` gives all four."""
    return LOOKS[0]


@pytest.fixture
def page(browser: "Browser", site: str, look: Look) -> Iterator["Page"]:
    """An empty page; `page.goto("/")` is the front page. Complaints of the page fail the test at its end."""
    with harness.window(browser, site, look) as opened:
        yield opened


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`picture(page, "name")`: with `--screenshots` the page's picture for the docs, else no file.

    `whole=True` takes the page to its end, not only what the window shows.
    """

    def take(page: "Page", name: str, *, whole: bool = False) -> None:
        if request.config.getoption("--screenshots"):
            harness.save_picture(page, name, whole=whole)

    return take
