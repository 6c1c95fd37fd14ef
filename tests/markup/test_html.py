import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup.html import MAX_BYTES, HtmlError, blocks_of, clean_inline, has_markup, plain_of
from syndicate.markup.html_inline import text_of
from syndicate.markup.text import is_sound
from syndicate.model.body import Block, Heading, ListBlock, MediaBlock, Paragraph, Quote, Table
from syndicate.model.media import Media, MediaType, Rendition

BASE = "https://harbour.example/2026/03/ferry"
SAFE = {"a", "em", "strong", "sub", "sup", "code", "br", "span"}
ATTRIBUTES = {"a": {"href", "hreflang", "title"}, "span": {"lang", "dir"}}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain", "plain"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("a <b>b</b> <i>c</i>", "a <strong>b</strong> <em>c</em>"),
        ("one<br>two<BR/>three", "one<br/>two<br/>three"),
        ("H<sub>2</sub>O <code>x</code>", "H<sub>2</sub>O <code>x</code>"),
        ('<span lang="no" class="x">Hei</span> <span>du</span>', '<span lang="no">Hei</span> du'),
        ("&nbsp;&euro; 5&nbsp;", "€ 5"),
        ("&#8220;x&#8221;", "“x”"),
        ("  two \n lines  ", "two lines"),
        ("<b></b>x<a href='https://a.example/'></a>", "x"),
        ("<b>x<i>y</b>z</i>", "<strong>x<em>y</em></strong><em>z</em>"),
        ("<q>yes</q>", "“yes”"),
        ("]]>", "]]&gt;"),
        ("x <!-- note --> y", "x y"),
        ("<p>one</p><p>two</p>", "one<br/>two"),
    ],
)
def test_inline_markup_is_written_in_the_safe_subset(html: str, expected: str) -> None:
    assert clean_inline(html) == (expected, ())


@pytest.mark.parametrize(
    ("html", "expected", "repair"),
    [
        ("<script>alert(1)</script>x", "x", "script left out"),
        ("<style>p {}</style>x", "x", "style left out"),
        ('<iframe src="https://v.example/1">no</iframe>x', "x", "iframe left out (https://v.example/1)"),
        ("<a href='javascript:alert(1)'>x</a>", "x", "link with a javascript: address left out, its text kept"),
        ("<a href=' java&#10;script:alert(1)'>x</a>", "x", "link with a javascript: address left out, its text kept"),
        ("<a href='&#106;avascript:x'>x</a>", "x", "link with a javascript: address left out, its text kept"),
        ("<a href='data:text/html,x'>x</a>", "x", "link with a data: address left out, its text kept"),
        ("<a href='https://'>x</a>", "x", "link with the broken address 'https://' left out, its text kept"),
        ("<a href='/pier'>x</a>", "x", "link with the relative address '/pier' left out, its text kept"),
        ("<u>x</u>", "x", "the markup <u> left out, its text kept"),
        ('x<img src="https://a.example/b.png" alt="Crane">', "x", "img left out (Crane)"),
        ("<![CDATA[<b>x</b>]]>", "<strong>x</strong>", "CDATA brackets left out, their content kept"),
        ("<em onclick='x()'>x&#x202e;</em>", "<em>x</em>", "bidi override U+202E removed"),
    ],
)
def test_what_is_dropped_is_reported(html: str, expected: str, repair: str) -> None:
    assert clean_inline(html) == (expected, (repair,))


def test_the_same_repair_is_counted() -> None:
    assert clean_inline("<u>a</u> <u>b</u>")[1] == ("the markup <u> left out, its text kept (2 times)",)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/pier", "https://harbour.example/pier"),
        ("#top", f"{BASE}#top"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&amp;b=2"),
        ('https://a.example/a b"c', "https://a.example/a%20b%22c"),
        ("https://bücher.example/ö?ü", "https://xn--bcher-kva.example/%C3%B6?%C3%BC"),
        ("mailto:ada@harbour.example", "mailto:ada@harbour.example"),
    ],
)
def test_addresses_are_absolute_and_in_ascii(href: str, expected: str) -> None:
    html = f"<a href='{href}'>x</a>"
    assert clean_inline(html, BASE) == (f'<a href="{expected}">x</a>', ())


