"""What an RSS document must be: the table of `structure.py`, and rules about more than one element."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

from syndicate.formats.rss import names as n
from syndicate.formats.rss import rdf, semantics, structure, value_rules
from syndicate.markup.dates import day
from syndicate.markup.namespaces.known import IN_RSS
from syndicate.markup.namespaces.known import SETS as NAMESPACE_SETS
from syndicate.markup.namespaces.podcast import about_encoding
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Element, finding, structure_rules
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import DECLARATION, Document, Items, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("rss")
SPEC = "RSS 2.0"
STRUCTURE = structure_rules(rules, "rss", SPEC)
_SETS = (rules, semantics.rules, value_rules.rules, *NAMESPACE_SETS, *VALUE_SETS)

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_OUR_FEED = DECLARATION + b"<rss xmlns:dc="
_LONGEST = 4096
_WORTH_A_PROOF = 10
_asked = count()


INVALID_NAMESPACE = rules.state(
    "rss.namespace.invalid", severity=ERROR, spec=SPEC, summary="the elements of RSS 2.0 are in no namespace",
    why="To a parser it is another format.", reference="InvalidNamespace")  # fmt: skip
DEPRECATED_DTD = rules.state(
    "rss.doctype.deprecated", severity=ERROR, spec="RSS 0.91", summary="the document names no DTD of RSS 0.91",
    why="It is no longer served: parsers that want it refuse the feed.", reference="DeprecatedDTD")  # fmt: skip
INVALID_DOCTYPE = rules.state(
    "rss.doctype.version", severity=ERROR, spec="RSS 0.91", summary="a DTD is that of the version",
    why="Parsers that validate refuse the feed.", reference="InvalidDoctype")  # fmt: skip


def dialect(document: Document) -> str | None:
    """`rss-2.0` and so on; the version is the one that the document states."""
    root = document.root
    if root is None:
        return None
    if root.name == rdf.ROOT:
        return next(filter(None, map(_rdf_dialect, root.children)), None)
    if root.local != "rss":
        return None
    version = root.get(n.VERSION) or "2.0"
    return f"rss-{version}" if version in ("0.91", "0.92", "0.93", "0.94") else "rss-2.0"


def _rdf_dialect(child: Node) -> str | None:
    """A channel or item without a namespace is meant to be of RSS 1.0: that is its fault, not another format."""
    if not child.namespace and child.local in (n.CHANNEL, n.ITEM):
        return "rss-1.0"
    return rdf.DIALECTS.get(child.namespace)


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    root = document.root
    if root is None:
        return
    yield from _about_doctype(document, root)
    if root.name != rdf.ROOT and root.namespace:
        yield finding(INVALID_NAMESPACE, root, f"RSS 2.0 has no namespace: take away {root.namespace}")
        return
    walk, shape = document.begun, structure.RSS
    if not isinstance(walk, Walk):
        grammar, shape = _grammar(dialect)
        walk = Walk(grammar, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    yield from walk.check(root, shape)
    yield from about_encoding(root, document.encoding, walk.run)


def proved(data: bytes, now: datetime) -> str | None:
    """The dialect when the document is a feed of our own without items that certainly has no finding, else None.

    The proof takes as long to make ready as some ten documents take to be looked at, so the first ones are.
    """
    if len(data) > _LONGEST or not data.startswith(_OUR_FEED) or next(_asked) < _WORTH_A_PROOF:
        return None
    from syndicate.formats.rss import proof

    return "rss-2.0" if proof.is_good_feed(data, day(now)) else None


def begin(document: Document, dialect: str, now: datetime) -> Items | None:
    """Look at items as soon as they are read; None where the document must be read as a whole."""
    grammar, shape = _grammar(dialect)
    if shape is not structure.RSS or document.root is None or document.root.name != structure.RSS.name:
        return None
    document.begun = walk = Walk(grammar, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    return walk.hand_over(structure.RSS, structure.CHANNEL, structure.ITEM)


@cache
def _grammar(dialect: str) -> tuple[Grammar, Element]:
    """The grammar and the shape of the root; the dialects of RDF have namespaces of their own."""
    namespace = next((uri for uri, name in rdf.DIALECTS.items() if name == dialect), "")
    shape = rdf.root(namespace) if namespace else structure.RSS
    own = Grammar(rules=_ALL, own=STRUCTURE, namespace=namespace, vocabularies=IN_RSS, strict=not namespace)
    return own, shape


def _about_doctype(document: Document, root: Node) -> Iterator[Finding]:
    public = document.public_id or ""
    if "DTD RSS 0.91" in public and document.system_id and "netscape" in document.system_id:
        yield finding(DEPRECATED_DTD, root, f"{document.system_id} is no longer served: take the DOCTYPE away")
    if "DTD RSS 0.91" in public and root.get(n.VERSION) != "0.91":
        yield finding(INVALID_DOCTYPE, root, f"the DTD is that of 0.91, the version is {root.get(n.VERSION)}")


@rules.rule("rss.guid.missing", on=(n.ITEM,), severity=WARNING, spec=f"{SPEC}, guid",
            summary="every item has a guid", reference="MissingGuid")  # fmt: skip
def guid_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Without a guid, reading apps fall back to the link and show edits as new stories."""
    if run.dialect == "rss-2.0" and item.find(n.GUID) is None:
        yield at(item, "the item has no guid: give it a permanent one", element=n.GUID)


