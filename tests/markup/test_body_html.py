"""Blocks as HTML: well-formed, complete, escaped once."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup.body_html import body_html, clock, figure
from syndicate.markup.escape import escape
from syndicate.model.article import Article, Dateline
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats.story import STORY

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"),
    min_size=1,
)
HTML = TEXT.map(escape)
BLOCKS = st.one_of(
    st.builds(Paragraph, html=HTML),
    st.builds(Heading, html=HTML, level=st.integers(2, 6)),
    st.builds(ListBlock, items=st.lists(HTML, min_size=1).map(tuple), ordered=st.booleans()),
    st.builds(Quote, html=HTML, cite=st.none() | TEXT),
    st.builds(Related, title=TEXT, url=st.none() | TEXT),
    st.builds(Embed, url=TEXT, html=HTML),
    st.builds(Tagline, html=HTML),
    st.just(MediaBlock(media="m1")),
)
MEDIA = st.builds(
    Media,
    id=st.just("m1"),
    type=st.sampled_from(MediaType),
    role=st.sampled_from(MediaRole),
    title=st.none() | TEXT,
    caption=st.none() | TEXT,
    credit=st.none() | TEXT,
    source=st.none() | TEXT,
    duration=st.none() | st.integers(0, 10**5),
    renditions=st.lists(
        st.builds(
            Rendition,
            href=TEXT,
            type=st.none() | st.sampled_from(["image/png", "video/mp4", "audio/mpeg"]),
            width=st.none() | st.integers(1, 5000),
        ),
        max_size=3,
    ).map(tuple),
)


def parsed(html: str) -> etree._Element:
    """The HTML below a root; it must be well-formed."""
    return etree.fromstring(f"<body>{html}</body>")


def of(*blocks: Block, article: Article = STORY) -> str:
    """The HTML of those blocks alone."""
    return body_html(replace(article, body=blocks, highlights=(), dateline=None, correction=None, media=()))


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Paragraph(html="a <em>b</em>"), "<p>a <em>b</em></p>"),
        (Heading(html="a", level=3), "<h3>a</h3>"),
        (ListBlock(items=("a", "b")), "<ul><li>a</li><li>b</li></ul>"),
        (ListBlock(items=("a",), ordered=True), "<ol><li>a</li></ol>"),
        (Quote(html="a"), "<blockquote><p>a</p></blockquote>"),
        (Quote(html="a", cite="B & C"), '<blockquote><p>a</p><p class="cite"><cite>B &amp; C</cite></p></blockquote>'),
        (Table(html="<table><tr><td>1</td></tr></table>"), "<table><tr><td>1</td></tr></table>"),
        (Related(title="a < b"), '<p class="related">a &lt; b</p>'),
        (Related(title="a", url="https://x/?a&b"), '<p class="related"><a href="https://x/?a&amp;b">a</a></p>'),
        (Embed(url="https://x/"), '<p class="embed"><a href="https://x/">https://x/</a></p>'),
        (Embed(url="https://x/", html='<a href="https://x/">a</a>'), '<p class="embed"><a href="https://x/">a</a></p>'),
        (Tagline(html="a"), '<p class="tagline">a</p>'),
        (MediaBlock(media="unknown"), ""),
    ],
)
def test_block(block: Block, html: str) -> None:
    assert of(block) == html


def test_parts_come_in_reading_order() -> None:
    root = parsed(body_html(STORY))
    kinds = [child.get("class") or child.tag for child in root]
    assert kinds == [
        "highlights", "figure", "p", "p", "h2", "p", "figure", "related", "related", "ol", "blockquote", "table",
        "embed", "figure", "tagline", "correction",
    ]  # fmt: skip
    assert "".join(root[2].itertext()).startswith("Port Ellis HP  — Mayor Ines Quill")


def test_a_dateline_without_a_paragraph_stands_alone() -> None:
    article = replace(
        STORY,
        body=(Heading(html="a"),),
        highlights=(),
        media=(),
        correction=None,
        dateline=Dateline(text="Port & Co —"),
    )
    assert body_html(article) == '<p><span class="dateline">Port &amp; Co —</span></p>\n<h2>a</h2>'
    assert body_html(replace(article, body=(), dateline=None)) == ""


def test_lead_media_that_has_its_place_is_not_shown_twice() -> None:
    lead = Media(id="m1", type=MediaType.PICTURE, role=MediaRole.LEAD, caption="Pier")
    article = replace(STORY, media=(lead,), body=(Paragraph(html="a"), MediaBlock(media="m1")), highlights=())
    assert body_html(article).count("<figure>") == 1
    assert body_html(replace(article, body=(Paragraph(html="a"),))).startswith("<figure><figcaption>Pier")


def test_a_picture() -> None:
    picture = Media(
        id="m1",
        type=MediaType.PICTURE,
        caption='Says "go" & <b>',
        credit="Mia",
        renditions=(
            Rendition(href="https://x/huge.jpg", width=9000, height=6000),
            Rendition(href="https://x/small.jpg", width=300, height=200),
            Rendition(href="https://x/large.jpg?a&b", width=1600),
        ),
    )
    assert figure(picture) == (
        '<figure><img src="https://x/large.jpg?a&amp;b" alt="Says &quot;go&quot; &amp; &lt;b&gt;" width="1600"/>'
        '<figcaption>Says "go" &amp; &lt;b&gt; <span class="credit">Mia</span></figcaption></figure>'
    )


def test_a_sound_and_a_document() -> None:
    sound = Media(id="a", type=MediaType.AUDIO, title="Horn", renditions=(Rendition(href="https://x/a.mp3", width=9),))
    assert figure(sound) == (
        '<figure><audio controls="controls"><source src="https://x/a.mp3" type="audio/mpeg"/>'
        '<a href="https://x/a.mp3">Horn</a></audio><figcaption><strong>Horn</strong></figcaption></figure>'
    )
    paper = Media(id="d", type=MediaType.DOCUMENT, renditions=(Rendition(href="https://x/d.pdf"),))
    assert figure(paper) == '<figure><a href="https://x/d.pdf">https://x/d.pdf</a></figure>'


def test_a_video_known_by_a_picture_alone_is_shown_as_that_picture() -> None:
    video = Media(
        id="m1", type=MediaType.VIDEO, title="Crane", duration=95, renditions=(Rendition(href="https://x/p.jpg"),)
    )
    assert figure(video) == (
        '<figure><img src="https://x/p.jpg" alt="Crane"/>'
        '<figcaption><strong>Crane</strong> <span class="duration">1:35</span></figcaption></figure>'
    )


def test_media_with_neither_address_nor_text_leaves_no_trace() -> None:
    assert figure(Media(id="m1", type=MediaType.PICTURE, name="IMG_1")) == ""


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (95, "1:35"), (3600, "1:00:00"), (3727, "1:02:07")])
def test_clock(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown


@given(st.lists(BLOCKS, max_size=5), st.lists(MEDIA, max_size=1), st.lists(TEXT, max_size=2), TEXT)
@settings(max_examples=100, deadline=None)
def test_any_text_is_well_formed_and_whole(
    blocks: list[Block], media: list[Media], lines: list[str], note: str
) -> None:
    article = replace(
        STORY, body=tuple(blocks), media=tuple(media), highlights=tuple(lines), correction=note, dateline=None
    )
    root = parsed(body_html(article))
    said = "".join(map(str, root.itertext()))
    assert all(line in said for line in [*lines, note])
    plain = [parsed(block.html).xpath("string()") for block in blocks if hasattr(block, "html")]
    assert all(str(text) in said for text in plain)
