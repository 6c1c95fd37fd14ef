"""What a JSON Feed must be: the table of `structure.py`, and rules about more than one member."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.jsonfeed import names as n
from syndicate.formats.jsonfeed import structure, value_rules
from syndicate.formats.jsonfeed.value_rules import SPEC
from syndicate.markup.json_nodes import PRIVATE, JsonNode
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Vocabulary, finding, member_rules, shown
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.value_dates import parsed
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("jsonfeed")
STRUCTURE = member_rules(rules, "jsonfeed", SPEC)
_SETS = (rules, value_rules.rules, *VALUE_SETS)
_ITEM = f"{n.ITEMS}[]"
_FEED = structure.FEED.name

TYPE = rules.state(
    "jsonfeed.member.type", severity=ERROR, spec=f"{SPEC}, structure",
    summary="every member is of the type that the format gives it",
    why="Readers in languages with types drop the item, or the whole feed.")  # fmt: skip
NUMBER = rules.state(
    "jsonfeed.id.number", severity=WARNING, spec=f"{SPEC}, items, id", summary="an id is a text",
    why="Readers should make a text of a number, but large numbers and 1.0 come out differently.")  # fmt: skip


NEWEST = "jsonfeed-1.1"
"""What a document is taken for that somebody says is of the format, though it does not say so itself."""


def dialect(document: Document) -> str | None:
    """`jsonfeed-1.1` or `jsonfeed-1`, by the version that the document states."""
    version = document.root.find(n.VERSION) if isinstance(document.root, JsonNode) else None
    if version is None or n.MARK not in version.text:
        return None
    return "jsonfeed-1" if version.text.strip() == n.VERSION_1 else "jsonfeed-1.1"


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    root = document.root
    if root is None:
        return
    of_wrong_type = list(_of_wrong_type(root))
    yield from of_wrong_type
    places = {(one.place.line, one.place.column) for one in of_wrong_type if one.rule is TYPE}
    run = Run(now=now, dialect=dialect, is_odd=document.is_odd)
    for one in Walk(_GRAMMAR, run).check(root, structure.FEED):
        if (one.place.line, one.place.column) not in places:
            yield one


def _of_wrong_type(root: Node) -> Iterator[Finding]:
    """What is not of its type; nothing inside it is looked at any more."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.namespace == PRIVATE or not isinstance(node, JsonNode):
            continue
        wanted = structure.types_of(node.name)
        if wanted and node.type not in wanted:
            article = "an" if node.type == "object" else "a"
            what = node.type if node.type in ("null", "true or false") else f"{article} {node.type}"
            yield finding(TYPE, node, f"{node.qname} must be {_worded(wanted[0])}, not {what}")
            node.content = ""
        elif node.name == n.ID and node.type == "number":
            yield finding(NUMBER, node, f"the id {shown(node.text)} is a number: write it as a text")
        waiting.extend(node.children)


def _worded(kind: str) -> str:
    return kind if kind == "true or false" else f"{'an' if kind == 'object' else 'a'} {kind}"


@rules.rule("jsonfeed.feed_url.missing", on=(_FEED,), severity=WARNING, spec=f"{SPEC}, top-level, feed_url",
            summary="the feed states its own address")  # fmt: skip
