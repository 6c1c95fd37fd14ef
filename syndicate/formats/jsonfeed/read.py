"""JSON Feed 1.0 and 1.1 to drafts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from syndicate.errors import InputError
from syndicate.formats.jsonfeed import names as n
from syndicate.markup.feed_read import Story, Unreadable, drafted, person, rejected
from syndicate.markup.feed_read_document import in_document
from syndicate.markup.feed_read_media import Gallery, whole
from syndicate.markup.feed_read_release import says_release, take_release
from syndicate.markup.html import HtmlError
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.xml import Node
from syndicate.model.article import Link, Person
from syndicate.model.draft import Draft, Reading, Rejected

_VERSION = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_SCALARS = frozenset({"text", "number"})
_AUTHOR = "author"
_TAKEN = frozenset({
    n.ID, n.URL, n.EXTERNAL_URL, n.TITLE_MEMBER, n.CONTENT_HTML, n.CONTENT_TEXT, n.SUMMARY, n.IMAGE, n.BANNER_IMAGE,
    n.DATE_PUBLISHED, n.DATE_MODIFIED, n.AUTHORS, _AUTHOR, n.TAGS, n.LANGUAGE, n.ATTACHMENTS,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What the feed says for all of its items."""

    file: str
    reading: Reading
    about: str | None
    language: str
    authors: tuple[Person, ...]


def detect(head: bytes, name: str) -> bool:
    """Whether the file is a JSON object that states a version of JSON Feed."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and _VERSION.search(head) is not None


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The items of the feed, one by one; InputError when it cannot be read to its end, or is no JSON Feed."""
    return in_document(stream, file, lambda root: _items(root, file, reading))


def _items(root: Node, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    items = root.find(n.ITEMS) if isinstance(root, JsonNode) else None
    if not isinstance(items, JsonNode) or items.type != "list":
        raise InputError(file, root.line, "holds no list of items: a JSON Feed is wanted")
    story = Story(file=file, line=None, reading=reading)
    feed = _Feed(
        file=file,
        reading=reading,
        about=story.address(_text(root, n.HOME_PAGE_URL) or _text(root, n.FEED_URL), "url"),
        language=_text(root, n.LANGUAGE),
        authors=tuple(_people(root, story)),
    )
    for item in items.children:
        yield _item(item, feed)


def _item(item: Node, feed: _Feed) -> Draft | Rejected:
    story = Story(file=feed.file, line=item.line, reading=feed.reading, about=feed.about)
    if not isinstance(item, JsonNode) or item.type != "object":
        return rejected(story, "is no object: an item of a JSON Feed is wanted")
    try:
        for take in _STEPS:
            take(story, item, feed)
    except (Unreadable, HtmlError) as error:
        return rejected(story, str(error))
    return drafted(story)


def _take_names(story: Story, item: Node, feed: _Feed) -> None:
    story.name = _text(item, n.ID).strip()
    story.url = story.address(_text(item, n.URL), "url", feed.about)
    story.base = story.url or feed.about
    story.gallery = Gallery(base=story.base)
    if elsewhere := story.address(_text(item, n.EXTERNAL_URL), "links"):
        story.links.append(Link(rel="seeAlso", url=elsewhere))


def _take_texts(story: Story, item: Node, feed: _Feed) -> None:
    story.headline = story.line_of(_text(item, n.TITLE_MEMBER), "headline")
    story.summary = story.line_of(_text(item, n.SUMMARY), "abstract")
    story.html, story.plain = _text(item, n.CONTENT_HTML), _text(item, n.CONTENT_TEXT)
    if story.html and story.plain:
        story.lose(n.CONTENT_TEXT)


def _take_times(story: Story, item: Node, feed: _Feed) -> None:
    story.published = story.time(_text(item, n.DATE_PUBLISHED), "published")
    story.updated = story.time(_text(item, n.DATE_MODIFIED), "updated")
    take_release(story, item)


def _take_people(story: Story, item: Node, feed: _Feed) -> None:
    story.authors += _people(item, story)
    if not story.authors and feed.authors:
        story.authors += feed.authors
        story.derived.append("authors")


def _people(holder: Node, story: Story) -> Iterator[Person]:
    """The authors; the one `author` of version 1.0 only where there are no others."""
    authors = list(_elements(holder, n.AUTHORS)) or holder.find_all(_AUTHOR)
    for one in authors:
        found = person(_text(one, n.NAME), None, story)
        if found is not None:
            yield found
        if _text(one, n.URL) or _text(one, n.AVATAR):
            story.lose("authors/url" if found else "authors")


def _take_words(story: Story, item: Node, feed: _Feed) -> None:
    story.keywords += [story.line_of(one.text, "keywords") for one in _elements(item, n.TAGS) if _is_scalar(one)]
    story.language = _text(item, n.LANGUAGE) or feed.language


def _take_media(story: Story, item: Node, feed: _Feed) -> None:
    for name in (n.IMAGE, n.BANNER_IMAGE):
        if href := story.gallery.address(_text(item, name)):
            story.gallery.add_file(href, None)
    for one in _elements(item, n.ATTACHMENTS):
        if href := story.gallery.address(_text(one, n.URL)):
            story.gallery.add_file(
                href,
                _text(one, n.MIME_TYPE).strip() or None,
                size=_whole(one, n.SIZE_IN_BYTES) or None,
                title=story.line_of(_text(one, n.TITLE_MEMBER), "media") or None,
                duration=_whole(one, n.DURATION_IN_SECONDS),
            )


def _take_note_of_lost(story: Story, item: Node, feed: _Feed) -> None:
    for child in item.children:
        if child.name not in _TAKEN and not says_release(child) and child.content and _type(child) != "null":
            story.lose(child.qname)


def _text(holder: Node, name: str) -> str:
    """The text of that member; empty when there is none."""
    found = holder.find(name)
    return found.text if found is not None and _is_scalar(found) else ""


def _is_scalar(node: Node) -> bool:
    return _type(node) in _SCALARS


def _type(node: Node) -> str:
    return node.type if isinstance(node, JsonNode) else ""


def _elements(holder: Node, name: str) -> Iterator[Node]:
    found = holder.find(name)
    return iter(()) if found is None or _type(found) != "list" else found.children


def _whole(holder: Node, name: str) -> int | None:
    return whole(_text(holder, name).partition(".")[0])


_Take = Callable[[Story, Node, _Feed], None]
_STEPS: tuple[_Take, ...] = (
    _take_names, _take_texts, _take_times, _take_people, _take_words, _take_media, _take_note_of_lost,
)  # fmt: skip
