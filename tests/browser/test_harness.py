"""The harness sees what it is there to see."""

import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.browser.harness import LOOKS, Look, faults, is_wider_than_its_window, looks, window
from tests.browser.palette import in_palette

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FAULTY = {
    "console.error('no')": "console error: no",
    "console.warn('hm')": "console warning: hm",
    "setTimeout(() => {throw new Error('broken')})": "page error: broken",
    "new Image().src = 'http://192.0.2.7/spy.png'": "asks another server: http://192.0.2.7/spy.png",
}


def visit(browser: "Browser", site: str, address: str, script: str) -> None:
    """Look at a page of that server while the script runs in it."""
    with window(browser, site, LOOKS[0]) as page:
        page.goto(address)
        page.evaluate(f"() => new Promise(done => {{ setTimeout(done, 20); {script} }})")


@pytest.mark.parametrize("script", FAULTY)
def test_a_page_that_complains_fails(browser: "Browser", site: str, script: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=re.escape(FAULTY[script])):
        visit(browser, site, "about:blank", script)


def test_a_page_that_is_not_there_fails(browser: "Browser", site: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"404: http://\S*/not-there"):
        visit(browser, site, "/not-there", "")


def test_a_page_against_the_policy_of_our_server_fails(browser: "Browser", site: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="Content Security Policy"):
        visit(browser, site, "/", "fetch('/spy').catch(() => 0)")


def test_text_that_is_hard_to_read_is_a_fault(page: "Page") -> None:
    page.goto("/")
    assert faults(page) == []
    page.evaluate("document.body.innerHTML = '<main><h1>Tide</h1><p style=color:#ddd;background:#fff>pale</p></main>'")
    assert [one.split(" (")[0] for one in faults(page)] == ["color-contrast"]


@looks
def test_each_look_is_what_the_page_sees(page: "Page", look: Look) -> None:
    page.goto("/")
    assert page.evaluate("[innerWidth, innerHeight]") == [look.width, look.height]
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {look.scheme})').matches")
    page.evaluate(f"document.body.style.minWidth = '{look.width + 50}px'")
    assert is_wider_than_its_window(page)


def test_a_picture_keeps_its_colours_in_a_palette(page: "Page") -> None:
    page.set_viewport_size({"width": 40, "height": 30})
    page.set_content('<body style="background:#0b5a8a">')
    small = in_palette(page.screenshot())
    assert struct.unpack(">IIBB", small[16:26]) == (40, 30, 8, 3)
    assert b"PLTE\x0b\x5a\x8a" in small
    pixels = zlib.decompress(small[small.index(b"IDAT") + 4 : -16])
    assert pixels == bytes(41 * 30)
