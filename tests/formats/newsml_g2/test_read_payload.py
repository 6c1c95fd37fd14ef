"""The text of an item, whatever it is written in."""

from base64 import b64encode

import pytest

from syndicate.model.article import Dateline
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
from tests.formats.newsml_g2.sources import article, draft, item, nitf, xhtml

TEXT = (Paragraph(html="One."), Paragraph(html="Two."))
IN_BASE64 = b64encode(b"One.\n\nTwo.").decode()
HEADLINE = "<headline>Ferry stops</headline>"


@pytest.mark.parametrize(
    "text",
    [
        xhtml("<p>One.</p><p>Two.</p>"),
        xhtml("<section><p>One.</p><p>Two.</p></section>", "application/xhtml+html"),
        nitf("<block><p>One.</p><p>Two.</p></block>"),
        nitf("<p>One.</p><p>Two.</p>"),
        '<inlineXML contenttype="xhtml/xml"><html><body><p>One.</p><p>Two.</p></body></html></inlineXML>',
        "<inlineXML><nitf><body><body.content><p>One.</p><p>Two.</p></body.content></body></nitf></inlineXML>",
        '<inlineXML><body xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></body></inlineXML>',
        "<inlineXML><p>One.</p><p>Two.</p></inlineXML>",
        "<inlineXML><div>One.</div><div>Two.</div></inlineXML>",
        '<inlineData contenttype="text/plain">One.\n\n  Two.\n</inlineData>',
        "<inlineData>One.\nTwo.</inlineData>",
        '<inlineData contenttype="text/html">&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></inlineData>',
        f'<inlineData contenttype="text/plain" encoding="encd:base64">{IN_BASE64}</inlineData>',
    ],
)
def test_the_text_is_read_from_every_kind_of_payload(text: str) -> None:
    made = draft(item(text=text))
    assert made.article.body == TEXT
    assert made.lost == ()


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (
            '<inlineXML><sports-content xmlns="urn:s">x</sports-content></inlineXML>',
            "contentSet/inlineXML/sports-content",
        ),
        ("<inlineXML>x</inlineXML>", "contentSet/inlineXML"),
        ('<inlineData contenttype="image/png" encoding="encd:base64">AAAA</inlineData>', "contentSet/inlineData"),
        ('<inlineData encoding="encd:base64">w7</inlineData>', "contentSet/inlineData"),
        ('<remoteContent residref="x:1" contenttype="image/png"/>', "contentSet/remoteContent"),
    ],
)
def test_content_that_is_no_text_is_said_to_be_lost(text: str, lost: str) -> None:
    made = draft(item(text=text))
    assert (made.article.body, made.lost) == ((), (lost,))


def test_of_alternatives_the_one_in_xml_is_read() -> None:
    plain = '<inlineData contenttype="text/plain">One. Two. And more than that.</inlineData>'
    made = draft(item(text=plain + xhtml("<p>One.</p><p>Two.</p>")))
    assert (made.article.body, made.lost) == (TEXT, ("contentSet/inlineData",))
    both = draft(item(text=xhtml("<p>One.</p>") + nitf("<p>One.</p><p>Two.</p>")))
    assert (both.article.body, both.lost) == (TEXT, ("contentSet/inlineXML/html",))
    assert draft(item(text="<inlineXML/><inlineData/>")).lost == ()


def test_text_that_is_escaped_twice() -> None:
    body = "<p>It&amp;#39;s &amp;quot;shut&amp;quot; &amp;amp; dry</p>&amp;amp; so"
    told = '<p>It\'s "shut" &amp; dry</p>'
    page = f'<inlineXML contenttype="xhtml/xml"><html><body>{body}</body></html></inlineXML>'
    assert article(item(text=page)).body[0] == Paragraph(html=told[3:-4])
    # Elsewhere nobody can tell whether it was meant.
    assert article(item(text=xhtml(body))).body[0] == Paragraph(
        html="It&amp;#39;s &amp;quot;shut&amp;quot; &amp;amp; dry"
    )


def test_blocks_of_xhtml() -> None:
    body = (
        "<h2>Buses</h2><p>A <b>bold</b> word.</p><ul><li>one</li><li>two</li></ul>"
        "<blockquote><p>So.</p><cite>Quill</cite></blockquote><table><tr><td>4</td></tr></table>"
        '<p class="related"><a href="https://harbour.example/3">More &amp; more</a></p><p class="related">Later</p>'
        '<p class="embed">A post <a href="https://social.example/1">https://social.example/1</a></p>'
        '<p class="embed"><a href="https://social.example/2">A photo</a></p><p class="embed">Nothing</p>'
        '<p class="tagline"><em>Tove</em> helped.</p><p class="tagline"/>'
    )
    expected: tuple[Block, ...] = (
        Heading(html="Buses"),
        Paragraph(html="A <strong>bold</strong> word."),
        ListBlock(items=("one", "two")),
        Quote(html="So.", cite="Quill"),
        Table(html="<table><tr><td>4</td></tr></table>"),
        Related(title="More & more", url="https://harbour.example/3"),
        Related(title="Later"),
        Embed(url="https://social.example/1", html="A post"),
        Embed(url="https://social.example/2", html='<a href="https://social.example/2">A photo</a>'),
        Paragraph(html="Nothing"),
        Tagline(html="<em>Tove</em> helped."),
    )
    assert article(item(text=xhtml(body))).body == expected


