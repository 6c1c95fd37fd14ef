"""The NewsComponent of an item: lines and metadata, the text as NITF, and a component for each of its media."""

import re
from collections.abc import Iterator
from dataclasses import replace

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.item import headline
from syndicate.formats.newsml_1_2.write import Attribute, line, make, one, property_of, text
from syndicate.markup import body_nitf
from syndicate.markup.escape import escape
from syndicate.markup.nitf_subjects import with_codes
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Person, Status
from syndicate.model.body import Paragraph
from syndicate.model.feed import Publisher
from syndicate.model.media import Media, Rendition
from syndicate.model.subject import Subject

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_NOTICES = {
    Status.WITHHELD: "This story is on hold. Do not publish it, and take it back where it is published.",
    Status.CANCELED: "This story is withdrawn. Do not publish it, and take it back where it is published.",
}


def component(article: Article, publisher: Publisher) -> str:
    """The whole `NewsComponent`: the text in it, or beside its media in components of their own."""
    shown = article if article.status is Status.USABLE else _emptied(article)
    parts = (_lines(shown, publisher), _administrative(shown, publisher), _rights(shown), _descriptive(shown))
    content = _text(shown)
    if shown.media:
        content = make(n.COMPONENT, one(n.ROLE, n.MAIN), content)
    return make(n.COMPONENT, *parts, content, *map(_media, shown.media), attributes=language(article))


def language(article: Article) -> tuple[Attribute, ...]:
    """The language, unless it is none."""
    return (("xml:lang", article.language),) if _LANGUAGE.match(article.language) else ()


def _emptied(article: Article) -> Article:
    """The article with a notice in the place of its content, since some receivers refuse an empty body."""
    notice = one_line(article.correction or "") or _NOTICES[article.status]
    return replace(
        article,
        headline=headline(article),
        abstract=None,
        highlights=(),
        dateline=None,
        body=(Paragraph(html=escape(notice)),),
        media=(),
    )


def _lines(article: Article, publisher: Publisher) -> str:
    dateline, rights = article.dateline, article.rights
    bylines = (
        text(n.BYLINE, author.name) + text(n.BYLINE_TITLE, author.role) if line(author.name) else ""
        for author in article.authors
    )
    return make(
        n.LINES,
        text(n.HEADLINE, article.headline),
        *bylines,
        text(n.DATELINE, dateline.text if dateline else None),
        text(n.CREDITLINE, (dateline.source if dateline else None) or publisher.name),
        text(n.COPYRIGHTLINE, rights.notice),
        text(n.SLUGLINE, article.slugline),
        *(text(n.KEYWORDLINE, keyword) for keyword in article.keywords),
        _line(n.ABSTRACT, article.abstract),
        *(_line(n.HIGHLIGHT, highlight) for highlight in article.highlights),
        _line(n.CORRECTION, article.correction),
        "" if rights.notice else _line(n.PUBLISHER_NOTICE, publisher.rights),
    )


def _line(kind: str, value: str | None) -> str:
    shown = text(n.NEWSLINE_TEXT, value)
    return make(n.NEWSLINE, one(n.NEWSLINE_TYPE, kind), shown) if shown else ""


def _administrative(article: Article, publisher: Publisher) -> str:
    source = article.dateline.source if article.dateline else None
    return make(
        n.ADMINISTRATIVE,
        make(n.PROVIDER, one(n.PARTY, publisher.name)),
        *(_person(n.CREATOR, author) for author in article.authors),
        make(n.SOURCE, one(n.PARTY, source)),
        *(_person(n.CONTRIBUTOR, one) for one in article.contributors),
        property_of(n.GENERATOR, n.OURS),
    )


def _person(name: str, person: Person) -> str:
    known = (property_of(n.ROLE, person.role), property_of(n.EMAIL, person.email))
    return make(name, make(n.PARTY, *known, attributes=((n.FORMAL_NAME, person.name),))) if line(person.name) else ""


