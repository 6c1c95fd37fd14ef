"""JSON-LD: an article as one `NewsArticle` on a line of its own, the feed around them a `DataFeed`."""

from typing import Any

import orjson

from syndicate.formats.base import Envelope
from syndicate.formats.json_ld import names as n
from syndicate.formats.json_ld.media import media_members
from syndicate.markup.article_entry import is_untold, scheme_uri
from syndicate.markup.body_text import body_text
from syndicate.markup.dates import rfc3339
from syndicate.markup.escape import sound
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Person, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

RENDERER_VERSION = "1"

_Members = dict[str, Any]
_STATUSES = {Status.WITHHELD: n.WITHHELD, Status.CANCELED: n.CANCELED}
_CONTEXT = f'"{n.CONTEXT}":"{n.SCHEMA_ORG}",'.encode()
_PAGES = "http://cv.iptc.org/newscodes/"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one object and a line end; a withdrawn one as what its readers are told, if they are.

    It takes its context from what stands around it.
    """
    if is_untold(article):
        return b""
    told = content is not Content.HEADLINE
    members = {
        n.TYPE: n.NEWS_ARTICLE,
        n.IDENTIFIER: article.guid,
        n.URL: article.url,
        n.MAIN_ENTITY_OF_PAGE: {n.TYPE: n.WEB_PAGE, n.ID: article.url} if article.url else None,
        n.HEADLINE: one_line(article.headline) or article.guid,
        **(_description(article, content) if told else {}),
        n.DATE_PUBLISHED: rfc3339(article.published),
        n.DATE_MODIFIED: rfc3339(article.changed),
        n.EXPIRES: rfc3339(article.expires) if article.expires else None,
        n.VERSION: article.version,
        n.CREATIVE_WORK_STATUS: _STATUSES.get(article.status),
        n.IN_LANGUAGE: article.language,
        n.AUTHOR: [_person(one) for one in article.authors if one.name],
        n.CONTRIBUTOR: [_person(one) for one in article.contributors if one.name],
        n.PUBLISHER: {n.TYPE: n.ORGANIZATION, n.NAME: publisher.name, n.URL: publisher.url},
        **_dateline(article),
        n.ARTICLE_SECTION: list(article.sections),
        n.GENRE: article.genre,
        n.ABOUT: [_subject(one, publisher) for one in article.subjects],
        n.KEYWORDS: list(article.keywords),
        n.ARTICLE_BODY: words(article) if content is Content.FULL else None,
        **(media_members(article) if told else {}),
        n.CORRECTION: _text(n.CORRECTION_COMMENT, n.TEXT, article.correction),
        **_rights(article.rights),
    }
    return orjson.dumps(_filled(members), option=orjson.OPT_APPEND_NEWLINE)


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The feed around the articles. It has no date of its own, so that it changes with its definition only."""
    feed, publisher = envelope.feed, envelope.publisher
    members = {
        n.CONTEXT: n.SCHEMA_ORG,
        n.TYPE: n.DATA_FEED,
        n.NAME: feed.title,
        n.DESCRIPTION: feed.description,
        n.URL: envelope.self_url,
        n.MAIN_ENTITY_OF_PAGE: {n.TYPE: n.WEB_PAGE, n.ID: feed.link},
        n.IN_LANGUAGE: feed.language,
        n.PUBLISHER: {n.TYPE: n.ORGANIZATION, n.NAME: publisher.name, n.URL: publisher.url},
    }
    head = orjson.dumps(_filled(members), option=orjson.OPT_INDENT_2)
    return head[:-2] + f',\n  "{n.ELEMENTS}": [\n'.encode(), b"]}\n"


def alone(fragment: bytes) -> bytes:
    """The article with its own context."""
    return b"{" + _CONTEXT + fragment[1:]


def words(article: Article) -> str:
    """The text of the body, blocks parted by an empty line. What has a property of its own is not in it."""
    return body_text(replace_all_but_body(article))


def replace_all_but_body(article: Article) -> Article:
    """The article with nothing but its body."""
    return Article(
        guid=article.guid, headline="", published=article.published, updated=article.updated, body=article.body
    )


def _description(article: Article, content: Content) -> _Members:
    """The abstract; where the text is not carried, what stands in for it. Highlights are always a list."""
    if content is Content.FULL:
        return {n.DESCRIPTION: article.abstract, n.ABSTRACT: list(article.highlights)}
    return {n.DESCRIPTION: summary(article)}


def _person(person: Person) -> _Members:
    user, _, host = (person.email or "").partition("@")
    return {
        n.TYPE: n.PERSON,
        n.NAME: person.name,
        n.EMAIL: person.email if user and host else None,
        n.JOB_TITLE: person.role,
    }


def _dateline(article: Article) -> _Members:
    dateline = article.dateline
    if dateline is None:
        return {}
    return {
        n.DATELINE: dateline.text,
        n.LOCATION_CREATED: _text(n.PLACE, n.NAME, dateline.place),
        n.SOURCE_ORGANIZATION: _text(n.ORGANIZATION, n.NAME, dateline.source),
    }


def _subject(subject: Subject, publisher: Publisher) -> _Members:
    """A term of its vocabulary; those of IPTC have an address each."""
    vocabulary = scheme_uri(subject.scheme, publisher.tag_authority)
    return {
        n.TYPE: n.DEFINED_TERM,
        n.ID: f"{vocabulary}{subject.code}" if vocabulary.startswith(_PAGES) else None,
        n.TERM_CODE: subject.code,
        n.NAME: subject.name,
        n.IN_DEFINED_TERM_SET: vocabulary,
    }


def _rights(rights: Rights) -> _Members:
    return {
        n.COPYRIGHT_HOLDER: _text(n.ORGANIZATION, n.NAME, rights.holder),
        n.COPYRIGHT_NOTICE: rights.notice,
        n.USAGE_INFO: _text(n.CREATIVE_WORK, n.TEXT, rights.usage),
    }


def _text(kind: str, name: str, text: str | None) -> _Members | None:
    return {n.TYPE: kind, name: text} if text else None


def _filled(value: Any) -> Any:
    """The value in characters that every format can carry, without what is empty."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [_filled(one) for one in value]
    if isinstance(value, dict):
        return {name: _filled(one) for name, one in value.items() if one or one == 0}
    return value