def test_plain_text_of_markup() -> None:
    assert plain_of("<b>Ferry</b> &amp; <i>crane</i>") == ("Ferry & crane", ())
    assert has_markup("<b>Ferry</b>")
    assert not has_markup("a <- b, 1 <2> 3, <3")


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("one\n\ntwo", [Paragraph(html="one"), Paragraph(html="two")]),
        ("<p>one</p><p> </p><p>&nbsp;</p>", [Paragraph(html="one")]),
        ("<p>one<p>two", [Paragraph(html="one"), Paragraph(html="two")]),
        ("a<div>b<div>c</div>d</div>e", [Paragraph(html=letter) for letter in "abcde"]),
        ("<h2>H</h2><h6>K</h6>", [Heading(html="H"), Heading(html="K", level=6)]),
        ("<ol><li>1</li><li><p>2</p></li></ol>", [ListBlock(items=("1", "2"), ordered=True)]),
        ("<ul><li></li></ul>", []),
        (
            "<blockquote><p>It bent.</p><p>Twice.</p><footer>Ada Holm</footer></blockquote>",
            [Quote(html="It bent.<br/>Twice.", cite="Ada Holm")],
        ),
        ("<blockquote>It bent. <cite>Ada</cite></blockquote>", [Quote(html="It bent.", cite="Ada")]),
        (
            '<table class="x"><tr><th scope="col">A<td colspan="2" onclick="x"><p>b</p><p>c</p></table>',
            [Table(html='<table><tbody><tr><th scope="col">A</th><td colspan="2">b<br/>c</td></tr></tbody></table>')],
        ),
        ("<dl><dt>Pier</dt><dd>A bridge</dd></dl>", [Paragraph(html="Pier"), Paragraph(html="A bridge")]),
        ("<p>x</p><hr><p>y</p>", [Paragraph(html="x"), Paragraph(html="y")]),
        ('<p lang="fr">Oui</p>', [Paragraph(html='<span lang="fr">Oui</span>')]),
        ("<ul>a<p>b</p>c</ul>", [ListBlock(items=("a", "b", "c"))]),
        (
            "<blockquote><p>It bent.</p><ul><li>a</li></ul></blockquote>",
            [Quote(html="It bent."), ListBlock(items=("a",))],
        ),
        ("<blockquote><cite>Ada</cite></blockquote>", [Paragraph(html="Ada")]),
        (
            "<blockquote>It bent. <p>Yes <cite>Ada</cite></p></blockquote>",
            [Quote(html="It bent.<br/>Yes <em>Ada</em>")],
        ),
        (
            "<figure><table><tr><td>1</td></tr></table><figcaption>A table</figcaption></figure>",
            [Table(html="<table><tr><td>1</td></tr></table>"), Paragraph(html="A table")],
        ),
        (
            "<table>a<tr>b<td>c</td><p>d</p></tr><p>e</p></table>",
            [
                Table(
                    html="<table><tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
                )
            ],
        ),
        ("<p><span lang='not a tag' dir='RTL'>x</span></p>", [Paragraph(html='<span dir="rtl">x</span>')]),
        (
            "<a href='https://a.example/' title=' A  b '>x<a href='https://b.example/'>y</a></a>",
            [Paragraph(html='<a href="https://a.example/" title="A b">xy</a>')],
        ),
        ("<html><body><p>x</body></html>", [Paragraph(html="x")]),
    ],
)
def test_body_html_becomes_blocks(html: str, blocks: list[Block]) -> None:
    body = blocks_of(html)
    assert list(body.blocks) == blocks
    assert body.repairs == ()


def test_lists_inside_lists_and_first_level_headings_are_reported() -> None:
    body = blocks_of("<h1>H</h1><ul><li>a<ul><li>b</li></ul>c</li></ul>")
    assert body.blocks == (Heading(html="H"), ListBlock(items=("a c", "b")))
    assert body.repairs == (
        "a first-level heading made one of the second level",
        "a list inside a list made part of the outer one",
    )


def test_pictures_become_media_at_their_place() -> None:
    body = blocks_of(
        '<p>before</p><figure><img src="/crane.jpg" alt="Crane" width="800" height="600"><figcaption>It bent. '
        "<em>Ida Berg</em></figcaption></figure>"
        "<p>x<img data-src='https://a.example/b.PNG?x' src='data:image/gif,'>y</p>",
        BASE,
    )
    crane = Rendition(href="https://harbour.example/crane.jpg", type="image/jpeg", width=800, height=600)
    assert body.media == (
        Media(id="m1", type=MediaType.PICTURE, title="Crane", caption="It bent. Ida Berg", renditions=(crane,)),
        Media(
            id="m2",
            type=MediaType.PICTURE,
            renditions=(Rendition(href="https://a.example/b.PNG?x", type="image/png"),),
        ),
    )
    assert body.blocks == (
        Paragraph(html="before"),
        MediaBlock(media="m1"),
        Paragraph(html="x y"),
        MediaBlock(media="m2"),
    )


def test_known_pictures_are_pointed_to_and_differing_captions_reported() -> None:
    known = Media(
        id="c", type=MediaType.PICTURE, caption="It bent.", renditions=(Rendition(href="https://a.example/c.jpg"),)
    )
    figure = '<figure><img src="https://a.example/c.jpg"><figcaption>{}</figcaption></figure>'
    assert blocks_of(figure.format("It bent."), known=[known]).media == (known,)
    body = blocks_of(figure.format("It broke."), known=[known])
    assert (body.media, body.blocks) == ((known,), (MediaBlock(media="c"),))
    assert body.repairs == ("another caption of media 'c' left out (It broke.)",)


