"""The fields of a page's article: JSON-LD before Open Graph before `meta` before the page's own markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.feed_read_words import subject_of
from syndicate.markup.html import has_markup, plain_of
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.json_ld import LinkedArticle, moment
from syndicate.markup.json_ld_media import LinkedMedia
from syndicate.markup.json_ld_status import status_of as stated_status
from syndicate.markup.json_ld_values import LinkedPerson, Term
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.page_meta import PageMeta, without_site
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Dateline, Person, Status
from syndicate.model.draft import Reading, Repair
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

_LONGEST_WORD = 500
_MOST = 200
_GUID = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_MEDIA_TYPES = {"VideoObject": MediaType.VIDEO, "AudioObject": MediaType.AUDIO, "ImageObject": MediaType.PICTURE}


@dataclass(slots=True)
class Source:
    """What a page tells of its article: `linked` by JSON-LD, `meta` by everything else."""

    linked: LinkedArticle
    meta: PageMeta
    base: str | None
    reading: Reading
    repairs: list[Repair] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)

    def plain(self, text: str | None, name: str) -> str | None:
        """The text on one line, without markup and entities, in sound characters."""
        if not text:
            return None
        try:
            text = plain_of(text)[0] if has_markup(text) else unescape(text)
        except HtmlError as error:
            self.repairs.append(Repair(field=name, what=f"left out: {error}"))
            return None
        fixed, repairs = repair(text)
        self.repairs += (Repair(field=name, what=what) for what in repairs)
        return one_line(fixed) or None

    def address(self, *addresses: str | None) -> str | None:
        """The first of the addresses that can be published, in full."""
        for one in filter(None, addresses):
            try:
                return absolute(one, self.base, WEB)
            except AddressError:
                continue
        return None


def headline_of(source: Source) -> str | None:
    """The headline; its site's name is cut off."""
    linked, meta = source.linked, source.meta
    if stated := source.plain(linked.headline, "headline"):
        return without_site(stated, linked.publisher or meta.site, ())
    found = source.plain(meta.headline, "headline")
    if found and "headline" in meta.inferred:
        source.derived.append("headline")
    return found


def url_of(source: Source) -> str | None:
    """The story's own address, without the place in it."""
    linked, meta = source.linked, source.meta
    found = source.address(meta.canonical, linked.url, meta.url)
    return found.partition("#")[0] if found else None


def guid_of(source: Source) -> str:
    """The guid that JSON-LD names; empty when it names none that is a URI of its own."""
    named = source.linked.identifier or ""
    return named if _GUID.match(named) and len(named) <= _LONGEST_WORD else ""


def version_of(source: Source) -> int | None:
    """The version that JSON-LD states."""
    stated = source.linked.version or ""
    return int(stated) if re.fullmatch(r"[1-9][0-9]{0,8}", stated) else None


def times_of(source: Source) -> tuple[datetime, datetime]:
    """When published and when updated; what is not stated for certain stands in `derived`."""
    linked, meta = source.linked, source.meta
    published = _moment(source, "published", linked.published, meta.published)
    updated = _moment(source, "updated", linked.modified, meta.updated)
    if published is None:
        source.derived.append("published")
    if updated is None:
        source.derived.append("updated")
    first = published or updated or source.reading.now
    last = updated or first
    if last < first:
        source.repairs.append(Repair(field="updated", what="before published: the time of publication taken"))
        last = first
    return first, last


def expiry_of(source: Source) -> datetime | None:
    """From when on the story is not to be shown; HtmlError when that is stated but cannot be read."""
    stated = source.linked.expires or source.meta.expires
    found = _moment(source, "expires", stated, None)
    if stated and found is None:
        raise HtmlError(f"expires is {stated[:40]!r}: no time that can be read, and it decides what goes out")
    return found


def _moment(source: Source, name: str, linked: str | None, stated: str | None) -> datetime | None:
    for text, is_near in ((linked, False), (stated, name in source.meta.inferred)):
        if not text:
            continue
        found, is_certain = _read_moment(text)
        if found is None or not 1900 <= found.year <= 2200:
            source.repairs.append(Repair(field=name, what=f"{text[:40]!r} is no time that can be read; left out"))
            continue
        if not is_certain:
            source.repairs.append(
                Repair(field=name, what=f"{text[:40]!r} names no time of day or no offset: UTC taken")
            )
        if (not is_certain or is_near) and name not in source.derived:
            source.derived.append(name)
        return found
    return None


def _read_moment(text: str) -> tuple[datetime | None, bool]:
    found, is_certain = moment(text)
    if found is not None:
        return found, is_certain
    try:
        mailed = parsedate_to_datetime(text)
        return (mailed.replace(tzinfo=UTC), False) if mailed.tzinfo is None else (mailed.astimezone(UTC), True)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None, False


def language_of(source: Source) -> str:
    """The language's tag; that of the import where the page states none, or none that is one."""
    stated = source.linked.language or source.meta.language
    if stated is None:
        return source.reading.language
    tag = stated.strip().replace("_", "-")
    if flaw_of_tag(tag) is not None:
        what = f"{stated[:40]!r} is no language tag; {source.reading.language!r} taken"
        source.repairs.append(Repair(field="language", what=what))
        return source.reading.language
    if source.linked.language is None and "language" in source.meta.inferred:
        source.derived.append("language")
    return tag


