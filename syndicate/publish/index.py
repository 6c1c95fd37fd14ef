"""The tree's front door: `index.html` with autodiscovery links for people, `feeds.opml` for reading apps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import builder as html

from syndicate.formats import base as formats
from syndicate.formats.opml import names as opml
from syndicate.formats.opml.outline import Outline, document
from syndicate.markup import uris
from syndicate.markup.xml import clean
from syndicate.model.feed import Feed, Publisher
from syndicate.publish import manifest
from syndicate.publish.files import Tree

# Formats that reading apps subscribe to, the one to offer first in front.
_FOR_READERS = ("atom", "rss", "jsonfeed")

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:0}
p{margin:.2rem 0 .6rem}ul{list-style:none;padding:0;margin:1.5rem 0}
li.feed{border-top:1px solid var(--line);padding:1rem 0}
nav a{display:inline-block;margin:0 .6rem .4rem 0;padding:.15rem .6rem;border:1px solid var(--line);border-radius:1rem;
text-decoration:none;background:var(--soft)}
a{color:inherit}a:hover,a:focus{text-decoration:underline}
"""


@dataclass(frozen=True, slots=True)
class _Link:
    feed: Feed
    format: str
    title: str
    path: str
    media_type: str


def publish(tree: Tree, publisher: Publisher, feeds: Sequence[Feed], base_url: str) -> None:
    """Write both pages if they differ; they list the documents that are there."""
    links = [link for feed in feeds for link in _links(tree, feed)]
    manifest.write_page(tree, "index.html", _page(publisher, feeds, links))
    outlines = tuple(_outlines(links, base_url))
    manifest.write_page(tree, opml.FILE_NAME, document(publisher.name, outlines))


def _links(tree: Tree, feed: Feed) -> Iterator[_Link]:
    for name in feed.formats:
        facts = formats.written_facts(name)
        path = f"{feed.id}/{facts.FILE_NAME}"
        if tree.size(path) is not None:
            yield _Link(feed, name, facts.TITLE, path, facts.MEDIA_TYPE)


def _outlines(links: Sequence[_Link], base_url: str) -> Iterator[Outline]:
    best: dict[str, _Link] = {}
    for link in sorted((one for one in links if one.format in _FOR_READERS), key=_rank):
        best.setdefault(link.feed.id, link)
    for _, link in sorted(best.items()):
        yield Outline(
            title=link.feed.title,
            description=link.feed.description,
            xml_url=uris.join(base_url, link.path),
            html_url=link.feed.link,
            language=link.feed.language,
        )


def _rank(link: _Link) -> int:
    return _FOR_READERS.index(link.format)


def _page(publisher: Publisher, feeds: Sequence[Feed], links: Sequence[_Link]) -> bytes:
    heads = [
        html.LINK(
            rel="alternate", type=link.media_type, title=clean(f"{link.feed.title} ({link.title})"), href=link.path
        )
        for link in links
        if link.format in _FOR_READERS
    ]
    page = html.HTML(
        html.HEAD(
            html.META(charset="utf-8"),
            html.META(name="viewport", content="width=device-width, initial-scale=1"),
            html.TITLE(clean(f"{publisher.name}: feeds")),
            *heads,
            html.LINK(rel="outline", type=opml.MEDIA_TYPE, title="All feeds", href=opml.FILE_NAME),
            html.STYLE(_STYLE),
        ),
        html.BODY(
            html.H1(html.A(clean(publisher.name), href=publisher.url)),
            html.P("Feeds to subscribe to. All at once: ", html.A("OPML", href=opml.FILE_NAME), "."),
            html.UL(*(_item(feed, [link for link in links if link.feed is feed]) for feed in feeds)),
        ),
        lang=publisher.language,
    )
    body: bytes = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return body + b"\n"


def _item(feed: Feed, links: Sequence[_Link]) -> etree._Element:
    item: etree._Element = html.LI(
        html.H2(html.A(clean(feed.title), href=feed.link)),
        html.P(clean(feed.description)),
        etree.Element("nav"),
        {"class": "feed", "id": feed.id, "lang": feed.language},
    )
    item[-1].extend(html.A(link.title, href=link.path, type=link.media_type) for link in links)
    return item
