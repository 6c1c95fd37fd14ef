"""HTML as a partner reads it: tags, depth and text of good and of broken pieces."""

import pytest

from syndicate.profiles.html import Tag, addresses, look_at


@pytest.mark.parametrize(
    ("html", "text", "depth"),
    [
        ("", "", 0),
        ("a &amp; b", "a & b", 0),
        ("<p>a</p><p>b</p>", "a b", 1),
        ("<p>a<p>b<p>c", "a b c", 1),
        ("<ul><li>a<li>b</ul>", "a b", 2),
        ("<div><p>a<br>b<img src='x'/></p></div>", "a b", 3),
        ("<div><div><p>a</div>b", "a b", 3),
        ("a<script>b</script>c<style>d</style>", "a c", 1),
        ("a<!-- b -->c", "ac", 0),
        ("a<!-- b", "a", 0),
        ("a<![CDATA[b]]>c", "abc", 0),
        ("a<![CDATA[b", "a", 0),
        ("a<?php x ?>b<!DOCTYPE c>d", "abd", 0),
        ("a < b <c", "a < b <c", 0),
        ("<p>a</q></p>b", "a b", 1),
    ],
)
def test_text_and_depth(html: str, text: str, depth: int) -> None:
    look = look_at(html)
    assert (look.text, look.depth) == (text, depth)


def test_attributes_are_read_as_browsers_read_them() -> None:
    (tag,) = look_at("<A HREF=x title='a &amp; b' disabled data-x=\"1\">").tags
    assert tag == Tag("a", (("href", "x"), ("title", "a & b"), ("disabled", ""), ("data-x", "1")), 1)
    assert (tag.get("href"), tag.get("rel")) == ("x", None)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href=" /x ">', [("href", "/x")]),
        ('<img src="a" srcset="b 1x, c 2x,d" alt="e">',
         [("src", "a"), ("srcset", "b"), ("srcset", "c"), ("srcset", "d")]),
        ('<img data-original="a" data-lazy-src="b" data-srcset="c 100w" data-id="d">',
         [("data-original", "a"), ("data-lazy-src", "b"), ("data-srcset", "c")]),
        ('<blockquote cite="a"><video poster="b">', [("cite", "a"), ("poster", "b")]),
    ],
)  # fmt: skip
def test_addresses_stand_in_many_attributes(html: str, expected: list[tuple[str, str]]) -> None:
    assert [one for tag in look_at(html).tags for one in addresses(tag)] == expected
