"""Inline markup as a tree and as text: the safe subset and nothing else, whatever the text holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup.html_inline import SAFE
from syndicate.markup.inline import inline_elements, plain


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
    assert shown(html) == tree
    assert plain(html) == text


def test_markup_beyond_the_bounds_comes_back_as_text() -> None:
    html = "<em>" * 400 + "deep" + "</em>" * 400
    assert shown(html) == "deep"
    assert plain(html) == "deep"


@given(st.text(st.characters()) | st.text("<>&;/=\"'abemspn 0x#![]-", max_size=60))
def test_any_text_gives_a_safe_tree_and_its_words(html: str) -> None:
    root = inline_elements(html)
    assert {str(one.tag) for one in root.iterdescendants()} <= SAFE | {"br"}
    assert all("on" not in str(name) for one in root.iter() for name in one.attrib)
    assert etree.fromstring(etree.tostring(root)).tag == "inline"
    if next(root.iter("br"), None) is None:
        assert plain(html) == "".join(map(str, root.itertext()))
