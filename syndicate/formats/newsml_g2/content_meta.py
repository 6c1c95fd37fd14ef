"""Metadata about the content: administrative first, then what the content is about and how it is introduced."""

from collections.abc import Iterator

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.item_meta import created, headline, language_of
from syndicate.formats.newsml_g2.schemes import ROLE, of_genre, of_subject, own_code, with_subject_codes
from syndicate.formats.newsml_g2.write import LANG, Attributes, Element, line, make, text
from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article, Person, Status
from syndicate.model.feed import Publisher
from syndicate.model.subject import Subject

_URGENCIES = range(1, 10)


def content_meta(article: Article, publisher: Publisher) -> Element:
    """The whole `contentMeta`; that of a kill keeps only what identifies the story."""
    children = [*_administrative(article), *_descriptive(article)]
    if article.status is not Status.CANCELED:
        children += _introducing(article)
    children.append(text(n.CREDITLINE, _source(article) or publisher.name))
    if article.status is not Status.CANCELED:
        children += _summing_up(article)
    return make(n.CONTENT_META, children=children)


def _administrative(article: Article) -> Iterator[Element | None]:
    urgency = 1 if article.status is Status.CANCELED else article.urgency
    yield text(n.URGENCY, str(urgency)) if urgency in _URGENCIES else None
    yield text(n.CONTENT_CREATED, rfc3339(article.published))
    yield text(n.CONTENT_MODIFIED, created(article)) if article.updated > article.published else None
    if article.dateline is not None:
        yield _concept(n.LOCATED, {"type": "cpnat:geoArea"}, article.dateline.place)
        yield _concept(n.INFO_SOURCE, {"type": "cpnat:organisation"}, article.dateline.source)
    yield from (_person(n.CREATOR, person) for person in article.authors)
    yield from (_person(n.CONTRIBUTOR, person) for person in article.contributors)


def _descriptive(article: Article) -> Iterator[Element | None]:
    if language := language_of(article):
        yield make(n.LANGUAGE, {"tag": language})
    if line(article.genre):
        # Superdesk takes the name of a genre only when it says that it is English.
        name = text(n.NAME, article.genre, {LANG: language_of(article)})
        yield make(n.GENRE, of_genre(article.genre or ""), [name])
    yield from (text(n.KEYWORD, keyword) for keyword in article.keywords)
    yield from map(_subject, with_subject_codes(article.subjects))
    yield text(n.SLUGLINE, article.slugline)
    yield text(n.HEADLINE, headline(article))


def _introducing(article: Article) -> Iterator[Element | None]:
    yield text(n.DATELINE, article.dateline.text if article.dateline else None)
    yield text(n.BY, ", ".join(name for author in article.authors if (name := line(author.name))))


def _summing_up(article: Article) -> Iterator[Element | None]:
    for highlight in article.highlights:
        yield text(n.DESCRIPTION, highlight, {"role": "drol:summary"})
    yield text(n.DESCRIPTION, article.abstract)


def _source(article: Article) -> str | None:
    return line(article.dateline.source) if article.dateline else None


def _subject(subject: Subject) -> Element | None:
    attributes = of_subject(subject)
    if not any(attributes.values()):
        return None
    return make(n.SUBJECT, {"type": "cpnat:abstract", **attributes}, [text(n.NAME, subject.name)])


def _person(name: str, person: Person) -> Element | None:
    role = own_code(ROLE, person.role or "")
    email = text(n.EMAIL, person.email)
    contact = None if email is None else make(n.PERSON_DETAILS, children=[make(n.CONTACT_INFO, children=[email])])
    return _concept(name, {"type": "cpnat:person", "role": role}, person.name, contact)


def _concept(name: str, attributes: Attributes, label: str | None, *details: Element | None) -> Element | None:
    """Someone or something that has a name but no code."""
    label = line(label)
    if label is None:
        return None
    return make(name, {**attributes, "literal": label}, [text(n.NAME, label), *details])
