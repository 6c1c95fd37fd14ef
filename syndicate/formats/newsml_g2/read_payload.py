"""The content of an item: NITF, XHTML or plain text, in `inlineXML` or `inlineData`."""

import binascii
import re
from base64 import b64decode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import Element, Notes, any_local, children, raw, sound, value
from syndicate.markup.escape import escape
from syndicate.markup.g2_xhtml import Page, page_of, without_dateline
from syndicate.markup.html import blocks_of
from syndicate.markup.html_parse import BLOCKS
from syndicate.markup.nitf_read import read_body
from syndicate.model.article import Dateline, Person
from syndicate.model.body import Block, Paragraph
from syndicate.model.media import Media

_NITF_ROOTS = frozenset({"nitf", "body.content"})
_HTML_ROOTS = frozenset({"html", "body"}) | BLOCKS
# STT names its payload so, and escapes the text twice.
_TWICE = "xhtml/xml"
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_DATA = f"{n.CONTENT_SET}/{n.INLINE_DATA}"
_XML = f"{n.CONTENT_SET}/{n.INLINE_XML}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What the content says. What is not said in it is None or empty.

    `is_opened` tells that the dateline stands apart from the text, which does not begin with it.
    """

    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    headline: str | None = None
    abstract: str | None = None
    highlights: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
    is_opened: bool = False
    is_nitf: bool = False
    notes: tuple[str, ...] = ()
    credits: Mapping[str, str] = field(default_factory=dict)


def payload_of(content: Sequence[Element], said: Collection[str], known: Sequence[Media], notes: Notes) -> Payload:
    """The text in these content sets. Of alternatives one in XML is read, that with most text, of equal ones the last.

    `said` are texts of the metadata, `known` the media that the item names. HtmlError for HTML beyond the bounds.
    """
    found = [one for part in content for one in children(part, n.INLINE_XML, n.INLINE_DATA) if _is_text(one)]
    ranked = sorted(found, key=lambda one: (any_local(one) == n.INLINE_XML, len(raw(one).split())))
    chosen = ranked[-1] if ranked else None
    for part in content:
        for one in children(part, n.INLINE_XML, n.INLINE_DATA):
            if one is not chosen and (len(one) or raw(one).strip()):
                notes.lose(_name_of(one))
    if chosen is None:
        return Payload()
    return _read(chosen, said, known, notes)


def _is_text(element: Element) -> bool:
    """Whether there is text in it that is read."""
    if any_local(element) == n.INLINE_XML:
        inner = _inner(element)
        return inner is not None and any_local(inner) in _NITF_ROOTS | _HTML_ROOTS
    kind = (value(element, "contenttype") or "text/plain").lower()
    return kind.startswith("text/") or "html" in kind


def _inner(element: Element) -> Element | None:
    return element[0] if len(element) else None


def _name_of(element: Element) -> str:
    inner = _inner(element)
    if any_local(element) == n.INLINE_DATA or inner is None:
        return _DATA if any_local(element) == n.INLINE_DATA else _XML
    return f"{_XML}/{any_local(inner)}"


def _read(element: Element, said: Collection[str], known: Sequence[Media], notes: Notes) -> Payload:
    inner = _inner(element)
    if any_local(element) == n.INLINE_DATA:
        return _of_data(element, known, notes)
    if inner is None:
        return Payload()
    if any_local(inner) in _NITF_ROOTS:
        return _of_nitf(inner, notes)
    kind = (value(element, "contenttype") or "").lower()
    page = page_of(_whole(element, inner), said, known, twice=kind == _TWICE)
    return _of_page(page, notes)


def _whole(element: Element, inner: Element) -> Element:
    """The payload's root; the element around it where it has several."""
    if len(element) == 1:
        return inner
    whole = etree.Element("body")
    whole.extend(list(element))
    return whole


def _of_nitf(inner: Element, notes: Notes) -> Payload:
    found = read_body(inner)
    notes.repair("body", *found.repairs)
    notes.lose(*(f"nitf/{name}" for name in found.lost))
    if found.subheads:
        notes.lose("nitf/hedline/hl2")
    if found.rights:
        notes.lose("nitf/body.head/rights")
    return Payload(
        blocks=found.blocks,
        media=found.media,
        headline=found.headline,
        abstract=found.abstract,
        highlights=found.highlights,
        authors=found.authors,
        dateline=found.dateline,
        is_opened=found.dateline is not None,
        is_nitf=True,
        notes=found.notes,
    )


def _of_page(page: Page, notes: Notes) -> Payload:
    notes.repair("body", *page.repairs)
    notes.lose(*(f"html/{name}" for name in page.lost))
    return Payload(
        blocks=page.blocks,
        media=page.media,
        headline=sound(page.headline or ""),
        highlights=tuple(text for one in page.highlights if (text := sound(one))),
        credits=page.credits,
        dateline=Dateline(text=text) if (text := sound(page.dateline or "")) else None,
    )


def _of_data(element: Element, known: Sequence[Media], notes: Notes) -> Payload:
    text = raw(element)
    if value(element, "encoding"):
        try:
            text = b64decode(text, validate=False).decode()
        except (binascii.Error, ValueError):
            notes.lose(_DATA)
            return Payload()
    if "html" in (value(element, "contenttype") or ""):
        made = blocks_of(text, known=known)
        notes.repair("body", *made.repairs)
        return Payload(blocks=made.blocks, media=made.media[len(known) :])
    return Payload(blocks=tuple(_paragraphs(text, notes)))


def _paragraphs(text: str, notes: Notes) -> list[Block]:
    """Plain text: paragraphs are parted by blank lines or, where there are none, by lines."""
    text = text.strip()
    parts = _BLANK_LINE.split(text) if _BLANK_LINE.search(text) else text.split("\n")
    return [Paragraph(html=escape(line)) for part in parts if (line := sound(part, notes, "body"))]


def opened(payload: Payload, dateline: Dateline | None) -> Payload:
    """The payload without the dateline that its first paragraph begins with."""
    if payload.is_opened:
        return payload
    texts = (dateline.text if dateline else "", payload.dateline.text if payload.dateline else "")
    for text in sorted(filter(None, texts), key=len, reverse=True):
        blocks = without_dateline(payload.blocks, text)
        if blocks != payload.blocks:
            return replace(payload, blocks=blocks)
    return payload
