"""Documents as agencies write them: what is understood, repaired, lost and refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syndicate.formats import base as formats
from syndicate.formats.newsml_1_2 import read
from syndicate.model.article import Dateline, Link, Person, Signal, Status
from syndicate.model.body import Block, Heading, ListBlock, MediaBlock, Paragraph, Related
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.conftest import NOW
from tests.formats.newsml_1_2.test_read_back import document, drafted, read_all
from tests.formats.newsml_1_2.test_render import KILLED
from tests.formats.story import STORY

LINES = "<NewsLines><HeadLine>Ferry</HeadLine></NewsLines>"


def item(component: str = LINES, management: str = "", identifier: str = "", before: str = "") -> Draft:
    """The draft of a document with such an item."""
    return drafted(
        f"<NewsML><NewsItem>{before}<Identification><NewsIdentifier>{identifier}</NewsIdentifier></Identification>"
        f"<NewsManagement>{management}</NewsManagement><NewsComponent>{component}</NewsComponent></NewsItem>"
        f"</NewsML>".encode()
    )


def content(data: str, form: str = "Text", role: str = "") -> str:
    """A component with such a text."""
    stated = f'<Role FormalName="{role}"/>' if role else ""
    return (
        f'<NewsComponent>{stated}<ContentItem><Format FormalName="{form}"/><DataContent>{data}</DataContent>'
        f"</ContentItem>"
        "</NewsComponent>"
    )


def file(href: str, role: str, mime: str = "image/jpeg", more: str = "") -> str:
    """A component with such a file."""
    return (
        f'<NewsComponent><Role FormalName="{role}"/><ContentItem Href="{href}"><MimeType FormalName="{mime}"/>{more}'
        "</ContentItem></NewsComponent>"
    )


def test_files_are_known_by_their_root() -> None:
    assert read.detect(b'<?xml version="1.0"?>\n<NewsML Version="1.2">', "a.xml")
    assert read.detect(b'<NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/">', "a.xml")
    assert not read.detect(b"<newsItem>", "a.xml")
    assert formats.detect_reader(document(STORY), "news.xml") == "newsml-1-2"


def identifier(public: str, provider: str = "", date: str = "", name: str = "", revision: str = "") -> str:
    """The parts of an identifier."""
    return (
        f"<ProviderId>{provider}</ProviderId><DateId>{date}</DateId><NewsItemId>{name}</NewsItemId>"
        f"<RevisionId>{revision}</RevisionId><PublicIdentifier>{public}</PublicIdentifier>"
    )


@pytest.mark.parametrize(
    ("parts", "guid", "version"),
    [
        (identifier("urn:newsml:h.example:20260302:7:12N", revision="12"), "urn:newsml:h.example:20260302:7", 12),
        (
            identifier("urn:newsml:h", "h.example", "20260302T01Z", "7", "0"),
            "urn:newsml:h.example:20260302T01Z:7",
            None,
        ),
        (identifier("urn:newsml:h", "h.example", "20260302", "0", "two"), "", None),
        (identifier("", "h ex", "20260302", "7"), "", None),
        ("", "", None),
    ],
)
def test_names_and_versions(parts: str, guid: str, version: int | None) -> None:
    found = item(identifier=parts)
    assert (found.article.guid, found.stated_version, found.identity) == (guid, version, "news")


def test_items_without_names_are_told_apart() -> None:
    one = f"<NewsItem><NewsComponent>{LINES}</NewsComponent></NewsItem>"
    found = read_all(f"<NewsML>{one}{one}</NewsML>".encode())
    assert [draft.identity for draft in found if isinstance(draft, Draft)] == ["news-1", "news-2"]
    assert drafted(f"<NewsML>{one}</NewsML>".encode(), "-").identity == ""


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_what_was_withdrawn_comes_back_without_its_notice(status: Status) -> None:
    article = drafted(document(replace(KILLED, status=status, embargo=NOW))).article
    assert (article.status, article.headline, article.body) == (status, STORY.headline, ())
    assert (article.note, article.correction, article.embargo) == ("Wrong pier.", STORY.correction, NOW)


CHANGE = (
    '<StatusWillChange><FutureStatus FormalName="{}"/><DateAndTime>20260305T060000Z</DateAndTime></StatusWillChange>'
)
LATER = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("management", "status", "embargo", "expires"),
    [
        ('<Status FormalName="USABLE"/>', Status.USABLE, None, None),
        ('<Status FormalName="Withheld"/>', Status.WITHHELD, None, None),
        ('<Status FormalName="Cancelled"/>', Status.CANCELED, None, None),
        ('<Status FormalName="Draft"/>', Status.WITHHELD, None, None),
        ('<Status FormalName="Embargoed"/>' + CHANGE.format("Usable"), Status.USABLE, LATER, None),
        ('<Status FormalName="Embargoed"/>', Status.WITHHELD, None, None),
        ('<Status FormalName="Usable"/>' + CHANGE.format("Canceled"), Status.USABLE, None, LATER),
        ('<Status FormalName="Usable"/>' + CHANGE.format("Draft"), Status.USABLE, None, None),
        ("", Status.USABLE, None, None),
    ],
)
def test_status(management: str, status: Status, embargo: datetime | None, expires: datetime | None) -> None:
    found = item(management=management)
    assert (found.article.status, found.article.embargo, found.article.expires) == (status, embargo, expires)
    assert bool(found.repairs) is (status is Status.WITHHELD and "Withheld" not in management)
    assert bool(found.lost) is ('FutureStatus FormalName="Draft"' in management)


def test_times() -> None:
    found = item(
        management="<FirstCreated>20260302T083000+0100</FirstCreated>"
        "<ThisRevisionCreated>20260303</ThisRevisionCreated>"
    )
    assert found.article.published == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert found.article.updated == datetime(2026, 3, 3, tzinfo=UTC)
    assert [one.field for one in found.repairs] == ["updated"]
    found = item(management="<FirstCreated>Monday</FirstCreated>")
    assert (found.article.published, found.article.derived) == (NOW, ("published", "updated"))
    assert found.lost == ("NewsManagement/FirstCreated",)


def test_management() -> None:
    found = item(
        management='<Urgency FormalName="3"/><RevisionHistory Href="x"/>'
        '<DerivedFrom NewsItem="urn:newsml:h:20260302:1:4N"/>'
        '<AssociatedWith FormalName="seeAlso" NewsItem="tag:h.example,2019:1">'
        '<Comment FormalName="Url">https://h.example/'
        '</Comment></AssociatedWith><AssociatedWith/><Instruction FormalName="Rectify"/>'
        '<Instruction FormalName="Delete"/>'
        '<Property FormalName="Audit" Value="1"/>',
        before='<Comment>Check it.</Comment><Comment FormalName="Program">1.0</Comment>',
    )
    article = found.article
    assert (article.urgency, article.signal, article.note) == (3, Signal.CORRECTION, "Check it.")
    assert article.links == (
        Link(rel="derivedFrom", guid="urn:newsml:h:20260302:1"),
        Link(rel="seeAlso", guid="tag:h.example,2019:1", url="https://h.example/"),
    )
    assert set(found.lost) == {
        "NewsManagement/RevisionHistory", "NewsManagement/Property", "Instruction", "Comment[Program]",
    }  # fmt: skip


@pytest.mark.parametrize(("stated", "urgency"), [("8", 8), ("0", None), ("high", None), ("", None)])
def test_urgency(stated: str, urgency: int | None) -> None:
    found = item(management=f'<Urgency FormalName="{stated}"/>')
    assert found.article.urgency == urgency
    assert bool(found.lost) is (stated == "high")


def test_lines() -> None:
    found = item(
        "<NewsLines><HeadLine>Ferry</HeadLine><SubHeadLine>Buses run</SubHeadLine>"
        "<SubHeadLine>Crane falls</SubHeadLine>"
        "<ByLine>By Ada Holm and Jon Ferry</ByLine><ByLineTitle>reporters</ByLineTitle>"
        "<DateLine>PORT ELLIS (HP) -</DateLine>"
        "<CreditLine>HP</CreditLine><CopyrightLine>(c) HP</CopyrightLine><RightsLine>No archive</RightsLine>"
        "<SeriesLine>Piers</SeriesLine><SlugLine>ferry</SlugLine><KeywordLine>ferry;crane</KeywordLine>"
        '<NewsLine><NewsLineType FormalName="Advisory"/><NewsLineText>Pictures follow</NewsLineText></NewsLine>'
        "</NewsLines>"
        "<RightsMetadata><Copyright><CopyrightHolder>HP</CopyrightHolder></Copyright><UsageRights>"
        "<UsageType>Print</UsageType>"
        '</UsageRights></RightsMetadata><DescriptiveMetadata><Location><Property FormalName="City" Value="Port Ellis"/>'
        "</Location></DescriptiveMetadata>"
    )
    article = found.article
    assert (article.headline, article.abstract, article.slugline) == ("Ferry", "Buses run", "ferry")
    assert article.authors == (Person(name="Ada Holm"), Person(name="Jon Ferry", role="reporters"))
    assert article.dateline == Dateline(text="PORT ELLIS (HP) -", place="Port Ellis", source="HP")
    assert article.rights == Rights(holder="HP", notice="(c) HP", usage="Print No archive")
    assert article.keywords == ("ferry", "crane")
    assert set(found.lost) == {"SubHeadLine", "SeriesLine", "NewsLine[Advisory]"}


def test_creators_stand_for_a_byline() -> None:
    found = item(
        "<NewsLines><HeadLine>Ferry</HeadLine><ByLine/><DateLine>20260302T083000Z</DateLine></NewsLines>"
        "<AdministrativeMetadata>"
        '<Creator><Party FormalName="Ada Holm"/></Creator><Source><Party FormalName="HP"/></Source><Contributor><Party '
        'FormalName="Tove Lind"><Property FormalName="Role" Value="editor"/></Party></Contributor>'
        '<Property FormalName="Desk" '
        'Value="town"/></AdministrativeMetadata><Metadata><MetadataType FormalName="Codes"/></Metadata>'
    )
    assert found.article.authors == (Person(name="Ada Holm"),)
    assert found.article.contributors == (Person(name="Tove Lind", role="editor"),)
    assert found.article.dateline is None
    assert found.lost == ("DateLine", "Source", "Property[Desk]", "Metadata[Codes]")


def test_descriptions() -> None:
    found = item(
        '<TopicSet><Topic Duid="t1"><TopicType FormalName="Company"/><FormalName Scheme="Ric">HP.N</FormalName>'
        '<Description '
        'xml:lang="de">HP AG</Description><Description xml:lang="en">HP plc</Description></Topic><Topic>'
        '<TopicType/><FormalName>'
        "04015000</FormalName><Description>transport</Description></Topic><Topic/></TopicSet>" + LINES +
        '<DescriptiveMetadata><Language FormalName="fr"/><Genre FormalName="Current"/>'
        '<Genre FormalName="Feature"/><SubjectCode>'
        '<Subject FormalName="04015000"/><SubjectMatter FormalName="04015000"/><SubjectDetail FormalName="ECO" '
        'Vocabulary="urn:x:Own Codes"/><Subject FormalName="Z"/><Subject/><SubjectQualifier FormalName="q"/>'
        '</SubjectCode>'
        '<OfInterestTo FormalName="desk"/><TopicOccurrence Topic="#t1"/><TopicOccurrence Topic="#t9"/><Property '
        'FormalName="Keyword" Value="ferry"/><Property FormalName="Section" Value="town"/><Property FormalName="Url" '
        'Value="https://h.example/1"/><Property FormalName="Own" Value="x"/></DescriptiveMetadata>'
    )  # fmt: skip
    article = found.article
    assert (article.language, article.genre, article.keywords) == ("fr", "Current", ("ferry",))
    assert (article.sections, article.url) == (("town",), "https://h.example/1")
    assert article.subjects == (
        Subject(scheme="subj", code="04015000", name="transport"),
        Subject(scheme="urn-x-Own-Codes", code="ECO"),
        Subject(scheme="subject", code="Z"),
        Subject(scheme="Ric", code="HP.N", name="HP plc"),
    )
    assert set(found.lost) == {
        "Genre", "SubjectCode/SubjectQualifier", "OfInterestTo", "TopicOccurrence", "Property[Own]",
    }  # fmt: skip


def test_an_address_that_is_none_is_lost() -> None:
    found = item(LINES + '<DescriptiveMetadata><Property FormalName="Url" Value="javascript:x"/></DescriptiveMetadata>')
    assert (found.article.url, found.lost) == (None, ("Property[Url]",))


@pytest.mark.parametrize(
    ("component", "blocks"),
    [
        (content("<nitf><body><body.content><p>a</p></body.content></body></nitf>", "NITF"), (Paragraph(html="a"),)),
        (content("<p>a</p><p>b</p>", "bcNITF2.5"), (Paragraph(html="a"), Paragraph(html="b"))),
        (content('<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><h2>a</h2><ul>'
                 '<li>b</li></ul>'
                 "</body></html>", "XHTML"), (Heading(html="a"), ListBlock(items=("b",)))),
        (content('<p xmlns="http://www.w3.org/1999/xhtml">a &lt; <b>b</b></p>'),
         (Paragraph(html="a &lt; <strong>b</strong>"),)),
        (content("<![CDATA[<h1>Ferry</h1><P>a<br>b</P>]]>", "HTML"), (Paragraph(html="a<br/>b"),)),
        (content("\n\ta &lt; 5\n\tb\n   c"), (Paragraph(html="a &lt; 5"), Paragraph(html="b"), Paragraph(html="c"))),
        (content("a", role="Lead") + content("b", role="Body"), (Paragraph(html="a"), Paragraph(html="b"))),
        ('<NewsComponent EquivalentsList="yes">' + content("a") + content("b") + "</NewsComponent>",
         (Paragraph(html="a"),)),
        ('<NewsComponent><NewsItemRef NewsItem="x"/><NewsLines><HeadLine>More</HeadLine></NewsLines></NewsComponent>',
         (Related(title="More"),)),
        ('<NewsItem><NewsComponent><ContentItem><DataContent>a</DataContent></ContentItem></NewsComponent></NewsItem>',
         (Paragraph(html="a"),)),
        (content("<p/>") + content(""), ()),
    ],
)  # fmt: skip
def test_texts(component: str, blocks: tuple[Block, ...]) -> None:
    assert item(LINES + component).article.body == blocks


def test_texts_of_other_roles() -> None:
    found = item(
        content("Ferry", role="Title") + content("Buses run", role="SubHeadLine") + content("In short", role="Abstract")
        + content(".x {}", "CSS", "StyleSheet") + content("buy", role="Advertisement")
        + content("Ferries", role="HeadLine")
        + '<NewsComponent><ContentItem><Encoding Notation="base64"><DataContent>AA==</DataContent></Encoding>'
          '</ContentItem>'
        "</NewsComponent>"
        '<NewsComponent><ContentItem><Format FormalName="HTML"/><DataContent>a</DataContent></ContentItem><ContentItem>'
        '<Format FormalName="Text"/><DataContent>b</DataContent></ContentItem></NewsComponent>'
    )  # fmt: skip
    assert (found.article.headline, found.article.abstract) == ("Ferry", "In short")
    assert found.article.body == (Paragraph(html="a"),)
    assert set(found.lost) == {
        "ContentItem[stylesheet]", "ContentItem[advertisement]", "Encoding", "ContentItem[Text]", "ContentItem[Title]",
        "SubHeadLine",
    }  # fmt: skip


def test_html_beyond_the_bounds_is_named() -> None:
    found = item(LINES + content("&lt;p>" + "a " * 200_000, "HTML"))
    assert found.article.body == ()
    assert found.lost == ("DataContent (the HTML is larger than 256 KiB)",)


def test_a_payload_says_what_the_lines_do_not() -> None:
    nitf = (
        "<nitf><head><title>x</title></head><body><body.head><hedline><hl1>Ferry</hl1></hedline><note>"
        "<body.content><p>Check."
        "</p></body.content></note><byline>By Ada Holm</byline><dateline>Port Ellis</dateline><abstract>"
        "<p>Short</p></abstract>"
        '</body.head><body.content><p>a</p><media media-type="image"><media-reference name="b.jpg"/></media>'
        "</body.content>"
        "</body></nitf>"
    )
    found = item(content(nitf, "NITF") + content(nitf, "NITF"))
    article = found.article
    assert (article.headline, article.abstract, article.note) == ("Ferry", "Short", "Check.")
    assert (article.authors, article.dateline) == ((Person(name="Ada Holm"),), Dateline(text="Port Ellis"))
    assert [one.id for one in article.media] == ["m1", "m2"]
    assert found.lost == ("nitf/head",)


CAPTION = content(
    "<nitf><body><body.content><p>The crane &amp;</p><p>falls</p></body.content></body></nitf>", "NITF", "Caption"
)


def test_a_picture_with_its_caption() -> None:
    size = (
        "<Characteristics><SizeInBytes>9</SizeInBytes><Property FormalName='Width' Value='640'/>"
        "<Property FormalName='PixelHeight' Value='x'/></Characteristics>"
    )
    found = item(
        LINES + "<AdministrativeMetadata><Source><Party FormalName='HP'/></Source></AdministrativeMetadata>" + CAPTION
        + file("https://m.example/1.jpg", "Main", more=size) + file("small.jpg", "Thumbnail")
    )  # fmt: skip
    assert found.article.media == (
        Media(
            id="m1",
            type=MediaType.PICTURE,
            role=MediaRole.LEAD,
            name="small.jpg",
            caption="The crane & falls",
            source="HP",
            renditions=(Rendition(href="https://m.example/1.jpg", type="image/jpeg", width=640, bytes=9),),
        ),
    )
    assert (found.article.headline, found.article.body) == ("Ferry", ())


def test_sounds_with_their_words_are_a_gallery() -> None:
    def sound(title: str, duration: str) -> str:
        more = f"<Characteristics><Property FormalName='Duration' Value='{duration}'/></Characteristics>"
        texts = content(title, role="Title") + content("said so", role="Body")
        inner = texts + file("a.mp3", "Sound", "audio/mpeg", more)
        return f'<NewsComponent><Role FormalName="Quote"/>{inner}</NewsComponent>'

    found = item(LINES + content("Story") + sound("One", "01:05") + sound("Two", "7.5") + sound("Three", "long"))
    assert [(one.title, one.caption, one.type, one.role, one.duration) for one in found.article.media] == [
        ("One", "said so", MediaType.AUDIO, MediaRole.LEAD, 65),
        ("Two", "said so", MediaType.AUDIO, MediaRole.GALLERY, 7),
        ("Three", "said so", MediaType.AUDIO, MediaRole.GALLERY, None),
    ]
    assert found.article.body == (Paragraph(html="Story"),)


def test_files_beside_a_text_are_documents() -> None:
    found = item(
        LINES + "<ContentItem><DataContent>a</DataContent></ContentItem>"
        '<ContentItem Href="https://m.example/1.pdf"><MimeType FormalName="application/pdf"/><Characteristics>'
        "<Property "
        'FormalName="Title" Value="Report"/></Characteristics></ContentItem><ContentItem>'
        '<MediaType FormalName="Photo"/>'
        "</ContentItem>"
    )
    (media,) = found.article.media
    assert (media.type, media.title) == (MediaType.DOCUMENT, "Report")
    assert found.lost == ("ContentItem",)


def test_headlines_are_made_where_there_are_none() -> None:
    assert item(content("The ferry stops.")).article.headline == "The ferry stops."
    found = item(file("https://m.example/1.jpg", "Main") + content("Crane", role="Caption")).article
    assert (found.headline, found.derived) == ("Crane", ("headline", "published", "updated"))


def test_what_cannot_be_read() -> None:
    def why(data: bytes) -> str:
        (found,) = read_all(data)
        assert isinstance(found, Rejected)
        return found.reason

    assert why(b"<NewsML>\n<x>").startswith("is not well-formed XML")
    assert why(b"<NewsML/>") == "holds no NewsItem"
    assert why(b"<NewsML><NewsItem><NewsComponent/></NewsItem></NewsML>") == "has neither a headline nor a text"
    assert why(b"<NewsML><NewsItem><Update/></NewsItem></NewsML>").startswith("holds Update: no story")
    assert why(b"<NewsML><NewsItem/></NewsML>").startswith("holds no NewsComponent")
    assert "is larger than 32 MiB" in why(b" " * (read.MAX_BYTES + 1))


def test_a_kill_needs_no_component() -> None:
    data = b'<NewsML><NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem></NewsML>'
    assert drafted(data).article.status is Status.CANCELED


def test_nesting_is_bounded() -> None:
    depth = 100
    found = item(LINES + "<NewsComponent>" * depth + content("deep") + "</NewsComponent>" * depth)
    assert found.lost == ("NewsComponent nested more than 64 deep",)


def test_texts_and_media_are_bounded() -> None:
    picture = '<media media-type="image"><media-reference name="a"/></media>'
    found = item(
        LINES
        + content(f"<p>a</p>{picture * 600}")
        + content('<![CDATA[<p>b</p><img src="https://m.example/2.jpg">]]>', "HTML")
        + file("https://m.example/1.jpg", "Photo")
        + content("c") * 1000
    )
    article = found.article
    assert len(article.media) == len([one for one in article.body if isinstance(one, MediaBlock)]) == 500
    assert article.body[501] == Paragraph(html="b")
    assert article.body.count(Paragraph(html="c")) == 999
    assert found.lost == ("nitf/media", "media", "DataContent beyond 1000 texts")
