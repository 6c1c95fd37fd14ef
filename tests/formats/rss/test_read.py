"""RSS 0.91 to 2.0 as the field writes it, to drafts."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from syndicate.errors import InputError, LimitError
from syndicate.formats import base as formats
from syndicate.markup.summary import summary
from syndicate.model.article import Link, Person
from syndicate.model.body import Heading, MediaBlock, Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import MediaRole, MediaType
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.formats.back import READING
from tests.formats.rss_1_0.feed_reading import draft, drafts, results
from tests.formats.story import NOW, STORY

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel><title>Town</title><link>https://harbour.example/</link><description>x</description><language>en-gb</language>
"""
TAIL = "</channel></rss>"
NAMED = "<guid>https://harbour.example/17</guid><title>Ferry stops</title>"


def feed(*items: str, channel: str = "") -> str:
    """A feed with these items."""
    return f"{HEAD}{channel}{''.join(f'<item>{item}</item>' for item in items)}{TAIL}"


def one(item: str, channel: str = "") -> Draft:
    """The draft of one item with a name and a title."""
    return draft("rss", feed(NAMED + item, channel=channel))


def repairs(found: Draft) -> list[str]:
    """What was repaired."""
    return [f"{one.field}: {one.what}" for one in found.repairs]


def test_a_whole_item() -> None:
    found = one(
        "<link>https://harbour.example/ferry</link><description>The ferry &lt;b&gt;stops&lt;/b&gt;.</description>"
        "<content:encoded><![CDATA[<p>The ferry stops.</p><h2>Buses</h2><p>Go <a href='/pier'>here</a>.</p>]]>"
        "</content:encoded><pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubDate><dc:creator>Ada Holm</dc:creator>"
        "<category>Town</category><dc:rights>© HP</dc:rights><slash:comments>3</slash:comments>"
        '<source url="https://other.example/rss">Other</source><comments>https://harbour.example/c</comments>'
    )
    article = found.article
    assert (article.guid, article.headline, article.url) == (
        "https://harbour.example/17", "Ferry stops", "https://harbour.example/ferry",
    )  # fmt: skip
    assert article.body == (
        Paragraph(html="The ferry stops."),
        Heading(html="Buses"),
        Paragraph(html='Go <a href="https://harbour.example/pier">here</a>.'),
    )
    assert article.published == article.updated == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert article.derived == ("updated",)
    assert article.abstract == "The ferry stops."
    assert article.authors == (Person(name="Ada Holm"),)
    assert article.keywords == ("Town",)
    assert article.language == "en-gb"
    assert article.rights == Rights(notice="© HP")
    assert article.links == (Link(rel="via", url="https://other.example/rss"),)
    assert found.lost == ("slash:comments", "source", "comments")
    assert found.line == 7


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry &amp;amp; crane", "Ferry & crane"),
        ("A &lt;b&gt;bold&lt;/b&gt; crane", "A bold crane"),
        ("<![CDATA[Crane &#8217;s]]>", "Crane ’s"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        (" a\n  b ", "a b"),
    ],
)
def test_titles(title: str, headline: str) -> None:
    found = draft("rss", feed(f"<guid>a:b</guid><title>{title}</title>"))
    assert found.article.headline == headline


def test_a_title_of_our_own_is_what_it_says() -> None:
    data = feed("<guid>a:b</guid><title>&amp;amp; &lt;b&gt;</title>", channel="<generator>syndicate</generator>")
    assert draft("rss", data).article.headline == "&amp; <b>"


def test_a_description_with_blocks_is_the_text() -> None:
    found = one("<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>")
    assert found.article.body == (Paragraph(html="One."), Paragraph(html="Two."))
    assert found.article.abstract is None
    plain = one("<description>AT&amp;amp;T &amp;lt;b&amp;gt;</description>")
    assert (plain.article.abstract, plain.article.body) == ("AT&T <b>", ())


def test_a_long_text() -> None:
    """A parser gives it in several pieces."""
    html = "".join(f"<p>{number}</p>" for number in range(20_000))
    found = one(f"<content:encoded><![CDATA[{html}]]></content:encoded>")
    assert len(found.article.body) == 20_000
    escaped = html.replace("<", "&lt;")
    assert one(f"<content:encoded>{escaped}</content:encoded>").article.body == found.article.body


