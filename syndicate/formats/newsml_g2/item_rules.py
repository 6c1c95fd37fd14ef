"""Rules about what items say of themselves: identity, times, status. No schema sees these."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from syndicate.formats.newsml_g2 import names as n
from syndicate.markup.dates import cure_of_offset, parse_rfc3339
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import XML_NAMESPACE, Node

rules = RuleSet("newsml-g2")

_LANG = f"{{{XML_NAMESPACE}}}lang"
_SLACK = timedelta(days=1)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_NEWSML_URN = re.compile(r"urn:newsml:[^:\s]+:(?P<date>[^:\s]*):\S", re.IGNORECASE)
_POSITIVE = re.compile(r"\+?0*[1-9][0-9]*\Z", re.ASCII)
_ZONED = re.compile(r"T.*(?:Z|[+-]\d\d:\d\d)\Z")
_MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_NEWEST = 36
# Every version that IPTC published, from March 2008 on.
_VERSIONS = frozenset(f"2.{minor}" for minor in range(_NEWEST + 1))


def ns(name: str) -> str:
    """The Clark name of an element of NewsML-G2."""
    return f"{{{n.NAMESPACE}}}{name}"


_OURS = ns("")
_ITEMS = tuple(map(ns, n.ITEMS))
_SENDER = ns(n.SENDER)
_TIMES = tuple(map(ns, (n.SENT, n.VERSION_CREATED, n.FIRST_CREATED)))
_LOOSE_TIMES = tuple(map(ns, (n.TIMESTAMP, n.CONTENT_CREATED, n.CONTENT_MODIFIED, n.EXPIRES)))


@rules.rule("newsml-g2.standard.wrong", on=_ITEMS, severity=ERROR, spec="NewsML-G2, standard",
            summary="the standard is NewsML-G2")  # fmt: skip
def standard_wrong(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers choose the parser by it."""
    standard = item.get("standard")
    if standard and standard not in (n.STANDARD, "EventsML-G2", "SportsML-G2", "KnowledgeItem-G2"):
        yield at(item, f"standard must be {n.STANDARD!r}, not {shown(standard)}", attribute="standard")


@rules.rule("newsml-g2.standard-version.unknown", on=_ITEMS, severity=WARNING, spec="NewsML-G2, standardversion",
            summary="the version of the standard is one that was published")  # fmt: skip
def standard_version_unknown(item: Node, run: Run) -> Iterable[Fault]:
    """Another one has no schema: each receiver judges the item by a version of its own choice, or refuses it."""
    stated = (item.get("standardversion") or "").strip()
    if not stated or stated in _VERSIONS or item.get("standard") != n.STANDARD:
        return ()
    message = f"there is no NewsML-G2 {shown(stated)}; known are 2.0 to 2.{_NEWEST}"
    return (at(item, message, attribute="standardversion"),)


@rules.rule("newsml-g2.conformance.missing", on=_ITEMS, severity=WARNING, spec="NewsML-G2, conformance",
            summary="every item states its conformance level")  # fmt: skip
def conformance_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Without it a receiver must assume core, and may skip everything that is power."""
    if item.get("conformance") is None:
        yield at(item, 'the item states no conformance: add conformance="power"', attribute="conformance")


@rules.rule("newsml-g2.version.missing", on=_ITEMS, severity=WARNING, spec="NewsML-G2, version",
            summary="every item states its version")  # fmt: skip
def version_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Without it a receiver must assume 1, and takes an update for a repeat."""
    if item.get("version") is None:
        yield at(item, "the item states no version, which means 1", attribute="version")


@rules.rule("newsml-g2.version.invalid", on=_ITEMS, severity=ERROR, spec="NewsML-G2, version",
            summary="versions are whole numbers from 1")  # fmt: skip
