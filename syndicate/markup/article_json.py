"""An article as JSON with the names of the public contract: what the store keeps and `articles show --json` prints."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import orjson

from syndicate.markup import article_doc
from syndicate.markup.article_doc import Unfit
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

_Word = TypeVar("_Word", bound=StrEnum)
_Item = TypeVar("_Item")

BLOCK_TYPES: dict[str, type] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "media": MediaBlock,
    "list": ListBlock,
    "quote": Quote,
    "table": Table,
    "related": Related,
    "embed": Embed,
    "tagline": Tagline,
}
_LISTS = (list, tuple)
_TYPE_OF = {cls: name for name, cls in BLOCK_TYPES.items()}


class FieldError(ValueError):
    """A value that is not what its field takes; the text begins with the field's path (`media[0].duration`)."""


def dumps(article: Article) -> bytes:
    """The article as one line of UTF-8 JSON, keys in the contract's order."""
    return dumps_values(_outline(article))


def dumps_values(values: Mapping[str, Any]) -> bytes:
    """What `dumps` writes of the article with these fields, in the contract's order; its body as JSON values."""
    return orjson.dumps(values, option=orjson.OPT_UTC_Z)


def loads(data: bytes) -> Article:
    """The article that `dumps` wrote."""
    values = orjson.loads(data)
    try:
        return article_doc.article_of(values)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        # Not what is written today: what it lacks has defaults, and what does not fit is named.
        return from_dict(values)


def to_dict(article: Article) -> dict[str, Any]:
    """The article as plain JSON values; times in RFC 3339 with offset."""
    found: dict[str, Any] = orjson.loads(dumps(article))
    return found


def block_values(block: Block) -> dict[str, Any]:
    """A block of the body as plain JSON values."""
    if type(block) is Paragraph:
        return {"type": "paragraph", "html": block.html}
    values: dict[str, Any] = {"type": _TYPE_OF[type(block)]}
    for name in block.__dataclass_fields__:
        value = getattr(block, name)
        values[name] = list(value) if isinstance(value, tuple) else value
    return values


def _outline(article: Article) -> dict[str, Any]:
    """The article in the contract's order, as far as orjson needs it: it writes times and dataclasses by itself."""
    return {
        "guid": article.guid,
        "version": article.version,
        "status": article.status,
        "language": article.language,
        "headline": article.headline,
        "slugline": article.slugline,
        "abstract": article.abstract,
        "highlights": article.highlights,
        "authors": article.authors,
        "contributors": article.contributors,
        "dateline": article.dateline,
        "body": [block_values(block) for block in article.body],
        "media": article.media,
        "sections": article.sections,
        "subjects": article.subjects,
        "keywords": article.keywords,
        "genre": article.genre,
        "urgency": article.urgency,
        "published": article.published,
        "updated": article.updated,
        "embargo": article.embargo,
        "expires": article.expires,
        "url": article.url,
        "rights": article.rights,
        "note": article.note,
        "correction": article.correction,
        "links": article.links,
        "derived": article.derived,
        "signal": article.signal,
        "significant": article.significant,
    }


def from_dict(values: Mapping[str, Any]) -> Article:
    """The article of such values; FieldError names the first field that does not fit. Nothing is repaired here."""
    return Article(
        guid=text(values, "guid"),
        version=whole(values, "version") or 1,
        status=word(values, "status", Status, Status.USABLE),
        language=optional_text(values, "language") or "en",
        headline=text(values, "headline"),
        slugline=optional_text(values, "slugline"),
        abstract=optional_text(values, "abstract"),
        highlights=texts(values, "highlights"),
        authors=each(values, "authors", person_of),
        contributors=each(values, "contributors", person_of),
        dateline=one(values, "dateline", dateline_of),
        body=each(values, "body", block_of),
        media=each(values, "media", media_of),
        sections=texts(values, "sections"),
        subjects=each(values, "subjects", subject_of),
        keywords=texts(values, "keywords"),
        genre=optional_text(values, "genre"),
        urgency=whole(values, "urgency"),
        published=time(values, "published"),
        updated=time(values, "updated"),
        embargo=optional_time(values, "embargo"),
        expires=optional_time(values, "expires"),
        url=optional_text(values, "url"),
        rights=one(values, "rights", rights_of) or Rights(),
        note=optional_text(values, "note"),
        correction=optional_text(values, "correction"),
        links=each(values, "links", link_of),
        derived=texts(values, "derived"),
        signal=optional_word(values, "signal", Signal),
        significant=optional_time(values, "significant"),
    )