def _rights(article: Article) -> str:
    rights = article.rights
    copyright_ = text(n.HOLDER, rights.holder)
    if copyright_:
        copyright_ = make(n.COPYRIGHT, copyright_, text(n.COPYRIGHT_DATE, f"{article.published.year:04}"))
    return make(n.RIGHTS, copyright_, make(n.USAGE, text(n.LIMITATIONS, rights.usage)))


def _descriptive(article: Article) -> str:
    place = article.dateline.place if article.dateline else None
    return make(
        n.DESCRIPTIVE,
        *(one(n.LANGUAGE, tag) for _, tag in language(article)),
        one(n.GENRE, article.genre),
        *(
            make(n.SUBJECT_CODE, one(n.SUBJECT, subject.code, (n.SCHEME, n.SUBJECT_SCHEME)))
            for subject in with_codes(article.subjects)
        ),
        make(n.LOCATION, property_of(n.CITY, place), attributes=(("HowPresent", "Origin"),)) if line(place) else "",
        *map(_subject, article.subjects),
        *(property_of(n.SECTION, section) for section in article.sections),
        property_of(n.URL, article.url),
    )


def _subject(subject: Subject) -> str:
    """The subject with its own scheme and code, which `SubjectCode` has no place for."""
    if line(subject.code) is None:
        return ""
    return property_of(n.SUBJECT, subject.code, property_of(n.NAME, subject.name), scheme=subject.scheme)


def _text(article: Article) -> str:
    body, words = body_nitf.body(article, is_alone=True)
    if article.status is not Status.USABLE:
        body = body.replace("<p>", f'<p class="{n.WITHDRAWN}">', 1)
    return make(
        n.CONTENT_ITEM,
        one(n.MEDIA_TYPE_ELEMENT, "Text"),
        one(n.FORMAT, "NITF"),
        one(n.MIME_TYPE, "text/vnd.IPTC.NITF"),
        make(n.CHARACTERISTICS, property_of("WordCount", str(words))),
        f"<{n.DATA}>\n<{n.NITF}>\n{body}\n</{n.NITF}>\n</{n.DATA}>\n",
    )


def _media(media: Media) -> str:
    """A component with its lines, its caption as a text, and each file; `Euid` is its id in the text."""
    lines = make(
        n.LINES,
        text(n.HEADLINE, media.title),
        text(n.CREDITLINE, media.credit or media.source),
        text(n.SLUGLINE, media.name),
    )
    return make(
        n.COMPONENT,
        one(n.ROLE, n.MEDIA_WORDS.get(media.type, n.SUPPLEMENTARY)),
        lines,
        make(n.ADMINISTRATIVE, make(n.SOURCE, one(n.PARTY, media.source))),
        _caption(media),
        _files(media),
        attributes=((n.EUID, media.id),),
    )


def _caption(media: Media) -> str:
    caption = text("p", media.caption)
    if not caption:
        return ""
    content = make(n.CONTENT_ITEM, one(n.MEDIA_TYPE_ELEMENT, "Text"), make(n.DATA, caption))
    return make(n.COMPONENT, one(n.ROLE, n.CAPTION), content)


def _files(media: Media) -> str:
    files = [_file(media, rendition) for rendition in media.renditions]
    if not files and media.duration is None:
        return ""
    return make(n.COMPONENT, one(n.ROLE, n.MAIN), *(files or [_file(media, None)]))


def _file(media: Media, rendition: Rendition | None) -> str:
    return make(
        n.CONTENT_ITEM,
        one(n.MEDIA_TYPE_ELEMENT, n.MEDIA_WORDS.get(media.type)),
        one(n.MIME_TYPE, rendition.type if rendition else None),
        make(n.CHARACTERISTICS, *_characteristics(media, rendition)),
        attributes=((n.HREF, rendition.href if rendition else None),),
    )


def _characteristics(media: Media, rendition: Rendition | None) -> Iterator[str]:
    if rendition is not None:
        yield text(n.SIZE, str(rendition.bytes)) if rendition.bytes else ""
        yield property_of("Width", str(rendition.width)) if rendition.width else ""
        yield property_of("Height", str(rendition.height)) if rendition.height else ""
    if media.duration is not None:
        yield property_of("Duration", str(media.duration))
