"""The `head` of a NITF document: what an article says of itself besides its text."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.formats.nitf import names as n
from syndicate.markup.dates import compact
from syndicate.markup.escape import sound
from syndicate.markup.nitf import attribute, spaced, text
from syndicate.markup.nitf_subjects import subject_codes
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Link, Person, Status
from syndicate.model.feed import Publisher
from syndicate.model.subject import Subject

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")


def head(article: Article, publisher: Publisher, version: str, words: int) -> str:
    """The whole `head`; `version` is that of the renderer, `words` the number of those in the text."""
    parts = (
        text(n.TITLE_ELEMENT, headline(article)),
        *_metas(article, publisher, version),
        _tobject(article),
        spaced(n.DOCDATA, _docdata(article, publisher), _management(article)),
        *_publications(article, words),
        *_history(article),
    )
    return spaced(n.HEAD, parts)


def headline(article: Article) -> str:
    """The headline for receivers; that of a kill says so, since some of them show nothing else."""
    return f"{n.KILL}{article.headline}" if article.status is Status.CANCELED else article.headline


def language_of(article: Article) -> str | None:
    """The language tag, or None when it is none."""
    return article.language if _LANGUAGE.match(article.language) else None


def line(value: str | None) -> str | None:
    """The text as an attribute can carry it, on one line; None when nothing is left."""
    return one_line(sound(value)) or None if value else None


def make(name: str, *attributes: tuple[str, str | None]) -> str:
    """The empty element with those of the attributes that have a value; nothing when none has."""
    stated = "".join(attribute(key, line(value)) for key, value in attributes)
    return f"<{name}{stated}/>" if stated else ""


def _meta(name: str, value: str | None) -> str:
    return f"<{n.META}{attribute('name', name)}{attribute('content', line(value))}/>" if line(value) else ""


def _metas(article: Article, publisher: Publisher, version: str) -> Iterator[str]:
    yield _meta(n.GENERATOR, f"{n.OURS} {version}")
    yield from (_meta(name, article.slugline) for name in (n.SLUGLINE, n.ANPA_KEYWORD))
    yield _meta(n.NOTICE, article.rights.notice)
    yield _meta(n.PUBLISHER, publisher.name)
    yield _meta(n.PUBLISHER_NOTICE, publisher.rights)
    dateline = article.dateline
    if dateline is not None and dateline.place and not sound(dateline.text).startswith(sound(dateline.place)):
        yield _meta(n.PLACE, dateline.place)
    yield from map(_link, article.links)


def _link(link: Link) -> str:
    """A tie to another story: `guid=` and `url=`, whichever is known."""
    relation = link.rel if _TOKEN.match(link.rel) else "seeAlso"
    known = (("guid", link.guid), ("url", link.url))
    return _meta(f"{n.LINK}{relation}", " ".join(f"{key}={value}" for key, value in known if value))


def _tobject(article: Article) -> str:
    subjects = (
        make(n.SUBJECT, (n.REFNUM, one.code), ("tobject.subject.matter", one.name))
        for one in subject_codes(article.subjects)
    )
    genre = make(n.PROPERTY, ("tobject.property.type", article.genre))
    return spaced(n.TOBJECT, (genre, *subjects), ' tobject.type="news"')


def _management(article: Article) -> str:
    """The status; a kill names the document that it takes back, which has the same id."""
    status = article.status.value
    if article.status is Status.USABLE and article.embargo is not None:
        status = n.EMBARGOED
    stated = attribute(n.STATUS, status)
    if article.status is not Status.USABLE:
        stated += attribute(n.STATUS_OF, line(article.guid)) + attribute(n.STATUS_OF_IT, status)
    return stated


def _docdata(article: Article, publisher: Publisher) -> Iterator[str]:
    source = urlsplit(publisher.url).hostname or publisher.name
    if line(article.correction):
        yield make(n.CORRECTION, ("info", article.correction), ("id-string", article.guid), ("regsrc", source))
    yield make(n.DOC_ID, ("regsrc", source), ("id-string", article.guid))
    urgency = 1 if article.status is Status.CANCELED else article.urgency
    if urgency in n.URGENCIES:
        yield make(n.URGENCY, ("ed-urg", str(urgency)))
    yield make(n.ISSUE, (n.NORM, compact(max(article.updated, article.published))))
    if article.embargo is not None:
        yield make(n.RELEASE, (n.NORM, compact(article.embargo)))
    if article.expires is not None:
        yield make(n.EXPIRE, (n.NORM, compact(article.expires)))
    yield from (make(n.DOC_SCOPE, ("scope", section)) for section in article.sections)
    yield make(n.ED_MSG, ("info", article.note))
    yield make(n.DU_KEY, ("version", str(max(article.version, 1))), ("key", article.guid))
    yield from _rights(article, publisher)
    keywords = [made for keyword in article.keywords if (made := make(n.KEYWORD, ("key", keyword)))]
    yield spaced(n.KEY_LIST, keywords) if keywords else ""
    concepts = [made for subject in article.subjects if (made := _concept(subject))]
    yield spaced(n.IDENTIFIED, concepts) if concepts else ""


def _rights(article: Article, publisher: Publisher) -> Iterator[str]:
    rights = article.rights
    yield make(n.COPYRIGHT, ("year", f"{article.published.year:04}"), ("holder", line(rights.holder) or publisher.name))
    yield make(n.RIGHTS, ("owner", rights.holder), ("limitations", rights.usage))


def _concept(subject: Subject) -> str:
    """The subject with its own scheme and code, which `tobject.subject` has no place for."""
    identity = attribute("idsrc", line(subject.scheme)) + attribute("value", line(subject.code))
    name = text(n.CLASSIFIER, subject.name, f' type="subject"{identity}')
    return name or (f'<{n.CLASSIFIER} type="subject"{identity}/>' if identity else "")


def _publications(article: Article, words: int) -> Iterator[str]:
    """When and where the story first went out."""
    yield make(
        n.PUBDATA,
        ("type", "web"),
        ("item-length", str(words)),
        ("unit-of-measure", "word"),
        ("date.publication", compact(article.published)),
        ("ex-ref", article.url),
    )


def _history(article: Article) -> Iterator[str]:
    """Who had a hand in it, but for what the byline says, and what this revision is to the one before."""
    yield from (_hand(one, n.WRITER) for one in article.authors if line(one.email))
    yield from (_hand(one, n.HELPER) for one in article.contributors)
    if article.signal is not None:
        yield make(n.HISTORY, ("function", "editor"), (n.NORM, compact(article.updated)), ("comment", article.signal))


def _hand(person: Person, function: str) -> str:
    if not line(person.name):
        return ""
    email = line(person.email)
    said = " ".join(filter(None, (line(person.role), f"mailto:{email}" if email else None)))
    return make(n.HISTORY, ("name", person.name), ("function", function), ("comment", said))
