"""What the pattern reads must be what the parser's tree gives, and most newsroom HTML must be read by the pattern."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup import html as markup
from syndicate.markup.html import Body, HtmlError, blocks_of
from syndicate.markup.html_parse import MAX_BYTES
from syndicate.markup.html_plain import parts_of

# Words and pieces that a body could be made of, the tidy ones and those that only look so.
_WORDS = [
    "Ferry", "word", "é", "日本", " ", "  ", "\n", "\t", "\xa0", "\u2003", "\u200b", "\ufeff", "“q”", "'", '"', ">",
    "]]>", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;", "&#x27;", "&#39;", "&#160;", "&#8217;", "&#60;",
    "&#x3c;", "&#146;", "&#55296;", "&rsquo;", "&LT;", "&Tab;", "&bogus;", "&", "&#", "e\u0301", "\u0301", "\x01",
    "\r\n", "\x92", "<br>", "<br/>", "<br />", "<br/><br/>", "<wbr>", "<!-- x -->", "<![CDATA[x]]>",
    "<img src='x'>", "<hr>",
]  # fmt: skip
_INLINE = ["em", "strong", "b", "i", "sub", "sup", "code", "span", "cite", "u", "p", "EM"]
_LINKS = [
    '<a href="https://a.example/x?y=1&amp;z=2">', '<a href="http://b.example">', '<a href="/relative">', "<a>",
    '<a href="https://a.example/x" target="_blank" rel="noopener">', '<a href="https://a.example/é">',
    '<a class="c" href="https://a.example/">', '<a href="https://a.example/" class="c" rel="x" target="y">',
    '<a href="javascript:x">', '<a href="https://a.example/x&quot;y">', '<a href="https://a.example/" title="t">',
    '<a href="https://a.example/" rel="x" rel="y">', '<a href="https://a.example/&lt;">',
]  # fmt: skip
_IMAGES = [
    '<img src="https://a.example/1.jpg" alt="A &quot;b&quot; &amp; c" width="10" height="5">', '<img src="/1.jpg"/>',
    '<img src="https://a.example/known.jpg" alt="known" />', '<img alt="no address">', "<img>",
    '<img src="https://a.example/2.png" src="https://a.example/3.png">',
    '<img src="https://a.example/p" width="1" height="1">',
    '<img srcset="https://a.example/4.jpg 2x, https://a.example/5.jpg" data-src="">', '<img src="data:x,y" alt="é">',
    '<img xmlns="https://a.example/ns" src="https://a.example/6.jpg">', '<img -a="b" src="https://a.example/7.jpg">',
    '<img src="https://a.example/8.jpg" alt="1 > 0">', '<img src="https://a.example/9.jpg" alt="&#x27;">',
]  # fmt: skip
_BLOCKS = ["p", "h1", "h2", "h6", "blockquote", "div", 'p class="lead"', 'p lang="fr"', "P", "pre"]
_SPACES = ["", "\n", " \n\t", "\xa0", "text", "\u2003"]
_ENDINGS = ["", "<cite>Ana</cite>", "<p><cite>Ana</cite></p>", "<footer>Ana</footer>"]
_CUT = ["", "", "<", ">", "/", '"', "p", "=", " "]


class _Pieces:
    """What bodies are made of: tame ones are mostly read by the pattern, the others mostly not."""

    def __init__(self, *, tame: bool) -> None:
        self.words = st.sampled_from(["Ferry", "é", "w", " ", "“q”", "&amp;", "&quot;", "<br/>"] if tame else _WORDS)
        self.marks = st.sampled_from(_INLINE[:7] if tame else _INLINE)
        self.links = st.sampled_from([*_LINKS[:2], _LINKS[4]] if tame else _LINKS)
        self.images = st.sampled_from([_IMAGES[0], _IMAGES[2], _IMAGES[5], _IMAGES[-1]] if tame else _IMAGES)
        self.blocks = st.sampled_from(["p", "h2", "blockquote", 'p class="lead"'] if tame else _BLOCKS)
        self.spaces = st.sampled_from(_SPACES[:3] if tame else _SPACES)
        self.endings = st.sampled_from(_ENDINGS[:1] if tame else _ENDINGS)
        texts = st.lists(self.words, max_size=4).map("".join)
        self.inline = st.recursive(texts, self.wrapped, max_leaves=6)

    def wrapped(self, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        marks = st.tuples(self.marks, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
        links = st.tuples(self.links, inner).map(lambda pair: f"{pair[0]}{pair[1]}</a>")
        return st.lists(st.one_of(self.words, marks, links), max_size=4).map("".join)


@st.composite
def _block(draw: st.DrawFn, pieces: _Pieces) -> str:
    kind = draw(st.sampled_from(["plain", "plain", "list", "figure", "quote"]))
    space = draw(pieces.spaces)
    if kind == "plain":
        name = draw(pieces.blocks)
        return f"<{name}>{draw(pieces.inline)}</{name.split()[0]}>"
    if kind == "list":
        items = draw(st.lists(pieces.inline, max_size=3))
        name = draw(st.sampled_from(["ul", "ol"]))
        return f"<{name}>{space}{space.join(f'<li>{item}</li>' for item in items)}{space}</{name}>"
    if kind == "quote":
        texts = draw(st.lists(pieces.inline, min_size=1, max_size=3))
        inner = space.join(f"<p>{text}</p>" for text in texts)
        return f"<blockquote>{space}{inner}{draw(pieces.endings)}{space}</blockquote>"
    caption = draw(st.one_of(st.just(""), pieces.inline.map(lambda html: f"<figcaption>{html}</figcaption>")))
    return f"<figure>{space}{draw(pieces.images)}{space}{caption}{space}</figure>"


@st.composite
def _bodies(draw: st.DrawFn, pieces: _Pieces) -> str:
    """Blocks with something between them; now and then with a character lost, so that nothing fits."""
    blocks = draw(st.lists(st.tuples(_block(pieces), pieces.spaces).map("".join), max_size=4))
    html = draw(pieces.spaces) + "".join(blocks)
    lost = draw(st.sampled_from(_CUT))
    return html.replace(lost, "", 1) if lost else html


_TAME, _WILD = _Pieces(tame=True), _Pieces(tame=False)


def _by_tree(html: str) -> Body | str:
    with patch.object(markup, "parts_of", return_value=None):
        return _read(html)


def _read(html: str) -> Body | str:
    try:
        return blocks_of(html, "https://a.example/base/")
    except HtmlError as error:
        return str(error)


@given(st.one_of(_bodies(_TAME), _bodies(_TAME), _bodies(_WILD)))
def test_the_pattern_reads_what_the_tree_gives(html: str) -> None:
    assert _read(html) == _by_tree(html)


_NEWSROOM = [
    "<p>One &amp; two.</p>\n<h2>Three</h2>\n<p>“Four,” said <em>Five</em>.<br>Six</p>",
    '<p class="lead">A <a href="https://a.example/x?y=1&amp;z=2" target="_blank" rel="noopener">link</a></p>',
    "<ul>\n  <li>One</li>\n  <li><b>Two</b> three</li>\n</ul>\n<ol><li>Four</li></ol>",
    "<blockquote><p>One</p>\n<p>Two</p></blockquote><blockquote>Three</blockquote>",
    '<figure><img src="https://a.example/1.jpg" alt="&quot;x&quot;"><figcaption>O&#x27;B</figcaption></figure>',
    '<p><strong><a href="https://a.example/">deep</a></strong>&nbsp;and &rsquo;s</p>',
    '<p>He said &quot;yes&quot; rel="x" &lt;b&gt;</p><p> </p>',
]


@pytest.mark.parametrize("html", _NEWSROOM)
def test_newsroom_html_needs_no_parser(html: str) -> None:
    assert parts_of(html) is not None
    assert _read(html) == _by_tree(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a > b</p>",
        "<p>a</p>b",
        "<p>a<b></p></b>",
        "<p><em> </em></p>",
        "<p><a href='https://a.example/'>x</a></p>",
        "<p>&#60;script&#62;</p>",
        "<p>e\u0301</p>",
        "<p>\x92</p>",
        "<p>" + "x" * MAX_BYTES + "</p>",
        '<p><a href="https://a.example/">x <a href="https://b.example/">y</a></a></p>',
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(html: str) -> None:
    assert parts_of(html) is None


def test_a_hostile_body_takes_no_time() -> None:
    """Nothing here goes back more than once: a hundred thousand tags that nearly fit are given up at once."""
    for piece in ("<b>a", "<em>a</em>", '<a href="https://a.example/">x</a>', "<br>", "<li>x</li>"):
        html = "<p>" + piece * (MAX_BYTES // (4 * len(piece))) + "<x>"
        assert parts_of(html) is None
        assert parts_of("<ul>" + html) is None
