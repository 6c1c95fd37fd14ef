"""NewsML-G2 items and messages to drafts: text items are articles, media become part of the story they belong to."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from lxml import etree

from syndicate.errors import InputError, LimitError
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2 import read_item as r
from syndicate.formats.newsml_g2.read_bounds import bounded
from syndicate.formats.newsml_g2.read_group import claims, members, said_by
from syndicate.formats.newsml_g2.read_item import Item
from syndicate.formats.newsml_g2.read_lost import lost_in, lost_with, told_by
from syndicate.formats.newsml_g2.read_media import files_of, free, joined, led, media_of, type_of
from syndicate.formats.newsml_g2.read_payload import Payload, opened, payload_of
from syndicate.formats.newsml_g2.read_tree import Element, any_local, children, local, root_of, words
from syndicate.markup.html import HtmlError
from syndicate.markup.html_inline import text_of
from syndicate.model.article import Article, Status
from syndicate.model.body import Embed, Paragraph, Related
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media, MediaRole

MAX_BYTES = 64 * 1024 * 1024
_ROOTS = frozenset({*n.ITEMS, n.NEWS_MESSAGE})
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?P<name>\w+)(?P<rest>[^>]*)")
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_LONGEST_GUID = 500
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
# Texts that a payload repeats in its head.
_SAID = (f"{n.CONTENT_META}/{n.SLUGLINE}", f"{n.CONTENT_META}/{n.KEYWORD}", f"{n.ITEM_META}/{n.ED_NOTE}")
_SENTENCE = re.compile(r"(?s).{20,}?[.!?…](?=\s|\Z)")
_LONGEST_SENTENCE = 200


def detect(head: bytes, name: str) -> bool:
    """Whether the file's root is an item or a message of NewsML-G2."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = head.decode(encoding, "replace")
    start = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, start.end() if start else 0)
    if root is None or root["name"] not in _ROOTS:
        return False
    return n.NAMESPACE in text or root["name"] == n.NEWS_MESSAGE or n.STANDARD in root["rest"]


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The articles of the file, one by one; one that cannot be read does not stop the others.

    InputError for a file that is no XML, declares entities or holds no item at all, LimitError for one that is too
    large.
    """
    root, mended = _root(stream, file)
    elements = [root] if any_local(root) != n.NEWS_MESSAGE else _in_message(root)
    items = [Item(one) for one in elements if any_local(one) == n.NEWS_ITEM]
    packages = [Item(one) for one in elements if any_local(one) == n.PACKAGE_ITEM]
    others = [one for one in elements if any_local(one) in n.ITEMS[2:]]
    if not elements:
        raise InputError(file, root.sourceline, "holds no item")
    if mended is not None:
        for item in items:
            item.notes.repair("file", mended)
    yield from _Read(file, reading, items, packages).drafts()
    yield from (_other(one, file) for one in others)


def _root(stream: BinaryIO, file: str) -> tuple[Element, str | None]:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise LimitError(file, None, f"is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        return root_of(data)
    except etree.XMLSyntaxError as error:
        raise InputError(file, error.lineno, f"is not well-formed XML: {error.msg}") from None
    except ValueError as error:
        raise InputError(file, None, str(error)) from None


def _in_message(root: Element) -> list[Element]:
    """The items of a message, in order."""
    return [one for part in children(root, n.ITEM_SET) for one in part if local(one) in n.ITEMS]


def _other(element: Element, file: str) -> Rejected:
    name = any_local(element)
    guid = element.get("guid") or None
    reason = f"is a {name}, which tells of no article: only news items are read"
    return Rejected(file=file, line=element.sourceline, reason=reason, guid=guid)


class _Read:
    """One file while it is read."""

    def __init__(self, file: str, reading: Reading, items: Sequence[Item], packages: Sequence[Item]) -> None:
        self.file = file
        self.reading = reading
        self.items = items
        self.packages = packages
        self.claims = claims(items, packages)
        self.by_guid = {item.guid: item for item in items}
        self.holders: dict[str, list[int]] = {}
        for index, package in enumerate(packages):
            for guid in members(package):
                self.holders.setdefault(guid, []).append(index)

    def drafts(self) -> Iterator[Draft | Rejected]:
        """The articles; media that a story claims are not articles of their own."""
        claimed = {guid for guids in self.claims.values() for guid in guids}
        told: set[int] = set()
        for item in self.items:
            if item.guid not in claimed:
                yield self._told(self._read(item), told)
        for index, package in enumerate(self.packages):
            if index not in told:
                reason = "is a package whose items are not in the file: import the items themselves"
                yield Rejected(
                    file=self.file, line=package.element.sourceline, reason=reason, guid=_guid(package) or None
                )

    def _told(self, made: Draft | Rejected, told: set[int]) -> Draft | Rejected:
        """The draft with what is lost of packages that it is the first item of."""
        guid = made.guid if isinstance(made, Rejected) else made.identity
        holders = [index for index in self.holders.pop(guid or "", ()) if index not in told]
        told.update(holders)
        if isinstance(made, Rejected) or not holders:
            return made
        article = made.article
        carried = {article.headline, article.slugline or "", article.abstract or "", article.note or ""}
        said = (name for index in holders for name in said_by(self.packages[index], carried))
        return replace(made, lost=tuple(dict.fromkeys((*made.lost, *said))))

    def _read(self, item: Item) -> Draft | Rejected:
        try:
            return self._draft(item)
        except (ValueError, RecursionError) as error:
            reason = "is nested too deep" if isinstance(error, RecursionError) else str(error)
            return Rejected(file=self.file, line=item.element.sourceline, reason=reason, guid=item.guid or None)

    def _draft(self, item: Item) -> Draft:
        guid = _guid(item)
        identity = item.guid or (self.file if len(self.items) == 1 else "")
        if not identity:
            raise ValueError("has no guid: without one nothing can be updated, corrected or withdrawn")
        article = bounded(self._article(item, guid), item.notes)
        return Draft(
            article=article,
            identity=identity,
            file=self.file,
            line=item.element.sourceline,
            stated_version=item.version,
            repairs=tuple(item.notes.repairs),
            lost=tuple(dict.fromkeys((*lost_in(item.element), *item.notes.lost))),
        )

    def _article(self, item: Item, guid: str) -> Article:
        status = r.status_of(item)
        hints = dict(item.hints())
        known = self._known(item, hints)
        payload = self._payload(item, known)
        media, blocks = led(*joined(payload.media, known, payload.blocks))
        media = tuple(replace(one, credit=payload.credits.get(one.id, one.credit)) for one in media)
        dateline = r.dateline_of(item, payload)
        payload = opened(replace(payload, blocks=blocks), dateline)
        headline, inferred = _headline(item, payload, status, media)
        published, updated, of_time = r.times_of(item, self.reading)
        abstract, highlights = r.summaries_of(item, payload)
        note, correction, signal = r.notes_of(item, payload)
        authors, contributors = r.people_of(item, payload)
        language = _language(item)
        shown = {block.url for block in payload.blocks if isinstance(block, Related | Embed) and block.url}
        return Article(
            guid=guid,
            version=item.version or 1,
            status=status,
            language=language or self.reading.language,
            headline=headline,
            slugline=item.text(f"{n.CONTENT_META}/{n.SLUGLINE}", "slugline"),
            abstract=abstract,
            highlights=highlights,
            authors=authors,
            contributors=contributors,
            dateline=dateline,
            body=payload.blocks,
            media=media,
            sections=r.sections_of(item),
            subjects=r.subjects_of(item),
            keywords=tuple(dict.fromkeys(item.texts(f"{n.CONTENT_META}/{n.KEYWORD}", "keywords"))),
            genre=r.genre_of(item),
            urgency=r.urgency_of(item),
            published=published,
            updated=updated,
            embargo=_decided(r.embargo_of, item, status),
            expires=_decided(r.expiry_of, item, status),
            url=r.url_of(item),
            rights=r.rights_of(item),
            note=note,
            correction=correction,
            links=tuple(r.links_of(item, {*hints, *self.claims.get(item.guid, ())}, shown)),
            derived=(*inferred, *of_time, *(() if language else ("language",))),
            signal=signal,
        )

    def _payload(self, item: Item, known: Sequence[Media]) -> Payload:
        """The text; what metadata says already is not read from it again."""
        texts = [words(one) for path in _SAID for one in item.all(path)]
        headline = words(item.first(f"{n.CONTENT_META}/{n.HEADLINE}"))
        said = {text for text in (headline, r.genre_of(item), *texts) if text}
        said |= {
            name
            for one in item.all(f"{n.CONTENT_META}/{n.SUBJECT}")
            for name in map(words, children(one, n.NAME))
            if name
        }
        try:
            return payload_of(item.all(n.CONTENT_SET), said, known, item.notes)
        except HtmlError as error:
            if r.status_of(item) is not Status.CANCELED:
                raise ValueError(f"has a text that cannot be read: {error}") from None
            return payload_of((), said, known, item.notes)

    def _known(self, item: Item, hints: Mapping[str, Media]) -> tuple[Media, ...]:
        """The media of the item: its own files, those that belong to it, those it tells of by hints alone."""
        own = (self._own(item, "m1", None),) if files_of(item.all(n.CONTENT_SET)) else ()
        claimed = self.claims.get(item.guid, [])
        taken = {media.id for media in (*own, *hints.values())}
        found: list[Media] = [*own]
        told = told_by(item.element)
        for guid in dict.fromkeys((*hints, *claimed)):
            hint = hints.get(guid)
            if guid in claimed and not r.may_show(self.by_guid[guid], item):
                item.notes.repair("media", f"{guid[:80]} may not be shown yet, or not any more; left out")
            elif guid in claimed:
                media = self._own(self.by_guid[guid], hint.id if hint else free(f"m{len(taken) + 1}", taken), hint)
                taken.add(media.id)
                found.append(media)
                item.notes.lose(*lost_with(self.by_guid[guid].element, told, media.type.value))
            elif hint is not None:
                found.append(hint)
        return tuple(found)

    def _own(self, item: Item, media_id: str, hint: Media | None) -> Media:
        """The media that an item is, with the texts of the hint where the item has none."""
        found = {name: item.all(f"{n.CONTENT_META}/{name}") for name in (
            n.HEADLINE, n.SLUGLINE, n.CREDITLINE, n.INFO_SOURCE, n.DESCRIPTION)}  # fmt: skip
        found[n.ITEM_TITLE] = item.all(f"{n.ITEM_META}/{n.ITEM_TITLE}")
        files = files_of(item.all(n.CONTENT_SET))
        kind = type_of(item.kind, files)
        media = media_of(media_id, kind, {**found, n.REMOTE_CONTENT: files}, item.source)
        role = MediaRole.LEAD if hint is None else hint.role
        return replace(
            media,
            role=role,
            name=media.name or (hint.name if hint else None),
            title=media.title or (hint.title if hint else None),
            caption=media.caption or (hint.caption if hint else None),
        )


def _guid(item: Item) -> str:
    """The guid when it can name an article for good, else empty: then one is minted from it."""
    guid = item.guid
    if guid and (not _GUID.match(guid) or len(guid) > _LONGEST_GUID):
        item.notes.repair("guid", f"is {guid[:80]!r}, which is no URI; one is made from it")
        return ""
    return guid


def _language(item: Item) -> str | None:
    language = (item.language or "").replace("_", "-")
    if language and not _LANGUAGE.match(language):
        item.notes.repair("language", f"{language[:20]!r} is no language tag; left out")
        return None
    return language or None


def _decided(read: Callable[[Item], datetime | None], item: Item, status: Status) -> datetime | None:
    """When the item may be shown; what withdraws a story must get through, whatever else is wrong in it."""
    try:
        return read(item)
    except ValueError:
        if status is not Status.CANCELED:
            raise
        return None


def _headline(item: Item, payload: Payload, status: Status, media: Sequence[Media]) -> tuple[str, tuple[str, ...]]:
    """The headline, and what had to be inferred. A withdrawn item may have none, any other one needs one."""
    found = r.headline_of(item, payload, status)
    if found:
        return found, ()
    first = next((text_of(one.html) for one in payload.blocks if isinstance(one, Paragraph)), "")
    shown = next((text for one in media for text in (one.title, one.caption, one.name) if text), "")
    text = first or shown
    sentence = _SENTENCE.match(text)
    made = (sentence[0] if sentence else text)[:_LONGEST_SENTENCE].strip()
    if made:
        item.notes.repair("headline", "is missing; taken from the beginning of the text")
        return made, ("headline",)
    if status is Status.USABLE:
        raise ValueError("has no headline, and no text that one could be taken from")
    return "", ()
