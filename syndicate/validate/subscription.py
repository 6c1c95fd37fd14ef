"""A feed as a polite reader meets it who subscribes and comes back: two polls to findings. Pure.

The rules stand in poll_rules.py; what one head says is judged in poll_head.py, what the items say in poll_items.py.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from syndicate.errors import FetchError
from syndicate.model.finding import Finding
from syndicate.validate import poll_head, poll_items
from syndicate.validate import poll_rules as r
from syndicate.validate.poll_feed import Seen, read
from syndicate.validate.poll_head import coding, found, is_strong

if TYPE_CHECKING:
    from syndicate.fetch import Answer

_PORTS = {"http": 80, "https": 443}
_Plain = tuple[str, str, int | None, str, str]
_SAME_IN_HEAD = ("etag", "last-modified", "content-type")


# Without slots, because each body is read once, when it is first asked for.
@dataclass(frozen=True, kw_only=True)
class Visit:
    """What was asked of an address, and the answers; None where there was none or it was not asked.

    `first` was asked for gzip and br at `first_at`, `plain` without Accept-Encoding, `head` by HEAD; then, at
    `second_at`, `second` with the validators of the first, and `again` without them (`second` itself if that was a
    200). `confirmed` is one more conditional answer, asked for when a 304 and the bytes do not agree.
    """

    asked: str
    first: "Answer"
    first_at: datetime
    second_at: datetime
    plain: "Answer | None" = None
    head: "Answer | None" = None
    second: "Answer | None" = None
    again: "Answer | None" = None
    confirmed: "Answer | None" = None
    failures: tuple[FetchError, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both polls found the same bytes."""
        return self.again is not None and self.again.status == 200 and self.again.body == self.first.body

    @cached_property
    def before(self) -> Seen | None:
        """The feed at the first poll; None when there was none."""
        return read(self.first.body) if self.first.status == 200 else None

    @cached_property
    def after(self) -> Seen | None:
        """The feed at the second poll; None when there was none."""
        if self.is_same:
            return self.before
        return read(self.again.body) if self.again is not None and self.again.status == 200 else None


def validators(answer: "Answer") -> dict[str, str]:
    """The conditional headers with which a reader comes back (RFC 9110 §13.1)."""
    pairs = (("If-None-Match", answer.header("etag")), ("If-Modified-Since", answer.header("last-modified")))
    return {name: value for name, value in pairs if value is not None}


def look(visit: Visit) -> tuple[Finding, ...]:
    """What is wrong with the feed at the address, the way to it first. One finding per rule, with an example."""
    findings = [*map(failed, visit.failures), *_way(visit), *_status(visit)]
    if visit.first.status == 200:
        findings.extend(_polls(visit))
    seen: dict[str, Finding] = {}
    for finding in findings:
        seen.setdefault(finding.rule.id, finding)
    return tuple(seen.values())


def failed(error: FetchError) -> Finding:
    """The finding of an address whose server answers, but not with a document."""
    return found(r.FETCH_FAILED, f"{error.address} {error.problem}")


def _polls(visit: Visit) -> Iterator[Finding]:
    before = visit.before
    yield from poll_head.check(visit.first, before, visit.first_at)
    yield from _forms(visit)
    yield from _conditional(visit)
    yield from _head(visit)
    if before is not None:
        yield from _links(visit, before)
        yield from poll_items.check(before, visit.first_at)
        yield from _between(visit, before)


def _way(visit: Visit) -> Iterator[Finding]:
    for hop in visit.first.hops:
        told = f"{hop.status} from {hop.address} to {hop.target}"
        if hop.address.startswith("https:") and hop.target.startswith("http:"):
            yield found(r.DOWNGRADE, told)
        yield found(r.PERMANENT if hop.is_permanent else r.TEMPORARY, told)
    if visit.first.address.startswith("http:") and not _is_here(visit.first.address):
        yield found(r.PLAIN_HTTP, f"the feed comes from {visit.first.address}")


