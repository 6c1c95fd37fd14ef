"""Blocks as plain text: no word is lost."""

from dataclasses import replace

from lxml import etree

from syndicate.markup.body_html import body_html
from syndicate.markup.body_text import body_text
from syndicate.model.body import Embed, Heading, ListBlock, MediaBlock, Paragraph, Quote, Related, Table
from syndicate.model.media import Media, MediaType
from tests.formats.story import STORY


def test_every_word_of_the_html_is_in_the_text() -> None:
    root = etree.fromstring(f"<body>{body_html(STORY)}</body>")
    for fallback in root.xpath("//video"):
        fallback.clear(keep_tail=True)
    words = " ".join(root.itertext()).split()
    text = body_text(STORY).replace("(", " ").replace(")", " ").replace("<", " ").replace(">", " ")
    assert [word for word in words if word.strip("()<>") and word.strip("()<>") not in text] == []
    assert len(words) > 100


def test_each_kind_of_block() -> None:
    article = replace(
        STORY,
        highlights=("One & two",),
        correction="Pier 5.",
        media=(Media(id="m1", type=MediaType.VIDEO, title="Crane", duration=95, source="HP"),),
        body=(
            Paragraph(html="a <em>b</em> &amp; &lt;c&gt;"),
            Heading(html="d"),
            ListBlock(items=("e", "f")),
            ListBlock(items=("g", "h"), ordered=True),
            Quote(html="i", cite="J & K"),
            Table(html="<table><caption>L</caption><tr><td>m</td><td>n <em>o</em></td></tr></table>"),
            Related(title="p", url="https://x/"),
            Related(title="q"),
            Embed(url="https://y/", html="r"),
            MediaBlock(media="m1"),
            MediaBlock(media="gone"),
        ),
    )
    assert body_text(article).split("\n\n") == [
        "• One & two",
        "Port Ellis HP  — a b & <c>",
        "d",
        "• e\n• f",
        "1. g\n2. h",
        "i\n— J & K",
        "L\nm\tn o",
        "p <https://x/>",
        "q",
        "r <https://y/>",
        "Crane 1:35 (HP)",
        "Pier 5.",
    ]


def test_a_dateline_without_a_paragraph_and_nothing_at_all() -> None:
    bare = replace(STORY, body=(), highlights=(), media=(), correction=None)
    assert body_text(bare) == "Port Ellis HP  —"
    assert body_text(replace(bare, dateline=None)) == ""
