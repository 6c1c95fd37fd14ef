"""Body blocks as NITF 3.6: the `body` with its head, content and end, in the namespace or without.

What NITF lacks is said with what it has (strong and code are `em` with a class, sub and sup stand in a `num`); no word
of the article is left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from lxml import etree

from syndicate.markup.html import blocks_of
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.inline import inline_elements, plain
from syndicate.markup.xml import XML_NAMESPACE, clean
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

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
# What does not part words when they are counted (NITF 3.6, enriched text).
INLINE = frozenset({
    "a", "chron", "city", "classifier", "copyrite", "country", "em", "event", "frac", "function", "lang", "location",
    "money", "num", "object.title", "org", "person", "postaddr", "pronounce", "q", "region", "state", "sub",
    "sublocation", "sup", "virtloc", "alt-code", "name.given", "name.family",
})  # fmt: skip

_LANG = f"{{{XML_NAMESPACE}}}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_CLASS = {"strong": "strong", "code": "code"}
_MEDIA_TYPES = {MediaType.PICTURE: "image", MediaType.GRAPHIC: "image", MediaType.VIDEO: "video",
                MediaType.AUDIO: "audio", MediaType.DOCUMENT: "other"}  # fmt: skip
# Elements whose children may be put on lines of their own without changing the text.
_SPACED = frozenset({
    "nitf", "body", "body.head", "body.content", "body.end", "hedline", "abstract", "block", "ul", "ol", "bq", "table",
    "thead", "tbody", "tr", "media",
})  # fmt: skip

Element = etree._Element
Attributes = Mapping[str, str | None]
_NONE: Attributes = {}


def body(article: Article, namespace: str | None = NAMESPACE) -> Element:
    """The article as a NITF `body`; its text stands in one `block`, since Superdesk reads nothing else."""
    return _Writer(namespace).body(article)


def words(content: Element) -> int:
    """The words of an element: parts between white space, each element that is not inline separating words."""
    return len("".join(pieces(content)).split())


def period(seconds: int) -> str:
    """The duration as ISO 8601 writes it (`PT1M35S`)."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{rest}S" * bool(rest)
    return f"PT{parts or '0S'}"


def pieces(element: Element) -> Iterator[str]:
    """The text of an element in pieces, with a space on both sides of each element that is not inline."""
    yield element.text or ""
    for child in element:
        gap = "" if etree.QName(child).localname in INLINE else " "
        yield gap
        yield from pieces(child)
        yield gap
        yield child.tail or ""


