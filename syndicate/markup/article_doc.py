"""An article from the values that the store keeps: all names there, every value fit, as `article_json.dumps` writes it.

That is half the time of `article_json.from_dict`, which asks each value what it is and can say what is wrong with it.
"""

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from types import NoneType
from typing import Any, TypeVar

from syndicate.markup.dates import parse_rfc3339
from syndicate.model.article import Article, Dateline, Link, Person, Signal, Status
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

Values = dict[str, Any]
_Item = TypeVar("_Item")

_TEXT = frozenset({str})
MAYBE_TEXT = frozenset({str, NoneType})
_STATUSES = {str(word): word for word in Status}
_SIGNALS: dict[str | None, Signal | None] = {None: None, **{str(word): word for word in Signal}}
_TYPES = {str(word): word for word in MediaType}
_ROLES = {str(word): word for word in MediaRole}

_PERSON = itemgetter("name", "email", "role")
_SUBJECT = itemgetter("scheme", "code", "name")
_DATELINE = itemgetter("text", "place", "source")
_RIGHTS = itemgetter("holder", "notice", "usage")
_LINK = itemgetter("rel", "guid", "url")
RENDITION = itemgetter("href", "type", "width", "height", "bytes")
_MEDIA = itemgetter("name", "title", "caption", "credit", "source")
_TEXTS_OF_ARTICLE = itemgetter("slugline", "abstract", "genre", "url", "note", "correction")


class Unfit(ValueError):
    """A value that is not what the store keeps."""


def article_of(values: Values) -> Article:
    """The article; Unfit, KeyError, TypeError or ValueError when the values are not just as they should be."""
    slugline, abstract, genre, url, note, correction = _maybe(_TEXTS_OF_ARTICLE(values))
    dateline, embargo, expires = values["dateline"], values["embargo"], values["expires"]
    significant = values["significant"]
    return Article(
        guid=fit_text(values["guid"]),
        version=fit_number(values["version"]) or 1,
        status=_STATUSES[values["status"]],
        language=fit_text(values["language"]),
        headline=fit_text(values["headline"]),
        slugline=slugline,
        abstract=abstract,
        highlights=_texts(values["highlights"]),
        authors=_each(values["authors"], _PERSON, person),
        contributors=_each(values["contributors"], _PERSON, person),
        dateline=None if dateline is None else _dateline(*_DATELINE(dateline)),
        body=_body(values["body"]),
        media=tuple([_media(one) for one in fit_list(values["media"])]),
        sections=_texts(values["sections"]),
        subjects=_each(values["subjects"], _SUBJECT, subject),
        keywords=_texts(values["keywords"]),
        genre=genre,
        urgency=fit_number(values["urgency"]),
        published=parse_rfc3339(values["published"]),
        updated=parse_rfc3339(values["updated"]),
        embargo=None if embargo is None else parse_rfc3339(embargo),
        expires=None if expires is None else parse_rfc3339(expires),
        url=url,
        rights=rights(*_RIGHTS(values["rights"])),
        note=note,
        correction=correction,
        links=_each(values["links"], _LINK, _link),
        derived=_texts(values["derived"]),
        signal=_SIGNALS[values["signal"]],
        significant=None if significant is None else parse_rfc3339(significant),
    )


# A newsroom has few people, subjects, places and notices, and names them again and again.
@lru_cache(maxsize=4096)
def person(name: str, email: str | None, role: str | None) -> Person:
    """The author or contributor; raises Unfit, or TypeError for what is no text."""
    email, role = _maybe((email, role))
    return Person(name=fit_text(name), email=email, role=role)


@lru_cache(maxsize=4096)
def subject(scheme: str, code: str, name: str | None) -> Subject:
    """The subject; raises as `person`."""
    return Subject(scheme=fit_text(scheme), code=fit_text(code), name=_maybe((name,))[0])


