"""Extensions that belong to Atom alone: AtomPub in entries and feeds (RFC 5023), tombstones (RFC 6721)."""

from collections.abc import Iterator

from syndicate.formats.atom import names as n
from syndicate.formats.atom import publishing, structure
from syndicate.markup.namespaces.legacy import APP_NS
from syndicate.markup.namespaces.tables import leaf
from syndicate.markup.rules import WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Child, Element, Vocabulary
from syndicate.markup.value_addresses import full_iri
from syndicate.markup.value_dates import parsed, rfc3339
from syndicate.markup.values import anything
from syndicate.markup.xml import Node

rules = RuleSet("atom")

_CONTROL = Element(name=f"{{{APP_NS}}}control", children=(leaf(APP_NS, "draft", anything),))
# What else of Atom may stand in a collection has no meaning there: a hint of its own says so.
_OTHERS = (n.ID, n.UPDATED, n.AUTHOR, n.CATEGORY, n.LINK, n.SUBTITLE, n.SUMMARY, n.RIGHTS, n.ICON, n.LOGO)
COLLECTION = Element(
    name=publishing.COLLECTION.name,
    attributes=publishing.COLLECTION.attributes,
    children=(
        *publishing.COLLECTION.children,
        *(Child(Element(name=name, text=anything, open=True), most=None) for name in _OTHERS),
    ),
)
APP = Vocabulary(
    namespace=APP_NS,
    prefix="app",
    feed=(Child(COLLECTION),),
    item=(leaf(APP_NS, "edited", rfc3339), Child(_CONTROL), Child(COLLECTION)),
)


def _tombstone(local: str) -> str:
    return f"{{{n.TOMBSTONES}}}{local}"


DELETED = Element(
    name=_tombstone("deleted-entry"),
    attributes={"ref": Attribute(kind=full_iri, required=True), "when": Attribute(kind=rfc3339, required=True)},
    children=(
        Child(Element(name=_tombstone("by"), children=structure.PERSON)),
        Child(Element(name=_tombstone("comment"), attributes=structure.TYPED, text=anything, open=True)),
        Child(structure.LINK, most=None),
        Child(structure.SOURCE),
    ),
)
TOMBSTONES = Vocabulary(namespace=n.TOMBSTONES, prefix="at", feed=(Child(DELETED, most=None),))
VOCABULARIES = {APP_NS: APP, n.TOMBSTONES: TOMBSTONES}


@rules.rule("atom.deleted.still-there", on=(n.FEED,), severity=WARNING, spec="RFC 6721 §3",
            summary="an entry that is withdrawn does not stand in the feed any more")  # fmt: skip
def still_there(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that do not know tombstones go on showing the story."""
    deleted = {one.get("ref"): one for one in feed.find_all(DELETED.name)}
    for entry in feed.find_all(n.ENTRY) if deleted else ():
        found = entry.find(n.ID)
        tombstone = None if found is None else deleted.get(found.text)
        if tombstone is not None and _is_older(entry, tombstone):
            yield at(entry, f"the entry is withdrawn in line {tombstone.line}, but still in the feed", element="id")


def _is_older(entry: Node, tombstone: Node) -> bool:
    updated, when = entry.find(n.UPDATED), parsed(tombstone.get("when") or "")
    moment = None if updated is None else parsed(updated.text)
    return moment is not None and when is not None and moment <= when
