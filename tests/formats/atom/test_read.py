"""Atom 1.0, its forerunner 0.3 and tombstones to drafts."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.model.article import Link, Person, Status
from syndicate.model.body import Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import MediaType
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.formats.back import READING
from tests.formats.rss_1_0.feed_reading import draft, drafts, results, written
from tests.formats.story import STORY

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="de"
 xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:app="http://www.w3.org/2007/app"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0">
<link rel="self" href="https://harbour.example/sub/atom.xml"/><link href="https://harbour.example/"/>
<id>tag:harbour.example,2019:feed</id><title>Town</title><updated>2026-03-03T09:00:00Z</updated>
"""
NAMED = "<id>tag:harbour.example,2019:17</id><title>Ferry</title><updated>2026-03-03T09:00:00+01:00</updated>"


def feed(inside: str) -> str:
    """A feed with that inside."""
    return f"{HEAD}{inside}</feed>"


def one(inside: str, channel: str = "") -> Draft:
    """The draft of an entry with a name and a title."""
    return draft("atom", feed(f"{channel}<entry>{NAMED}{inside}</entry>"))


def test_a_whole_entry() -> None:
    found = one(
        "<published>2026-03-02T08:30:00Z</published><author><name>Ada</name><email>ada@x.example</email></author>"
        "<contributor><name>Tove</name><uri>https://x.example/</uri></contributor>"
        '<link href="/ferry"/><link rel="related" href="/r"/><link rel="via" href="/v"/><link rel="replies" href="/c"/>'
        '<link rel="alternate" type="application/pdf" href="/ferry.pdf"/>'
        '<link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="5" title="Sound"/>'
        '<category term="town"/><category term="11000000" scheme="http://cv.iptc.org/newscodes/mediatopic/" label="P"/>'
        '<category term="ferry"/><summary>Short</summary><content type="html">&lt;p>One &amp;amp; two&lt;/p></content>'
        "<rights>© HP</rights><thr:total>4</thr:total>"
    )
    article = found.article
    assert (article.guid, article.headline, article.abstract) == ("tag:harbour.example,2019:17", "Ferry", "Short")
    assert article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert article.derived == ()
    assert article.authors == (Person(name="Ada", email="ada@x.example"),)
    assert article.contributors == (Person(name="Tove"),)
    assert article.url == "https://harbour.example/ferry"
    assert article.links == (
        Link(rel="seeAlso", url="https://harbour.example/r"), Link(rel="via", url="https://harbour.example/v"),
    )  # fmt: skip
    assert article.sections == ("town",)
    assert article.subjects == (Subject(scheme="medtop", code="11000000", name="P"),)
    assert article.keywords == ("ferry",)
    assert article.body == (Paragraph(html="One &amp; two"),)
    assert article.rights == Rights(notice="© HP")
    assert article.language == "de"
    assert [(one.type, one.title) for one in article.media] == [(MediaType.AUDIO, "Sound")]
    assert found.lost == ("link[alternate]", "contributor/uri", "link[replies]", "thr:total")


PREFIXED = """<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">
<x:p x:lang="en">a <x:em>b</x:em><x:br/>c</x:p>d</x:div></content>"""
BASED = """<content type="xhtml" xml:base="s/"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="t/">
<p><a href="u">a</a></p><p xml:base="v/"><a href="u">b</a></p></div></content>"""


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<content>a &lt;b> c\n\nd</content>", ["a &lt;b&gt; c", "d"]),
        ('<content type="text">a\nb</content>', ["a<br/>b"]),
        (PREFIXED, ["a <em>b</em><br/>c", "d"]),
        (BASED,
         ['<a href="https://harbour.example/sub/s/t/u">a</a>', '<a href="https://harbour.example/sub/s/t/v/u">b</a>']),
        ('<content type="html" xml:base="s/">&lt;a href="u">a&lt;/a></content>',
         ['<a href="https://harbour.example/sub/s/u">a</a>']),
        ('<content type="text/plain">a</content>', ["a"]),
        ('<content type="text/markdown">*a*</content>', ["*a*"]),
        ('<content type="image/svg+xml"><svg/></content>', []),
        ('<content type="xhtml"><p xmlns="http://www.w3.org/1999/xhtml">a</p></content>', ["a"]),
    ],
)  # fmt: skip
def test_contents(content: str, html: list[str]) -> None:
    found = one(content)
    assert [block.html for block in found.article.body if isinstance(block, Paragraph)] == html
    assert bool(found.lost) == (not html)


