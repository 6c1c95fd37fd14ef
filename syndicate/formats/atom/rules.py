"""What an Atom document must be: the table of `structure.py`, and rules about more than one element."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from syndicate.formats.atom import drawings, extensions, links, publishing, structure, texts, value_rules
from syndicate.formats.atom import names as n
from syndicate.formats.atom.texts import STRUCTURE, is_xml_type
from syndicate.formats.atom.value_rules import SPEC
from syndicate.markup import official, schema_files
from syndicate.markup.dates import day
from syndicate.markup.namespaces.known import IN_APP, VOCABULARIES
from syndicate.markup.namespaces.known import SETS as NAMESPACE_SETS
from syndicate.markup.namespaces.legacy import APP_NS
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import finding
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import DECLARATION, Document, Items, Node
from syndicate.model.finding import Finding, Rule

_OUR_FEED = DECLARATION + b"<feed xmlns:media="
_LONGEST = 4096
_WORTH_A_PROOF = 10
_asked = count()

rules = RuleSet("atom")
_SETS = (
    rules, texts.rules, drawings.rules, links.rules, publishing.rules, extensions.rules, value_rules.rules,
    *NAMESPACE_SETS, *VALUE_SETS,
)  # fmt: skip

OBSOLETE_NAMESPACE = rules.state(
    "atom.namespace.obsolete", severity=ERROR, spec=f"{SPEC} §2", summary="the namespace is that of Atom 1.0",
    why="Drafts of Atom have other elements, and readers have dropped them.",
    reference="ObsoleteNamespace")  # fmt: skip
INVALID_NAMESPACE = rules.state(
    "atom.namespace.invalid", severity=ERROR, spec=f"{SPEC} §2", summary="the root is in the namespace of Atom",
    why="To a parser it is another format.", reference="InvalidNamespace")  # fmt: skip
NO_NAMESPACE = rules.state(
    "atom.namespace.missing", severity=ERROR, spec=f"{SPEC} §2", summary="the root has a namespace",
    why="To a parser it is no Atom.", reference="MissingNamespace")  # fmt: skip

schema_rules = RuleSet("atom")
_OFFICIAL = official.Official(
    standard=schema_files.ATOM,
    # RFC 6721 lets tombstones stand anywhere in a feed.
    later=("{http://purl.org/atompub/tombstones/1.0}deleted-entry",),
    **official.state(schema_rules, "atom", f"{SPEC}, appendix B", is_alone=True),
)

_ROOTS = {"feed": structure.FEED, "entry": structure.ENTRY}
_DRAFTS = ("http://purl.org/atom/ns",)


def dialect(document: Document) -> str | None:
    """`atom-1.0`, also for a feed or entry in a wrong namespace: that is its fault, not another format."""
    root = document.root
    if root is not None and root.name in publishing.ROOTS:
        return "atompub-1.0"
    return "atom-1.0" if root is not None and root.local in _ROOTS else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    root = document.root
    if root is None:
        return
    run = Run(now=now, dialect=dialect, is_odd=document.is_odd)
    if root.name in publishing.ROOTS:
        yield from Walk(_APP, run).check(root, publishing.ROOTS[root.name])
        return
    if root.namespace != n.NAMESPACE:
        yield _about_namespace(root)
        return
    walk = document.begun if isinstance(document.begun, Walk) else Walk(_ATOM, run)
    yield from walk.check(root, _ROOTS[root.local])
    if schemas is not None and root.closed:
        yield from official.check(_OFFICIAL, document, data, schemas)


def proved(data: bytes, now: datetime) -> str | None:
    """The dialect when the document is a feed of our own without entries that certainly has no finding, else None.

    The proof takes as long to make ready as some ten documents take to be looked at, so the first ones are.
    """
    if len(data) > _LONGEST or not data.startswith(_OUR_FEED) or next(_asked) < _WORTH_A_PROOF:
        return None
    from syndicate.formats.atom import proof

    return "atom-1.0" if proof.is_good_feed(data, day(now)) else None


def begin(document: Document, dialect: str, now: datetime) -> Items | None:
    """Look at entries as soon as they are read; None where the document must be read as a whole."""
    if document.root is None or document.root.name != n.FEED:
        return None
    document.begun = walk = Walk(_ATOM, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    return walk.hand_over(structure.FEED, structure.ENTRY, kept=(n.ID, n.UPDATED))


def _about_namespace(root: Node) -> Finding:
    cure = f'write xmlns="{n.NAMESPACE}"'
    if not root.namespace:
        return finding(NO_NAMESPACE, root, f"{root.qname} is in no namespace: {cure}")
    if root.namespace.startswith(_DRAFTS):
        return finding(OBSOLETE_NAMESPACE, root, f"{root.namespace} is that of a draft: {cure}")
    return finding(INVALID_NAMESPACE, root, f"{root.namespace} is not Atom's namespace: {cure}")


@rules.rule("atom.author.missing", on=(n.ENTRY,), severity=ERROR, spec=f"{SPEC} §4.1.2",
            summary="every entry has an author, its own or that of its feed", reference="MissingElement")  # fmt: skip
def author_missing(entry: Node, run: Run) -> Iterator[Fault]:
    """Readers show no byline, strict ones refuse the entry."""
    source, feed = entry.find(n.SOURCE), entry.parent
    if _has_place(entry) and entry.find(n.AUTHOR) is None and (source is None or source.find(n.AUTHOR) is None):
        has_author = None if feed is None else lambda: feed.find(n.AUTHOR) is not None
        yield at(entry, "neither the entry nor its feed has an author", element="author", unless=has_author)


@rules.rule("atom.entry.no-content", on=(n.ENTRY,), severity=ERROR, spec=f"{SPEC} §4.1.2",
            summary="an entry without content has an alternate link",
            reference="MissingContentOrAlternate")  # fmt: skip
def no_content(entry: Node, run: Run) -> Iterator[Fault]:
    """There is nothing to read, and nowhere to go."""
    if _has_place(entry) and entry.find(n.CONTENT) is None and not links.of(entry, "alternate"):
        yield at(entry, "the entry has neither content nor an alternate link")


@rules.rule("atom.entry.no-text", on=(n.ENTRY,), severity=WARNING, spec=f"{SPEC} §4.1.2",
            summary="an entry has a summary or a text as its content", reference="MissingTextualContent")  # fmt: skip
def no_text(entry: Node, run: Run) -> Iterator[Fault]:
    """Readers show a headline alone."""
    content = entry.find(n.CONTENT)
    if entry.find(n.SUMMARY) is not None or not _has_place(entry):
        return
    if content is None or not _is_text(content):
        yield at(entry, "the entry has neither a summary nor a text as its content", element="summary")


@rules.rule("atom.summary.missing", on=(n.ENTRY,), severity=ERROR, spec=f"{SPEC} §4.1.1.1, §4.1.2",
            summary="an entry with remote or binary content has a summary", reference="MissingSummary")  # fmt: skip
def summary_missing(entry: Node, run: Run) -> Iterator[Fault]:
    """Readers that cannot show the content have nothing else."""
    content = entry.find(n.CONTENT)
    if content is not None and entry.find(n.SUMMARY) is None and not _is_text(content):
        yield at(entry, "the content is elsewhere or binary: add a summary", element="summary")


@rules.rule("atom.source.incomplete", on=(n.SOURCE,), severity=WARNING, spec=f"{SPEC} §4.2.11",
            summary="a source names the id, title and update of its feed",
            reference="MissingSourceElement")  # fmt: skip
def source_incomplete(source: Node, run: Run) -> Iterator[Fault]:
    """Readers cannot tell where the entry comes from."""
    for name in (n.ID, n.TITLE_ELEMENT, n.UPDATED):
        if source.find(name) is None:
            local = name.rpartition("}")[2]
            yield at(source, f"the source has no {local}", element=local)


@rules.rule("atom.feed.same-ids", on=(n.FEED,), severity=ERROR, spec=f"{SPEC} §4.2.6",
            summary="not all entries have the same id", reference="DuplicateIds")  # fmt: skip
def same_ids(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers show only one of the entries."""
    ids = [_text(entry, n.ID) for entry in feed.find_all(n.ENTRY)]
    if len(ids) > 1 and ids[0] and len(set(ids)) == 1:
        yield at(feed, f"all {len(ids)} entries have the id {ids[0]}")