class _Writer:
    """Makes the elements of one namespace; every method gives None, or nothing, for what has no words and no use."""

    def __init__(self, namespace: str | None) -> None:
        self.prefix = f"{{{namespace}}}" if namespace else ""
        self.nsmap = {None: namespace} if namespace else None

    def make(self, name: str, children: Iterable[Element | None] = (), attributes: Attributes = _NONE) -> Element:
        made = etree.Element(self.prefix + name, nsmap=self.nsmap)
        for key, value in attributes.items():
            if value:
                made.set(key, clean(value))
        made.extend(child for child in children if child is not None)
        if name in _SPACED and len(made):
            made.text = "\n"
            for child in made:
                child.tail = "\n"
        return made

    def text(self, name: str, text: str | None, attributes: Attributes = _NONE) -> Element | None:
        text = clean(text or "")
        if not text.strip():
            return None
        made = self.make(name, (), attributes)
        made.text = text
        return made

    def inline(self, name: str, html: str, attributes: Attributes = _NONE) -> Element | None:
        source = inline_elements(html)
        if not any(str(piece).strip() for piece in source.itertext()):
            return None
        made = self.make(name, (), attributes)
        self.fill(made, source)
        return made

    def fill(self, target: Element, source: Element) -> None:
        """Append what `source` holds, in NITF's elements."""
        _append(target, source.text)
        for child in source:
            self.element(target, child)
            _append(target, child.tail)

    def element(self, target: Element, child: Element) -> None:
        name = str(child.tag)
        if name in ("sub", "sup"):
            number = self.make("num")
            number.append(self.make(name))
            number[0].text = "".join(map(str, child.itertext()))
            target.append(number)
        elif name == "br":
            target.append(self.make("br"))
            # Readers who drop the break must not glue the words beside it together.
            _append(target, "\n")
        elif (made := self.wrapper(name, child)) is not None:
            self.fill(made, child)
            if made.text or len(made):
                target.append(made)
        else:
            self.fill(target, child)

    def wrapper(self, name: str, child: Element) -> Element | None:
        if name == "a" and child.get("href"):
            return self.make("a", (), {"href": child.get("href"), "title": child.get("title")})
        if name == "em" or name in _CLASS:
            return self.make("em", (), {"class": _CLASS.get(name)})
        language = child.get("lang") or ""
        if name == "span" and _LANGUAGE.match(language):
            return self.make("lang", (), {_LANG: language})
        return None

    def body(self, article: Article) -> Element:
        taglines = [block for block in article.body if isinstance(block, Tagline)]
        end = self.tagline(taglines)
        return self.make(
            "body",
            [
                self.make("body.head", self.head(article)),
                self.make("body.content", [self.make("block", self.blocks(article))]),
                None if end is None else self.make("body.end", [end]),
            ],
        )

    def head(self, article: Article) -> Iterator[Element | None]:
        headline = self.text("hl1", article.headline)
        yield None if headline is None else self.make("hedline", [headline])
        yield from (self.byline(author) for author in article.authors)
        dateline = article.dateline
        if dateline is not None:
            yield self.text("distributor", dateline.source)
            yield self.dateline(dateline)
        yield self.abstract([article.abstract or ""])
        yield self.abstract(article.highlights, "highlights")

    def byline(self, author: Person) -> Element | None:
        person = self.text("person", author.name)
        return None if person is None else self.make("byline", [person, self.text("byttl", author.role)])

    def dateline(self, dateline: Dateline) -> Element | None:
        """The printed line, with its place marked where the line begins with it."""
        made = self.text("dateline", dateline.text)
        place = clean(dateline.place or "")
        if made is None or not place.strip() or not (made.text or "").startswith(place):
            return made
        location = self.make("location", [self.text("city", place)])
        location.tail, made.text = (made.text or "")[len(place) :], None
        made.append(location)
        return made

    def abstract(self, texts: Iterable[str], kind: str | None = None) -> Element | None:
        paragraphs = [made for text in texts if (made := self.text("p", text)) is not None]
        return self.make("abstract", paragraphs, {"class": kind}) if paragraphs else None

    def tagline(self, taglines: Iterable[Tagline]) -> Element | None:
        return self.inline("tagline", "<br/>".join(line.html for line in taglines), {"type": "std"})

    def blocks(self, article: Article) -> Iterator[Element]:
        """The text; media that no block places stand above it when they lead, else below."""
        placed = {block.media for block in article.body if isinstance(block, MediaBlock)}
        loose = [media for media in article.media if media.id not in placed]
        yield from (self.media(media) for media in loose if media.role is MediaRole.LEAD)
        for block in article.body:
            yield from self.block(block, article)
        yield from (self.media(media) for media in loose if media.role is not MediaRole.LEAD)

    def block(self, block: Block, article: Article) -> Iterator[Element]:
        if isinstance(block, Table):
            yield from self.table(block)
        elif (made := self.one(block, article)) is not None:
            yield made

    def one(self, block: Block, article: Article) -> Element | None:
        match block:
            case Paragraph():
                return self.inline("p", block.html)
            case Heading():
                return self.inline("hl2", block.html, {"class": None if block.level == 2 else f"h{block.level}"})
            case ListBlock():
                items = [made for item in block.items if (made := self.inline("li", item)) is not None]
                return self.make("ol" if block.ordered else "ul", items) if items else None
            case Quote():
                return self.quote(block)
            case Related():
                return self.related(block)
            case Embed():
                return self.embed(block)
            case MediaBlock():
                media = article.media_of(block.media)
                return None if media is None else self.media(media)
        return None

    def quote(self, quote: Quote) -> Element | None:
        text = self.inline("p", quote.html)
        credit = self.text("credit", quote.cite)
        if text is None and credit is None:
            return None
        return self.make("bq", [self.make("block", [text]), credit])

    def related(self, related: Related) -> Element | None:
        made = self.text("a" if related.url else "p", related.title, {"href": related.url})
        if made is not None and related.url:
            made = self.make("p", [made])
        if made is not None:
            made.set("class", "related")
        return made

    def embed(self, embed: Embed) -> Element | None:
        """The stand-in text as a link to the content, the address itself where there is no text."""
        address = {"href": embed.url}
        inner = self.inline("p", embed.html, {"class": "embed"}) if embed.html else None
        if inner is not None and next(inner.iter(self.prefix + "a"), None) is not None:
            return inner
        link = self.inline("a", embed.html, address)
        if link is None:
            link = self.text("a", embed.url, address)
        return None if link is None else self.make("p", [link], {"class": "embed"})

    def media(self, media: Media) -> Element:
        duration = None if media.duration is None else period(media.duration)
        captions = [self.text("media-caption", text) for text in (media.title, media.caption)]
        return self.make(
            "media",
            [
                self.make("media-metadata", (), {"name": "duration", "value": duration}) if duration else None,
                *(self.reference(media, rendition) for rendition in media.renditions or (None,)),
                *captions,
                self.text("media-producer", media.credit or media.source),
            ],
            {"media-type": _MEDIA_TYPES[media.type]},
        )

    def reference(self, media: Media, rendition: Rendition | None) -> Element:
        """One file; NITF wants a reference even when no file is known."""
        made = self.make("media-reference", (), {"name": media.name, "source-credit": media.source})
        if media.duration is not None:
            made.set("time", str(media.duration))
            made.set("time-unit-of-measure", "seconds")
        if rendition is not None:
            values = {"source": rendition.href, "mime-type": rendition.type, "width": rendition.width,
                      "height": rendition.height}  # fmt: skip
            for key, value in values.items():
                if value:
                    made.set(key, clean(str(value)))
        return made

    def table(self, table: Table) -> Iterator[Element]:
        source = _table(table.html)
        if source is None:
            if (text := self.text("p", plain(table.html))) is not None:
                yield text
            return
        made = self.table_parts(source)
        if len(made):
            yield made

    def table_parts(self, source: Element) -> Element:
        """Caption, head rows and body rows; foot rows stay at the end, where they are read."""
        head = [row for part in source.iterchildren("thead") for row in self.rows(part)]
        rows = list(self.rows(source, skip="thead"))
        parts = [self.cell("caption", one) for one in islice(source.iterchildren("caption"), 1)]
        parts += [self.make("thead", head)] if head else []
        parts += [self.make("tbody", rows)] if rows and head else rows
        return self.make("table", parts)

    def rows(self, part: Element, skip: str | None = None) -> Iterator[Element]:
        for child in part:
            if child.tag == "tr":
                cells = [self.cell(str(one.tag), one) for one in child.iterchildren("td", "th")]
                if cells:
                    yield self.make("tr", cells)
            elif child.tag in ("tbody", "tfoot", "thead") and child.tag != skip:
                yield from self.rows(child)

    def cell(self, name: str, source: Element) -> Element:
        spans = {key: value for key in ("colspan", "rowspan") if (value := source.get(key, "")).isdigit()}
        made = self.make(name, (), spans)
        self.fill(made, source)
        return made


def _append(target: Element, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _table(html: str) -> Element | None:
    """The table of safe markup, or of what cleaning makes of it; None where there is none."""
    try:
        blocks = blocks_of(html).blocks
    except HtmlError:
        return None
    tables = [block.html for block in blocks if isinstance(block, Table)]
    if len(blocks) != 1 or not tables:
        return None
    return etree.fromstring(tables[0])