def test_a_description_that_was_made_of_the_text_is_no_abstract() -> None:
    words = "word " * 100
    made = summary(replace(STORY, abstract=None, highlights=(), body=(Paragraph(html=words.strip()),)))
    found = one(f"<description>{made}</description><content:encoded>&lt;p>{words}&lt;/p></content:encoded>")
    assert made is not None
    assert made.endswith("…")
    assert found.article.abstract is None


def test_several_texts() -> None:
    found = one(
        "<description>&lt;p&gt;Long.&lt;/p&gt;</description><itunes:summary>Short</itunes:summary>"
        "<itunes:subtitle>Other</itunes:subtitle>"
    )
    assert (found.article.abstract, found.lost) == ("Short", ("itunes:subtitle",))


def test_without_a_title_the_text_lends_one() -> None:
    found = draft("rss", feed("<guid>a:b</guid><description>The ferry stops. Buses go.</description>"))
    assert found.article.headline == "The ferry stops. Buses go."
    assert found.article.derived == ("headline", "published", "updated")
    assert found.article.published == NOW


@pytest.mark.parametrize(
    ("names", "guid", "identity", "url"),
    [
        ("<guid>tag:x,2020:1</guid>", "tag:x,2020:1", "tag:x,2020:1", None),
        ("<guid isPermaLink='false'>http://x.example/1</guid>", "http://x.example/1", "http://x.example/1", None),
        ("<guid>http://x.example/ü</guid>", "http://x.example/%C3%BC", "http://x.example/%C3%BC",
         "http://x.example/%C3%BC"),
        ("<guid>17</guid><link>http://x.example/1</link>", "", "http://x.example/1", "http://x.example/1"),
        ("<guid>17</guid>", "", "https://harbour.example/#17", None),
        ("<link>/1</link>", "", "https://harbour.example/1", "https://harbour.example/1"),
        ("<atom:link href='http://x.example/1'/>", "", "http://x.example/1", "http://x.example/1"),
    ],
)  # fmt: skip
def test_names(names: str, guid: str, identity: str, url: str | None) -> None:
    found = draft("rss", feed(f"{names}<title>x</title>"))
    assert (found.article.guid, found.identity, found.article.url) == (guid, identity, url)


def test_what_is_refused_stops_nothing_else() -> None:
    found = results(
        "rss",
        feed(
            "<title>x</title>",
            "<guid>a:b</guid>",
            "<guid>a:c</guid><title>x</title><prism:embargoDate>soon</prism:embargoDate>",
            f"<guid>a:d</guid><title>{'x' * 2001}</title>",
            f"<guid>a:e</guid><title>x</title><content:encoded>{'x' * 300_000}</content:encoded>",
            f"<guid>a:f</guid><title>x</title><content:encoded>{'&lt;div>' * 200}</content:encoded>",
            NAMED,
        ),
    )
    assert [one.guid for one in found if isinstance(one, Rejected)] == [None, "a:b", "a:c", "a:d", "a:e", "a:f"]
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert "give it a guid that is a URI, or a link" in reasons[0]
    assert "neither a title nor a text" in reasons[1]
    assert "decides what goes out" in reasons[2]
    assert isinstance(found[-1], Draft)


def test_times_that_decide() -> None:
    found = one(
        "<prism:embargoDate>2026-03-05T06:00:00Z</prism:embargoDate>"
        "<prism:expirationDate>2026-04-01</prism:expirationDate>"
    )
    assert found.article.embargo == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert found.article.expires == datetime(2026, 4, 1, tzinfo=UTC)
    assert found.lost == ()