def test_a_long_content() -> None:
    found = one(f'<content type="html">{"&lt;p>x&lt;/p>" * 20_000}</content>')
    assert len(found.article.body) == 20_000


def test_content_that_stands_elsewhere() -> None:
    page = one('<content type="text/html" src="/page"/>')
    assert page.article.url == "https://harbour.example/page"
    film = one('<content type="video/mp4" src="/v.mp4"/>').article
    assert film.media[0].type is MediaType.VIDEO
    second = one('<link href="/a"/><content type="text/html" src="/page"/>')
    assert (second.article.url, second.lost) == ("https://harbour.example/a", ("content@src",))


def test_a_title_in_html() -> None:
    found = draft("atom", feed('<entry><id>a:b</id><title type="html">A &lt;b>bold&lt;/b> &amp;amp; c</title></entry>'))
    assert found.article.headline == "A bold & c"


def test_authors_of_the_source_and_of_the_feed() -> None:
    feed_author = "<author><name>Harbour Post</name></author><rights>© HP</rights>"
    assert one("", feed_author).article.authors == (Person(name="Harbour Post"),)
    assert one("", feed_author).article.rights == Rights(notice="© HP")
    assert set(one("", feed_author).article.derived) == {"published", "authors", "rights"}
    source = (
        "<source><id>x:y</id><title>Other</title><author><name>Jo</name></author><rights>© O</rights>"
        '<link href="https://other.example/"/></source>'
    )
    found = one(source, feed_author)
    assert (found.article.authors, found.article.rights) == ((Person(name="Jo"),), Rights(notice="© O"))
    assert found.article.links == (Link(rel="via", url="https://other.example/"),)
    assert found.lost == ("source/id", "source/title")
    assert one("<dc:creator>Ada</dc:creator><dc:subject>x</dc:subject>", feed_author).article.authors == (
        Person(name="Ada"),
    )


def test_our_own_feed_lends_nothing() -> None:
    channel = "<author><name>HP</name></author><rights>© HP</rights><generator>syndicate</generator>"
    article = one("", channel).article
    assert (article.authors, article.rights) == ((), Rights())


@pytest.mark.parametrize(
    ("draft", "status"), [("yes", Status.WITHHELD), ("no", Status.USABLE), ("Yes", Status.WITHHELD),
                          ("true", Status.WITHHELD), ("", Status.WITHHELD)],
)  # fmt: skip
def test_a_draft_is_withheld(draft: str, status: Status) -> None:
    found = one(f"<app:control><app:draft>{draft}</app:draft></app:control>")
    assert found.article.status is status
    assert [repair.field for repair in found.repairs] == ([] if draft in ("yes", "no") else ["status"])
    older = one(f'<control xmlns="http://purl.org/atom/app#"><draft>{draft}</draft></control>')
    assert (older.article.status, older.lost) == (status, ())


def test_an_embargo_in_others_words() -> None:
    element = '<embargoDate xmlns="http://prismstandard.org/namespaces/basic/3.0/">{}</embargoDate>'
    found = one(element.format("2026-03-05T06:00:00Z"))
    assert (found.article.embargo, found.lost) == (datetime(2026, 3, 5, 6, tzinfo=UTC), ())
    (refused,) = results("atom", feed(f"<entry>{NAMED}{element.format('soon')}</entry>"))
    assert isinstance(refused, Rejected)


