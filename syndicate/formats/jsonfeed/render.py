"""JSON Feed 1.1: an article as one item on a line of its own."""

from collections.abc import Iterator
from typing import Any

import orjson

from syndicate.formats.base import Envelope
from syndicate.formats.jsonfeed import names as n
from syndicate.markup.article_entry import entry_of, is_untold
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import Entry
from syndicate.markup.escape import sound
from syndicate.markup.media_choice import files
from syndicate.markup.xml import clean
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher
from syndicate.model.media import MediaRole

RENDERER_VERSION = "1"

_Members = dict[str, Any]


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one object and a line end; a withdrawn one as what its readers are told, if they are."""
    if is_untold(article):
        return b""
    entry = entry_of(article, publisher, content)
    members = {
        n.ID: sound(entry.id),
        n.URL: _href(entry, "alternate"),
        n.TITLE_MEMBER: sound(entry.title),
        **_content(entry),
        n.SUMMARY: clean(entry.summary or ""),
        n.IMAGE: _image(entry),
        n.DATE_PUBLISHED: rfc3339(entry.published),
        n.DATE_MODIFIED: rfc3339(entry.updated),
        n.AUTHORS: [{n.NAME: sound(one.name)} for one in entry.authors if one.name],
        n.TAGS: list(dict.fromkeys(sound(one.label or one.term) for one in entry.categories if one.term)),
        n.LANGUAGE: sound(entry.language),
        n.ATTACHMENTS: list(_attachments(entry)),
    }
    return orjson.dumps({name: value for name, value in members.items() if value}, option=orjson.OPT_APPEND_NEWLINE)


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The feed around the items. It has no date of its own, so that it changes with its definition only."""
    feed, publisher = envelope.feed, envelope.publisher
    members = {
        n.VERSION: n.VERSION_1_1,
        n.TITLE_MEMBER: sound(feed.title),
        n.HOME_PAGE_URL: sound(feed.link),
        n.FEED_URL: sound(envelope.self_url),
        n.DESCRIPTION: sound(feed.description),
        n.AUTHORS: [{n.NAME: sound(publisher.name), n.URL: sound(publisher.url)}],
        n.LANGUAGE: sound(feed.language),
        n.HUBS: [{n.TYPE: "WebSub", n.URL: sound(hub)} for hub in envelope.hubs],
    }
    head = orjson.dumps({name: value for name, value in members.items() if value}, option=orjson.OPT_INDENT_2)
    return head[:-2] + f',\n  "{n.ITEMS}": [\n'.encode(), b"]}\n"


def _content(entry: Entry) -> _Members:
    """One of the two contents must be there: where the feed carries no text, it is the summary or the headline."""
    if entry.content:
        return {n.CONTENT_HTML: clean(entry.content)}
    return {n.CONTENT_TEXT: clean(entry.summary or entry.title)}


def _href(entry: Entry, rel: str) -> str:
    return next((sound(link.href) for link in entry.links if link.rel == rel), "")


def _image(entry: Entry) -> str:
    """The picture to show with the item: the lead picture, else the first one."""
    pictures = [(media.role, files(media)[:1]) for media in entry.media]
    shown = [(role, found[0][0]) for role, found in pictures if found and found[0][2] == "image"]
    lead = next((one for role, one in shown if role is MediaRole.LEAD), shown[0][1] if shown else None)
    return sound(lead.href) if lead else ""


def _attachments(entry: Entry) -> Iterator[_Members]:
    """What RSS has as its enclosure comes first, then the best file of each other video and sound."""
    first = next((link for link in entry.links if link.rel == "enclosure"), None)
    durations = {file[0].href: media.duration for media in entry.media for file in files(media)[:1]}
    if first is not None and first.type:
        yield _attachment(first.href, first.type, first.title, first.length, durations.get(first.href))
    for media in entry.media:
        for rendition, stated, kind in files(media)[:1]:
            if stated and kind in {"video", "audio"} and (first is None or rendition.href != first.href):
                yield _attachment(rendition.href, stated, media.title, rendition.bytes, media.duration)


def _attachment(href: str, kind: str, title: str | None, length: int | None, duration: int | None) -> _Members:
    members = {
        n.URL: sound(href),
        n.MIME_TYPE: sound(kind),
        n.TITLE_MEMBER: sound(title or ""),
        n.SIZE_IN_BYTES: length,
        n.DURATION_IN_SECONDS: duration,
    }
    return {name: value for name, value in members.items() if value or value == 0}