def _is_here(address: str) -> bool:
    """Whether the address is that of this machine, which nobody listens to on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _status(visit: Visit) -> Iterator[Finding]:
    first, second = visit.first, visit.second
    if first.status != 200:
        yield found(r.STATUS, f"{first.address} is answered with {first.status} {first.reason}".rstrip())
        yield from poll_head.retry(first)
        return
    for name, answer in (("without Accept-Encoding", visit.plain), ("a second time", second), ("again", visit.again)):
        if answer is not None and answer.status not in (200, 304):
            yield found(r.REFUSED, f"asked {name}, the server answers {answer.status} {answer.reason}".rstrip())
            yield from poll_head.retry(answer)


def _forms(visit: Visit) -> Iterator[Finding]:
    """The packed and the plain form beside each other."""
    first, plain = visit.first, visit.plain
    if plain is None or plain.status != 200:
        return
    if coding(plain):
        yield found(r.UNASKED, f"without Accept-Encoding the feed comes as {coding(plain)}")
    elif coding(first):
        if is_strong(first.header("etag")) and first.header("etag") == plain.header("etag"):
            yield found(r.ETAG_SHARED, f"{coding(first)} and plain form have the ETag {plain.header('etag')}")
        if not poll_head.varies_by_encoding(plain):
            yield found(r.VARY, f"the plain form has Vary: {plain.header('vary') or 'nothing'}")


def _conditional(visit: Visit) -> Iterator[Finding]:
    first, second, again = visit.first, visit.second, visit.again
    if second is None or again is None or not validators(first):
        return
    if second.status == 304:
        yield from _not_modified(visit)
    elif second.status == 200 and visit.is_same and _is_same_tag(first, second):
        yield found(r.IGNORED, f"asked with {', '.join(validators(first))}, the server sends the same bytes again")
    elif second.status == 200 and not visit.is_same and is_strong(_tag(first)) and _is_same_tag(first, second):
        yield found(r.ETAG_REUSED, f"the ETag {_tag(first)} stands for other bytes now")
    if visit.is_same and coding(first) == coding(again) and not _is_same_tag(first, again):
        yield found(r.ETAG_UNSTABLE, f"the ETag went from {_tag(first)} to {_tag(again)} with the same bytes")


def _not_modified(visit: Visit) -> Iterator[Finding]:
    first, second, again, confirmed = visit.first, visit.second, visit.again, visit.confirmed
    if second is None or again is None:
        return
    if second.has_stray_body:
        yield found(r.BODY, "304 comes with a body")
    if _tag(first) is not None and _tag(second) is None:
        yield found(r.TAG_LOST, f"200 has the ETag {_tag(first)}, 304 has none")
    is_confirmed = confirmed is not None and confirmed.status == 304
    if again.status == 200 and not visit.is_same and is_confirmed and not _is_equivalent(visit):
        told = ", ".join(f"{name}: {value}" for name, value in validators(first).items())
        yield found(r.STALE, f"304 for {told}, although the bytes are others now")


def _is_equivalent(visit: Visit) -> bool:
    """Whether a weak tag may stand for both polls: it promises the same stories, not the same bytes (§8.8.1)."""
    tag = _tag(visit.first)
    if tag is None or is_strong(tag) or visit.before is None or visit.after is None:
        return False
    return poll_items.are_same(visit.before, visit.after)


def _tag(answer: "Answer") -> str | None:
    return answer.header("etag")


def _is_same_tag(one: "Answer", other: "Answer") -> bool:
    return _tag(one) == _tag(other)


def _head(visit: Visit) -> Iterator[Finding]:
    head, first = visit.head, visit.first
    if head is None:
        return
    if head.has_stray_body:
        yield found(r.BODY, "the answer to HEAD comes with a body")
    if head.status != first.status:
        yield found(r.HEAD, f"HEAD is answered with {head.status}, GET with {first.status}")
    elif visit.is_same and _is_same_tag(first, visit.again or first):
        others = [name for name in _SAME_IN_HEAD if head.header(name) != first.header(name)]
        if coding(head) == coding(first) and head.header("content-length") and first.header("content-length"):
            others += ["content-length"] * (head.header("content-length") != first.header("content-length"))
        if others:
            told = (f"{name} {head.header(name)} for HEAD, {first.header(name)} for GET" for name in others)
            yield found(r.HEAD, "; ".join(told))


def _links(visit: Visit, seen: Seen) -> Iterator[Finding]:
    final = visit.first.address
    told_self = poll_head.related(visit.first, "self")
    told_hubs = poll_head.related(visit.first, "hub")
    if seen.self_link is not None and not _is_own(seen.self_link, visit):
        yield found(r.SELF, f"the self link is {seen.self_link}, the feed comes from {final}")
    if told_self and seen.self_link is not None and not _plains({seen.self_link}, final) & _plains(told_self, final):
        yield found(r.SELF_HEADER, f"head: {', '.join(sorted(told_self))}; document: {seen.self_link}")
    if told_hubs and seen.hubs and _plains(told_hubs, final) != _plains(seen.hubs, final):
        yield found(r.HUB_HEADER, f"head: {', '.join(sorted(told_hubs))}; document: {', '.join(sorted(seen.hubs))}")


def _is_own(link: str, visit: Visit) -> bool:
    """Whether the link is the final address, or the one asked for when that redirects for the time being."""
    own = [visit.first.address]
    if not any(hop.is_permanent for hop in visit.first.hops):
        own.append(visit.asked)
    # A server under test on this machine stands in for another: its paths count.
    start = 3 if _is_here(own[0]) else 0
    return _plain(link, own[0])[start:] in (_plain(one, own[0])[start:] for one in own)


def _plains(addresses: Iterable[str], base: str) -> set[_Plain]:
    return {_plain(address, base) for address in addresses}


def _plain(address: str, base: str) -> _Plain:
    """The address in full, in a form in which equal ones are equal (RFC 3986 §6.2.2, §6.2.3)."""
    try:
        parts = urlsplit(urljoin(base, address))
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return ("", address, None, "", "")
    return (parts.scheme, parts.hostname or "", port, parts.path or "/", parts.query)


def _between(visit: Visit, before: Seen) -> Iterator[Finding]:
    after = visit.after
    if visit.again is None or after is None:
        return
    changes = list(poll_items.compare(before, after, (visit.first_at, visit.second_at)))
    yield from changes
    if not visit.is_same and not changes and poll_items.are_same(before, after):
        sizes = f"{len(visit.first.body)} and {len(visit.again.body)} bytes"
        yield found(r.BYTES_CHANGED, f"both polls have the same items in other bytes ({sizes})")