def test_atom_0_3() -> None:
    text = base64.b64encode(b"<p>Coded</p>").decode()
    data = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#">
    <link rel="alternate" type="text/html" href="https://old.example/"/>
    <entry><id>a:1</id><title mode="escaped" type="text/html">A &lt;i>b&lt;/i></title>
    <issued>2004-01-01T00:00:00Z</issued>
    <modified>2004-01-02T00:00:00Z</modified><author><name>Ada</name><url>https://x.example/</url></author>
    <content type="text/html" mode="escaped">&lt;p>One&lt;/p></content></entry>
    <entry><id>a:2</id><title>x</title><content type="application/xhtml+xml" mode="xml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>Two</p></div></content></entry>
    <entry><id>a:3</id><title>x</title><content type="text/html" mode="base64">{text}</content></entry>
    <entry><id>a:4</id><title>x</title><content type="text/html" mode="base64">\u20ac</content></entry>
    <entry><id>a:5</id><title>x</title><content type="image/png" mode="base64">{text}</content></entry></feed>"""
    found = drafts("atom", data)
    assert found[0].article.headline == "A b"
    assert found[0].article.published == datetime(2004, 1, 1, tzinfo=UTC)
    assert found[0].article.updated == datetime(2004, 1, 2, tzinfo=UTC)
    assert [one.article.body for one in found[:3]] == [(Paragraph(html=text),) for text in ("One", "Two", "Coded")]
    assert [one.lost for one in found] == [("author/uri",), (), (), ("content[text/html]",), ("content[image/png]",)]


def test_an_entry_alone() -> None:
    found = draft("atom", f'<entry xmlns="http://www.w3.org/2005/Atom">{NAMED}</entry>')
    assert found.article.headline == "Ferry"


STONE = (
    '<at:deleted-entry ref="tag:harbour.example,2019:17" when="{}"><at:comment>Wrong.</at:comment>{}</at:deleted-entry>'
)


def test_a_tombstone_alone() -> None:
    found = draft("atom", feed(STONE.format("2026-03-04T09:00:00Z", "<at:by><name>Ada</name></at:by>")))
    article = found.article
    assert (article.guid, article.status, article.correction) == (
        "tag:harbour.example,2019:17", Status.CANCELED, "Wrong.",
    )  # fmt: skip
    assert article.updated == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert article.derived == ("headline", "published")
    assert found.lost == ("at:deleted-entry/at:by",)


def test_a_tombstone_beside_its_entry() -> None:
    entry = f"<entry>{NAMED}<content>Text</content></entry>"
    (found,) = drafts("atom", feed(entry + STONE.format("2026-03-04T09:00:00Z", "")))
    assert (found.article.status, found.article.headline, found.article.body) == (Status.CANCELED, "Ferry", ())
    (found,) = drafts("atom", feed(STONE.format("2026-03-01T09:00:00Z", "") + entry))
    assert (found.article.status, len(found.article.body)) == (Status.USABLE, 1)


def test_a_tombstone_of_nothing() -> None:
    (found,) = results("atom", feed('<at:deleted-entry when="2026-03-04T09:00:00Z"/>'))
    assert isinstance(found, Rejected)
    alone = (
        '<d:deleted-entry xmlns:d="http://purl.org/atompub/tombstones/1.0" ref="a:b"><d:comment type="html">'
        "&lt;b>x&lt;/b></d:comment></d:deleted-entry>"
    )
    assert draft("atom", alone).article.correction == "x"
    deep = draft("atom", alone.replace("&lt;b>x", "&lt;b>" * 200))
    assert (deep.article.status, deep.article.correction) == (Status.CANCELED, None)
    assert "nested" in deep.repairs[0].what


def test_what_we_say_of_a_withdrawal_is_read() -> None:
    for correction in ("It was wrong.", None):
        gone = replace(STORY, status=Status.CANCELED, correction=correction, body=(), media=(), highlights=())
        found = draft("atom", written("atom", gone)).article
        assert (found.guid, found.status, found.correction) == (gone.guid, Status.CANCELED, correction)


def test_an_entry_that_names_nothing() -> None:
    (found,) = results("atom", feed("<entry><title>x</title></entry>"))
    assert isinstance(found, Rejected)
    (deep,) = results("atom", feed(f"<entry>{NAMED}<summary type='html'>{'&lt;b>' * 200}</summary></entry>"))
    assert isinstance(deep, Rejected)
    lent = f"<rights type='html'>{'&lt;b>' * 200}</rights>"
    assert draft("atom", feed(f"{lent}<entry>{NAMED}</entry>")).article.rights == Rights()
    assert deep.guid == "tag:harbour.example,2019:17"


def test_another_root() -> None:
    with pytest.raises(InputError, match="a feed or an entry of Atom is wanted"):
        list(formats.reader("atom").read(BytesIO(b"<feed/>"), "x", READING))
    assert not formats.reader("atom").detect(b"<feed>", "x.atom")
