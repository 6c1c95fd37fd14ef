"""The tree's front door: `index.html` with autodiscovery links for people, `feeds.opml` for reading apps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

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
:root{color-scheme:light dark;--page:#f6f5f1;--card:#fff;--text:#1d1f21;--quiet:#5c6166;--line:#dcd9d0;--link:#0b5a8a}
@media(prefers-color-scheme:dark){
:root{--page:#17191b;--card:#212427;--text:#e7e6e2;--quiet:#a3a8ad;--line:#383c40;--link:#7cc0ea}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--page)}
body{margin:0 auto;max-width:48rem;padding:2rem 1.25rem}
header{border-bottom:3px solid var(--text);padding-bottom:.75rem;margin-bottom:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;line-height:1.3;margin:0}
p{margin:.25rem 0}ul{list-style:none;margin:0;padding:0}
.feed{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem;margin-bottom:1rem}
.facts{color:var(--quiet);font-size:.875rem}
nav{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}
nav a{border:1px solid var(--link);border-radius:1rem;padding:.1rem .8rem;font-size:.9rem;font-weight:600}
nav a:hover{background:var(--link);color:var(--card)}
a{color:var(--link);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
h1 a,h2 a{color:inherit}
"""


@dataclass(frozen=True, slots=True)
class _Link:
    feed: Feed
    format: str
    title: str
    path: str
    media_type: str
    articles: int
    updated: str | None


def paths(codings: Sequence[str]) -> tuple[str, ...]:
    """The paths of both pages and their twins."""
    suffixes = ("", *(manifest.SUFFIXES[coding] for coding in codings))
    return tuple(page + suffix for page in ("index.html", opml.FILE_NAME) for suffix in suffixes)


Links = dict[str, tuple[_Link, ...]]


def publish(
    tree: Tree, publisher: Publisher, feeds: Sequence[Feed], base_url: str, codings: Sequence[str], known: Links
) -> None:
    """Write both pages if they differ; they list the documents that are there.

    `known` holds what was found of each feed; a feed that is not in it is looked up, and kept there.
    """
    for feed in feeds:
        if feed.id not in known:
            known[feed.id] = tuple(_links(tree, feed))
    links = {feed.id: known[feed.id] for feed in feeds}
    manifest.write_page(tree, "index.html", _page(publisher, feeds, links), codings)
    outlines = tuple(_outlines(tuple(chain.from_iterable(links.values())), base_url))
    manifest.write_page(tree, opml.FILE_NAME, document(publisher.name, outlines), codings)


def _links(tree: Tree, feed: Feed) -> Iterator[_Link]:
    documents = manifest.load(tree, feed.id).get("documents", {})
    for name in feed.formats:
        facts = formats.written_facts(name)
        path = f"{feed.id}/{facts.FILE_NAME}"
        if path in documents and tree.size(path) is not None:
            known = documents[path]
            yield _Link(feed, name, facts.TITLE, path, facts.MEDIA_TYPE, len(known["guids"]), known["updated"])


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


def _page(publisher: Publisher, feeds: Sequence[Feed], links: Mapping[str, Sequence[_Link]]) -> bytes:
    heads = [
        html.LINK(
            rel="alternate", type=link.media_type, title=clean(f"{link.feed.title} ({link.title})"), href=link.path
        )
        for link in chain.from_iterable(links.values())
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
            html.E.header(
                html.H1(html.A(clean(publisher.name), href=publisher.url)),
                html.P(
                    "Feeds to subscribe to: give one of the addresses below to your reading app, or ",
                    html.A("all of them at once", href=opml.FILE_NAME, type=opml.MEDIA_TYPE),
                    " (OPML).",
                    lang="en",
                ),
            ),
            html.UL(*(_item(feed, links.get(feed.id, ())) for feed in feeds)),
        ),
        lang=publisher.language,
    )
    body: bytes = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return body + b"\n"


def _item(feed: Feed, links: Sequence[_Link]) -> etree._Element:
    item: etree._Element = html.LI(
        html.H2(html.A(clean(feed.title), href=feed.link)),
        html.P(clean(feed.description)),
        html.P(*_facts(links), {"class": "facts", "lang": "en"}),
        etree.Element("nav"),
        {"class": "feed", "id": feed.id, "lang": feed.language},
    )
    item[-1].extend(html.A(link.title, href=link.path, type=link.media_type) for link in links)
    return item


def _facts(links: Sequence[_Link]) -> Iterator[etree._Element | str]:
    """How many articles the feed has, and when the newest of them changed."""
    if not links:
        yield "Nothing is published yet"
        return
    articles = max(link.articles for link in links)
    yield f"{articles} article{'' if articles == 1 else 's'}"
    if articles and (updated := max((link.updated for link in links if link.updated), default=None)):
        yield ", last change "
        # RFC 3339 in UTC: the first 16 characters are the day and the minute.
        yield html.E.time(f"{updated[:16].replace('T', ' ')} UTC", datetime=updated)