@pytest.mark.parametrize(
    ("html", "repair", "kept"),
    [
        ('<img src="https://a.example/p.gif" width="1" height="1">', "a tracking picture left out", []),
        ('<img src="javascript:x" alt="A">', "img with a javascript: address left out (A)", []),
        ("<a><p>x</p></a>", "the markup <a> around whole blocks left out, its text kept", [Paragraph(html="x")]),
        ("<ul><ul><li>x</li></ul></ul>", "a list inside a list made part of the outer one", [ListBlock(items=("x",))]),
        (
            '<figure><img src="p.gif"><figcaption>A caption.</figcaption></figure>',
            "img with the relative address 'p.gif' left out",
            [Paragraph(html="A caption.")],
        ),
    ],
)
def test_pictures_that_cannot_be_shown_are_reported(html: str, repair: str, kept: list[Block]) -> None:
    body = blocks_of(html)
    assert (body.media, list(body.blocks), body.repairs) == ((), kept, (repair,))


def test_players_become_media() -> None:
    body = blocks_of('<video><source src="https://a.example/v.mp4" type="video/mp4">Old browser</video>')
    [video] = body.media
    assert (video.type, video.renditions[0].href) == (MediaType.VIDEO, "https://a.example/v.mp4")
    assert body.blocks == (MediaBlock(media="m1"),)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("x" * (MAX_BYTES + 1), "the HTML is larger than 256 KiB"),
        ("<p>" + "ø" * (MAX_BYTES // 2), "the HTML is larger than 256 KiB"),
        ("<div>" * 200 + "x", "the HTML is nested more than 128 deep"),
        ("<div>" * 200 + "x" + "</div>" * 200, "the HTML is nested more than 128 deep"),
        ("<em>" * 200 + "x" + "</em>" * 200, "the HTML is nested more than 128 deep"),
        ("<div><object></div></object>" * 300 + "x", "the HTML is nested more than 128 deep"),
    ],
)
def test_bounds(html: str, reason: str) -> None:
    for read in (blocks_of, clean_inline):
        with pytest.raises(HtmlError) as caught:
            read(html)
        assert str(caught.value) == reason


HOSTILE = (
    "<div><object></div></object>",
    "<!--",
    "<a b=1 ",
    "<",
    "&",
    "<p>x ",
    "<ul><li>",
    "<table><b>",
    "<b><p>",
    "&a",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_cost_is_bounded(piece: str) -> None:
    html = piece * (MAX_BYTES // len(piece))
    try:
        made = len(blocks_of(html).blocks)
    except HtmlError:
        made = 0
    assert made >= 0


def test_many_paragraphs_cost_in_proportion() -> None:
    assert len(blocks_of("<p>Some words.</p>" * 10_000).blocks) == 10_000


MARKUP = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<br>", "<a href='/x'>", "</a>", "&amp;",
     "&nbsp;", "&#1;", "&#x301;", "<script>", "</script>", "<table>", "<tr>", "<td>", "</table>", "<!--", "-->", "]]>",
     "<![CDATA[", "<figure>", "</figure>", "<img src=x>", "<svg>", "<font>", "<blockquote>", "<h1>", "<", "\x00"]
)  # fmt: skip
HTML = st.lists(MARKUP | st.text(st.characters(exclude_categories=()), max_size=8), max_size=30).map("".join)


def assert_safe(html: str, allowed: set[str]) -> None:
    assert is_sound(html)
    assert unicodedata.is_normalized("NFC", html)
    for element in etree.fromstring(f"<x>{html}</x>".encode()).iterdescendants():
        assert element.tag in allowed
        assert set(element.attrib) <= ATTRIBUTES.get(str(element.tag), set()) | ({"colspan", "rowspan", "scope"} - SAFE)
    assert not re.search("&(?!amp;|lt;|gt;|quot;)", html)


@given(HTML)
def test_any_html_becomes_safe_inline_markup(html: str) -> None:
    cleaned, _ = clean_inline(html)
    assert_safe(cleaned, SAFE)
    assert clean_inline(cleaned) == (cleaned, ())


@given(HTML)
def test_any_html_becomes_safe_blocks(html: str) -> None:
    body = blocks_of(html, BASE)
    for block in body.blocks:
        if isinstance(block, Paragraph | Heading | Quote):
            assert_safe(block.html, SAFE)
            assert block.html
        if isinstance(block, Table):
            assert_safe(block.html, SAFE | {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})


WORDS = st.lists(st.text("abcæø", min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(
        st.sampled_from(["p", "div", "b", "em", "ul", "li", "blockquote", "h2", "table", "td", "span", "section", "u"]),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
    max_leaves=12,
)


@given(TREES)
def test_no_word_is_lost(html: str) -> None:
    expected = Counter(re.sub("<[^>]*>", " ", html).split())
    body = blocks_of(html)
    texts = [text_of(re.sub("</(td|th|tr)>", " ", getattr(block, "html", ""))) for block in body.blocks]
    texts += [text_of(item) for block in body.blocks if isinstance(block, ListBlock) for item in block.items]
    assert Counter(" ".join(texts).split()) == expected
    assert Counter(text_of(clean_inline(html)[0]).split()) == expected