@pytest.mark.parametrize(
    "element",
    [
        '<embargoDate xmlns="http://prismstandard.org/namespaces/basic/2.1/">{}</embargoDate>',
        '<embargoDate xmlns="http://prismstandard.org/namespaces/prismusagerights/2.1/">{}</embargoDate>',
        '<embargoed xmlns="urn:x-agency">{}</embargoed>',
        "<embargoUntil>{}</embargoUntil><embargoUntil>2026-03-01T06:00:00Z</embargoUntil>",
    ],
)
def test_whatever_is_called_an_embargo_is_one(element: str) -> None:
    assert one(element.format("2026-03-05T06:00:00Z")).article.embargo == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert one(element.format("no")).article.embargo in (None, datetime(2026, 3, 1, 6, tzinfo=UTC))
    for guess in ("2026-03-05T06:00:00", "2026-03-05", "5 Mar 2026 06:00 XYZ", "true"):
        (refused,) = results("rss", feed(NAMED + element.format(guess)))
        assert isinstance(refused, Rejected)
        assert "decides what goes out" in refused.reason


def test_texts_of_the_entry_are_read_once_for_all_its_media() -> None:
    found = one(
        "<media:credit>Ada</media:credit><media:credit>Tove</media:credit><media:title>Crane</media:title>"
        + "".join(f'<media:content url="https://x.example/{number}.jpg"/>' for number in range(3000))
    )
    assert len(found.article.media) == 500
    assert {(one.credit, one.title) for one in found.article.media} == {("Ada, Tove", "Crane")}


def test_a_text_shows_no_more_media_than_are_kept() -> None:
    pictures = "".join(f'&lt;p>&lt;img src="https://x.example/{number}.jpg"/>&lt;/p>' for number in range(600))
    links = "".join(
        f'&lt;figure>&lt;a href="https://x.example/{number}.pdf">x&lt;/a>&lt;figcaption>Said {number}&lt;/figcaption>'
        "&lt;/figure>&lt;figure>&lt;figcaption>Alone&lt;/figcaption>&lt;/figure>"
        for number in range(2)
    )
    found = one(f"<content:encoded>{pictures}{links}</content:encoded>")
    assert len(found.article.media) == 500
    assert any("media after the first 500 left out" in what for what in repairs(found))
    assert [block.html for block in found.article.body if isinstance(block, Paragraph)] == [
        "Alone",
        "x Said 1",
        "Alone",
    ]


def test_changed_before_it_was_published() -> None:
    found = one("<dc:date>2026-03-05T06:00:00Z</dc:date><dcterms:modified>2026-03-01T00:00:00Z</dcterms:modified>")
    assert found.article.updated == found.article.published == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert "updated: before published: the time of publication taken" in repairs(found)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ada@harbour.example (Ada Holm)", Person(name="Ada Holm", email="ada@harbour.example")),
        ("Ada Holm &lt;ada@harbour.example>", Person(name="Ada Holm", email="ada@harbour.example")),
        ("ada@harbour.example", Person(name="ada", email="ada@harbour.example")),
        ("Ada Holm", Person(name="Ada Holm")),
    ],
)
def test_authors(text: str, person: Person) -> None:
    assert one(f"<author>{text}</author>").article.authors == (person,)
    assert one(f"<itunes:author>{text}</itunes:author>").article.authors == (person,)


def test_people_of_other_namespaces() -> None:
    found = one(
        "<dc:creator>Ada</dc:creator><author>b@x.example</author><dc:contributor>Tove</dc:contributor>"
        "<atom:contributor><atom:name>Per</atom:name></atom:contributor>"
    )
    assert found.article.authors == (Person(name="Ada"),)
    assert found.article.contributors == (Person(name="Tove"),)
    atom = one("<atom:author><atom:name>Jo</atom:name><atom:email>no</atom:email></atom:author>")
    assert atom.article.authors == (Person(name="Jo"),)
    assert "authors: 'no' left out: no e-mail address" in repairs(atom)


def test_categories_as_we_lay_them_out() -> None:
    found = one(
        "<category>Town</category><category domain='http://cv.iptc.org/newscodes/mediatopic/'>11000000</category>"
        "<category domain='tag:harbour.example,2019:scheme:places'>port-ellis</category>"
        "<category domain='tag:harbour.example,2019:scheme:places'>Port Ellis</category><category>cranes</category>"
        "<category/><itunes:keywords>a, b,a</itunes:keywords><slash:section>front</slash:section>"
    )
    assert found.article.sections == ("front", "Town")
    assert found.article.subjects == (Subject(scheme="medtop", code="11000000"),
                                      Subject(scheme="places", code="port-ellis"))  # fmt: skip
    assert found.article.keywords == ("Port Ellis", "cranes", "a", "b")
    assert found.lost == ("category@domain",)