def text(values: Mapping[str, Any], name: str) -> str:
    """The text of a field that must have one."""
    value = optional_text(values, name)
    if value is None:
        raise FieldError(f"{name} is missing")
    return value


def optional_text(values: Mapping[str, Any], name: str) -> str | None:
    """The text, or None when the field is missing, null or empty."""
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        return value or None
    raise FieldError(f"{name} must be text, not {_kind(value)}")


def texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a list; empty ones are left out."""
    found = _list(values, name)
    for index, value in enumerate(found):
        if not isinstance(value, str):
            raise FieldError(f"{name}[{index}] must be text, not {_kind(value)}")
    return tuple(value for value in found if value)


def whole(values: Mapping[str, Any], name: str) -> int | None:
    """The whole number, or None when missing."""
    value = values.get(name)
    if value is None or (type(value) is int and value >= 0):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise FieldError(f"{name} must be a whole number, not {_kind(value)}")
    raise FieldError(f"{name} is {value}; it cannot be negative")


def time(values: Mapping[str, Any], name: str) -> datetime:
    """The moment of a field that must have one."""
    moment = optional_time(values, name)
    if moment is None:
        raise FieldError(f"{name} is missing")
    return moment


def optional_time(values: Mapping[str, Any], name: str) -> datetime | None:
    """The moment in UTC, or None when missing; a time without offset is refused."""
    value = optional_text(values, name)
    if value is None:
        return None
    try:
        return parse_rfc3339(value)
    except (ValueError, OverflowError) as error:
        raise FieldError(f"{name} is {value!r}: not an RFC 3339 time with offset ({error})") from None


def word(values: Mapping[str, Any], name: str, words: type[_Word], default: _Word) -> _Word:
    """One word of a closed list."""
    value = optional_text(values, name)
    if value is None:
        return default
    try:
        return words(value)
    except ValueError:
        raise FieldError(f"{name} is {value!r}; one of {', '.join(words)} is wanted") from None


def optional_word(values: Mapping[str, Any], name: str, words: type[_Word]) -> _Word | None:
    """One word of a closed list, or None when missing."""
    return None if optional_text(values, name) is None else word(values, name, words, next(iter(words)))


def each(values: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], _Item]) -> tuple[_Item, ...]:
    """The objects of a list, each made by `make`; errors name the index."""
    made: list[_Item] = []
    for index, value in enumerate(_list(values, name)):
        # The second question alone takes as long as making a small object.
        if type(value) is not dict and not isinstance(value, Mapping):
            raise FieldError(f"{name}[{index}] must be an object, not {_kind(value)}")
        try:
            made.append(make(value))
        except FieldError as error:
            raise FieldError(f"{name}[{index}].{error}") from None
    return tuple(made)


def one(values: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], _Item]) -> _Item | None:
    """The object of that name made by `make`, or None when missing or empty of everything."""
    value = values.get(name)
    if value is None or value == []:
        return None
    if not isinstance(value, Mapping):
        raise FieldError(f"{name} must be an object, not {_kind(value)}")
    try:
        return make(value)
    except FieldError as error:
        raise FieldError(f"{name}.{error}") from None


def person_of(values: Mapping[str, Any]) -> Person:
    """An author or contributor."""
    try:
        return article_doc.person(values.get("name"), values.get("email"), values.get("role"))
    except (Unfit, TypeError):
        name = text(values, "name")
        return Person(name=name, email=optional_text(values, "email"), role=optional_text(values, "role"))


def subject_of(values: Mapping[str, Any]) -> Subject:
    """A subject."""
    try:
        return article_doc.subject(values.get("scheme"), values.get("code"), values.get("name"))
    except (Unfit, TypeError):
        scheme, code = text(values, "scheme"), text(values, "code")
        return Subject(scheme=scheme, code=code, name=optional_text(values, "name"))


def rights_of(values: Mapping[str, Any]) -> Rights:
    """The rights."""
    try:
        return article_doc.rights(values.get("holder"), values.get("notice"), values.get("usage"))
    except (Unfit, TypeError):
        holder, notice = optional_text(values, "holder"), optional_text(values, "notice")
        return Rights(holder=holder, notice=notice, usage=optional_text(values, "usage"))


def dateline_of(values: Mapping[str, Any]) -> Dateline:
    """The dateline."""
    return Dateline(
        text=text(values, "text"), place=optional_text(values, "place"), source=optional_text(values, "source")
    )


def link_of(values: Mapping[str, Any]) -> Link:
    """A tie to another story."""
    return Link(rel=text(values, "rel"), guid=optional_text(values, "guid"), url=optional_text(values, "url"))


def media_of(values: Mapping[str, Any]) -> Media:
    """A picture, video or other media."""
    return Media(
        id=text(values, "id"),
        type=word(values, "type", MediaType, MediaType.PICTURE),
        role=word(values, "role", MediaRole, MediaRole.INLINE),
        name=optional_text(values, "name"),
        title=optional_text(values, "title"),
        caption=optional_text(values, "caption"),
        credit=optional_text(values, "credit"),
        source=optional_text(values, "source"),
        duration=whole(values, "duration"),
        renditions=each(values, "renditions", rendition_of),
    )


def rendition_of(values: Mapping[str, Any]) -> Rendition:
    """One file of a picture or video."""
    return Rendition(
        href=text(values, "href"),
        type=optional_text(values, "type"),
        width=whole(values, "width"),
        height=whole(values, "height"),
        bytes=whole(values, "bytes"),
    )


def block_of(values: Mapping[str, Any]) -> Block:
    """A block of the body, by its `type`."""
    kind = text(values, "type")
    if kind not in _BLOCK_MAKERS:
        raise FieldError(f"type is {kind!r}; one of {', '.join(_BLOCK_MAKERS)} is wanted")
    return _BLOCK_MAKERS[kind](values)


_BLOCK_MAKERS: dict[str, Callable[[Mapping[str, Any]], Block]] = {
    "paragraph": lambda v: Paragraph(html=text(v, "html")),
    "heading": lambda v: Heading(html=text(v, "html"), level=_level(v)),
    "media": lambda v: MediaBlock(media=text(v, "media")),
    "list": lambda v: ListBlock(items=texts(v, "items"), ordered=bool(v.get("ordered"))),
    "quote": lambda v: Quote(html=text(v, "html"), cite=optional_text(v, "cite")),
    "table": lambda v: Table(html=text(v, "html")),
    "related": lambda v: Related(title=text(v, "title"), url=optional_text(v, "url")),
    "embed": lambda v: Embed(url=text(v, "url"), html=optional_text(v, "html") or ""),
    "tagline": lambda v: Tagline(html=text(v, "html")),
}


def _level(values: Mapping[str, Any]) -> int:
    level = whole(values, "level") or 2
    if not 2 <= level <= 6:
        raise FieldError(f"level is {level}; 2 to 6 are wanted (1 is the headline)")
    return level


def _list(values: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = values.get(name)
    if found is None:
        return ()
    if not isinstance(found, _LISTS):
        raise FieldError(f"{name} must be a list, not {_kind(found)}")
    return found


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false"}
    return names.get(type(value), type(value).__name__)
