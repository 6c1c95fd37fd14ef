"""Inline markup in pieces, as a tree and as text: the safe subset and nothing else, whatever the text holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup.html_inline import SAFE
from syndicate.markup.inline import plain, tokens
from syndicate.markup.inline_tree import inline_elements


def shown(html: str) -> str:
    """The tree as text, without its wrapper."""
    whole = etree.tostring(inline_elements(html), encoding="unicode")
    return whole.removeprefix("<inline>").removesuffix("</inline>").replace("<inline/>", "")


@pytest.mark.parametrize(
    ("html", "tree", "text"),
    [
        ("", "", ""),
        ("pier 4", "pier 4", "pier 4"),
        ("a &amp; <em>b</em>", "a &amp; <em>b</em>", "a & b"),
        ('<a href="https://h.example/?a=1&amp;b=2" title="t">x</a>',
         '<a href="https://h.example/?a=1&amp;b=2" title="t">x</a>', "x"),
        ("one<br/>two", "one<br/>two", "one\ntwo"),
        ('<span lang="fr" dir="ltr">le</span>', '<span lang="fr" dir="ltr">le</span>', "le"),
        ("m<sup>2</sup>", "m<sup>2</sup>", "m2"),
        ("a & b < c", "a &amp; b &lt; c", "a & b < c"),
        ("one<br>two", "one<br/>two", "one\ntwo"),
        ("<i>x</i>", "<em>x</em>", "x"),
        ('<a href="javascript:alert(1)">x</a>', "x", "x"),
        ('<em onclick="x()">y</em>', "<em>y</em>", "y"),
        ("<script>alert(1)</script>y", "y", "y"),
        ("<!-- hidden -->y<?php x ?>", "y", "y"),
        ("</inline><b>y</b><inline>", "<strong>y</strong>", "y"),
        ("a&nbsp;b", "a\u00a0b", "a\u00a0b"),
        ("end ]]> here", "end ]]&gt; here", "end ]]> here"),
        ("bell\x07\ud800 null\x00", "bell null", "bell null"),
    ],
)  # fmt: skip
def test_markup(html: str, tree: str, text: str) -> None:
    assert shown(html) == "".join(tokens(html)) == tree
    assert plain(html) == text


def test_markup_beyond_the_bounds_comes_back_as_text() -> None:
    html = "<em>" * 400 + "deep" + "</em>" * 400
    assert shown(html) == "deep"
    assert tokens(html) == ["deep"]
    assert plain(html) == "deep"


TAGS = st.sampled_from([
    "<em>", "</em>", "<strong>", "</strong>", '<a href="https://h.example/?a=1&amp;b">', "</a>", "<sub>", "</sub>",
    '<a href="tel:1" hreflang="de" title="a b">', '<span lang="de">', '<span dir="rtl">', "</span>", "<br/>", "<br>",
    '<a href="x:y">', "<a href='https://h.example/'>", "<em/>", "<b>", "<script>", "&amp;", "&quot;", ">", "&", "a b",
    "\xa0",
])  # fmt: skip
MARKUP = st.text(st.characters()) | st.text("<>&;/=\"'abemspn 0x#![]-", max_size=60) | st.lists(TAGS).map("".join)


@given(MARKUP)
def test_the_pieces_are_those_of_the_tree(html: str) -> None:
    found = tokens(html)
    assert len(found) % 2 == 1
    assert not any("<" in text or ">" in text for text in found[::2])
    assert all(tag.startswith("<") and tag.endswith(">") for tag in found[1::2])
    again = etree.tostring(etree.fromstring(f"<inline>{''.join(found)}</inline>"), encoding="unicode")
    assert again.removeprefix("<inline>").removesuffix("</inline>").replace("<inline/>", "") == shown(html)


@given(MARKUP)
def test_any_text_gives_a_safe_tree_and_its_words(html: str) -> None:
    root = inline_elements(html)
    assert {str(one.tag) for one in root.iterdescendants()} <= SAFE | {"br"}
    assert all("on" not in str(name) for one in root.iter() for name in one.attrib)
    assert etree.fromstring(etree.tostring(root)).tag == "inline"
    if next(root.iter("br"), None) is None:
        assert plain(html) == "".join(map(str, root.itertext()))
