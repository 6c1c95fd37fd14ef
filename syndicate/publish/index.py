"""The tree's front door: `index.html` and its further pages for people, `feeds.opml` for reading apps, all sitemaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from syndicate.formats import base as formats
from syndicate.formats.base import READERS, Headline
from syndicate.formats.opml import names as opml
from syndicate.formats.opml.outline import Outline, document
from syndicate.markup import sitemap, uris
from syndicate.markup.dates import parse_rfc3339
from syndicate.markup.sitemap import Listed
from syndicate.model.feed import Feed, Order, Publisher
from syndicate.publish import manifest
from syndicate.publish.files import Tree
from syndicate.publish.front_page import MOST, Link, Page, Shown, file_of, html_of, pages_of

SITEMAPS = "sitemap-index.xml"


@dataclass(slots=True)
class Front:
    """What the pages were made from when this process last wrote them, so that only what differs is made again.

    `shown` has the documents of each feed and, where it has a page of its own, its newest headlines: nothing else in
    it changes with an article. `on` says on which of the `pages` each feed stands.
    """

    shown: dict[str, Shown] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    on: dict[str, int] = field(default_factory=dict)
    is_out: bool = False


def paths(feeds: int, codings: Sequence[str]) -> tuple[str, ...]:
    """The paths of all pages for so many feeds, and of their twins."""
    suffixes = ("", *(manifest.SUFFIXES[coding] for coding in codings))
    numbers = range(1, max(1, -(-feeds // MOST)) + 1)
    pages = (*map(file_of, numbers), opml.FILE_NAME, SITEMAPS)
    return tuple(page + suffix for page in pages for suffix in suffixes)


def publish(
    tree: Tree,
    publisher: Publisher,
    feeds: Sequence[Feed],
    base_url: str,
    codings: Sequence[str],
    front: Front,
    touched: Iterable[Feed],
) -> None:
    """Write the pages that differ; they list the documents that are there.

    Where `front` holds, only the feeds `touched` since are looked at, and only the pages they stand on are made.
    """
    # A write may fail: what then stands on the pages is not known, and the next run makes all of them.
    was_out, front.is_out = front.is_out, False
    found = {feed.id: _shown(tree, feed) for feed in (touched if was_out else feeds)}
    changed = [name for name, shown in found.items() if not was_out or front.shown[name] != shown]
    is_same_list = was_out and all(front.shown[name].links == found[name].links for name in changed)
    if not was_out:
        _lay_out(front, feeds)
        front.shown.clear()
    front.shown |= found
    numbers = sorted({front.on[name] for name in changed}) if was_out else range(len(front.pages))
    for number in numbers:
        page = front.pages[number]
        manifest.write_page(tree, file_of(page.number), html_of(page, publisher, front.shown), codings)
    if not was_out:
        _remove_behind(tree, len(front.pages))
    if not is_same_list:
        links = [link for feed in feeds for link in front.shown[feed.id].links]
        manifest.write_page(tree, opml.FILE_NAME, document(publisher.name, tuple(_outlines(links, base_url))), codings)
        _publish_sitemaps(tree, links, base_url, codings)
    front.is_out = True


def _publish_sitemaps(tree: Tree, links: Sequence[Link], base_url: str, codings: Sequence[str]) -> None:
    """The index of all sitemaps of the tree, where there are some: what search engines are told of."""
    found = [Listed(loc=uris.join(base_url, link.path)) for link in links if formats.is_sitemap(link.format)]
    if found:
        manifest.write_page(tree, SITEMAPS, sitemap.index(found), codings)
        return
    for suffix in ("", *manifest.SUFFIXES.values()):
        tree.remove(SITEMAPS + suffix)


def _lay_out(front: Front, feeds: Sequence[Feed]) -> None:
    front.pages = pages_of(feeds)
    front.on = {
        feed.id: number
        for number, page in enumerate(front.pages)
        for section in page.sections
        for feed in section.feeds
    }


def _remove_behind(tree: Tree, last: int) -> None:
    """Take away pages that were needed for more feeds than there are now, the last one first."""
    end = last + 1
    while tree.size(file_of(end)) is not None:
        end += 1
    for number in reversed(range(last + 1, end)):
        for suffix in manifest.SUFFIXES.values():
            tree.remove(file_of(number) + suffix)
        tree.remove(file_of(number))


def _shown(tree: Tree, feed: Feed) -> Shown:
    links: list[Link] = []
    preview: str | None = None
    newest: tuple[tuple[Headline, datetime], ...] = ()
    for name in feed.formats:
        facts = formats.written_facts(name)
        path = f"{feed.id}/{facts.FILE_NAME}"
        if tree.size(path) is None:
            continue
        if formats.quoted(name) is None:
            links.append(Link(feed=feed, format=name, title=facts.TITLE, path=path, media_type=facts.MEDIA_TYPE))
        else:
            entry = manifest.load(tree, feed.id).get("documents", {}).get(path, {})
            preview, newest = path, tuple(_newest(one, feed.order) for one in entry.get("newest", ()))
    return Shown(links=tuple(links), preview=preview, newest=newest)


def _newest(values: dict[str, Any], order: Order) -> tuple[Headline, datetime]:
    """An article as the manifest has it, with the date by which the feed is ordered."""
    headline = Headline(text=values["headline"], href=values["href"], language=values["language"])
    return headline, parse_rfc3339(values[order.value])


def _outlines(links: Sequence[Link], base_url: str) -> Iterator[Outline]:
    best: dict[str, Link] = {}
    for link in sorted((one for one in links if one.format in READERS), key=_rank):
        best.setdefault(link.feed.id, link)
    for _, link in sorted(best.items()):
        yield Outline(
            title=link.feed.title,
            description=link.feed.description,
            xml_url=uris.join(base_url, link.path),
            html_url=link.feed.link,
            language=link.feed.language,
        )


def _rank(link: Link) -> int:
    return READERS.index(link.format)
