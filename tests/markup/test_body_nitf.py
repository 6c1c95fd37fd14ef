"""Body blocks as NITF: each block's element, and every word of the article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup import body_nitf, nitf_names
from syndicate.markup.inline import plain
from syndicate.model.article import Article, Dateline, Person
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

STORY = Article(
    guid="tag:harbour.example,2019:story:17",
    headline="Ferry stops",
    published=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    updated=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
)
VIDEO = Media(id="m1", type=MediaType.VIDEO, name="01 crane", title="The crane falls", source="HP", duration=95)
PICTURE = Media(
    id="m2",
    type=MediaType.PICTURE,
    caption="Pier 4",
    credit="Mia Sand",
    renditions=(
        Rendition(href="https://media.example/4.jpg", type="image/jpeg", width=1600, height=900),
        Rendition(href="https://media.example/4-small.jpg"),
    ),
)


def tree_of(article: Article) -> etree._Element:
    """The body, without a namespace."""
    return etree.fromstring(body_nitf.body(article)[0])


def pieces(element: etree._Element) -> Iterator[str]:
    """The text of an element in pieces, with a space on both sides of each element that is not inline."""
    yield element.text or ""
    for child in element:
        gap = "" if child.tag in nitf_names.INLINE else " "
        yield gap
        yield from pieces(child)
        yield gap
        yield child.tail or ""


def block_of(article: Article, *blocks: Block, media: tuple[Media, ...] = ()) -> str:
    """What stands in the NITF block, without line breaks between elements."""
    body = tree_of(replace(article, body=blocks, media=media))
    whole = etree.tostring(body[1][0], encoding="unicode").replace("\n", "")
    return whole.removeprefix("<block>").removesuffix("</block>").replace("<block/>", "")


@pytest.mark.parametrize(
    ("block", "nitf"),
    [
        (Paragraph(html="a &amp; <em>b</em>"), "<p>a &amp; <em>b</em></p>"),
        (Paragraph(html="<strong>a</strong>"), '<p><em class="strong">a</em></p>'),
        (Paragraph(html="<code>b</code>"), '<p><em class="code">b</em></p>'),
        (Paragraph(html="CO<sub>2</sub> m<sup>2</sup>"), "<p>CO<num><sub>2</sub></num> m<num><sup>2</sup></num></p>"),
        (Paragraph(html='<span lang="fr">le</span>'), '<p><lang xml:lang="fr">le</lang></p>'),
        (Paragraph(html='<span dir="rtl">x</span>'), "<p>x</p>"),
        (Paragraph(html='<a href="https://h.example/">x</a>'), '<p><a href="https://h.example/">x</a></p>'),
        (Paragraph(html="<em></em>"), ""),
        (Paragraph(html=""), ""),
        (Heading(html="Buses"), "<hl2>Buses</hl2>"),
        (Heading(html="Buses", level=4), '<hl2 class="h4">Buses</hl2>'),
        (ListBlock(items=("a", "", "<em>b</em>")), "<ul><li>a</li><li><em>b</em></li></ul>"),
        (ListBlock(items=("a",), ordered=True), "<ol><li>a</li></ol>"),
        (ListBlock(items=("", " ")), ""),
        (Quote(html="Buses run.", cite="Quill"), "<bq><block><p>Buses run.</p></block><credit>Quill</credit></bq>"),
        (Quote(html="", cite=None), ""),
        (Related(title="More"), '<p class="related">More</p>'),
        (Related(title="More", url="https://h.example/"), '<p class="related"><a href="https://h.example/">More</a></p>'),
        (Embed(url="https://e.example/1"), '<p class="embed"><a href="https://e.example/1">https://e.example/1</a></p>'),
        (Embed(url="https://e.example/", html="A"), '<p class="embed"><a href="https://e.example/">A</a></p>'),
        (Embed(url="https://e.example/1", html='A <a href="https://e.example/2">post</a>'),
         ('<p class="embed">A <a href="https://e.example/2">post</a> <a href="https://e.example/1">'
          "https://e.example/1</a></p>")),
        (Embed(url="https://e.example/1", html='A <a href="https://e.example/1">post</a>'),
         '<p class="embed">A <a href="https://e.example/1">post</a></p>'),
        (MediaBlock(media="unknown"), ""),
        (Tagline(html="Not in the text"), ""),
        (Table(html="<table><tr><td>4</td></tr></table>"), "<table><tr><td>4</td></tr></table>"),
        (Table(html='<table><caption>C</caption><thead><tr><th colspan="2">h</th></tr></thead><tbody><tr><td>1</td>'
                    "</tr></tbody><tfoot><tr><td>all</td></tr></tfoot></table>"),
         ('<table><caption>C</caption><thead><tr><th colspan="2">h</th></tr></thead><tbody><tr><td>1</td></tr>'
          "<tr><td>all</td></tr></tbody></table>")),
        (Table(html="no table"), "<p>no table</p>"),
        (Table(html="<table><tr></tr></table>"), ""),
    ],
)  # fmt: skip
def test_blocks(article: Article, block: Block, nitf: str) -> None:
    assert block_of(article, block) == nitf


def test_a_break_does_not_glue_words(article: Article) -> None:
    body = tree_of(replace(article, body=(Paragraph(html="one<br/>two"),)))
    assert "".join(map(str, body[1].itertext())).split() == ["one", "two"]


def test_media_without_a_file(article: Article) -> None:
    assert block_of(article, MediaBlock(media="m1"), media=(VIDEO,)) == (
        '<media media-type="video"><media-metadata name="duration" value="PT1M35S"/>'
        '<media-reference name="01 crane" source-credit="HP" time="95" time-unit-of-measure="seconds"/>'
        "<media-caption>The crane falls</media-caption><media-producer>HP</media-producer></media>"
    )


def test_media_with_files(article: Article) -> None:
    assert block_of(article, MediaBlock(media="m2"), media=(PICTURE,)) == (
        '<media media-type="image">'
        '<media-reference source="https://media.example/4.jpg" mime-type="image/jpeg" width="1600" height="900"/>'
        '<media-reference source="https://media.example/4-small.jpg"/>'
        "<media-caption>Pier 4</media-caption><media-producer>Mia Sand</media-producer></media>"
    )


def test_media_that_no_block_places_lead_or_follow(article: Article) -> None:
    lead, gallery = replace(VIDEO, role=MediaRole.LEAD), replace(PICTURE, role=MediaRole.GALLERY)
    body = tree_of(replace(article, body=(Paragraph(html="x"),), media=(gallery, lead)))
    assert [str(one.tag) for one in body[1][0]] == ["media", "p", "media"]
    assert body[1][0][0].get("media-type") == "video"


def test_the_head_opens_the_text(article: Article) -> None:
    story = replace(article, dateline=Dateline(text="Port Ellis HP  —", place="Port Ellis", source="HP"),
                    authors=(Person(name="Ada Holm", role="reporter"), Person(name=" ")))  # fmt: skip
    head = etree.tostring(tree_of(story)[0], encoding="unicode").replace("\n", "")
    assert head == (
        f"<body.head><hedline><hl1>{article.headline.replace('&', '&amp;')}</hl1></hedline>"
        "<byline><person>Ada Holm</person><byttl>reporter</byttl></byline><distributor>HP</distributor>"
        "<dateline><location><city>Port Ellis</city></location> HP  —</dateline>"
        f"<abstract><p>{article.abstract}</p></abstract>"
        f'<abstract class="highlights"><p>{article.highlights[0]}</p><p>{article.highlights[1]}</p></abstract>'
        "</body.head>"
    )


def test_a_byline_does_not_begin_with_an_element(article: Article) -> None:
    """Superdesk takes the text before the person apart, and refuses the document when there is none."""
    bylines = list(tree_of(article)[0].iterchildren("{*}byline"))
    assert bylines
    assert all(one.text is not None and not one.text.strip() for one in bylines)


def test_a_place_that_does_not_open_the_dateline_is_left_alone(article: Article) -> None:
    story = replace(article, dateline=Dateline(text="In Port Ellis", place="Port Ellis"))
    assert "<dateline>In Port Ellis</dateline>\n" in body_nitf.body(story)[0]


def test_several_taglines_stand_in_one(article: Article) -> None:
    body = tree_of(replace(article, body=(Tagline(html="a"), Paragraph(html="b"), Tagline(html="c"))))
    assert etree.tostring(body[2][0], encoding="unicode").replace("\n", "") == '<tagline type="std">a<br/>c</tagline>'


@pytest.mark.parametrize(
    ("html", "nitf"),
    [
        ("a  b\u2003c\u200bd", "<p>a  b\u2003c\u200bd</p>"),
        ("one\rtwo", "<p>one&#13;two</p>"),
        ("<em>a<br/>b</em> <em></em><em><code/></em>c", "<p><em>a<br/>\nb</em> c</p>"),
        ("x<sub>a <em>b</em><br/>c</sub>", "<p>x<num><sub>a bc</sub></num></p>"),
        ('<a href="https://h.example/?a&amp;b" hreflang="de" title="&quot;t&quot;">x</a>',
         '<p><a href="https://h.example/?a&amp;b" title="&quot;t&quot;">x</a></p>'),
        ('<em title="t">a</em> & b', "<p><em>a</em> &amp; b</p>"),
        ("a > b ]]> &#160; c", "<p>a &gt; b ]]&gt; \xa0 c</p>"),
        ("<span><a href='HTTP://h.example/'>x</a></span>", '<p><a href="HTTP://h.example/">x</a></p>'),
        ('<p><a href="javascript:x">x</a> </p><b>y</b>', '<p>x<br/>\n<em class="strong">y</em></p>'),
    ],
)  # fmt: skip
def test_markup_that_cleaning_did_not_write(article: Article, html: str, nitf: str) -> None:
    markup, words = body_nitf.body(replace(article, body=(Paragraph(html=html),), media=()))
    assert f"<block>\n{nitf}\n</block>" in markup
    assert words == len("".join(pieces(etree.fromstring(markup)[1])).split())


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "PT0S"), (95, "PT1M35S"), (60, "PT1M"), (3600, "PT1H"), (90061, "PT25H1M1S")]
)
def test_periods(seconds: int, text: str) -> None:
    assert body_nitf.period(seconds) == text


WORDS = st.lists(st.sampled_from(["pier", "crane’s", "“ferry”", "5 &amp; 6", "–"]), min_size=1, max_size=5).map(
    " ".join
)
INLINE = st.one_of(
    WORDS,
    st.builds("{} <em>{}</em>{}".format, WORDS, WORDS, WORDS),
    st.builds('{}<br/><a href="https://h.example/">{}</a>'.format, WORDS, WORDS),
    st.builds("<strong>{}</strong> <code>{}</code> x<sub>{}</sub>".format, WORDS, WORDS, WORDS),
    st.builds('<span lang="fr">{}</span>'.format, WORDS),
)
BLOCKS = st.one_of(
    st.builds(Paragraph, html=INLINE),
    st.builds(Heading, html=INLINE, level=st.integers(2, 6)),
    st.builds(ListBlock, items=st.lists(INLINE, max_size=3).map(tuple), ordered=st.booleans()),
    st.builds(Quote, html=INLINE, cite=st.none()),
    st.builds(Related, title=st.just("Piers & cranes"), url=st.sampled_from([None, "https://h.example/"])),
    st.builds(Tagline, html=INLINE),
)


def words_of(block: Block) -> list[str]:
    """The words of a block as a reader sees them."""
    match block:
        case ListBlock():
            return [word for item in block.items for word in plain(item).split()]
        case Related():
            return block.title.split()
        case Paragraph() | Heading() | Quote() | Tagline():
            return plain(block.html).split()
    return []


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=8))
def test_no_word_is_lost_and_all_are_counted(blocks: list[Block]) -> None:
    markup, words = body_nitf.body(replace(STORY, body=tuple(blocks)))
    body = etree.fromstring(markup)
    text = [word for block in blocks if not isinstance(block, Tagline) for word in words_of(block)]
    end = [word for block in blocks if isinstance(block, Tagline) for word in words_of(block)]
    assert words == len(text)
    assert "".join(pieces(body[1])).split() == text
    assert ["".join(map(str, one.itertext())).split() for one in body[2:]] == ([end] if end else [])
