"""An article as an item of ninjs 3.1: each field where the standard has a place for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.body import body_of
from syndicate.formats.ninjs.concepts import uri_of
from syndicate.formats.ninjs.counts import counts_of
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.dates import rfc3339
from syndicate.markup.escape import sound
from syndicate.markup.media_choice import posters
from syndicate.markup.summary import summary
from syndicate.markup.xml import clean
from syndicate.model.article import Article, Link, Person, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.model.subject import Subject

Item = dict[str, Any]

_URGENCIES = range(1, 10)
_TYPES = {
    MediaType.PICTURE: n.PICTURE, MediaType.VIDEO: "video", MediaType.AUDIO: "audio", MediaType.GRAPHIC: "graphic",
    MediaType.DOCUMENT: n.COMPONENT,
}  # fmt: skip


def item_of(article: Article, publisher: Publisher, content: Content) -> Item:
    """The article with as much of it as `content` says."""
    is_told = content is not Content.HEADLINE
    dateline = article.dateline
    place = clean(dateline.place or "") if dateline else ""
    return filled({
        n.URI: sound(article.guid),
        n.TYPE: n.TEXT,
        n.REPRESENTATION_TYPE: n.FULL if content is Content.FULL else n.PARTIAL,
        n.VERSION: str(max(article.version, 1)),
        n.FIRST_CREATED: rfc3339(article.published),
        n.VERSION_CREATED: rfc3339(max(article.updated, article.published)),
        n.EMBARGOED_UNTIL: _not_before(article.embargo),
        n.PUB_STATUS: article.status.value,
        n.URGENCY: _urgency(article),
        n.COPYRIGHT_HOLDER: clean(article.rights.holder or ""),
        n.COPYRIGHT_NOTICE: clean(article.rights.notice or ""),
        n.USAGE_TERMS: clean(article.rights.usage or ""),
        n.ED_NOTE: "\n\n".join(filter(None, (clean(article.note or ""), clean(article.correction or "")))),
        n.LANGUAGE: sound(article.language),
        n.HEADLINES: _texts(n.MAIN, (article.headline,)),
        n.DESCRIPTIONS: [*_descriptions(article, content)],
        n.BODIES: [*_bodies(article)] if content is Content.FULL else [],
        n.PEOPLE: [*_people(article.authors, n.AUTHOR), *_people(article.contributors, n.CONTRIBUTOR)],
        n.SUBJECTS: [*_subjects(article)],
        n.PLACES: [{n.NAME: place}] if place else [],
        n.INFO_SOURCES: [*_sources(dateline.source if dateline else None, publisher)],
        n.BY: ", ".join(sound(person.name) for person in article.authors),
        n.SLUGLINE: sound(article.slugline or ""),
        n.LOCATED: place,
        n.RENDITIONS: [*page(article.url)],
        n.ASSOCIATIONS: [*_associations(article, with_media=is_told)],
        n.GENRES: [{n.NAME: sound(article.genre)}] if article.genre else [],
        n.EXPIRES: rfc3339(article.expires) if article.expires else "",
    })  # fmt: skip


def filled(members: Item) -> Item:
    """The members that say something."""
    return {name: value for name, value in members.items() if value or value == 0}


def provider(publisher: Publisher) -> Item:
    """The publisher as the source that supplies an item."""
    return filled({n.NAME: sound(publisher.name), n.ROLE: n.PROVIDER, n.URI: address(publisher.url)})


def page(url: str | None, name: str = n.WEB, kind: str = n.HTML) -> Iterator[Item]:
    """A rendition for a page on the web; none when its address cannot be published."""
    if href := address(url):
        yield {n.NAME: name, n.HREF: href, n.CONTENT_TYPE: kind}


def address(url: str | None) -> str | None:
    """The address in ASCII, or None when it cannot be published."""
    try:
        return absolute(sound(url or "").strip(), None, WEB)
    except AddressError:
        return None


def media_uri(guid: str, media_id: str) -> str:
    """The uri of one media of an article, as permanent as the article's."""
    separator = ":" if guid.startswith(("tag:", "urn:")) else "#"
    return f"{guid}{separator}media{separator}{quote(media_id, safe='', errors='replace')}"


def _not_before(moment: datetime | None) -> str:
    """The moment in whole seconds, none of them too early."""
    if moment is None:
        return ""
    return rfc3339(moment + timedelta(seconds=1) if moment.microsecond else moment)


def _urgency(article: Article) -> int | None:
    """A kill goes first."""
    urgency = 1 if article.status is Status.CANCELED else article.urgency
    return urgency if urgency in _URGENCIES else None


def _texts(role: str, values: Sequence[str | None]) -> list[Item]:
    found = (clean(value or "") for value in values)
    return [{n.ROLE: role, n.CONTENT_TYPE: n.PLAIN, n.VALUE: value} for value in found if value]


def _descriptions(article: Article, content: Content) -> Iterator[Item]:
    if content is not Content.HEADLINE:
        yield from _texts(n.SUMMARY, (article.abstract if content is Content.FULL else summary(article),))
        yield from _texts(n.HIGHLIGHT, article.highlights)
    yield from _texts(n.CORRECTION, (article.correction,))


