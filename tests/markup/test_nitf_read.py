"""NITF bodies read: what our own writer writes comes back, and what agencies write is understood."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.markup import body_nitf, nitf_names
from syndicate.markup.nitf_read import NitfBody, people, read_body
from syndicate.markup.nitf_read_bounds import bounded
from syndicate.markup.xml import parse
from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import (
    Block,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats.story import STORY
from tests.markup.settled import settled
from tests.strategies import articles


def body_of(markup: str) -> NitfBody:
    """What such a body says."""
    return read_body(parse(f"<body>{markup}</body>".encode()))


def content_of(markup: str) -> tuple[Block, ...]:
    """The blocks of such content."""
    return body_of(f"<body.content>{markup}</body.content>").blocks


def written(article: Article, *, is_alone: bool) -> NitfBody:
    """The article written and read again."""
    root = f'<nitf xmlns="{nitf_names.NAMESPACE}">{body_nitf.body(article, is_alone=is_alone)[0]}</nitf>'
    return read_body(parse(root.encode()))


def test_the_story_comes_back() -> None:
    found = written(STORY, is_alone=True)
    assert found.blocks == STORY.body
    assert found.media == STORY.media
    assert (found.headline, found.highlights) == (STORY.headline, STORY.highlights)
    assert found.dateline == STORY.dateline
    assert (found.lost, found.repairs) == ((), ())


@settings(max_examples=60)
@given(article=articles())
def test_any_text_comes_back(article: Article) -> None:
    article = settled(article)
    found = written(article, is_alone=True)
    assert found.blocks == article.body
    assert sorted(found.media, key=lambda one: one.id) == sorted(article.media, key=lambda one: one.id)
    assert found.headline == article.headline
    assert (found.abstract, found.highlights) == (article.abstract, article.highlights)


@settings(max_examples=30)
@given(article=articles())
def test_no_word_of_a_payload_is_lost(article: Article) -> None:
    article = settled(article)
    found = written(article, is_alone=False)
    kinds = [type(block) for block in article.body if not isinstance(block, MediaBlock | Tagline)]
    assert [type(block) for block in found.blocks if not isinstance(block, MediaBlock | Tagline)] == kinds


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ('<em class="bold">a</em> <em>b</em> <b>c</b> <i>d</i>',
         "<strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em>"),
        ('<em class="code">a</em><code>b</code>', "<code>a</code><code>b</code>"),
        ("H<num><sub>2</sub></num>O m<sup>2</sup>", "H<sub>2</sub>O m<sup>2</sup>"),
        ("<num><frac><numer>1</numer><frac-sep>/</frac-sep><denom>2</denom></frac></num>", "1/2"),
        ('<lang xml:lang="fr">le <em>quai</em></lang>', '<span lang="fr">le <em>quai</em></span>'),
        ('<lang xml:lang="?">le</lang> <span>x</span>', "le x"),
        ("he said <q>no <q>way</q></q>", "he said “no “way””"),
        ('<a href="https://h.example/a b" title=" The  pier ">x <a href="https://h.example/">y</a></a>',
         '<a href="https://h.example/a%20b" title="The pier">x y</a>'),
        ('<a href="pier.html">x</a> <a name="p">y</a>', "x y"),
        ("a<br/>b<br/> c", "a<br/>b<br/>c"),
        ("<person>Ada</person> of <org>HP</org>", "Ada of HP"),
        ("<em></em>a<em> </em>", "a"),
        ("<script>x</script>a<blink>b</blink>", "ab"),
        ("a <!-- no --><?pi no?>b", "a b"),
    ],
)  # fmt: skip
def test_inline(markup: str, html: str) -> None:
    assert content_of(f"<p>{markup}</p>") == (Paragraph(html=html),)


def test_what_inline_elements_say_beside_their_text_is_named() -> None:
    found = body_of(
        '<body.content><p><org value="XX1">HP</org> <chron norm="20260302">Monday</chron></p></body.content>'
    )
    assert found.lost == ("org@value", "chron@norm")
    found = body_of('<body.content><p><a href="javascript:x">a</a><blink>b</blink></p></body.content>')
    assert len(found.repairs) == 2


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p/><p> </p><hr/>", ()),
        ("loose <em>text</em><br/><br/>more<p>then</p>tail",
         tuple(Paragraph(html=one) for one in ("loose <em>text</em>", "more", "then", "tail"))),
        ("<block><p>a</p><block><p>b</p></block></block>", (Paragraph(html="a"), Paragraph(html="b"))),
        ("<div><section><p>a</p></section></div>", (Paragraph(html="a"),)),
        ("<p>a<p>b</p>c</p>", (Paragraph(html="a"), Paragraph(html="b"), Paragraph(html="c"))),
        ('<hl1>a</hl1><hl2>b</hl2><hl2 class="h4">c</hl2><h3>d</h3><hl2/>',
         (Heading(html="a"), Heading(html="b"), Heading(html="c", level=4), Heading(html="d", level=3))),
        ("<ol seqnum='1'><li>a<ul><li>b</li>c</ul>d</li>e<li/></ol>",
         (ListBlock(items=("ad", "b", "c", "e"), ordered=True),)),
        ("<ul><ul><li>a</li></ul><li><p>b</p><p>c</p></li></ul><ol/>", (ListBlock(items=("a", "b<br/>c")),)),
        ("<dl><dt>Pier</dt><dd>Where <em>ships</em> land</dd></dl>",
         (Paragraph(html="Pier"), Paragraph(html="Where <em>ships</em> land"))),
        ("<bq>x<block><p>a</p><p>b</p><ul><li>c</li></ul></block>y<credit>Ada</credit><credit>Jon</credit></bq>",
         (Quote(html="x<br/>a<br/>b<br/>y", cite="Ada, Jon"), ListBlock(items=("c",)))),
        ("<bq/><bq><credit>Ada</credit></bq>", (Quote(html="", cite="Ada"),)),
        ("<pre>a  1\n\nb  2</pre>", (Paragraph(html="a 1<br/>b 2"),)),
        ("<pre> </pre>", ()),
        ("<fn><body.content><p>note</p></body.content></fn>", (Paragraph(html="note"),)),
        ('<p class="related">x <em>y</em></p><p class="related"/>', (Paragraph(html="x <em>y</em>"),)),
        ('<p class="embed">no link</p>', (Paragraph(html="no link"),)),
        ('<p class="tagline">Ada helped</p><p class="tagline"/>', (Tagline(html="Ada helped"),)),
        ("<blockquote>a</blockquote>", (Quote(html="a"),)),
        ("<table><caption>C</caption><col/><tr><td colspan='2' rowspan='x'>1</td>z</tr>y<tr><th/></tr><p>x</p></table>",
         (Table(html='<table><caption>C</caption><tr><td colspan="2">1</td><td>z</td></tr><tr><td>y</td></tr><tr><th>'
                     "</th></tr><tr><td>x</td></tr></table>"),)),
        ("<table><tr><td/></tr></table>", ()),
        ("<nitf-table><nitf-table-metadata/><custom-table>a b</custom-table></nitf-table>", (Paragraph(html="a b"),)),
        ("<block><byline>By Ada</byline><copyrite>HP</copyrite></block>",
         (Paragraph(html="By Ada"), Paragraph(html="HP"))),
    ],
)  # fmt: skip
def test_blocks(markup: str, blocks: tuple[Block, ...]) -> None:
    assert content_of(markup) == blocks


def test_parts_that_say_something_of_a_part_are_named() -> None:
    found = body_of("<body.content><block><tobject/><style>x</style><p>a</p></block></body.content>")
    assert found.lost == ("block/tobject", "style")


def media_of(markup: str, attributes: str = ' media-type="image"') -> Media:
    """The one media that stands above a text."""
    (found,) = body_of(f"<body.content><media{attributes}>{markup}</media><p>a</p></body.content>").media
    return found


def test_media() -> None:
    found = media_of(
        '<media-metadata name="Duration" value="01:05"/>'
        '<media-reference source="https://m.example/1.jpg" mime-type="image/jpeg" width="640" height="0"/>'
        '<media-reference source="1.jpg" source-credit="HP"/>'
        "<media-caption>Crane</media-caption><media-caption><p>The crane</p><p>falls</p></media-caption>"
        "<media-producer>HP</media-producer><media-producer>Mia Sand</media-producer>"
    )
    assert found == Media(
        id="m1",
        type=MediaType.PICTURE,
        role=MediaRole.LEAD,
        name="1.jpg",
        title="Crane",
        caption="The crane falls",
        credit="Mia Sand",
        source="HP",
        duration=65,
        renditions=(Rendition(href="https://m.example/1.jpg", type="image/jpeg", width=640),),
    )


@pytest.mark.parametrize(
    ("kind", "mime", "wanted"),
    [
        ("Video", "", MediaType.VIDEO),
        ("graphic", "", MediaType.GRAPHIC),
        ("data", "audio/mpeg", MediaType.AUDIO),
        ("data", "application/pdf", MediaType.DOCUMENT),
        ("other", "image/png", MediaType.DOCUMENT),
    ],
)
def test_types_of_media(kind: str, mime: str, wanted: MediaType) -> None:
    found = media_of(f'<media-reference name="a" mime-type="{mime}"/>', f' media-type="{kind}"')
    assert found.type is wanted


@pytest.mark.parametrize(
    ("markup", "seconds"),
    [
        ('<media-reference name="a" time="2" time-unit-of-measure="minutes"/>', 120),
        ('<media-reference name="a" time="90"/>', 90),
        ('<media-reference name="a" time="90" time-unit-of-measure="frames"/>', None),
        ('<media-metadata name="duration" value="PT1H2M3.5S"/><media-reference name="a"/>', 3723),
        ('<media-metadata name="duration" value="long"/><media-reference name="a"/>', None),
        ('<media-metadata name="duration" value="1:00:00"/><media-reference name="a"/>', 3600),
    ],
)
def test_durations(markup: str, seconds: int | None) -> None:
    assert media_of(markup).duration == seconds


def test_the_text_in_the_place_of_a_picture() -> None:
    assert media_of('<media-reference alternate-text="Crane"/>').caption == "Crane"
    both = media_of('<media-reference alternate-text="Crane"/><media-caption>The crane falls</media-caption>')
    assert (both.title, both.caption) == ("Crane", "The crane falls")


def test_places_of_media() -> None:
    found = body_of(
        '<body.content><media media-type="image"><media-reference name="top"/></media><media media-type="image"/>'
        '<p>a <media media-type="image"><media-reference name="in"/></media> b</p><p><img src="https://m.example/1.jpg"/></p>'
        '<media media-type="image"><media-metadata name="id" value="x"/>'
        '<media-object encoding="base64">AA==</media-object></media>'
        '<media media-type="image"><media-metadata name="id" value="x"/></media>'
        '<media media-type="image"><media-metadata name="id" value="x"/><media-caption>other</media-caption></media>'
        "</body.content>"
    )  # fmt: skip
    assert found.blocks == (
        Paragraph(html="a b"),
        *(MediaBlock(media=one) for one in ("m2", "m3", "x", "x", "m5")),
    )
    assert [one.id for one in found.media] == ["m1", "m2", "m3", "x", "m5"]
    assert [one.name for one in found.media[:2]] == ["top", "in"]
    assert found.lost == ("media/media-object",)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("By Ada Holm", (Person(name="Ada Holm"),)),
        ("BY ADA HOLM, Jon Ferry and Tove Lind",
         (Person(name="ADA HOLM"), Person(name="Jon Ferry"), Person(name="Tove Lind"))),
        ("Von Ada Holm und Jon Ferry", (Person(name="Ada Holm"), Person(name="Jon Ferry"))),
        ("Ada Holm, Harbour Post", (Person(name="Ada Holm", role="Harbour Post"),)),
        ("Byron Pier", (Person(name="Byron Pier"),)),
        (" by ", (Person(name="by"),)),
        ("", ()),
    ],
)  # fmt: skip
def test_people(line: str, wanted: tuple[Person, ...]) -> None:
    assert people(line) == wanted


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<person>Ada Holm</person><byttl>reporter</byttl>", (Person(name="Ada Holm", role="reporter"),)),
        ("By Ada Holm<byttl>reporter</byttl> <virtloc>ada@h.example</virtloc>",
         (Person(name="Ada Holm", role="reporter", email="ada@h.example"),)),
        ("By <em>Ada</em> Holm", (Person(name="Ada Holm"),)),
        ("x" * 400, ()),
    ],
)  # fmt: skip
def test_bylines(markup: str, wanted: tuple[Person, ...]) -> None:
    found = body_of(f"<body.head><byline>{markup}</byline></body.head>")
    assert found.authors == wanted
    assert ("byline" in found.lost) is not bool(wanted)


def test_heads_as_agencies_write_them() -> None:
    found = body_of(
        "<body.head><headline>Ferry</headline><note><body.content><p>Check it.</p></body.content></note>"
        "<rights>HP <rights.type>text</rights.type></rights><distributor>HP</distributor>"
        '<dateline><location><city>Port</city><country>Ellis</country></location><story.date norm="20260302">2 March'
        "</story.date></dateline><dateline>Pier 4</dateline><abstract>In <em>short</em><media media-type='image'>"
        '<media-reference name="a"/></media></abstract><abstract><ul><li>one</li></ul>'
        '<table><tr><td>t</td><td>w</td></tr></table></abstract><series series.name="Piers"/><series/></body.head>'
        "<body.end><tagline>Ada <em>helped<br/>out</em></tagline><bibliography>A book</bibliography></body.end>"
    )
    assert found == NitfBody(
        headline="Ferry",
        dateline=Dateline(text="Port, Ellis 2 March; Pier 4", place="Port", source="HP"),
        distributor="HP",
        abstract="In short one t w",
        notes=("Check it.",),
        rights="HP text",
        blocks=(Tagline(html="Ada <em>helped<br/>out</em>"),),
        lost=("body.head/series", "dateline/story.date@norm", "abstract/media", "body.end/bibliography"),
    )


def test_bodies_of_other_shapes() -> None:
    assert read_body(parse(b"<nitf><head/></nitf>")) == NitfBody()
    assert read_body(parse(b"<body.content><p>a</p></body.content>")).blocks == (Paragraph(html="a"),)
    assert body_of("<p>a</p>b").blocks == (Paragraph(html="a"),)
    assert body_of("<body.head><dateline><location>Pier</location></dateline></body.head>").dateline == Dateline(
        text="Pier", place="Pier"
    )
    assert body_of("<body.head><hedline>Ferry</hedline><byline/><dateline/></body.head>").headline == "Ferry"


@pytest.mark.parametrize("name", ["block", "bq", "ul", "p", "em", "table", "location", "q", "blockquote", "li"])
def test_nesting_is_bounded(name: str) -> None:
    depth = 240
    markup = f"<{name}>" * depth + "deep" + f"</{name}>" * depth
    found = body_of(f"<body.content>{markup}</body.content><body.head><dateline>{markup}</dateline></body.head>")
    assert "deep" in str(found.blocks)


def test_many_spaces_take_no_time() -> None:
    spaces = " " * 200_000
    found = body_of(
        f"<body.head><dateline>{spaces}a{spaces}b\n</dateline></body.head><body.content>{spaces}a</body.content>"
    )
    assert found.dateline is not None
    assert found.dateline.text.startswith("a ")


def test_comments_part_nothing() -> None:
    element = etree.fromstring("<body><!-- a --><body.content><!-- b --><p>x</p></body.content></body>")
    assert read_body(element).blocks == (Paragraph(html="x"),)


def test_media_are_bounded() -> None:
    one = '<media media-type="image"><media-reference name="a"/></media>'
    found = body_of(f'<body.content><p>a</p>{one * 600}<p><img src="https://m.example/1.jpg"/></p></body.content>')
    assert (len(found.media), found.lost) == (500, ("media",))


def test_many_breaks_take_no_time() -> None:
    breaks = "<br/>" * 50_000
    assert content_of(f"<p>{breaks}a{breaks}</p>{breaks}b") == (Paragraph(html="a"), Paragraph(html="b"))


def test_articles_are_bounded(article: Article) -> None:
    long = replace(
        article,
        headline="a " * 2000,
        url="https://h.example/" + "a" * 3000,
        keywords=("a", "b" * 3000),
        authors=(Person(name="A", role="x" * 3000),),
    )
    found, repairs, lost = bounded(long)
    assert (len(found.headline) <= 2001, found.url, found.keywords, found.authors) == (True, None, ("a",), ())
    assert [one.field for one in repairs] == ["headline"]
    assert lost == ("authors", "keywords", "url")
    assert bounded(article) == (article, (), ())
