"""What a NewsItem says of itself in an article's terms: name, version, times, status, ties."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.identity import guid_of
from syndicate.formats.newsml_1_2.read_tree import Notes, children, find, formal, line, says, text_of
from syndicate.markup.nitf_read_times import moment_of
from syndicate.model.article import Link, Signal, Status

if TYPE_CHECKING:
    from lxml import etree

_STATUSES = {
    "": Status.USABLE, "usable": Status.USABLE, "embargoed": Status.USABLE, "withheld": Status.WITHHELD,
    "canceled": Status.CANCELED, "cancelled": Status.CANCELED, "killed": Status.CANCELED,
}  # fmt: skip
_SIGNALS = {"update": Signal.UPDATE, "correction": Signal.CORRECTION, "rectify": Signal.CORRECTION}
_NUMBER = re.compile(r"[0-9]{1,15}\Z", re.ASCII)
_NOTES = frozenset({None, n.NOTE, "EditorialNote", "Note"})
_REVISION = re.compile(r"(urn:newsml:.+:.+:.+):[0-9]+[A-Z]?\Z", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Managed:
    """Name, version, times and status of an item."""

    guid: str | None
    version: int | None
    published: datetime
    updated: datetime
    derived: tuple[str, ...]
    status: Status
    embargo: datetime | None
    expires: datetime | None
    urgency: int | None
    signal: Signal | None
    note: str | None
    links: tuple[Link, ...]


def managed(item: "etree._Element", now: datetime, notes: Notes, *, is_ours: bool) -> Managed:
    """What identification and management of the item say."""
    management = find(item, n.MANAGEMENT)
    first = _moment(find(management, n.FIRST_CREATED), "published", notes)
    last = _moment(find(management, n.REVISION_CREATED), "updated", notes)
    updated = last or first or now
    status, embargo, expires = _status(management, notes, is_ours=is_ours)
    derived = ("published",) if first is None else ()
    for one in children(management):
        if one.tag is not None and _is_unread(one) and says(one):
            notes.lose(f"{n.MANAGEMENT}/{_name(one)}")
    return Managed(
        guid=_guid(find(item, n.IDENTIFICATION, n.IDENTIFIER)),
        version=_version(find(item, n.IDENTIFICATION, n.IDENTIFIER, n.REVISION_ID)),
        published=min(first or updated, updated),
        updated=updated,
        derived=(*derived, "updated") if last is None and first is None else derived,
        status=status,
        embargo=embargo,
        expires=expires,
        urgency=_urgency(find(management, n.URGENCY), notes),
        signal=_signal(management, notes),
        note=_note(item, notes),
        links=tuple(_link(one) for one in children(management, n.ASSOCIATED, n.DERIVED_FROM) if says(one)),
    )


def name_label(item: "etree._Element") -> str | None:
    """The short name of the item."""
    return text_of(find(item, n.IDENTIFICATION, n.NAME_LABEL))


def _name(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _is_unread(element: "etree._Element") -> bool:
    name = _name(element)
    if name == n.PROPERTY:
        return formal(element) != n.EXPIRES
    return name in ("RevisionHistory",)


def _moment(element: "etree._Element | None", what: str, notes: Notes) -> datetime | None:
    stated = text_of(element)
    moment, assumed = moment_of(stated)
    if assumed:
        notes.mend(what, assumed)
    elif stated and moment is None and element is not None:
        notes.lose(f"{n.MANAGEMENT}/{_name(element)}")
    return moment


def _guid(identifier: "etree._Element | None") -> str | None:
    public, provider, date, item = (
        text_of(find(identifier, name)) or "" for name in (n.PUBLIC_ID, n.PROVIDER_ID, n.DATE_ID, n.ITEM_ID)
    )
    return guid_of(public, provider, date, item)


def _version(revision: "etree._Element | None") -> int | None:
    stated = text_of(revision) or ""
    return int(stated) or None if _NUMBER.match(stated) else None


def _status(
    management: "etree._Element | None", notes: Notes, *, is_ours: bool
) -> tuple[Status, datetime | None, datetime | None]:
    """The status, until when nobody may see it, and when it ends.

    An embargo without a time holds until further notice.
    """
    stated = (formal(find(management, n.STATUS)) or "").lower()
    status = _STATUSES.get(stated, Status.WITHHELD)
    if stated not in _STATUSES:
        notes.mend("status", f"the status {stated[:40]!r} read as withheld")
    embargo, expires = None, None
    for change in children(management, n.WILL_CHANGE):
        future = (formal(find(change, n.FUTURE_STATUS)) or "").lower()
        moment = _moment(find(change, n.DATE_AND_TIME), "embargo", notes)
        if future == "usable" or (is_ours and future == stated):
            embargo = moment
        elif future in ("canceled", "cancelled"):
            expires = moment
        else:
            notes.lose(n.WILL_CHANGE)
    if stated == "embargoed" and embargo is None:
        notes.mend("embargo", "an embargo without a readable time: withheld")
        status = Status.WITHHELD
    for one in children(management, n.PROPERTY):
        if formal(one) == n.EXPIRES:
            expires = moment_of(one.get(n.VALUE))[0]
    return status, embargo, expires


def _urgency(element: "etree._Element | None", notes: Notes) -> int | None:
    stated = formal(element)
    if stated is None or stated == "0":
        return None
    if _NUMBER.match(stated) and 1 <= int(stated) <= 9:
        return int(stated)
    notes.lose(n.URGENCY)
    return None


def _signal(management: "etree._Element | None", notes: Notes) -> Signal | None:
    found = None
    for one in children(management, n.INSTRUCTION):
        signal = _SIGNALS.get((formal(one) or "").lower())
        if signal is None and says(one):
            notes.lose(n.INSTRUCTION)
        found = found or signal
    return found


def _note(item: "etree._Element", notes: Notes) -> str | None:
    """Comments for people; those of other programs are lost."""
    found = []
    for one in children(item, n.COMMENT):
        if one.get(n.FORMAL_NAME) in _NOTES:
            found.append(text_of(one))
        elif text_of(one):
            notes.lose(f"{n.COMMENT}[{formal(one)}]")
    return "\n".join(filter(None, found)) or None


def _link(element: "etree._Element") -> Link:
    """A tie to another item; a revision of it is a tie to the item."""
    target = line(element.get(n.ITEM))
    revised = _REVISION.match(target or "")
    url = next((text_of(one) for one in children(element, n.COMMENT) if formal(one) == n.URL), None)
    default = "associatedWith" if _name(element) == n.ASSOCIATED else "derivedFrom"
    return Link(rel=formal(element) or default, guid=revised[1] if revised else target, url=url)