def test_lines_of_our_classes_inside_other_blocks_are_text() -> None:
    body = '<blockquote><p class="tagline">So.</p></blockquote>'
    assert article(item(text=xhtml(body))).body == (Quote(html="So."),)


def test_what_the_head_of_a_page_repeats_is_left_out() -> None:
    content = f"{HEADLINE}<keyword>Cranes</keyword><genre><name>News</name></genre><slugline>ferry</slugline>"
    body = (
        "<header><ul><li>Cranes</li></ul> and <ul><li>Unheard</li></ul><time>9:00</time><p>News</p><p>Own line</p>"
        "<h1>Ferry stops</h1></header><section><p>One.</p></section>"
    )
    made = draft(item(content=content, text=xhtml(body)))
    assert made.article.body == (
        Paragraph(html="and"), ListBlock(items=("Unheard",)), Paragraph(html="Own line"), Paragraph(html="One."),
    )  # fmt: skip
    assert made.lost == ("html/header/time",)


def test_a_correction_that_is_told_already_is_left_out() -> None:
    body = '<p>One.</p><p class="correction">The pier is 4.</p><p class="correction">Other.</p>'
    made = article(item("<edNote>The pier is 4.</edNote>", text=xhtml(body)))
    assert made.body == (Paragraph(html="One."), Paragraph(html="Other."))


@pytest.mark.parametrize(
    ("content", "text", "dateline", "first"),
    [
        ("<dateline>Port Ellis (HP) - </dateline>", xhtml("<p>Port Ellis (HP) - One.</p>"), "Port Ellis (HP) -",
         "One."),
        ("<dateline>Port Ellis</dateline>", xhtml("<p>Port <b>Ellis</b> One.</p>"), "Port Ellis",
         "Port <strong>Ellis</strong> One."),
        ("", xhtml('<p><span class="dateline">Port Ellis (HP) —</span> One.</p>'), "Port Ellis (HP) —", "One."),
        ("<dateline>Port Ellis</dateline>", xhtml('<p><span class="dateline">Port Ellis (HP) —</span> One.</p>'),
         "Port Ellis", "One."),
        ("<dateline>Ellis</dateline>", nitf("<p>Ellis One.</p>"), "Ellis", "One."),
        ("<dateline>Ellis</dateline>", nitf("<p>Ellis One.</p>", "<dateline>Ellis</dateline>"), "Ellis", "Ellis One."),
    ],
)  # fmt: skip
def test_datelines(content: str, text: str, dateline: str, first: str) -> None:
    made = article(item(content=HEADLINE + content, text=text))
    assert made.dateline == Dateline(text=dateline)
    assert made.body == (Paragraph(html=first),)


def test_a_paragraph_that_is_the_dateline_alone_goes() -> None:
    body = xhtml("<h2>Head</h2><p>Port Ellis</p><p>One.</p>")
    made = article(item(content=f"{HEADLINE}<dateline>Port Ellis</dateline>", text=body))
    assert made.body == (Heading(html="Head"), Paragraph(html="One."))


def test_highlights_and_abstract_of_the_payload() -> None:
    body = xhtml('<ul class="highlights"><li>A</li><li>B</li></ul>Between<ul><li>x</li></ul><p>One.</p>')
    made = article(item(content=f'{HEADLINE}<description role="drol:summary">A</description>', text=body))
    assert (made.highlights, made.abstract) == (("A", "B"), None)
    assert made.body[0] == Paragraph(html="Between")
    head = '<abstract><p>In short.</p></abstract><abstract class="highlights"><p>A</p></abstract>'
    other = '<description role="drol:summary">C</description>'
    told = draft(item(content=HEADLINE + other, text=nitf("<p>One.</p>", head)))
    assert (told.article.abstract, told.article.highlights) == ("In short.", ("A",))
    assert told.lost == ("contentMeta/description",)


def test_what_nitf_says_beside_the_text() -> None:
    head = "<hedline><hl1>Another line</hl1><hl2>Below it</hl2></hedline><rights>All</rights>"
    made = draft(item(text=nitf("<p>One.</p>", head)))
    assert made.article.headline == "Ferry stops"
    assert made.lost == ("nitf/hedline/hl2", "nitf/body.head/rights", "nitf/hedline/hl1")


def test_pictures_in_the_text() -> None:
    page = xhtml(
        '<figure><img src="https://media.example/1.jpg"/><figcaption>The pier</figcaption></figure><p>One.</p>'
    )
    made = article(item(text=page))
    assert [(one.caption, one.role.value) for one in made.media] == [("The pier", "lead")]
    assert made.body == (Paragraph(html="One."),)
    page = xhtml('<p>One.</p><figure><img src="https://media.example/1.jpg"/></figure>')
    assert article(item(text=page)).body == (Paragraph(html="One."), MediaBlock(media="m1"))
