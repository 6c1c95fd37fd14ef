"""Pages as people see them: a browser of ours, the looks in which we look, and what counts as a fault.

Nothing here is imported from Playwright when the module is: where it is missing, the tests skip with the reason.
"""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.browser.palette import in_palette
from tests.cli import process
from tests.conftest import ROOT, require
from tests.web.servers import Server, syndicate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response


IMAGES = ROOT / "docs" / "images"
# Without these Debian's chromium asks its maker about updates, components and the network's gate.
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
GRAVE = ("serious", "critical")


@dataclass(frozen=True, kw_only=True)
class Look:
    """A size of window in CSS pixels, and whether the person asked for light or dark pages."""

    width: int
    height: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{'wide' if self.width > 600 else 'narrow'}-{self.scheme}"


LOOKS = [
    Look(width=width, height=height, scheme=scheme)
    for width, height in ((1280, 900), (360, 740))
    for scheme in ("light", "dark")
]
# Each width and each scheme on every run, all four together nightly.
_OFTEN = (LOOKS[0], LOOKS[3])
looks = pytest.mark.parametrize(
    "look", [one if one in _OFTEN else pytest.param(one, marks=pytest.mark.nightly) for one in LOOKS], ids=str
)
"""Runs a test that takes `page` in each look; without it the look is the first, wide and light."""


def watch(page: "Page", address: str) -> list[str]:
    """What goes wrong on that page from now on, in order; the list grows. It can reach no other server."""
    said: list[str] = []

    def is_ours(url: str) -> bool:
        return url.startswith((address, "data:", "blob:", "about:"))

    def hear(message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            said.append(f"console {message.type}: {message.text}")

    def see(request: "Request") -> None:
        if not is_ours(request.url):
            said.append(f"asks another server: {request.url}")

    def read(response: "Response") -> None:
        if response.status >= 400:
            said.append(f"{response.status}: {response.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"page error: {error}"))
    page.on("request", see)
    page.on("response", read)
    page.route(lambda url: not is_ours(url), lambda route: route.abort())
    return said


@contextmanager
def browser() -> Iterator["Browser"]:
    """Debian's chromium, driven by Playwright; the test skips, on CI fails, where either is missing.

    Playwright keeps an event loop running in this thread until the end of the block: no `asyncio.run` inside it.
    """
    program = shutil.which("chromium")
    require(importlib.util.find_spec("playwright"), "playwright is not installed (requirements-browser.lock)")
    require(importlib.util.find_spec("axe_playwright_python"), "axe-playwright-python is not installed")
    require(program, "chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, chromium_sandbox=False, args=FLAGS)
        yield started
        started.close()


@contextmanager
def window(browser: "Browser", address: str, look: Look) -> Iterator["Page"]:
    """An empty page for the server at that address, which ends in `/`; relative addresses are of that server.

    At the end of the block it fails on any error or warning in the console, any answer from 400 on, and any request to
    another server; such requests are not let through.
    """
    context = browser.new_context(
        base_url=address,
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    complaints = watch(page, address)
    yield page
    context.close()
    if complaints:
        pytest.fail("the page complains:\n" + "\n".join(complaints))


def faults(page: "Page") -> list[str]:
    """What axe finds serious or critical on the page as it is now: rule, where, and why, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}) at {node['target']}: {node.get('failureSummary', one['help'])}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def is_wider_than_its_window(page: "Page") -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def save_picture(page: "Page", name: str, *, whole: bool) -> Path:
    """Write a picture of the page, a PNG of at most 256 colours, to `docs/images/NAME.png`; the path."""
    path = IMAGES / f"{name}.png"
    path.write_bytes(in_palette(page.screenshot(full_page=whole, animations="disabled")))
    return path


def demo_newsroom(folder: Path) -> Path:
    """The working directory of `init` with its sample stories exported; the folder."""
    steps = (["init", "."], ["import", "stories"], ["export"])
    for step in steps:
        code, _, err = process.run(*step, folder=folder)
        assert code == 0, err
    return folder


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[Server, str]]:
    """`syndicate serve` in that working directory, and its address, which ends in `/`."""
    with syndicate(folder, *options) as server:
        yield server, f"http://127.0.0.1:{server.port}/"