def version_invalid(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers cannot tell which version is newer."""
    version = item.get("version")
    if version is not None and not _POSITIVE.match(version.strip()):
        yield at(item, f"version must be a whole number from 1, not {shown(version)}", attribute="version")


@rules.rule("newsml-g2.guid.not-uri", on=_ITEMS, severity=WARNING, spec="NewsML-G2 guidelines, guid",
            summary="guids are URIs")  # fmt: skip
def guid_not_uri(item: Node, run: Run) -> Iterator[Fault]:
    """A bare number or file name of one provider is soon the number of another one."""
    guid = item.get("guid") or ""
    if guid.strip() and not _URI.match(guid):
        yield at(item, f"the guid {shown(guid)} is no URI: use tag: or urn:newsml:", attribute="guid")


@rules.rule("newsml-g2.guid.urn-date", on=_ITEMS, severity=WARNING, spec="RFC 3085 §2",
            summary="the date in a urn:newsml: is a date of eight digits")  # fmt: skip
def guid_urn_date(item: Node, run: Run) -> Iterator[Fault]:
    """Readers of urn:newsml: names refuse a time in that place."""
    found = _NEWSML_URN.match(item.get("guid") or "")
    if found and not re.fullmatch(r"\d{8}", found["date"], re.ASCII):
        yield at(item, f"the date in the guid is {shown(found['date'])}, not YYYYMMDD", attribute="guid")


@rules.rule("newsml-g2.guid.duplicate", on=(ns(n.ITEM_SET),), severity=ERROR, spec="NewsML-G2 guidelines, newsMessage",
            summary="a version of an item stands in a message once")  # fmt: skip
def guid_duplicate(item_set: Node, run: Run) -> Iterator[Fault]:
    """Nobody knows which of the two is meant to stay."""
    seen: set[tuple[str, str]] = set()
    for item in item_set.children:
        identity = (item.get("guid") or "", item.get("version") or "1")
        if identity[0] and identity in seen:
            message = f"version {identity[1]} of {shown(identity[0])} stands in this message before"
            yield at(item, message, attribute="guid")
        seen.add(identity)


@rules.rule("newsml-g2.item-set.empty", on=(ns(n.ITEM_SET),), severity=ERROR, spec="NewsML-G2, itemSet",
            summary="a message has at least one item")  # fmt: skip
def item_set_empty(item_set: Node, run: Run) -> Iterator[Fault]:
    """The schema refuses it: nothing new means no message."""
    if item_set.closed and not any(item_set.children):
        yield at(item_set, "the itemSet is empty: send no message when there is nothing new")


@rules.rule("newsml-g2.date.invalid", on=(*_TIMES, ns(n.EMBARGOED)), severity=ERROR, spec="XML Schema, dateTime",
            summary="times are date-times")  # fmt: skip
def date_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers refuse the item, or show another time."""
    text = node.all_text().strip()
    if not text and node.local == n.EMBARGOED:
        return
    if _moment(text) is None:
        cure = cure_of_offset(text, has_colon=True)
        yield at(node, f"{node.qname} must be a date-time like 2026-03-04T12:00:00Z, not {shown(text)}{cure}")


@rules.rule("newsml-g2.date.no-zone", on=(*_TIMES, *_LOOSE_TIMES), severity=WARNING,
            spec="NewsML-G2 guidelines, date and time", summary="times have a zone")  # fmt: skip
def date_no_zone(node: Node, run: Run) -> Iterator[Fault]:
    """The schema lets it pass, but each receiver takes it for a time in a zone of his own."""
    if _lacks_zone(node):
        yield at(node, f"{node.qname} is {shown(node.text)}, without a zone: end it with Z or an offset")


@rules.rule("newsml-g2.embargoed.no-zone", on=(ns(n.EMBARGOED),), severity=ERROR, spec="NewsML-G2, embargoed",
            summary="an embargo has a zone")  # fmt: skip
def embargoed_no_zone(node: Node, run: Run) -> Iterator[Fault]:
    """A receiver further east publishes hours before it is over."""
    if _lacks_zone(node):
        yield at(node, f"the embargo {shown(node.text)} has no zone: end it with Z or an offset")


@rules.rule("newsml-g2.embargoed.over", on=(ns(n.EMBARGOED),), severity=INFO, spec="NewsML-G2, embargoed",
            summary="an embargo lies in the future")  # fmt: skip
def embargoed_over(node: Node, run: Run) -> Iterator[Fault]:
    """An embargo that is over needs no element; a new version without it says so clearly."""
    moment = _moment(node.all_text())
    if moment is not None and moment <= run.now:
        yield at(node, f"the embargo of {shown(node.text)} is over")


@rules.rule("newsml-g2.first-created.after-version-created", on=(ns(n.ITEM_META),), severity=ERROR,
            spec="NewsML-G2, firstCreated", summary="no version is older than its story")  # fmt: skip
def first_created_after(meta: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort by both; one of the two is wrong."""
    first, version = _moment_of(meta, n.FIRST_CREATED), _moment_of(meta, n.VERSION_CREATED)
    if first and version and first > version:
        yield at(meta.find(ns(n.FIRST_CREATED)) or meta, "firstCreated lies after versionCreated")


@rules.rule("newsml-g2.version-created.future", on=(ns(n.VERSION_CREATED),), severity=WARNING,
            spec="NewsML-G2, versionCreated", summary="no version is made in the future")  # fmt: skip
def version_created_future(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers keep it on top until that day, above every newer version."""
    moment = _moment(node.all_text())
    if moment is not None and moment > run.now and moment - _SLACK > run.now:
        yield at(node, f"versionCreated lies in the future: {shown(node.text)}")


@rules.rule("newsml-g2.sender.missing", on=(ns(n.HEADER),), severity=INFO, spec="NewsML-G2 guidelines, newsMessage",
            summary="a message says who sends it")  # fmt: skip
def sender_missing(header: Node, run: Run) -> Iterable[Fault]:
    """A receiver of several agencies needs it to trace a message, and to tell equal transmitIds apart."""
    if not header.closed or header.find(_SENDER) is not None:
        return ()
    return (at(header, "the header does not say who sends the message", element=n.SENDER),)


@rules.rule("newsml-g2.sent.before-version-created", on=(ns(n.NEWS_MESSAGE),), severity=WARNING,
            spec="NewsML-G2, sent", summary="no message is sent before its items are made")  # fmt: skip
def sent_before(message: Node, run: Run) -> Iterator[Fault]:
    """Receivers that order messages by it apply an older version over a newer one."""
    header, items = message.find(ns(n.HEADER)), message.find(ns(n.ITEM_SET))
    sent = _moment_of(header, n.SENT) if header is not None else None
    if sent is None or items is None:
        return
    for item in items.children:
        made = _moment_of(item.find(ns(n.ITEM_META)), n.VERSION_CREATED)
        if made is not None and made > sent:
            yield at(item, "versionCreated of this item lies after the message was sent")


@rules.rule("newsml-g2.pub-status.unknown", on=(ns(n.PUB_STATUS),), severity=ERROR, spec="IPTC NewsCodes, stat",
            summary="the status is usable, withheld or canceled")  # fmt: skip
def pub_status_unknown(node: Node, run: Run) -> Iterator[Fault]:
    """A status nobody knows is taken for usable: a story that is held or killed goes out."""
    qcode = node.get("qcode")
    alias, _, code = (qcode or "").partition(":")
    if qcode is not None and (alias != "stat" or code not in n.STATUSES):
        known = ", ".join(f"stat:{status}" for status in sorted(n.STATUSES))
        yield at(node, f"pubStatus is {shown(qcode)}; known are {known}", attribute="qcode")


@rules.rule("newsml-g2.item-class.unknown", on=(ns(n.ITEM_CLASS),), severity=ERROR, spec="IPTC NewsCodes, ninat",
            summary="the class of an item is one of IPTC's")  # fmt: skip
def item_class_unknown(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers choose by it how to store the item, and refuse what they do not know."""
    alias, _, code = (node.get("qcode") or "").partition(":")
    known = n.ITEM_CLASSES.get(alias)
    if known is not None and code not in known:
        yield at(node, f"{alias} has no code {shown(code)}; known are {', '.join(sorted(known))}", attribute="qcode")


@rules.rule("newsml-g2.language.invalid", on=None, severity=ERROR, spec="BCP 47",
            summary="language tags are well-formed and known")  # fmt: skip
def language_invalid(node: Node, run: Run) -> Iterable[Fault]:
    """Receivers sort items by language; one they do not know lands nowhere."""
    if (_LANG in node.attributes or "tag" in node.attributes) and node.name.startswith(_OURS):
        return _language_invalid(node)
    return ()


def _language_invalid(node: Node) -> Iterator[Fault]:
    for name, attribute in ((_LANG, "xml:lang"), ("tag", "tag")):
        tag = node.get(name) if attribute == "xml:lang" or node.local == n.LANGUAGE else None
        flaw = flaw_of_tag(tag.strip()) if tag else None
        if flaw:
            yield at(node, f"{shown(tag or '')} {flaw}", attribute=attribute)


@rules.rule("newsml-g2.headline.markup", on=(ns(n.HEADLINE),), severity=WARNING, spec="NewsML-G2, headline",
            summary="headlines hold no escaped markup")  # fmt: skip
def headline_markup(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers print it as it is, with `&amp;` and all."""
    found = _MARKUP.search(node.text)
    if found:
        yield at(node, f"the headline holds {shown(found[0])} as text: it was escaped twice")


@rules.rule("newsml-g2.content-set.missing", on=(ns(n.NEWS_ITEM),), severity=WARNING, spec="NewsML-G2, contentSet",
            summary="a news item has a contentSet, even when it is canceled")  # fmt: skip
def content_set_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Superdesk refuses an item without one, and with it the message; a kill is lost."""
    if item.closed and item.find(ns(n.CONTENT_SET)) is None:
        yield at(item, "the item has no contentSet: write an empty one", element=n.CONTENT_SET)


def _moment(text: str) -> datetime | None:
    """The moment of an xs:dateTime; one without zone is taken for UTC, since comparing is better than nothing."""
    text = text.strip()
    if not _MOMENT.match(text):
        return None
    try:
        return parse_rfc3339(text if _ZONED.search(text) else f"{text}Z")
    except (ValueError, OverflowError):
        return None


def _moment_of(parent: Node | None, name: str) -> datetime | None:
    child = parent.find(ns(name)) if parent is not None else None
    return _moment(child.all_text()) if child is not None else None


def _lacks_zone(node: Node) -> bool:
    text = node.all_text().strip()
    return bool(_MOMENT.match(text)) and not _ZONED.search(text) and not cure_of_offset(text, has_colon=True)
