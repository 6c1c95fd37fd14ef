"""Metadata about the content: administrative first, then what the content is about and how it is introduced."""

from collections.abc import Iterator
from functools import lru_cache

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.dialects import NEWEST, Dialect
from syndicate.formats.newsml_g2.item_meta import created, headline, language_of
from syndicate.formats.newsml_g2.schemes import (
    PLACE,
    ROLE,
    genre_code,
    genre_name,
    own_code,
    qcode,
    with_subject_codes,
)
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article, Person, Status
from syndicate.model.feed import Publisher
from syndicate.model.subject import Subject

_URGENCIES = range(1, 10)
_SUMMARY = ' role="drol:summary"'


def content_meta(article: Article, publisher: Publisher, dialect: Dialect = NEWEST) -> str:
    """The whole `contentMeta`; that of a kill keeps only what identifies the story."""
    is_kill = article.status is Status.CANCELED
    children = (
        *_administrative(article),
        *_descriptive(article, dialect),
        *(() if is_kill else _introducing(article)),
        text(n.CREDITLINE, _source(article) or publisher.name),
        *(() if is_kill else _summing_up(article)),
    )
    return make(n.CONTENT_META, children="".join(children))


def _administrative(article: Article) -> Iterator[str]:
    urgency = 1 if article.status is Status.CANCELED else article.urgency
    if urgency in _URGENCIES:
        yield text(n.URGENCY, str(urgency))
    yield text(n.CONTENT_CREATED, rfc3339(article.published))
    if article.updated > article.published:
        yield text(n.CONTENT_MODIFIED, created(article))
    if article.dateline is not None:
        yield _concept(n.LOCATED, "cpnat:geoArea", article.dateline.place)
        yield _concept(n.INFO_SOURCE, "cpnat:organisation", article.dateline.source)
    yield from (_person(n.CREATOR, person) for person in article.authors)
    yield from (_person(n.CONTRIBUTOR, person) for person in article.contributors)


def _descriptive(article: Article, dialect: Dialect) -> Iterator[str]:
    language = language_of(article)
    if language:
        yield _language(language)
    if article.genre:
        yield _genre(article.genre, language, dialect.is_for_superdesk)
    yield from map(_keyword, article.keywords)
    yield from map(_subject, with_subject_codes(article.subjects))
    if dialect.is_for_superdesk and article.dateline is not None:
        yield _place(article.dateline.place)
    yield text(n.SLUGLINE, article.slugline)
    yield text(n.HEADLINE, headline(article))


def _introducing(article: Article) -> Iterator[str]:
    yield text(n.DATELINE, article.dateline.text if article.dateline else None)
    yield text(n.BY, ", ".join(name for author in article.authors if (name := line(author.name))))


def _summing_up(article: Article) -> Iterator[str]:
    for highlight in article.highlights:
        yield text(n.DESCRIPTION, highlight, _SUMMARY)
    yield text(n.DESCRIPTION, article.abstract)


def _source(article: Article) -> str | None:
    return line(article.dateline.source) if article.dateline else None


def _subject(subject: Subject) -> str:
    return _written_subject(subject.scheme, subject.code, subject.name)


def _person(element: str, person: Person) -> str:
    return _written_person(element, person.name, person.role, person.email)


# Newsrooms name the same subjects, people and places again and again.
@lru_cache(maxsize=4096)
def _written_subject(scheme: str, code: str, name: str | None) -> str:
    """The subject by its code where that is possible, else as a literal."""
    label = qcode(scheme, code)
    identity = attribute("qcode", label) if label else attribute("literal", line(code) or line(name))
    return make(n.SUBJECT, f' type="cpnat:abstract"{identity}', text(n.NAME, name)) if identity else ""


@lru_cache(maxsize=4096)
def _written_person(element: str, name: str, role: str | None, email: str | None) -> str:
    address = text(n.EMAIL, email)
    contact = make(n.PERSON_DETAILS, children=make(n.CONTACT_INFO, children=address)) if address else ""
    return _concept(element, "cpnat:person", name, attribute("role", own_code(ROLE, role or "")), contact)


@lru_cache(maxsize=4096)
def _concept(element: str, kind: str, name: str | None, role: str = "", details: str = "") -> str:
    """Someone or something that has a name but no code."""
    label = line(name)
    if label is None:
        return ""
    return make(element, f' type="{kind}"{role}{attribute("literal", label)}', text(n.NAME, label) + details)


@lru_cache(maxsize=4096)
def _keyword(keyword: str) -> str:
    return text(n.KEYWORD, keyword)


@lru_cache(maxsize=256)
def _language(language: str) -> str:
    return make(n.LANGUAGE, attribute("tag", language))


@lru_cache(maxsize=1024)
def _genre(genre: str, language: str | None, is_for_superdesk: bool) -> str:
    word = line(genre)
    if word is None:
        return ""
    code = genre_code(word)
    identity = attribute("qcode", code) if code else attribute("literal", word)
    names = text(n.NAME, word, attribute("xml:lang", language))
    # Superdesk takes the name of a genre only when it says that it is English.
    if is_for_superdesk and code and not (language or "").startswith("en"):
        names += text(n.NAME, genre_name(code), ' xml:lang="en"')
    return make(n.GENRE, identity, names)


@lru_cache(maxsize=1024)
def _place(place: str | None) -> str:
    """The place as a subject, since Superdesk looks for it there, by a type of Reuters."""
    label = line(place)
    return make(n.SUBJECT, f' type="{PLACE}:5"{attribute("literal", label)}', text(n.NAME, label)) if label else ""
