"""Packages: an item for each media of a story, and the front that puts stories in order."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.item_meta import (
    CAPTION,
    catalog_of,
    files,
    generator,
    language_of,
    media_class,
    media_guid,
    provider,
    rights_info,
    source_of,
    state,
    valid_language,
)
from syndicate.formats.newsml_g2.schemes import GROUP
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article
from syndicate.model.feed import Publisher
from syndicate.model.media import Media

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._-]+")
_ITEM = f' contenttype="{n.ITEM_TYPE}"'
_TEXT = make(n.ITEM_CLASS, ' qcode="ninat:text"')
_COMPOSITE = make(n.ITEM_CLASS, ' qcode="ninat:composite"')
_USABLE = make(n.PUB_STATUS, ' qcode="stat:usable"')


def media_item(article: Article, media: Media, publisher: Publisher, start: str, version: str) -> str:
    """The `newsItem` of one media of the story: its class, texts, rights and files. A document has no class: none."""
    item_class = media_class(media)
    if not item_class:
        return ""
    identity = attribute("guid", media_guid(article, media)) + attribute("version", str(max(article.version, 1)))
    language = attribute("xml:lang", language_of(article))
    missing = attribute("residref", media_guid(article, media)) + ' rendition="rnd:web"'
    parts = (
        # IPTC's catalog alone: such an item uses no other alias.
        catalog_of((), publisher),
        rights_info(article, publisher),
        _item_meta(article, media, publisher, item_class, version),
        _content_meta(article, media),
        make(n.CONTENT_SET, children="".join(files(media, missing))),
    )
    return make(n.NEWS_ITEM, f"{start}{identity}{language}", "".join(parts))


def _item_meta(article: Article, media: Media, publisher: Publisher, item_class: str, version: str) -> str:
    story = attribute("residref", line(article.guid)) + attribute("version", str(max(article.version, 1)))
    children = (
        item_class,
        *state(article, publisher, version),
        text(n.ITEM_TITLE, media.name or media.title),
        text(n.EXPIRES, rfc3339(article.expires)) if article.expires else "",
        make(n.LINK, f' rel="irel:seeAlso"{story}{_ITEM}', _TEXT),
    )
    return make(n.ITEM_META, children="".join(children))


def _content_meta(article: Article, media: Media) -> str:
    language = language_of(article)
    children = (
        text(n.CONTENT_CREATED, rfc3339(article.published)),
        source_of(media),
        make(n.LANGUAGE, attribute("tag", language)) if language else "",
        text(n.SLUGLINE, media.name),
        text(n.HEADLINE, media.title),
        text(n.CREDITLINE, media.credit or media.source),
        text(n.DESCRIPTION, media.caption, CAPTION),
    )
    return make(n.CONTENT_META, children="".join(children))


def package_item(envelope: Envelope, start: str, version: str) -> bytes:
    """The front of the feed: its first story leads, the others follow in order; nothing when there is no story.

    A package takes a new version when one of its stories does: seconds since the year 2000.
    """
    listed = [one.decode() for one in envelope.listed if one]
    if not listed:
        return b""
    publisher, feed = envelope.publisher, envelope.feed
    number = max(int((envelope.updated - _BEGINNING).total_seconds()), 1)
    guid = attribute("guid", f"tag:{publisher.tag_authority}:{feed.id}:front") + attribute("version", str(number))
    tag = valid_language(feed.language)
    meta = (_COMPOSITE, provider(publisher), text(n.VERSION_CREATED, rfc3339(envelope.updated)), _USABLE,
            generator(version), text(n.ITEM_TITLE, feed.title))  # fmt: skip
    content = (
        make(n.LANGUAGE, attribute("tag", tag)) if tag else "",
        text(n.HEADLINE, feed.title),
        text(n.DESCRIPTION, feed.description),
    )
    prefix = f"front-{_NOT_IN_IDS.sub('-', feed.id)}"
    parts = (
        catalog_of((GROUP,), publisher),
        make(n.RIGHTS_INFO, children=text(n.COPYRIGHT_NOTICE, publisher.rights)) if publisher.rights else "",
        make(n.ITEM_META, children="".join(meta)),
        make(n.CONTENT_META, children="".join(content)),
        make(n.GROUP_SET, attribute("root", prefix), "".join(_groups(prefix, listed))),
    )
    language = attribute("xml:lang", tag)
    return make(n.PACKAGE_ITEM, f"{start}{guid}{language}", "".join(parts)).encode()


def _groups(prefix: str, listed: list[str]) -> Iterator[str]:
    """The front, the story that leads it, the others in order; a story with media has a group with them."""
    main, several = f"{prefix}-main", len(listed) > 1
    refs = _ref(f"{prefix}-lead") + (_ref(main) if several else "")
    yield _group(prefix, "front", "seq", refs)
    yield _group(f"{prefix}-lead", "lead", "bag", listed[0])
    if several:
        names = {
            index: f"{prefix}-story-{index}" for index, refs in enumerate(listed) if refs.count("\n") > 1 and index
        }
        inside = (_ref(names[index]) if index in names else listed[index] for index in range(1, len(listed)))
        yield _group(main, "main", "seq", "".join(inside))
        for index, name in names.items():
            yield _group(name, "story", "bag", listed[index])


def _ref(name: str) -> str:
    return make(n.GROUP_REF, attribute("idref", name))


def _group(name: str, role: str, mode: str, children: str) -> str:
    return make(n.GROUP, f' id="{name}" role="{GROUP}:{role}" mode="pgrmod:{mode}"', children)