@rules.rule("atom.entry.duplicate", on=(n.FEED,), severity=WARNING, spec=f"{SPEC} §4.1.1",
            summary="entries with the same id have different times of update",
            reference="DuplicateEntries")  # fmt: skip
def duplicate_entries(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers cannot tell which one is newer, and show either."""
    seen: dict[tuple[str, str], Node] = {}
    for entry in feed.find_all(n.ENTRY):
        key = (_text(entry, n.ID), _text(entry, n.UPDATED))
        if key[0] and key in seen:
            yield at(entry, f"the entry has the id and update of the entry in line {seen[key].line}")
        seen.setdefault(key, entry)


@rules.rule("atom.entry.same-update", on=(n.FEED,), severity=INFO, spec=f"{SPEC} §4.2.15",
            summary="entries have different times of update", reference="DuplicateUpdated")  # fmt: skip
def same_update(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that sort by it show the entries in any order; an import of many stories at once does this."""
    seen: dict[str, Node] = {}
    for entry in feed.find_all(n.ENTRY):
        updated = _text(entry, n.UPDATED)
        if updated and updated in seen:
            line = seen[updated].line
            yield at(entry, f"the entry has the time of update of the entry in line {line}", element="updated")
        seen.setdefault(updated, entry)


@rules.rule("atom.feed.order", on=(n.FEED,), severity=ERROR, spec=f"{SPEC} §4.1.1",
            summary="what the feed says about itself stands before its entries",
            reference="MisplacedMetadata")  # fmt: skip
def misplaced(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that stop after the entries they want never see it."""
    entries = False
    for child in feed.children:
        if child.name == n.ENTRY:
            entries = True
        elif entries and child.namespace == n.NAMESPACE and child.name in structure.FEED.by_name:
            yield at(child, f"{child.qname} stands after the first entry: move it up")


def _has_place(entry: Node) -> bool:
    """Whether the entry stands where entries stand; one inside a source, say, is not looked at."""
    return entry.parent is None or entry.parent.name == n.FEED


def _text(entry: Node, name: str) -> str:
    found = entry.find(name)
    return found.text.strip() if found is not None else ""


def _is_text(content: Node) -> bool:
    kind = (content.get("type") or "text").lower()
    return content.get("src") is None and (
        kind in ("text", "html", "xhtml") or kind.startswith("text/") or is_xml_type(kind)
    )


_ALL = RuleSet.joined(_SETS)
_ATOM = Grammar(
    rules=_ALL, own=STRUCTURE, namespace=n.NAMESPACE, vocabularies={**VOCABULARIES, **extensions.VOCABULARIES}
)
_APP = Grammar(rules=_ALL, own=publishing.STRUCTURE, namespace=APP_NS, vocabularies=IN_APP)
RULES: tuple[Rule, ...] = (*_ALL.rules, *schema_rules.rules)
