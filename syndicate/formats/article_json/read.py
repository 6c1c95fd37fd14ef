"""JSON articles with the names of `articles show --json` to drafts: what is missing gets a default, what is wrong is
repaired and reported, and what cannot be repaired without guessing is rejected."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from pathlib import PurePath
from typing import Any, BinaryIO, TypeVar

import orjson

from syndicate.formats.article_json.body import Content, content_of
from syndicate.formats.article_json.fields import Source, bound, fields_of, version_of
from syndicate.formats.article_json.plain import plain_content
from syndicate.formats.article_json.repair import repaired
from syndicate.formats.article_json.split import Broken, split
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.article_json import FieldError, dumps_values, optional_text
from syndicate.markup.html import HtmlError
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Piece, Reading, Rejected, Written
from syndicate.model.tags import tags_from

_Made = TypeVar("_Made", Draft, Written | Draft)

_LONGEST_GUID = 500
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_TAGGED = itemgetter("sections", "subjects", "keywords", "authors", "language", "genre")
# JSON feeds, and our own lists of a feed's files.
_OTHERS = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org|"media_type"\s*:')


def detect(head: bytes, name: str) -> bool:
    """Whether the file is JSON by its name or its first character, and none of a kind that we know."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    by_name = PurePath(name).suffix.lower() in {".json", ".jsonl", ".ndjson"}
    return (by_name or (name == "-" and start in (b"{", b"["))) and not _OTHERS.search(head)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The articles of the file, one by one; one that is broken does not stop the others.

    Rejected: JSON that cannot be read, an article without headline or without guid and url, a time that cannot be
    read (an embargo above all), a guid that is no URI, more than the bounds `fields.LONGEST` and `fields.MOST` allow.
    """
    for piece in cut(stream, file):
        yield piece if isinstance(piece, Rejected) else read_piece(piece, file, reading)


def cut(stream: BinaryIO, file: str) -> Iterator[Piece | Rejected]:
    """The file's articles, not yet read, in order; Rejected for a stretch of it that holds none."""
    for piece in split(stream):
        if isinstance(piece, Broken):
            yield Rejected(file=file, line=piece.line, reason=piece.reason)
        else:
            yield piece


def read_piece(piece: Piece, file: str, reading: Reading) -> Draft | Rejected:
    """The article of one piece; the same whatever was read before it."""
    return _read_by(_draft, piece, file, reading)


def write_piece(piece: Piece, file: str, reading: Reading) -> Written | Draft | Rejected:
    """The article of one piece as it is kept, when it has a guid and its body and media need no change."""
    return _read_by(_written, piece, file, reading)


def _read_by(make: Callable[[Source], _Made], piece: Piece, file: str, reading: Reading) -> _Made | Rejected:
    values: Any = None
    try:
        values = _loaded(piece)
        return make(_source(values, piece, file, reading))
    except (FieldError, HtmlError, RecursionError) as error:
        reason = "is nested too deep" if isinstance(error, RecursionError) else str(error)
        guid = values.get("guid") if isinstance(values, dict) else None
        is_readable = isinstance(guid, str) and _GUID.match(guid) and len(guid) <= _LONGEST_GUID
        return Rejected(file=file, line=piece.line, reason=reason, guid=guid if is_readable else None)


def _loaded(piece: Piece) -> Any:
    try:
        return orjson.loads(piece.data)
    except orjson.JSONDecodeError as error:
        if "surrogate" in str(error) and b"\\u" in piece.data:
            return _loaded_leniently(piece.data, error)
        raise FieldError(_why_broken(piece, error)) from None


def _loaded_leniently(data: bytes, error: orjson.JSONDecodeError) -> Any:
    """The values with lone surrogates in them, which the repair takes out and reports."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise FieldError(f"is not JSON: {error.msg}") from None


def _why_broken(piece: Piece, error: orjson.JSONDecodeError) -> str:
    try:
        piece.data.decode()
    except UnicodeDecodeError as wrong:
        return f"is not UTF-8 at byte {wrong.start} of the article: save the file as UTF-8"
    line = f"line {piece.line + error.lineno - 1}, " if error.lineno > 1 else ""
    return f"is not JSON at {line}column {error.colno}: {error.msg}"


def _source(values: Any, piece: Piece, file: str, reading: Reading) -> Source:
    if not isinstance(values, dict):
        raise FieldError("is no article: an object with the article's fields is wanted")
    fixed, repairs = repaired(values, piece.data)
    bound(fixed)
    content = Content(base=None, repairs=list(repairs))
    guid, url = _names(fixed, content)
    return Source(fixed, guid, url, content, file, piece.line, reading)


def _written(source: Source) -> Written | Draft:
    plain = plain_content(source.values) if source.guid else None
    if plain is None:
        return _draft(source)
    fields = fields_of(source, plain)
    return Written(
        guid=source.guid,
        stated_version=version_of(source.values),
        status=fields["status"],
        published=fields["published"],
        updated=fields["updated"],
        embargo=fields["embargo"],
        expires=fields["expires"],
        tags=tags_from(*_TAGGED(fields)),
        doc=dumps_values(fields),
        file=source.file,
        line=source.line,
        repairs=tuple(source.content.repairs),
    )


def _draft(source: Source) -> Draft:
    made = content_of(source.values, source.url)
    article = Article(**fields_of(source, made))
    return Draft(
        article=article,
        identity=source.url or source.guid,
        file=source.file,
        line=source.line,
        stated_version=version_of(source.values),
        repairs=(*source.content.repairs, *made.repairs),
    )


def _names(values: Mapping[str, Any], content: Content) -> tuple[str, str | None]:
    """The guid (empty when there is none) and the url; FieldError when the article has neither."""
    guid, url = optional_text(values, "guid"), optional_text(values, "url")
    if guid is not None and not _GUID.match(guid):
        raise FieldError(f"guid is {guid[:80]!r}: not a URI in ASCII such as 'tag:example.com,2017:story:4711'")
    if guid is not None and len(guid) > _LONGEST_GUID:
        raise FieldError(f"guid has {len(guid)} characters; at most {_LONGEST_GUID} are taken")
    if url is not None:
        url = _url(url, has_guid=guid is not None, content=content)
    if guid is None and url is None:
        raise FieldError("guid is missing, and so is url: one of them must name the article for good")
    return guid or "", url


def _url(url: str, *, has_guid: bool, content: Content) -> str | None:
    try:
        return absolute(url, None, WEB)
    except AddressError as error:
        if not has_guid:
            raise FieldError(f"url is {url[:80]!r}: {error}, and there is no guid") from None
        content.report("url", f"{error} left out")
        return None