@lru_cache(maxsize=1024)
def _dateline(text: str, place: str | None, source: str | None) -> Dateline:
    place, source = _maybe((place, source))
    return Dateline(text=fit_text(text), place=place, source=source)


@lru_cache(maxsize=256)
def rights(holder: str | None, notice: str | None, usage: str | None) -> Rights:
    """The rights; raises as `person`."""
    holder, notice, usage = _maybe((holder, notice, usage))
    return Rights(holder=holder, notice=notice, usage=usage)


def _link(rel: str, guid: str | None, url: str | None) -> Link:
    guid, url = _maybe((guid, url))
    return Link(rel=fit_text(rel), guid=guid, url=url)


def _media(values: Values) -> Media:
    name, title, caption, credit, source = _maybe(_MEDIA(values))
    return Media(
        id=fit_text(values["id"]),
        type=_TYPES[values["type"]],
        role=_ROLES[values["role"]],
        name=name,
        title=title,
        caption=caption,
        credit=credit,
        source=source,
        duration=fit_number(values["duration"]),
        renditions=tuple([_rendition(*RENDITION(one)) for one in fit_list(values["renditions"])]),
    )


def _rendition(href: str, kind: str | None, width: int | None, height: int | None, size: int | None) -> Rendition:
    if not (type(href) is str and href and type(kind) in MAYBE_TEXT):
        raise Unfit
    return Rendition(
        href=href, type=kind or None, width=fit_number(width), height=fit_number(height), bytes=fit_number(size)
    )


def _body(found: Any) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for values in fit_list(found):
        kind = values["type"]
        if kind == "paragraph" and type(html := values["html"]) is str and html:
            blocks.append(Paragraph(html=html))
        else:
            blocks.append(_BLOCKS[kind](values))
    return tuple(blocks)


def _heading(values: Values) -> Heading:
    level = values["level"]
    if type(level) is not int or not 2 <= level <= 6:
        raise Unfit
    return Heading(html=fit_text(values["html"]), level=level)


_BLOCKS: dict[str, Callable[[Values], Block]] = {
    "heading": _heading,
    "media": lambda v: MediaBlock(media=fit_text(v["media"])),
    "list": lambda v: ListBlock(items=_texts(v["items"]), ordered=bool(v["ordered"])),
    "quote": lambda v: Quote(html=fit_text(v["html"]), cite=_maybe((v["cite"],))[0]),
    "table": lambda v: Table(html=fit_text(v["html"])),
    "related": lambda v: Related(title=fit_text(v["title"]), url=_maybe((v["url"],))[0]),
    "embed": lambda v: Embed(url=fit_text(v["url"]), html=_maybe((v["html"],))[0] or ""),
    "tagline": lambda v: Tagline(html=fit_text(v["html"])),
}


def _each(found: Any, fields: "itemgetter[Any]", make: Callable[..., _Item]) -> tuple[_Item, ...]:
    return tuple([make(*fields(one)) for one in fit_list(found)])


def fit_list(found: Any) -> list[Any]:
    """The value, which must be a list; Unfit otherwise."""
    if type(found) is not list:
        raise Unfit
    return found


def _texts(found: Any) -> tuple[str, ...]:
    if not _TEXT.issuperset(map(type, fit_list(found))):
        raise Unfit
    return tuple(filter(None, found))


def fit_text(value: Any) -> str:
    """The value, which must be a text that is not empty; Unfit otherwise."""
    if type(value) is not str or not value:
        raise Unfit
    return value


def _maybe(found: tuple[Any, ...]) -> tuple[str | None, ...]:
    """Texts, None for those that are empty."""
    if not MAYBE_TEXT.issuperset(map(type, found)):
        raise Unfit
    return tuple([one or None for one in found]) if "" in found else found


def fit_number(value: Any) -> int | None:
    """The value, which must be a whole number from 0 on, or None; Unfit otherwise."""
    if value is not None and (type(value) is not int or value < 0):
        raise Unfit
    return value
