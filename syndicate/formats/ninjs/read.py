"""ninjs of all versions, and Superdesk's dialect of it, to drafts: items alone, in lists, in answers of an API, and in
packages."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

import orjson

from syndicate.errors import InputError, LimitError
from syndicate.formats.ninjs import fields as f
from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.content import Text, text_of_item
from syndicate.formats.ninjs.lost import lost
from syndicate.formats.ninjs.media import Associated, associated, is_media, media_of, page_of, placed, states_role
from syndicate.formats.ninjs.newer import ORIGINAL, canonical, is_item, newer
from syndicate.formats.ninjs.source import Source, Unreadable, later
from syndicate.markup.inline import plain
from syndicate.markup.summary import cut
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Status
from syndicate.model.body import Block, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import MediaRole

_LARGEST = 64 * 1024 * 1024
_DEEPEST = 5
_LONGEST_GUID = 500
_LONGEST_HEADLINE = 2000
_HEADLINE_OF_TEXT = 120
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
# Names that no other kind of JSON document with news in it has.
_MARKS = re.compile(
    rb'"(?:versioncreated|versionCreated|firstcreated|firstCreated|contentcreated|contentCreated|pubstatus|pubStatus|'
    rb"embargoedUntil|representationtype|representationType|headlines|bodies|descriptions|body_(?:text|xhtml)|"
    rb'description_[a-z_]+|copyrightnotice|copyrightNotice|usageterms|usageTerms|infosources?|infoSources)"\s*:'
)
# Names that others have too, but not beside a uri.
_MORE_MARKS = re.compile(
    rb'"(?:headline|byline|slugline|urgency|located|edNote|ednote|renditions|associations|people|person|subjects?|genres?|'
    rb'places?|organisations?)"\s*:'
)
_IS_URI = re.compile(rb'"uri"\s*:\s*"')
_IS_NAMED = re.compile(rb'"(?:uri|guid)"\s*:\s*"')
_STANDARD = re.compile(rb'"\$?standard"\s*:\s*\{[^{}]*ninjs')
# JSON feeds, JSON-LD, articles with the names of our own contract.
_OTHERS = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org|"@context"\s*:|"(?:sections|published)"\s*:')
# Where APIs have items, or one, around which they say other things.
_WRAPPERS = ("data", "items", "item", "_items", "results", "associations")
# A uri may be escaped in the file; after so many that are, lines are not looked for any more.
_MISSES = 20
# The id of the item itself among its media.
_OWN = "item"
_OF_WITHDRAWAL = frozenset({n.URI, n.TYPE, n.VERSION, n.PUB_STATUS, n.FIRST_CREATED, n.VERSION_CREATED, n.LANGUAGE})
_NO_ARTICLES = {"event": "an event", "planning": "planned coverage"}


def detect(head: bytes, name: str) -> bool:
    """Whether the file is JSON with items that have a uri (or guid) and other properties of ninjs."""
    if not _START.match(head) or _OTHERS.search(head):
        return False
    if _STANDARD.search(head) or (_IS_NAMED.search(head) and _MARKS.search(head)):
        return True
    return bool(_IS_URI.search(head) and _MORE_MARKS.search(head))


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The articles of the file, one by one; one that is broken does not stop the others.

    Rejected: an item without a headline that is not withdrawn, a status that is not known, an embargo or expiry that
    cannot be read, planning and events. InputError: no JSON, or none with items in it.
    """
    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise LimitError(file, None, f"is larger than {_LARGEST // 2**20} MiB: split it")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        values = _loaded(data)
    except (ValueError, RecursionError) as error:
        raise _broken(data, file, error) from None
    lines = _Lines(data)
    try:
        items = list(_items(values, 0))
    except RecursionError:
        raise LimitError(file, None, "is nested too deep") from None
    if not items:
        raise InputError(file, 1, "holds no item of ninjs: an object with a uri is wanted")
    for item in items:
        yield _read_item(item, file, lines.line_of(item), reading)