def test_rights_of_the_channel() -> None:
    found = one("", channel="<copyright>© HP</copyright>")
    assert found.article.rights == Rights(notice="© HP")
    assert "rights" in found.article.derived


def test_an_odd_language_is_reported() -> None:
    found = one("<dc:language>english language</dc:language>")
    assert found.article.language == "en-GB"
    assert any("no language tag" in one for one in repairs(found))


def test_media_rss() -> None:
    found = one(
        '<media:group><media:content url="/v.mp4" type="video/mp4" duration="1:35" width="640" fileSize="17"/>'
        '<media:content url="/v-big.mp4" type="video/mp4" isDefault="true"><media:rating>adult</media:rating>'
        "</media:content><media:title>Crane</media:title><media:credit>Kim</media:credit>"
        '<media:thumbnail url="/v.php?17" width="10" height="5"/></media:group>'
        '<media:content url="/p.jpg"><media:description type="html">&lt;b&gt;Mind&lt;/b&gt; the gap</media:description>'
        '<media:credit role="photographer">Mia</media:credit><media:credit>HP</media:credit></media:content>'
        '<media:content><media:player url="https://x.example/"/></media:content>'
        '<enclosure url="https://harbour.example/v.mp4" length="18" type="video/mp4"/>'
    ).article
    video, picture = found.media
    assert (video.type, video.title, video.credit, video.duration) == (MediaType.VIDEO, "Crane", "Kim", 95)
    assert [(one.href.rpartition("/")[2], one.type, one.bytes) for one in video.renditions] == [
        ("v-big.mp4", "video/mp4", None), ("v.mp4", "video/mp4", 17), ("v.php?17", "image/jpeg", None),
    ]  # fmt: skip
    assert (picture.type, picture.caption, picture.credit) == (MediaType.PICTURE, "Mind the gap", "Mia, HP")
    assert (video.role, picture.role) == (MediaRole.LEAD, MediaRole.GALLERY)


def test_media_that_is_lost() -> None:
    found = one(
        '<media:content url="javascript:x"/><media:content><media:player url="https://x.example/"/></media:content>'
        '<media:rating>adult</media:rating><media:thumbnail url="/t.jpg"/><media:thumbnail url="/t-big.jpg"/>'
    )
    (picture,) = found.article.media
    assert [one.href for one in picture.renditions] == [
        "https://harbour.example/t.jpg", "https://harbour.example/t-big.jpg",
    ]  # fmt: skip
    assert found.lost == ("media:content", "media:player", "media:rating")
    assert "media: a javascript: address left out" in repairs(found)


def test_a_podcast() -> None:
    found = one(
        '<enclosure url="https://x.example/a.mp3" length="5" type="audio/mpeg"/>'
        "<itunes:duration>1:02:07</itunes:duration>"
        '<itunes:image href="https://x.example/a.png"/><itunes:episode>4</itunes:episode>'
        '<atom:link rel="enclosure" href="https://x.example/b.pdf" title="Paper"/>'
    )
    sound, paper, cover = found.article.media
    assert (sound.type, sound.duration) == (MediaType.AUDIO, 3727)
    assert (paper.type, paper.title) == (MediaType.DOCUMENT, "Paper")
    assert cover.type is MediaType.PICTURE
    assert found.lost == ("itunes:episode",)


def test_a_picture_of_the_text_is_the_one_that_is_known() -> None:
    found = one(
        '<media:content url="https://x.example/p.jpg" medium="image"><media:credit>Mia</media:credit></media:content>'
        "<content:encoded>&lt;p>One&lt;/p>&lt;img src='https://x.example/p.jpg'>&lt;p>Two&lt;/p></content:encoded>"
    ).article
    (picture,) = found.media
    assert picture.credit == "Mia"
    assert found.body == (Paragraph(html="One"), MediaBlock(media=picture.id), Paragraph(html="Two"))