def _bodies(article: Article) -> Iterator[Item]:
    html = clean(body_of(article))
    if html:
        words, characters = counts_of(html)
        yield {
            n.ROLE: n.MAIN, n.CONTENT_TYPE: n.HTML, n.CHAR_COUNT: characters, n.WORD_COUNT: words, n.VALUE: html,
        }  # fmt: skip


def _people(people: Sequence[Person], relation: str) -> Iterator[Item]:
    return (_person(person.name, person.email, person.role, relation) for person in people)


def _subjects(article: Article) -> Iterator[Item]:
    """Concepts by their addresses; sections and keywords, for which there is no other place, say what they are."""
    yield from map(_subject, article.subjects)
    yield from (_word(section, n.SECTION) for section in article.sections)
    yield from (_word(keyword, n.KEYWORD) for keyword in article.keywords)


def _sources(source: str | None, publisher: Publisher) -> Iterator[Item]:
    yield provider(publisher)
    if source:
        yield {n.NAME: clean(source), n.ROLE: n.SOURCE}


# A newsroom names the same few people and concepts again and again.
@lru_cache(maxsize=4096)
def _person(name: str, email: str | None, role: str | None, relation: str) -> Item:
    contacts = ((n.EMAIL, email), (n.VCARD_ROLE, role))
    return filled({
        n.NAME: sound(name),
        n.REL: relation,
        n.CONTACT_INFO: [{n.TYPE: kind, n.VALUE: clean(value)} for kind, value in contacts if value],
    })  # fmt: skip


@lru_cache(maxsize=4096)
def _subject(subject: Subject) -> Item:
    uri = uri_of(subject)
    literal = "" if uri else clean(f"{subject.scheme}:{subject.code}")
    return filled({n.NAME: clean(subject.name or ""), n.URI: uri, n.LITERAL: literal})


def _word(word: str, relation: str) -> Item:
    return {n.NAME: sound(word), n.REL: relation}


def _associations(article: Article, *, with_media: bool) -> Iterator[Item]:
    taken: set[str] = set()
    for media in article.media if with_media else ():
        name = _unlike(media.id, taken)
        yield {n.NAME: name, n.REL: media.role.value, **_media(article, media)}
    for number, link in enumerate(article.links, 1):
        yield from _link(link, _unlike(f"link{number}_{link.rel}", taken))


def _unlike(name: str, taken: set[str]) -> str:
    """The name, or one like it that is not taken."""
    name = wanted = clean(name) or "media"
    number = 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    taken.add(name)
    return name


def _media(article: Article, media: Media) -> Item:
    return filled({
        n.URI: media_uri(sound(article.guid), media.id),
        n.TYPE: _TYPES[media.type],
        # Receivers make an item of its own of it, to which nothing else would tell.
        n.EMBARGOED_UNTIL: _not_before(article.embargo),
        n.HEADLINES: _texts(n.MAIN, (media.title,)),
        n.SLUGLINE: clean(media.name or ""),
        n.DESCRIPTIONS: _texts(n.CAPTION, (media.caption,)),
        n.BY: clean(media.credit or ""),
        n.INFO_SOURCES: [{n.NAME: clean(media.source), n.ROLE: n.SOURCE}] if media.source else [],
        n.RENDITIONS: [*_renditions(media)],
    })  # fmt: skip


def _renditions(media: Media) -> Iterator[Item]:
    """The files; each that runs says for how long. A duration is told even where no file is known."""
    pictures = posters(media)
    is_told = media.duration is None
    for number, rendition in enumerate(media.renditions, 1):
        is_poster = rendition in pictures
        if href := address(rendition.href):
            yield _rendition(rendition, href, _name(number, is_poster), None if is_poster else media.duration)
            is_told = is_told or not is_poster
    if not is_told:
        yield {n.NAME: f"r{len(media.renditions) + 1}", n.DURATION: media.duration}


def _name(number: int, is_poster: bool) -> str:
    kind = "poster" if is_poster else n.MAIN
    return kind if number == 1 else f"{kind}{number}"


def _rendition(rendition: Rendition, href: str, name: str, duration: int | None) -> Item:
    return filled({
        n.NAME: name,
        n.HREF: href,
        n.CONTENT_TYPE: clean(rendition.type or ""),
        n.WIDTH: rendition.width,
        n.HEIGHT: rendition.height,
        n.SIZE_IN_BYTES: rendition.bytes,
        n.DURATION: duration,
    })  # fmt: skip


def _link(link: Link, name: str) -> Iterator[Item]:
    """A reference to another story; where only its page is known, that is its name too."""
    url = address(link.url)
    target = sound(link.guid or "") or url
    if target:
        yield filled({
            n.NAME: name,
            n.REL: clean(link.rel),
            n.URI: target,
            n.TYPE: n.TEXT,
            n.REPRESENTATION_TYPE: n.PARTIAL,
            n.RENDITIONS: [*page(url)],
        })  # fmt: skip