@rules.rule("rss.item.empty", on=(n.ITEM,), severity=ERROR, spec=f"{SPEC}, item",
            summary="every item has a title or a description",
            reference="ItemMustContainTitleOrDescription")  # fmt: skip
def item_empty(item: Node, run: Run) -> Iterator[Fault]:
    """Readers have nothing to show."""
    if item.find(n.TITLE_ELEMENT) is None and item.find(n.DESCRIPTION) is None:
        yield at(item, "the item has neither title nor description")


@rules.rule("rss.enclosure.several", on=(n.ITEM,), severity=WARNING, spec="RSS Advisory Board profile, enclosure",
            summary="an item has one enclosure", reference="DuplicateEnclosure")  # fmt: skip
def enclosure_several(item: Node, run: Run) -> Iterator[Fault]:
    """Some readers take the first, some the last; further files belong into media:content."""
    for enclosure in item.find_all(n.ENCLOSURE)[1:]:
        yield at(enclosure, "readers take only one enclosure of an item: use media:content for the others")


@rules.rule("rss.skipHours.too-many", on=(n.SKIP_HOURS,), severity=ERROR, spec=f"{SPEC}, skipHours",
            summary="no more than 24 hours are skipped", reference="NotEnoughHoursInTheDay")  # fmt: skip
def too_many_hours(node: Node, run: Run) -> Iterator[Fault]:
    """A day has 24 hours."""
    if len(node.find_all(n.HOUR)) > 24:
        yield at(node, f"{len(node.find_all(n.HOUR))} hours are skipped")


@rules.rule("rss.skipDays.too-many", on=(n.SKIP_DAYS,), severity=ERROR, spec=f"{SPEC}, skipDays",
            summary="no more than 7 days are skipped", reference="EightDaysAWeek")  # fmt: skip
def too_many_days(node: Node, run: Run) -> Iterator[Fault]:
    """A week has 7 days."""
    if len(node.find_all(n.DAY)) > 7:
        yield at(node, f"{len(node.find_all(n.DAY))} days are skipped")


@rules.rule("rss.blink.unknown", on=("blink",), severity=ERROR, spec=SPEC, summary="there is no blink element",
            reference="NoBlink")  # fmt: skip
def blink(node: Node, run: Run) -> Iterator[Fault]:
    """It was in a draft only; the blogChannel namespace has one."""
    yield at(node, "RSS has no blink element")


@rules.rule("rss.self.missing", on=(n.CHANNEL,), severity=WARNING, spec="RSS Advisory Board profile, atom:link",
            summary="the channel has an atom:link with rel=\"self\"", reference="MissingAtomSelfLink")  # fmt: skip
def self_missing(channel: Node, run: Run) -> Iterator[Fault]:
    """Readers that got the feed as a file or by a redirect cannot find the address to subscribe to."""
    links = channel.find_all(_ATOM_LINK)
    if run.dialect == "rss-2.0" and not any(link.get("rel") == "self" for link in links):
        yield at(channel, 'the channel has no <atom:link rel="self" href="...">: add the address of the feed',
                 element="atom:link")  # fmt: skip


_ALL = RuleSet.joined(_SETS)
RULES: tuple[Rule, ...] = tuple(_ALL.rules)
