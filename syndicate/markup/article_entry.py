"""An article as an entry of a feed: which of its fields go where, the same for RSS and Atom."""

from collections.abc import Iterator

from syndicate.markup.body_html import body_html, credit_of
from syndicate.markup.entry import Category, Entry, EntryLink, MediaFile, MediaObject, Name
from syndicate.markup.media_choice import attached, kind_of, played, posters, type_of
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Person
from syndicate.model.feed import Content, Publisher
from syndicate.model.media import Media, Rendition
from syndicate.model.subject import Subject

_IPTC = "http://cv.iptc.org/newscodes/"
# Aliases of IPTC's catalogue for subjects, https://cv.iptc.org/newscodes/
_SCHEMES = {"medtop": f"{_IPTC}mediatopic/", "subj": f"{_IPTC}subjectcode/"}


def entry_of(article: Article, publisher: Publisher, content: Content) -> Entry:
    """The article as an entry with as much of it as `content` says; the feed has no say in it."""
    told = content is not Content.HEADLINE
    return Entry(
        id=article.guid,
        title=one_line(article.headline) or article.guid,
        published=article.published,
        updated=article.updated,
        language=article.language,
        links=tuple(_links(article, told)),
        summary=summary(article) if told else None,
        content=body_html(article) or None if content is Content.FULL else None,
        authors=_names(article.authors),
        contributors=_names(article.contributors),
        categories=tuple(dict.fromkeys(_categories(article, publisher))),
        rights=article.rights.notice,
        media=tuple(_media(media) for media in article.media if media.renditions) if told else (),
    )


def scheme_uri(scheme: str, publisher: Publisher) -> str:
    """The IRI of a vocabulary: that of IPTC for its own, else one in the publisher's tag authority (RFC 4151)."""
    return _SCHEMES.get(scheme) or (scheme if ":" in scheme else f"tag:{publisher.tag_authority}:scheme:{scheme}")


def _links(article: Article, told: bool) -> Iterator[EntryLink]:
    if article.url:
        yield EntryLink(href=article.url)
    for link in article.links:
        if link.url:
            yield EntryLink(href=link.url, rel="related")
    if told and (found := attached(article)):
        media, rendition = found
        yield EntryLink(
            href=rendition.href,
            rel="enclosure",
            type=type_of(rendition),
            title=media.title,
            length=rendition.bytes,
        )


def _names(people: tuple[Person, ...]) -> tuple[Name, ...]:
    return tuple(Name(name=person.name, email=person.email) for person in people)


def _categories(article: Article, publisher: Publisher) -> Iterator[Category]:
    for section in article.sections:
        yield Category(term=section)
    for subject in article.subjects:
        yield _subject(subject, publisher)
    for keyword in article.keywords:
        yield Category(term=keyword)


def _subject(subject: Subject, publisher: Publisher) -> Category:
    return Category(term=subject.code, scheme=scheme_uri(subject.scheme, publisher), label=subject.name)


def _media(media: Media) -> MediaObject:
    files = played(media)
    small = posters(media) or (files[-1:] if len(files) > 1 and kind_of(media, files[-1]) == "image" else ())
    return MediaObject(
        files=tuple(_file(media, rendition) for rendition in files),
        thumbnails=tuple(_file(media, rendition) for rendition in small),
        title=media.title,
        description=media.caption,
        credit=credit_of(media) or None,
        duration=media.duration,
    )


def _file(media: Media, rendition: Rendition) -> MediaFile:
    return MediaFile(
        url=rendition.href,
        type=type_of(rendition),
        medium=kind_of(media, rendition),
        width=rendition.width,
        height=rendition.height,
        bytes=rendition.bytes,
    )
