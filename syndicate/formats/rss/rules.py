"""What an RSS document must be: the table of `structure.py`, and rules about more than one element."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.rss import names as n
from syndicate.formats.rss import structure, value_rules
from syndicate.markup.namespaces.known import SETS as NAMESPACE_SETS
from syndicate.markup.namespaces.known import VOCABULARIES
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Walk, structure_rules
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("rss")
SPEC = "RSS 2.0"
STRUCTURE = structure_rules(rules, "rss", SPEC)
_SETS = (rules, value_rules.rules, *NAMESPACE_SETS, *VALUE_SETS)

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


def dialect(document: Document) -> str | None:
    """`rss-2.0` and so on; the version is the one that the document states."""
    root = document.root
    if root is None or root.local != "rss":
        return None
    version = root.get(n.VERSION) or "2.0"
    return f"rss-{version}" if version in ("0.91", "0.92", "0.93", "0.94") else "rss-2.0"


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    if document.root is None:
        return
    run = Run(now=now, dialect=dialect)
    walk = Walk(sets=_SETS, own=STRUCTURE, namespace="", vocabularies=VOCABULARIES, run=run)
    yield from walk.check(document.root, structure.RSS)


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


@rules.rule("rss.self.missing", on=(n.CHANNEL,), severity=WARNING, spec="RSS Advisory Board profile, atom:link",
            summary="the channel has an atom:link with rel=\"self\"", reference="MissingAtomSelfLink")  # fmt: skip
def self_missing(channel: Node, run: Run) -> Iterator[Fault]:
    """Readers that got the feed as a file or by a redirect cannot find the address to subscribe to."""
    links = channel.find_all(_ATOM_LINK)
    if run.dialect == "rss-2.0" and not any(link.get("rel") == "self" for link in links):
        yield at(channel, 'the channel has no <atom:link rel="self" href="...">: add the address of the feed',
                 element="atom:link")  # fmt: skip


RULES: tuple[Rule, ...] = tuple(rule for rules_of_one in _SETS for rule in rules_of_one.rules)
