"""Kinds of addresses: URIs and IRIs (RFC 3986, RFC 3987), tag: URIs (RFC 4151), URNs (RFC 8141)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from ipaddress import IPv6Address

from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, finding, proved_by, shown
from syndicate.markup.uri_schemes import SCHEMES
from syndicate.markup.value_dates import SPACE
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

rules = RuleSet("rss", "atom")
_WHY = "Readers cannot open it, or open something else."

ADDRESS = rules.state(
    "value.uri.invalid", severity=ERROR, spec="RFC 3986", summary="addresses are URIs", why=_WHY,
    reference="InvalidLink")  # fmt: skip
CHARACTER = rules.state(
    "value.uri.character", severity=ERROR, spec="RFC 3986 §2",
    summary="addresses hold only characters that a URI may hold", why=_WHY, reference="InvalidUriChar")  # fmt: skip
FULL = rules.state(
    "value.uri.relative", severity=ERROR, spec="RFC 3986 §4.3", summary="addresses that must be full ones are",
    why="Outside of the site nobody knows what a relative address is relative to.",
    reference="InvalidFullLink")  # fmt: skip
NOT_ASCII = rules.state(
    "value.uri.not-ascii", severity=ERROR, spec="RFC 3986 §2; RFC 3987 §3.1",
    summary="addresses in RSS are written in ASCII", why="Many readers do not convert the characters and get a 404.",
    reference="UriNotIri")  # fmt: skip
IRI = rules.state(
    "value.iri.invalid", severity=ERROR, spec="RFC 3987", summary="addresses in Atom are IRIs", why=_WHY,
    reference="InvalidIRI")  # fmt: skip
WEB_ADDRESS = rules.state(
    "value.url.not-web", severity=ERROR, spec="RSS 2.0; RFC 9110 §4.2", summary="files are named by http(s) addresses",
    why="Players fetch files over HTTP only.", reference="InvalidURLAttribute")  # fmt: skip
SCHEME = rules.state(
    "value.uri.scheme", severity=WARNING, spec="RFC 7595; IANA registry of URI schemes",
    summary="URI schemes are registered ones", why="It is unknown to readers, or has a typing error in it.",
    reference="SchemeNotIANARegistered")  # fmt: skip
TAG = rules.state(
    "value.tag.invalid", severity=ERROR, spec="RFC 4151 §2.1", summary="tag: URIs are well-formed",
    why="A permanent name that is not valid may be changed by the next system that touches it.",
    reference="InvalidTAG")  # fmt: skip
URN = rules.state(
    "value.urn.invalid", severity=ERROR, spec="RFC 8141 §2", summary="URNs are well-formed",
    why="A permanent name that is not valid may be changed by the next system that touches it.",
    reference="InvalidURN")  # fmt: skip
UUID = rules.state(
    "value.urn.uuid", severity=ERROR, spec="RFC 9562 §4", summary="urn:uuid: names hold a UUID",
    why="A permanent name that is not valid may be changed by the next system that touches it.",
    reference="InvalidUUID")  # fmt: skip

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")
_NOT_IRI = re.compile('[\x00-\x20\x7f-\x9f<>"{}|\\\\^`\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff]')
_BRACKETS = re.compile(r"[\[\]]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|\[v[0-9A-Fa-f]+\.[^\]]+\]|[^\s/?#\[\]@:]+)"
_WEB = re.compile(rf"(?:https?|ftps?)://(?:[^\s/?#@\[\]]*@)?{_HOST}(?::[0-9]*)?(?:[/?#]|\Z)", re.IGNORECASE)
# RFC 4151 §2.1: an entity (a host's name or a mail address, and a day), and what it names.
_DNS = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DNS_NAME = rf"{_DNS}(?:\.{_DNS})*"
_PCHAR = r"(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})"
_TAG = re.compile(
    rf"(?-i:tag):(?:[a-z0-9._-]+@)?{_DNS_NAME},(?P<date>\d{{4}}(?:-\d\d(?:-\d\d)?)?):"
    rf"(?:{_PCHAR}|[/?])*(?:\#(?:{_PCHAR}|[/?])*)?\Z",
    re.IGNORECASE | re.ASCII,
)
_URN = re.compile(
    rf"urn:[a-z0-9][a-z0-9-]{{0,30}}[a-z0-9]:{_PCHAR}(?:{_PCHAR}|/)*"
    rf"(?:\?\+{_PCHAR}(?:{_PCHAR}|[/?])*?)?(?:\?={_PCHAR}(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?])*)?\Z",
    re.IGNORECASE | re.ASCII,
)
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE | re.ASCII)
_LONGEST_NAME = 4096
_NOT_FOR_LINKS = frozenset({"javascript", "vbscript", "file", "about", "blob"})


# The common form of a good web address: none of the kinds of addresses has anything to say about it.
_REST = r"[A-Za-z0-9/?#:@!$&'()*+,;=._~-]*"
is_good_web = re.compile(rf"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#]{_REST}(?:%[0-9A-Fa-f]{{2}}{_REST})*)?\Z").match


_is_good_urn = re.compile(r"urn:newsml:[A-Za-z0-9:._-]+\Z").match


@by_text_alone
@proved_by(is_good_web)
def uri(value: Value, run: Run) -> Iterator[Flaw]:
    """A URI or a relative reference, in ASCII."""
    yield from _flaws(value, value.text.strip(), full=False, ascii_only=True)


@by_text_alone
@proved_by(is_good_web)
def full_uri(value: Value, run: Run) -> Iterator[Flaw]:
    """A URI with its scheme, in ASCII."""
    yield from _flaws(value, value.text.strip(), full=True, ascii_only=True)


@by_text_alone
@proved_by(is_good_web)
def iri(value: Value, run: Run) -> Iterator[Flaw]:
    """An IRI or a relative reference, without white space around it."""
    yield from _spaced(value)
    yield from _flaws(value, value.text.strip(), full=False, ascii_only=False)


@by_text_alone
@proved_by(lambda text: is_good_web(text) or _is_good_urn(text))
def full_iri(value: Value, run: Run) -> Iterator[Flaw]:
    """An IRI with its scheme, without white space around it."""
    yield from _spaced(value)
    yield from _flaws(value, value.text.strip(), full=True, ascii_only=False)


@by_text_alone
@proved_by(is_good_web)
def web(value: Value, run: Run) -> Iterator[Flaw]:
    """An http(s) or ftp address."""
    text = value.text.strip()
    flaws = [flaw for flaw in _flaws(value, text, full=False, ascii_only=True) if flaw[0] is not ADDRESS]
    yield from flaws
    if not is_web(text) and not any(rule is CHARACTER for rule, _ in flaws):
        yield WEB_ADDRESS, f"{value.where} must be a full http(s) address, not {shown(value.text)}"


def is_web(text: str) -> bool:
    """Whether the text is a full http(s) or ftp address."""
    found = _WEB.match(text)
    return found is not None and (found["six"] is None or _is_ipv6(found["six"]))


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def scheme_of(text: str) -> str | None:
    """The scheme in lower case, None when the address is relative."""
    found = _SCHEME.match(text)
    return found[1].lower() if found else None


def _spaced(value: Value) -> Iterator[Flaw]:
    if value.text != value.text.strip() and value.text.strip():
        rule = CHARACTER if value.attribute else SPACE
        yield rule, f"{value.where} has white space around its address"


def _flaws(value: Value, text: str, *, full: bool, ascii_only: bool) -> Iterator[Flaw]:
    scheme = scheme_of(text)
    if scheme in ("tag", "urn"):
        yield from _named(value, text, scheme)
        return
    forbidden = (_FORBIDDEN if ascii_only else _NOT_IRI).search(text)
    if forbidden:
        rule = CHARACTER if forbidden[0].isascii() else IRI
        yield rule, f"{value.where}: the character {forbidden[0]!r} may not stand in an address: {shown(text)}"
    elif ascii_only and not text.isascii():
        yield NOT_ASCII, f"{value.where}: {shown(text)} is not plain ASCII: percent-encode it (host: punycode)"
    elif _BARE_PERCENT.search(text):
        yield ADDRESS, f"{value.where}: two hexadecimal digits must follow every % in {shown(text)}: write % as %25"
    elif scheme is None:
        yield from _relative(value, text, full=full)
    elif scheme in ("http", "https", "ftp") and not is_web(text):
        yield (FULL if full else ADDRESS), f"{value.where}: there is no host in {shown(text)}"
    elif not text[len(scheme) + 1 :]:
        yield (FULL if full else ADDRESS), f"{value.where}: nothing follows the scheme in {shown(text)}"
    elif scheme in _NOT_FOR_LINKS:
        yield SCHEME, f"{value.where}: readers do not open {scheme}: addresses"
    elif scheme not in SCHEMES:
        yield SCHEME, f"{value.where}: nobody has registered the scheme {scheme!r}"


@rules.look_at_declaring
def namespace_names(node: Node, run: Run) -> Iterator[Finding]:
    """The names of namespaces that this element declares, which are addresses or URNs too (Namespaces in XML §2.1)."""
    outer = node.parent.namespaces if node.parent is not None else {}
    for prefix, name in node.namespaces.items():
        if outer.get(prefix) == name or not name or is_good_web(name):
            continue
        attribute = f"xmlns:{prefix}" if prefix else "xmlns"
        for rule, message in _flaws(Value(name, node, attribute), name, full=False, ascii_only=False):
            if rule is not SCHEME and rule is not ADDRESS:
                yield finding(rule, node, message, attribute=attribute)


def _relative(value: Value, text: str, *, full: bool) -> Iterator[Flaw]:
    if full:
        yield FULL, f"{value.where} must be a full address with its scheme, not {shown(text)}"
    elif text.startswith(":") or _BRACKETS.search(text) or ":" in text.partition("/")[0]:
        yield ADDRESS, f"{value.where} must be an address, not {shown(text)}"


def _named(value: Value, text: str, scheme: str) -> Iterator[Flaw]:
    lower = text.lower()
    if scheme == "tag":
        if not _is_tag(text):
            yield TAG, f"{value.where}: {shown(text)} is no tag: URI like tag:example.com,2026:story:17"
    elif lower.startswith("urn:uuid:"):
        if not _UUID.match(text):
            yield UUID, f"{value.where}: {shown(text)} does not hold a UUID"
    elif len(text) >= _LONGEST_NAME or not _URN.match(text):
        yield URN, f"{value.where}: {shown(text)} is no URN like urn:isbn:0451450523"


def _is_tag(text: str) -> bool:
    found = _TAG.match(text) if len(text) < _LONGEST_NAME else None
    return found is not None and is_date(found["date"])


def is_date(text: str) -> bool:
    """Whether a year, year-month or year-month-day names a day, month or year that exists."""
    year, month, day = (int(part) for part in [*text.split("-"), "1", "1"][:3])
    return 1 <= month <= 12 and 1 <= day <= monthrange(max(year, 1), month)[1]
