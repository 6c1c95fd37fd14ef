"""Guids as the identifiers of NewsML 1.2, and back: `urn:newsml:ProviderId:DateId:NewsItemId:RevisionId`."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

_DATE = "(?:19|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_URN = re.compile(rf"urn:newsml:([^\s:0-9]+):({_DATE}):([!#-;=?-~]+)\Z", re.ASCII)
_PUBLIC = re.compile(rf"urn:newsml:[^0-9]+:{_DATE}:.+:[0-9]+[^0-9]?\Z")
_REVISION = re.compile(r":[0-9]+[A-Z]?\Z", re.ASCII)
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_DIGITS = re.compile("[0-9]")
# XML Schema of NewsML 1.2, PublicIdentifier.
_SHORTEST = 27
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The parts of an identifier but for the revision."""

    provider: str
    date: str
    item: str

    def public(self, revision: int) -> str:
        """The whole identifier of that revision."""
        return f"urn:newsml:{self.provider}:{self.date}:{self.item}:{revision}"


def identity_of(guid: str, published: datetime, tag_authority: str) -> Identity:
    """The identifier of the guid: its own parts where it is one, else the publisher, the day and the quoted guid.

    No digit may stand in the name of a provider.
    """
    found = _URN.match(guid)
    if found is not None:
        own = Identity(provider=found[1], date=found[2], item=found[3])
        if len(own.public(1)) >= _SHORTEST:
            return own
    provider = _DIGITS.sub("", tag_authority.partition(",")[0]) or "publisher"
    date = f"{published.year:04}{published.month:02}{published.day:02}"
    return Identity(provider=provider, date=date, item=quote(guid, safe="", errors="replace"))


def guid_of(public: str, provider: str, date: str, item: str) -> str | None:
    """The guid of an item: the one that was quoted, else its public identifier without the revision; None for none."""
    quoted = unquote(item)
    if quoted != item and _is_guid(quoted):
        return quoted
    if _PUBLIC.match(public):
        made = _REVISION.sub("", public)
    elif provider and date and item not in ("", "0"):
        made = f"urn:newsml:{provider}:{date}:{item}"
    else:
        return None
    return made if _is_guid(made) else None


def is_public(text: str) -> bool:
    """Whether it has the form of a public identifier."""
    return len(text) >= _SHORTEST and _PUBLIC.match(text) is not None


def _is_guid(text: str) -> bool:
    return len(text) <= _LONGEST and _GUID.match(text) is not None
