"""The `head` of a NITF document in an article's terms. Elements are known by their local names, wherever they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from syndicate.formats.nitf import names as n
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.html_parse import name_of
from syndicate.markup.nitf_read_times import moment_of
from syndicate.markup.nitf_subjects import CODES, subject_codes
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Link, Person, Signal, Status
from syndicate.model.draft import Repair
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

if TYPE_CHECKING:
    from lxml import etree

_SLUGS = (n.SLUGLINE, n.ANPA_KEYWORD, "ntbstikkord")
_KNOWN_METAS = frozenset({n.GENERATOR, n.NOTICE, n.PUBLISHER, n.PUBLISHER_NOTICE, n.PLACE, *_SLUGS})
_SAYS = re.compile(r"(?P<role>.*?)\s*(?:mailto:(?P<email>\S+))?\Z", re.DOTALL)
_READ = frozenset({
    n.TITLE_ELEMENT, n.META, n.TOBJECT, n.DOCDATA, n.CORRECTION, n.DOC_ID, n.URGENCY, n.ISSUE, n.RELEASE, n.EXPIRE,
    n.DOC_SCOPE, n.ED_MSG, n.DU_KEY, n.COPYRIGHT, n.RIGHTS, n.KEY_LIST, n.KEYWORD, n.IDENTIFIED, n.PUBDATA, n.HISTORY,
    n.PROPERTY, n.SUBJECT, n.HEAD,
})  # fmt: skip
_NOTHING = frozenset({"", "0"})


@dataclass(slots=True)
class Said:
    """What a head says; `repairs` and `lost` grow as it is read."""

    head: "etree._Element | None"
    repairs: list[Repair] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)

    def all(self, *names: str) -> Iterator["etree._Element"]:
        """The elements of these names in the head, in document order."""
        if self.head is not None:
            yield from (one for one in self.head.iter() if name_of(one) in names)

    def values(self, name: str, attribute: str) -> list[str]:
        """What such an attribute says in all elements of that name, each value once."""
        return list(dict.fromkeys(value for one in self.all(name) if (value := line(one.get(attribute)))))

    def value(self, name: str, attribute: str) -> str | None:
        """The first of these; the others are lost."""
        found = self.values(name, attribute)
        if len(found) > 1:
            self.lost[f"{name}@{attribute}"] = None
        return found[0] if found else None

    def moment(self, name: str, attribute: str, what: str) -> datetime | None:
        """The time in that attribute."""
        stated = self.value(name, attribute)
        moment, assumed = moment_of(stated)
        if assumed:
            self.repairs.append(Repair(field=what, what=assumed))
        elif stated and moment is None:
            self.lost[f"{name}@{attribute}"] = None
        return moment

    def meta(self, *names: str) -> str | None:
        """What the first `meta` of one of these names says."""
        for wanted in names:
            for one in self.all(n.META):
                if (one.get("name") or "").lower() == wanted and (value := line(one.get("content"))):
                    return value
        return None

    @property
    def is_ours(self) -> bool:
        """Whether our own renderer wrote it."""
        return (self.meta(n.GENERATOR) or "").startswith(f"{n.OURS} ")


def line(value: str | None) -> str | None:
    """The text on one line, as every format can carry it; None when nothing is left."""
    return one_line(repair(value)[0]) or None if value else None


def status_of(said: Said) -> Status:
    """What receivers may do with it; `embargoed` is for the times to say."""
    stated = (said.value(n.DOCDATA, n.STATUS) or "").lower()
    if stated in ("canceled", "cancelled", "killed"):
        return Status.CANCELED
    if stated not in (n.EMBARGOED, "usable", ""):
        if stated != "withheld":
            said.repairs.append(Repair(field="status", what=f"management-status {stated!r} read as withheld"))
        return Status.WITHHELD
    return Status.USABLE


def subjects_of(said: Said) -> tuple[Subject, ...]:
    """Concepts with a code of their own first, then subject codes that say something else.

    In our own documents a code that stands for one of the media topics is none of the article's.
    """
    found = [
        Subject(scheme=scheme, code=code, name=line("".join(map(str, one.itertext()))))
        for content in said.all(n.IDENTIFIED)
        for one in content
        if (scheme := line(one.get("idsrc"))) and (code := line(one.get("value")))
    ]
    for content in said.all(n.IDENTIFIED):
        for one in content:
            if (
                name_of(one)
                and not (one.get("idsrc") and one.get("value"))
                and "".join(map(str, one.itertext())).strip()
            ):
                said.lost[f"{n.IDENTIFIED}/{name_of(one)}"] = None
    known = {one.code for one in found}
    if said.is_ours:
        known.update(one.code for one in subject_codes(tuple(found)))
    for one in said.all(n.SUBJECT):
        names = (line(one.get(f"{n.SUBJECT}.{key}")) for key in ("detail", "matter", "type"))
        name, code = next(filter(None, names), None), line(one.get(n.REFNUM))
        if code is None and name:
            said.lost[n.SUBJECT] = None
        elif code and code not in known:
            known.add(code)
            found.append(Subject(scheme=CODES, code=code, name=name))
    return tuple(found)


def genre_of(said: Said) -> str | None:
    """The genre; the default `current` is none."""
    stated = said.value(n.PROPERTY, "tobject.property.type")
    return None if stated == "current" else stated


def sections_of(said: Said) -> tuple[str, ...]:
    """The parts of a paper that it is meant for; the type of the object where it says more than `news`."""
    kind = said.value(n.TOBJECT, "tobject.type")
    scopes = said.values(n.DOC_SCOPE, "scope")
    if kind and kind.lower() != "news" and kind not in scopes:
        scopes.insert(0, kind)
    return tuple(scopes)


def keywords_of(said: Said) -> tuple[str, ...]:
    """The keywords; some write them as text."""
    found = (line(one.get("key")) or line("".join(map(str, one.itertext()))) for one in said.all(n.KEYWORD))
    return tuple(dict.fromkeys(filter(None, found)))


def rights_of(said: Said, printed: str | None) -> Rights:
    """Holder, notice and terms; who publishes our own documents is no holder that the article names."""
    owner = said.value(n.RIGHTS, "owner")
    holder = owner if said.is_ours else said.value(n.COPYRIGHT, "holder") or owner
    terms = [value for key in ("type", "limitations", "geography") if (value := said.value(n.RIGHTS, key))]
    for key in ("startdate", "enddate", "agent", "location-code"):
        if said.value(n.RIGHTS, key) not in (None, owner, holder):
            said.lost[f"{n.RIGHTS}@{key}"] = None
    return Rights(holder=holder, notice=said.meta(n.NOTICE) or printed, usage=" ".join(terms) or None)


def urgency_of(said: Said) -> int | None:
    """The urgency from 1 to 8; anything else is none."""
    stated = said.value(n.URGENCY, "ed-urg")
    if stated is None or stated in _NOTHING:
        return None
    if stated.isascii() and stated.isdigit() and len(stated) < 3 and 1 <= int(stated) <= 9:
        return int(stated)
    said.lost[f"{n.URGENCY}@ed-urg"] = None
    return None


def identity_of(said: Said, status: Status) -> str | None:
    """The id of the story; what is taken back may be named by the document that says so."""
    taken_back = None if status is Status.USABLE else said.value(n.DOCDATA, n.STATUS_OF)
    return taken_back or said.value(n.DOC_ID, "id-string")


def version_of(said: Said) -> int | None:
    """The version of the story, where it is one."""
    stated = said.value(n.DU_KEY, "version") or ""
    if re.fullmatch(r"[0-9]{1,15}", stated, re.ASCII) and int(stated):
        return int(stated)
    if stated not in _NOTHING:
        said.lost[f"{n.DU_KEY}@version"] = None
    return None


def url_of(said: Said) -> str | None:
    """Where the story is published."""
    for address in said.values(n.PUBDATA, "ex-ref"):
        try:
            return absolute(address, None, WEB)
        except AddressError:
            said.lost[f"{n.PUBDATA}@ex-ref"] = None
    return None


def links_of(said: Said) -> tuple[Link, ...]:
    """Ties to other stories, as our renderer writes them."""
    found = []
    for one in said.all(n.META):
        name, content = one.get("name") or "", one.get("content") or ""
        if name.startswith(n.LINK):
            known = dict(part.partition("=")[::2] for part in content.split())
            found.append(Link(rel=name.removeprefix(n.LINK), guid=known.get("guid"), url=known.get("url")))
    return tuple(one for one in found if one.guid or one.url)


def note_of(said: Said, notes: Iterable[str]) -> str | None:
    """What editors are told, with what a revision history of others says was done."""
    done = [] if said.is_ours else [one for one in said.values(n.HISTORY, "comment") if one not in list(Signal)]
    return "\n".join(dict.fromkeys((*said.values(n.ED_MSG, "info"), *notes, *done))) or None


def hands_of(said: Said, authors: Iterable[Person]) -> tuple[tuple[Person, ...], tuple[Person, ...], Signal | None]:
    """The authors with their addresses, the contributors, and what this revision is to the one before."""
    emails: dict[str, str] = {}
    helpers: list[Person] = []
    signal = None
    for one in said.all(n.HISTORY):
        name, comment = line(one.get("name")), line(one.get("comment")) or ""
        says = _SAYS.match(comment)
        role, email = (says["role"] or None, says["email"]) if says else (None, None)
        if name and one.get("function") == n.WRITER and email:
            emails[name] = email
        elif name and one.get("function") == n.HELPER:
            helpers.append(Person(name=name, role=role, email=email))
        elif comment in list(Signal):
            signal = Signal(comment)
        elif name:
            said.lost[f"{n.HISTORY}@name"] = None
    known = tuple(Person(name=one.name, role=one.role, email=one.email or emails.get(one.name)) for one in authors)
    return known, tuple(helpers), signal


def slugline_of(said: Said, headline: str | None, identities: Iterable[str | None]) -> str | None:
    """The working name: what says so, else a title that is not the headline, else the key of a running story."""
    if slug := said.meta(*_SLUGS):
        return slug
    titles = (line("".join(map(str, one.itertext()))) for one in said.all(n.TITLE_ELEMENT))
    others = [title for title in titles if title and title != headline]
    keys = [] if said.is_ours else [key for key in said.values(n.DU_KEY, "key") if key not in set(identities)]
    return None if said.is_ours else next(iter((*others, *keys)), None)


def note_unread(said: Said) -> None:
    """Name what says something and has no place in an article."""
    for one in said.all(n.META):
        name = one.get("name") or one.get("http-equiv") or ""
        if name.lower() not in _KNOWN_METAS and not name.startswith(n.LINK) and (one.get("content") or "").strip():
            said.lost[f"{n.META}[{name}]"] = None
    if said.head is None:
        return
    for one in said.head.iterdescendants():
        local, parent = name_of(one), one.getparent()
        inside = name_of(parent) if parent is not None else None
        if local is None or local in _READ or inside == n.IDENTIFIED or (inside is not None and inside not in _READ):
            continue
        values = (value for inner in one.iter() for value in (*inner.attrib.values(), inner.text or ""))
        if any(str(value).strip() not in _NOTHING for value in values):
            said.lost[f"{inside}/{local}"] = None
