"""A list of feeds that reading apps import."""

from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.markup.escape import sound, xml_attribute, xml_data
from syndicate.markup.xml import DECLARATION


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
    lines = [
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{xml_data(sound(title))}</title>",
        "  </head>",
        *(["  <body>", *map(_line, outlines), "  </body>"] if outlines else ["  <body/>"]),
        "</opml>\n",
    ]
    return DECLARATION + "\n".join(lines).encode()


def _line(outline: Outline) -> str:
    values = {
        "type": "rss",
        "text": outline.title,
        "title": outline.title,
        "description": outline.description,
        "xmlUrl": outline.xml_url,
        "htmlUrl": outline.html_url,
        "language": outline.language,
    }
    said = " ".join(f'{name}="{xml_attribute(value)}"' for name, value in values.items())
    return f"    <outline {said}/>"
