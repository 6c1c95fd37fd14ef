"""The tree's front door: `index.html` with autodiscovery links for people, `feeds.opml` for reading apps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import chain

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
p a{text-decoration:underline}h1 a,h2 a{color:inherit}
"""


@dataclass(frozen=True, slots=True)
class _Link:
    feed: Feed
    format: str
    title: str
    path: str
    media_type: str


@dataclass(slots=True)
class Front:
    """What the front page was made from: the documents of each feed. It says nothing that changes with an article."""

    links: dict[str, tuple[_Link, ...]] = field(default_factory=dict)
    is_out: bool = False


def paths(codings: Sequence[str]) -> tuple[str, ...]:
    """The paths of both pages and their twins."""
    suffixes = ("", *(manifest.SUFFIXES[coding] for coding in codings))
    return tuple(page + suffix for page in ("index.html", opml.FILE_NAME) for suffix in suffixes)


def publish(
    tree: Tree,
    publisher: Publisher,
    feeds: Sequence[Feed],
    base_url: str,
    codings: Sequence[str],
    front: Front,
    touched: Iterable[Feed],
) -> None:
    """Write both pages if they differ; they list the documents that are there.

    `front` is what they were made from when this process last wrote them; only the feeds `touched` since are looked at.
    """
    looked_at = touched if front.is_out else feeds
    found = {feed.id: tuple(_links(tree, feed)) for feed in looked_at}
    if front.is_out and all(front.links[name] == links for name, links in found.items()):
        return
    front.links |= found
    links = {feed.id: front.links[feed.id] for feed in feeds}
    manifest.write_page(tree, "index.html", _page(publisher, feeds, links), codings)
    outlines = tuple(_outlines(tuple(chain.from_iterable(links.values())), base_url))
    manifest.write_page(tree, opml.FILE_NAME, document(publisher.name, outlines), codings)
    front.is_out = True


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


def _page(publisher: Publisher, feeds: Sequence[Feed], links: Mapping[str, Sequence[_Link]]) -> bytes:
    name = _text(publisher.name)
    heads = [
        f'<link rel="alternate" type="{link.media_type}" title="{_text(f"{link.feed.title} ({link.title})")}"'
        f' href="{_text(link.path)}">'
        for link in chain.from_iterable(links.values())
        if link.format in _FOR_READERS
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{_text(publisher.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{name}: feeds</title>",
            *heads,
            f'<link rel="outline" type="{opml.MEDIA_TYPE}" title="All feeds" href="{opml.FILE_NAME}">',
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f'<header><h1><a href="{_text(publisher.url)}">{name}</a></h1>',
            '<p lang="en">Feeds to subscribe to: give one of the addresses below to your reading app, or',
            f'<a href="{opml.FILE_NAME}" type="{opml.MEDIA_TYPE}">all of them at once</a> (OPML).</p></header>',
            "<ul>",
            *(_item(feed, links.get(feed.id, ())) for feed in feeds),
            "</ul>",
            "</body>",
            "</html>\n",
        ]
    ).encode()


def _item(feed: Feed, links: Sequence[_Link]) -> str:
    subscribe = "".join(
        f'<a href="{_text(link.path)}" type="{link.media_type}">{_text(link.title)}</a>' for link in links
    )
    below = f"<nav>{subscribe}</nav>" if links else '<p class="facts" lang="en">Nothing is published yet</p>'
    return (
        f'<li class="feed" id="{_text(feed.id)}" lang="{_text(feed.language)}">'
        f'<h2><a href="{_text(feed.link)}">{_text(feed.title)}</a></h2><p>{_text(feed.description)}</p>{below}</li>'
    )


def _text(value: str) -> str:
    return escape(clean(value))