def _loaded(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if "surrogate" in str(error):
            return json.loads(data)
        raise


def _broken(data: bytes, file: str, error: Exception) -> InputError:
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        return InputError(file, line, f"is not UTF-8 at byte {wrong.start}: save the file as UTF-8")
    if isinstance(error, json.JSONDecodeError):
        return InputError(file, error.lineno, f"is not JSON at column {error.colno}: {error.msg}")
    return LimitError(file, None, "is nested too deep")


def _items(values: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The items in a document: itself, those of a list, of an answer of an API, or of a package without a text."""
    if depth > _DEEPEST:
        return
    if isinstance(values, list):
        for one in values:
            yield from _items(one, depth + 1)
    elif not isinstance(values, dict):
        return
    elif is_item(values):
        inner = list(_packed(values)) if _is_package(values) else []
        yield from inner or (values,)
    else:
        for name in _WRAPPERS:
            yield from _items(values.get(name), depth + 1)


def _is_package(values: Mapping[str, Any]) -> bool:
    return values.get(n.TYPE) == n.COMPOSITE and not newer(values).get(n.BODIES)


def _packed(values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The stories that stand whole in a package, with its embargo, and its status where they have none."""
    package = newer(values)
    status = package.get(n.PUB_STATUS)
    for one in package.get(n.ASSOCIATIONS, ()):
        is_story = not is_media(one) and (one.get(n.HEADLINES) or one.get(n.BODIES) or one.get(n.PUB_STATUS))
        if is_story and is_item(one[ORIGINAL]):
            stated = {name: value for name, value in one[ORIGINAL].items() if name not in (n.NAME, n.REL)}
            if package.get(n.EMBARGOED_UNTIL) is not None:
                stated = {**stated, n.EMBARGOED_UNTIL: later(one.get(n.EMBARGOED_UNTIL), package[n.EMBARGOED_UNTIL])}
            yield {**stated, n.PUB_STATUS: status} if status is not None and one.get(n.PUB_STATUS) is None else stated


class _Lines:
    """In which line of the file items stand, asked in their order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.line = 1
        self.misses = 0

    def line_of(self, item: Mapping[str, Any]) -> int:
        """The line in which the item names itself; that of the item before where it cannot be found."""
        name = n.URI if isinstance(item.get(n.URI), str) else "guid"
        value = json.dumps(item[name], ensure_ascii=False).encode("utf-8", "replace")
        found = self.data.find(value, self.at) if self.misses < _MISSES else -1
        if found < 0:
            self.misses += 1
        else:
            self.line += self.data.count(b"\n", self.at, found)
            self.at = found
        return self.line


def _read_item(values: Mapping[str, Any], file: str, line: int, reading: Reading) -> Draft | Rejected:
    try:
        source = Source(newer(values))
        return _draft(source, values, file, line, reading)
    except (Unreadable, RecursionError) as error:
        reason = "is nested too deep" if isinstance(error, RecursionError) else str(error)
        if withdrawal := _withdrawal(values, file, line, reading, reason):
            return withdrawal
        uri = values.get(n.URI, values.get("guid"))
        return Rejected(file=file, line=line, reason=reason, guid=uri if _is_guid(uri) else None)


def _withdrawal(values: Mapping[str, Any], file: str, line: int, reading: Reading, reason: str) -> Draft | None:
    """The item as far as it withdraws a story, None where it withdraws none: a kill must get through."""
    told = {name: value for name, value in values.items() if name == "guid" or canonical(name) in _OF_WITHDRAWAL}
    try:
        source = Source(newer(told))
        if f.status_of(source) is not Status.CANCELED:
            return None
        source.report("document", f"only the withdrawal is read: {reason}")
        return _draft(source, told, file, line, reading)
    except (Unreadable, RecursionError):
        return None


def _is_guid(uri: Any) -> bool:
    return isinstance(uri, str) and len(uri) <= _LONGEST_GUID and _GUID.match(uri) is not None


def _draft(source: Source, values: Mapping[str, Any], file: str, line: int, reading: Reading) -> Draft:
    kind = _NO_ARTICLES.get(str(source.item.get(n.TYPE)))
    if kind is not None:
        raise Unreadable(f"describes {kind}, not a story: only stories, pictures and videos are taken")
    uri = source.word(n.URI) or source.word("guid")
    guid = uri if _is_guid(uri) else ""
    if not guid:
        source.report("guid", f"{uri[:80]!r} is no URI that could name the article for good; one is made from it")
    article = _article(source, guid, reading)
    return Draft(
        article=article,
        identity=uri or article.url or file,
        file=file,
        line=line,
        stated_version=f.version_of(source),
        repairs=tuple(dict.fromkeys(source.repairs)),
        lost=tuple(dict.fromkeys((*lost(values, source.dropped), *source.extra))),
    )


def _article(source: Source, guid: str, reading: Reading) -> Article:
    status = f.status_of(source)
    published, updated, inferred = f.times_of(source, reading)
    described = f.descriptions_of(source)
    authors, contributors = f.people_of(source)
    around = _around(source, guid)
    stated = f.headline_of(source)
    text = text_of_item(source, around.media, stated)
    headline = stated or _inferred(described["abstract"], text.blocks, source, status)
    # What withdraws a story must get through, whatever else is wrong in it.
    decides = status is not Status.CANCELED
    embargoes = (source.moment(n.EMBARGOED_UNTIL, decides=decides), around.embargo)
    return Article(
        guid=guid,
        headline=source.cut(headline, n.HEADLINES, _LONGEST_HEADLINE),
        version=f.version_of(source) or 1,
        status=status,
        language=f.language_of(source, reading),
        slugline=f.slugline_of(source),
        **described,
        authors=authors,
        contributors=contributors,
        dateline=f.dateline_of(source, text.dateline, _first_words(text)),
        body=text.blocks,
        media=placed(text.media, text.blocks, _with_roles(source, text)),
        **f.subjects_of(source),
        genre=f.genre_of(source),
        urgency=f.urgency_of(source),
        published=published,
        updated=updated,
        embargo=max(filter(None, embargoes), default=None),
        expires=source.moment(n.EXPIRES, decides=decides),
        url=None if is_media(source.item) else page_of(source),
        rights=f.rights_of(source),
        note=f.note_of(source, described["correction"]),
        links=around.links,
        derived=(*(() if stated else ("headline",)), *inferred),
    )


def _around(source: Source, guid: str) -> Associated:
    """What the item is associated with, and the item itself where it is a picture or the like."""
    found = associated(source, guid)
    if not is_media(source.item):
        if any(n.WIDTH in one or not str(one.get(n.CONTENT_TYPE)).startswith(n.HTML)
               for one in source.objects(n.RENDITIONS)):  # fmt: skip
            source.dropped.add(n.RENDITIONS)
        return found
    own = media_of(Source(source.item, repairs=source.repairs), _OWN, MediaRole.LEAD)
    return replace(found, media=(own, *found.media))


def _with_roles(source: Source, text: Text) -> frozenset[str]:
    """The ids of the media whose places the source states."""
    names = {one.get(n.NAME) for one in source.objects(n.ASSOCIATIONS) if states_role(one)}
    own = {_OWN} if is_media(source.item) else set()
    return frozenset(media.id for media in text.media if media.id in names | own)


def _inferred(abstract: str | None, blocks: tuple[Block, ...], source: Source, status: Status) -> str:
    """A headline for an item that has none: from its description, its text, or its slugline."""
    first = next((plain(block.html) for block in blocks if isinstance(block, Paragraph)), "")
    found = cut(one_line(abstract or first), _HEADLINE_OF_TEXT) or source.line(n.SLUGLINE)
    if found:
        return found
    if status is Status.USABLE:
        raise Unreadable("headline is missing, and there is no text to take one from")
    return source.line(n.URI) or source.line("guid")


def _first_words(text: Text) -> str:
    first = text.blocks[0] if text.blocks else None
    return plain(first.html) if isinstance(first, Paragraph) else ""