def feed_url_missing(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that got the feed as a file or by a redirect cannot find the address to subscribe to."""
    if feed.find(n.FEED_URL) is None:
        yield at(feed, "the feed does not state its own address: add feed_url", element=n.FEED_URL)


@rules.rule("jsonfeed.home_page_url.missing", on=(_FEED,), severity=WARNING,
            spec=f"{SPEC}, top-level, home_page_url", summary="the feed states the page that it is about")  # fmt: skip
def home_page_url_missing(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers have nothing to open for the feed as a whole."""
    if feed.find(n.HOME_PAGE_URL) is None:
        yield at(feed, "the feed does not state its page: add home_page_url", element=n.HOME_PAGE_URL)


@rules.rule("jsonfeed.next_url.same", on=(_FEED,), severity=ERROR, spec=f"{SPEC}, top-level, next_url",
            summary="the next page has another address than the feed")  # fmt: skip
def next_url_same(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that follow it go round in a circle."""
    following, own = feed.find(n.NEXT_URL), feed.find(n.FEED_URL)
    if following is not None and own is not None and following.text.strip() == own.text.strip():
        yield at(following, "next_url is the address of this very page")


@rules.rule("jsonfeed.content.missing", on=(_ITEM,), severity=ERROR, spec=f"{SPEC}, items, content_html",
            summary="every item has content_html or content_text")  # fmt: skip
def content_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Readers have nothing to show."""
    if item.find(n.CONTENT_HTML) is None and item.find(n.CONTENT_TEXT) is None:
        yield at(item, "the item has neither content_html nor content_text", element=n.CONTENT_HTML)


@rules.rule("jsonfeed.id.duplicate", on=(n.ITEMS,), severity=ERROR, spec=f"{SPEC}, items, id",
            summary="no two items have the same id", reference="DuplicateIds")  # fmt: skip
def id_duplicate(items: Node, run: Run) -> Iterator[Fault]:
    """Readers show only one of the two."""
    seen: dict[str, Node] = {}
    for item in items.find_all(_ITEM):
        found = item.find(n.ID)
        if found is not None and found.text in seen:
            yield at(found, f"the id is that of the item in line {seen[found.text].line}: {shown(found.text)}")
        elif found is not None:
            seen[found.text] = found


@rules.rule("jsonfeed.author.deprecated", on=(_FEED, _ITEM), severity=WARNING, spec=f"{SPEC}, top-level, author",
            summary="from 1.1 on, authors stand in a list")  # fmt: skip
def author_deprecated(node: Node, run: Run) -> Iterator[Fault]:
    """New readers look for authors; author is for those of 1.0."""
    found = node.find(n.AUTHOR)
    if found is not None and run.dialect == "jsonfeed-1.1" and node.find(n.AUTHORS) is None:
        yield at(found, "write authors, a list, beside author or instead of it")


@rules.rule("jsonfeed.author.empty", on=(n.AUTHOR, f"{n.AUTHORS}[]"), severity=ERROR,
            spec=f"{SPEC}, top-level, authors", summary="an author has a name, an address or a picture")  # fmt: skip
def author_empty(author: Node, run: Run) -> Iterator[Fault]:
    """There is nobody to name."""
    if all(author.find(name) is None for name in (n.NAME, n.URL, n.AVATAR)):
        yield at(author, "the author has neither name nor url nor avatar")


@rules.rule("jsonfeed.dates.order", on=(_ITEM,), severity=WARNING, spec=f"{SPEC}, items, date_modified",
            summary="an item is not modified before it is published")  # fmt: skip
def dates_order(item: Node, run: Run) -> Iterator[Fault]:
    """Readers that sort by one of the two show it at a wrong place; mostly the two were mixed up."""
    published, modified = (_moment(item, name) for name in (n.DATE_PUBLISHED, n.DATE_MODIFIED))
    if published is not None and modified is not None and modified < published:
        yield at(item, "date_modified lies before date_published", element=n.DATE_MODIFIED)


@rules.rule("jsonfeed.date_published.missing", on=(_ITEM,), severity=INFO, spec=f"{SPEC}, items, date_published",
            summary="an item says when it was published")  # fmt: skip
def date_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Readers sort it by the time at which they first saw it."""
    if item.find(n.DATE_PUBLISHED) is None:
        yield at(item, "the item does not say when it was published", element=n.DATE_PUBLISHED)


def _moment(item: Node, name: str) -> datetime | None:
    found = item.find(name)
    return None if found is None else parsed(found.text)


_ALL = RuleSet.joined(_SETS)
_PRIVATE = Vocabulary(namespace=PRIVATE, prefix=PRIVATE, open=True)
_GRAMMAR = Grammar(rules=_ALL, own=STRUCTURE, namespace="", vocabularies={PRIVATE: _PRIVATE}, part="member")
RULES: tuple[Rule, ...] = tuple(_ALL.rules)
