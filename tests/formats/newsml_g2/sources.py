"""Small documents to read, made of parts."""

from io import BytesIO

from syndicate.formats.newsml_g2 import read
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Reading, Rejected
from tests.conftest import NOW

XMLNS = "http://iptc.org/std/nar/2006-10-01/"
GUID = "urn:newsml:harbour.example:20260302:17"
_TIMES = "<versionCreated>2026-03-02T10:00:00Z</versionCreated><firstCreated>2026-03-02T09:00:00Z</firstCreated>"


def item(
    meta: str = "",
    content: str = "<headline>Ferry stops</headline>",
    text: str = "",
    *,
    kind: str = "text",
    guid: str = GUID,
    times: str = _TIMES,
    status: str = '<pubStatus qcode="stat:usable"/>',
    before: str = "",
    attributes: str = ' version="3" xml:lang="en"',
) -> str:
    """A `newsItem`: parts of its itemMeta, of its contentMeta and of its contentSet."""
    named = f' guid="{guid}"' if guid else ""
    head = f'<itemClass qcode="ninat:{kind}"/><provider literal="harbour.example"/>{times}{status}'
    return (
        f'<newsItem xmlns="{XMLNS}" standard="NewsML-G2" standardversion="2.28"{named}{attributes}>{before}'
        f"<itemMeta>{head}{meta}</itemMeta><contentMeta>{content}</contentMeta>"
        f"<contentSet>{text}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    """A `newsMessage` with these items."""
    header = "<header><sent>2026-03-02T10:00:00Z</sent></header>"
    return f'<newsMessage xmlns="{XMLNS}">{header}<itemSet>{"".join(items)}</itemSet></newsMessage>'


def package(*groups: str, guid: str = "urn:newsml:harbour.example:20260302:front", content: str = "") -> str:
    """A `packageItem` with these groups, the first of them the root."""
    return (
        f'<packageItem xmlns="{XMLNS}" standard="NewsML-G2" standardversion="2.28" guid="{guid}" version="1">'
        f'<itemMeta><itemClass qcode="ninat:composite"/><provider literal="harbour.example"/>{_TIMES}</itemMeta>'
        f'<contentMeta>{content}</contentMeta><groupSet root="g0">{"".join(groups)}</groupSet></packageItem>'
    )


def group(number: int, *guids: str, inner: tuple[int, ...] = ()) -> str:
    """A group with references to items, and to other groups."""
    refs = "".join(f'<itemRef residref="{guid}"/>' for guid in guids)
    groups = "".join(f'<groupRef idref="g{one}"/>' for one in inner)
    return f'<group id="g{number}" role="x:y">{groups}{refs}</group>'


def picture(guid: str, meta: str = "", caption: str = "The pier", href: str = "https://media.example/1.jpg") -> str:
    """A picture item."""
    content = f'<creditline>Mia Sand</creditline><description role="drol:caption">{caption}</description>'
    file = f'<remoteContent href="{href}" contenttype="image/jpeg" width="800" height="600" size="1000"/>'
    return item(meta, content, file, kind="picture", guid=guid)


def xhtml(body: str, kind: str = "application/xhtml+xml") -> str:
    """XHTML as a payload."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
    return f'<inlineXML contenttype="{kind}">{page}</inlineXML>'


def nitf(content: str, head: str = "") -> str:
    """NITF as a payload."""
    body = f"<body><body.head>{head}</body.head><body.content>{content}</body.content></body>"
    page = f'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">{body}</nitf>'
    return f'<inlineXML contenttype="application/nitf+xml">{page}</inlineXML>'


def found(document: str | bytes, language: str = "sv") -> list[Draft | Rejected]:
    """What reading the document gives."""
    data = document.encode() if isinstance(document, str) else document
    return list(read.read(BytesIO(data), "story.xml", Reading(now=NOW, language=language)))


def draft(document: str | bytes) -> Draft:
    """The one draft of the document."""
    (one,) = found(document)
    assert isinstance(one, Draft), one
    return one


def article(document: str | bytes) -> Article:
    """The one article of the document."""
    return draft(document).article


def rejected(document: str | bytes) -> str:
    """Why the one item of the document is no article."""
    (one,) = found(document)
    assert isinstance(one, Rejected), one
    return one.reason