def authors_of(source: Source) -> tuple[Person, ...]:
    """Who wrote it. An organisation that only publishes it is none where people are named."""
    people = source.linked.authors
    named = [one for one in people if one.type == "Person"] or list(people)
    return _people(source, named) or tuple(
        Person(name=name) for one in source.meta.authors[:_MOST] if (name := source.plain(one, "authors"))
    )


def contributors_of(source: Source) -> tuple[Person, ...]:
    """Who helped."""
    return _people(source, source.linked.contributors)


def _people(source: Source, people: Sequence[LinkedPerson]) -> tuple[Person, ...]:
    made = (
        Person(name=name, email=_email(one.email), role=source.plain(one.role, "authors"))
        for one in people[:_MOST]
        if (name := source.plain(one.name, "authors")) and not name.startswith(("http://", "https://"))
    )
    return tuple(dict.fromkeys(made))


def _email(text: str | None) -> str | None:
    return text if text and re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text) else None


def words_of(source: Source, name: str, *lists: Iterable[str]) -> tuple[str, ...]:
    """The words of the first list that has any, each once."""
    for words in lists:
        found = dict.fromkeys(_words(source, name, words))
        if found:
            return tuple(found)[:_MOST]
    return ()


def _words(source: Source, name: str, words: Iterable[str]) -> Iterator[str]:
    for one in words:
        word = source.plain(one, name)
        if word and len(word) <= _LONGEST_WORD:
            yield word


def keywords_of(source: Source) -> tuple[str, ...]:
    """The keywords; what JSON-LD says the story is about, without the code of a vocabulary, is one too."""
    about = tuple(one.name for one in source.linked.about if one.name and _subject(one) is None)
    return words_of(source, "keywords", (*source.linked.keywords, *about), source.meta.keywords)


def subjects_of(source: Source) -> tuple[Subject, ...]:
    """The terms of vocabularies that JSON-LD says the story is about."""
    found = dict.fromkeys(_subject(one) for one in source.linked.about)
    return tuple(one for one in found if one is not None)[:_MOST]


def _subject(term: Term) -> Subject | None:
    return subject_of(term.code, term.scheme, term.name) if term.code and term.scheme else None


def status_of(source: Source) -> Status:
    """Whether the page says that its story was withdrawn, or is not finished."""
    status, remark = stated_status(source.linked.status)
    source.repairs += (Repair(field="status", what=what) for what in filter(None, [remark]))
    return status


def dateline_of(source: Source) -> Dateline | None:
    """The words that open the text; from a place alone none is made up."""
    linked = source.linked
    text = source.plain(linked.dateline, "dateline")
    if text is None:
        return None
    return Dateline(
        text=text, place=source.plain(linked.place, "dateline"), source=source.plain(linked.source, "dateline")
    )


def rights_of(source: Source) -> Rights:
    """Who holds the rights, and what may be done."""
    linked, meta = source.linked, source.meta
    return Rights(
        holder=source.plain(linked.holder or meta.holder, "rights"),
        notice=source.plain(linked.notice or meta.rights, "rights"),
        usage=source.plain(linked.usage, "rights"),
    )


def media_of(source: Source) -> tuple[Media, ...]:
    """The media that stand for the page: those of JSON-LD, else the picture of Open Graph. The first is the lead."""
    found = list(_linked_media(source)) or list(_pictures(source))
    return tuple(found)


def _linked_media(source: Source) -> Iterator[Media]:
    bare: list[Rendition] = []
    made: list[Media] = []
    for one in source.linked.media:
        renditions = tuple(_renditions(source, one))
        if one.type == "ImageObject" and not (one.name or one.caption or one.credit):
            bare += renditions
        elif renditions or one.name or one.caption:
            made.append(_media(source, one, renditions))
    if bare:
        # The same picture in several shapes, as search engines ask for it.
        made.insert(0, Media(id="", type=MediaType.PICTURE, renditions=tuple(dict.fromkeys(bare))))
    return _numbered(made)


def _media(source: Source, one: LinkedMedia, renditions: tuple[Rendition, ...]) -> Media:
    return Media(
        id="",
        type=_MEDIA_TYPES.get(one.type, MediaType.PICTURE),
        title=source.plain(one.name, "media"),
        caption=source.plain(one.caption, "media"),
        credit=source.plain(one.credit, "media"),
        source=source.plain(one.source, "media"),
        duration=one.duration,
        renditions=renditions,
    )


def _renditions(source: Source, media: LinkedMedia) -> Iterator[Rendition]:
    for one in media.files:
        href = source.address(one.url)
        if href:
            kind = one.format if one.format and re.fullmatch(r"[\w.+-]+/[\w.+-]+", one.format) else None
            yield Rendition(href=href, type=kind, width=one.width or None, height=one.height or None, bytes=one.size)


def _pictures(source: Source) -> Iterator[Media]:
    made = []
    for one in source.meta.pictures[:1]:
        href = source.address(one.url)
        if href:
            rendition = Rendition(href=href, width=_pixels(one.width), height=_pixels(one.height))
            made.append(
                Media(id="", type=MediaType.PICTURE, caption=source.plain(one.alt, "media"), renditions=(rendition,))
            )
    return _numbered(made)


def _numbered(media: Sequence[Media]) -> Iterator[Media]:
    """The media with ids, the first one as the lead, the others beside it."""
    for number, one in enumerate(media, 1):
        role = MediaRole.LEAD if number == 1 else MediaRole.GALLERY
        yield replace(one, id=f"m{number}", role=role)


def _pixels(text: str | None) -> int | None:
    found = re.fullmatch(r"(\d{1,5})(?:px)?", (text or "").strip())
    return int(found[1]) or None if found else None