def test_addresses_start_at_xml_base() -> None:
    data = feed(NAMED + "<link>a</link><description>&lt;p>&lt;a href='b'>x&lt;/a>&lt;/p></description>")
    found = draft("rss", data.replace("<item>", "<item xml:base='https://x.example/sub/' xml:lang='de'>"))
    assert found.article.url == "https://x.example/sub/a"
    assert found.article.body == (Paragraph(html='<a href="https://x.example/sub/b">x</a>'),)


def test_links() -> None:
    found = one(
        '<atom:link rel="related" href="https://x.example/r"/><atom:link rel="replies" href="https://x.example/c"/>'
        '<atom:link rel="related" href="javascript:x"/>'
    )
    assert found.article.links == (Link(rel="seeAlso", url="https://x.example/r"),)
    assert found.lost == ("atom:link[replies]",)


def test_old_versions() -> None:
    data = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>x</title>'
        "<item><title>Caf&eacute; stops</title><link>http://x.example/1</link></item></channel>"
        "<item><title>Behind</title><link>http://x.example/2</link></item></rss>"
    )
    first, second = drafts("rss", data)
    assert first.article.headline == "Café stops"
    assert second.article.headline == "Behind"


def test_what_was_mended_in_the_document_is_said_once() -> None:
    first, second = drafts("rss", feed(NAMED + "<description>Caf&eacute;</description>", NAMED))
    assert first.article.abstract == "Café"
    assert any("&eacute; is not defined" in one for one in repairs(first))
    assert not second.repairs


def test_a_namespace_that_should_not_be_there() -> None:
    data = feed(NAMED).replace("<rss ", '<rss xmlns="http://backend.userland.com/rss2" ')
    assert draft("rss", data).article.headline == "Ferry stops"


def test_too_much_of_everything() -> None:
    words = "".join(f"<category>{number}</category>" for number in range(501))
    found = one(
        f"{words}<category>{'x' * 501}</category><link>https://x.example/{'x' * 2000}</link>"
        f"<description>{'word ' * 5000}</description>"
    )
    assert len(found.article.keywords) == 500
    assert len(found.article.abstract or "") <= 20_001
    assert any("keywords: 2 left out" in one for one in repairs(found))
    assert any("url: an address of" in one for one in repairs(found))


@pytest.mark.parametrize(
    ("data", "line", "cure"),
    [
        (HEAD + "<item>", 7, "mend the XML there"),
        ('<rss version="2.0">\n<item/></rss>', 1, "a channel in it is wanted"),
        ('<!DOCTYPE rss [<!ENTITY x "y">]><rss><channel/></rss>', 1, "take the definitions of entities out"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', 1, "take the definition out"),
        ("", None, ""),
    ],
)
def test_a_document_that_cannot_be_read(data: str, line: int | None, cure: str) -> None:
    with pytest.raises(InputError) as error:
        list(formats.reader("rss").read(BytesIO(data.encode()), "f.xml", READING))
    assert cure in error.value.reason
    assert line is None or error.value.line == line


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = HEAD + "<a>" * 300
    with pytest.raises(LimitError):
        list(formats.reader("rss").read(BytesIO(deep.encode()), "f.xml", READING))
    monkeypatch.setattr("syndicate.markup.feed_read_xml.MAX_BYTES", 100)
    with pytest.raises(LimitError):
        list(formats.reader("rss").read(BytesIO(feed(NAMED).encode()), "f.xml", READING))


@pytest.mark.parametrize(
    "head",
    [b"\xef\xbb\xbf<rss>", b"<?xml version='1.0'?><!-- <feed> --><rss version='2.0'>", "<rss>".encode("utf-16"),
     b"\n <!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss\n>"],
)  # fmt: skip
def test_it_is_known_by_its_root(head: bytes) -> None:
    assert formats.detect_reader(head, "x") == "rss"


@pytest.mark.parametrize("head", [b"", b"rss", b"<rs", b"<html><rss>", b"<!-- <rss>", b"{}", b"<rss:x>"])
def test_other_roots(head: bytes) -> None:
    assert not formats.reader("rss").detect(head, "rss.xml")
