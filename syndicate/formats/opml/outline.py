"""A list of feeds that reading apps import."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from syndicate.markup.xml import DECLARATION, clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed to subscribe to; `type` is `rss` for every kind of feed (OPML 2.0, "Subscription lists")."""

    title: str
    description: str
    xml_url: str
    html_url: str
    language: str


def document(title: str, outlines: Sequence[Outline]) -> bytes:
    """The OPML document; it carries no date, so that it changes only with the feeds."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = clean(title)
    body = etree.SubElement(opml, "body")
    for outline in outlines:
        values = {
            "type": "rss",
            "text": outline.title,
            "title": outline.title,
            "description": outline.description,
            "xmlUrl": outline.xml_url,
            "htmlUrl": outline.html_url,
            "language": outline.language,
        }
        etree.SubElement(body, "outline", {name: clean(value) for name, value in values.items()})
    etree.indent(opml)
    return DECLARATION + etree.tostring(opml, encoding="utf-8") + b"\n"
