"""What articles in JSON-LD must be: the members that search engines and readers count on, their types and values.

The vocabulary is open: members that nobody here knows are nobody's fault.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.json_ld import names as n
from syndicate.formats.json_ld import value_rules as v
from syndicate.formats.json_ld.nodes import article_nodes, members, pieces, types
from syndicate.formats.json_ld.value_rules import SPEC
from syndicate.markup.encoding import has_odd
from syndicate.markup.json_ld import moment
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet, Run, answers
from syndicate.markup.structure import Value, finding, shown
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Place, Rule

rules = RuleSet("json-ld")
_LISTS = (n.DATA_FEED, "ItemList")

NO_CONTEXT = rules.state(
    "json-ld.context.missing", severity=ERROR, spec="JSON-LD 1.1 §3.1", summary="the context is that of schema.org",
    why="Without it the names of the members mean nothing.")  # fmt: skip
TWICE = rules.state(
    "json-ld.member.duplicate", severity=ERROR, spec="JSON-LD 1.1 §9; RFC 8259 §4",
    summary="no name stands twice in an object", why="Some readers take the first, some the last.")  # fmt: skip
NO_HEADLINE = rules.state(
    "json-ld.headline.missing", severity=ERROR, spec=f"{SPEC}, headline", summary="every article has a headline",
    why="There is nothing to show of it.")  # fmt: skip
NO_DATE = rules.state(
    "json-ld.datePublished.missing", severity=WARNING, spec=f"{SPEC}, datePublished",
    summary="every article says when it was published", why="Nobody can tell whether it is news.")  # fmt: skip
NO_NAME = rules.state(
    "json-ld.identifier.missing", severity=WARNING, spec="schema.org, identifier, url",
    summary="every article has an address or an identifier",
    why="Nobody can tell an update from another story.")  # fmt: skip
SAME_NAME = rules.state(
    "json-ld.identifier.duplicate", severity=ERROR, spec="schema.org, identifier",
    summary="no two articles have the same identifier", why="Readers keep only one of the two.")  # fmt: skip
ORDER = rules.state(
    "json-ld.dates.order", severity=WARNING, spec=f"{SPEC}, dateModified",
    summary="no article was modified before it was published", why="Mostly the two were mixed up.")  # fmt: skip
NO_AUTHOR = rules.state(
    "json-ld.author.missing", severity=INFO, spec=f"{SPEC}, author", summary="an article names its authors",
    why="Search engines show who wrote it.")  # fmt: skip
AUTHOR_NAME = rules.state(
    "json-ld.author.name", severity=ERROR, spec=f"{SPEC}, author.name", summary="every author has a name",
    why="There is nobody to name.")  # fmt: skip
NO_IMAGE = rules.state(
    "json-ld.image.missing", severity=INFO, spec=f"{SPEC}, image", summary="an article has a picture",
    why="Search engines show articles with pictures above others.")  # fmt: skip
NO_FILE = rules.state(
    "json-ld.media.address", severity=ERROR, spec="schema.org, MediaObject, contentUrl",
    summary="every picture, video and sound has the address of its file or player",
    why="There is nothing to show.")  # fmt: skip
VIDEO = rules.state(
    "json-ld.video.incomplete", severity=INFO, spec="Google, structured data of videos",
    summary="a video has a name, a thumbnail and the date of its upload",
    why="Google shows no video without them.")  # fmt: skip

_OBJECTS = (n.IMAGE, n.VIDEO, n.AUDIO)


def dialect(document: Document) -> str | None:
    """`json-ld` for articles in the words of schema.org, and for lists of them, which may be empty."""
    root = document.root
    if not isinstance(root, JsonNode) or root.type not in ("object", "list"):
        return None
    if next(article_nodes(root), None) is not None:
        return "json-ld"
    is_list = root.type == "object" and any(one in _LISTS for one in types(root))
    return "json-ld" if is_list and _has_context(root) else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    root = document.root
    if not isinstance(root, JsonNode):
        return
    # Escapes may hide such characters.
    run = Run(now=now, dialect=dialect, is_odd=has_odd(data) or b"\\u" in data)
    outer = [one for one in pieces(root) if one.type == "object"]
    for node in outer:
        if not _has_context(node):
            yield finding(NO_CONTEXT, node, f'write "{n.CONTEXT}": "{n.SCHEMA_ORG}" first')
    yield from _everywhere(root, run)
    seen: dict[str, JsonNode] = {}
    for node in article_nodes(root):
        yield from _article(node, seen, run)


def _has_context(node: JsonNode) -> bool:
    """Whether the object speaks with the words of schema.org."""
    context = members(node).get(n.CONTEXT)
    return context is not None and any("schema.org" in one.text for one in context.iter())


def _everywhere(root: JsonNode, run: Run) -> Iterator[Finding]:
    """What is wrong wherever it stands: names that stand twice, characters of a broken encoding, values."""
    found: list[Finding] = []
    for node in root.iter():
        if run.is_odd:
            answers(_ALL.odd, node, run, found)
        if isinstance(node, JsonNode) and node.type == "object":
            for name, same in node.groups.items():
                found += [finding(TWICE, one, f"{one.qname} stands twice in an object") for one in same[1:] if name]
    yield from found


def _article(node: JsonNode, seen: dict[str, JsonNode], run: Run) -> Iterator[Finding]:
    known = members(node)
    yield from _missing(node, known)
    yield from _values(node, known, run)
    yield from _dates(known)
    for author in pieces(known.get(n.AUTHOR)):
        if author.type == "object" and not _is_named(author):
            yield _lack(AUTHOR_NAME, author, n.NAME, "the author has no name")
    for name in _OBJECTS:
        for media in pieces(known.get(name)):
            if media.type == "object":
                yield from _media(media, run)
    identifier = known.get(n.IDENTIFIER)
    if identifier is not None and identifier.text.strip():
        first = seen.setdefault(identifier.text.strip(), identifier)
        if first is not identifier:
            message = f"the identifier is that of the article in line {first.line}: {shown(identifier.text)}"
            yield finding(SAME_NAME, identifier, message)


def _missing(node: JsonNode, known: dict[str, JsonNode]) -> Iterator[Finding]:
    headline = known.get(n.HEADLINE) or known.get(n.NAME)
    if headline is None or (headline.type == "text" and not headline.text.strip()):
        yield _lack(NO_HEADLINE, node, n.HEADLINE, "the article has no headline")
    if n.DATE_PUBLISHED not in known:
        yield _lack(NO_DATE, node, n.DATE_PUBLISHED, "the article does not say when it was published")
    if not {n.IDENTIFIER, n.URL, n.MAIN_ENTITY_OF_PAGE, n.ID} & known.keys():
        yield _lack(NO_NAME, node, n.IDENTIFIER, "the article has neither an identifier nor an address")
    if not pieces(known.get(n.AUTHOR)):
        yield _lack(NO_AUTHOR, node, n.AUTHOR, "the article names no author")
    if not pieces(known.get(n.IMAGE)):
        yield _lack(NO_IMAGE, node, n.IMAGE, "the article has no picture")


def _values(node: JsonNode, known: dict[str, JsonNode], run: Run) -> Iterator[Finding]:
    """What is wrong with the values of an object; nothing is said of one that is not of its type."""
    for name, member in known.items():
        wanted = v.TYPES.get(name)
        for one in pieces(member):
            if wanted is not None and one.type not in wanted:
                yield finding(
                    v.TYPE, one, f"{name} must be {' or '.join(map(v.worded, wanted))}, not {v.worded(one.type)}"
                )
            elif (kind := v.KINDS.get(name)) is not None and one.type == "text":
                yield from (finding(rule, one, message) for rule, message in kind(Value(one.text, one), run))


def _dates(known: dict[str, JsonNode]) -> Iterator[Finding]:
    published, modified = known.get(n.DATE_PUBLISHED), known.get(n.DATE_MODIFIED)
    if published is not None and modified is not None:
        first, last = moment(published.text)[0], moment(modified.text)[0]
        # A day alone begins before every time in it.
        is_day = min(len(published.text.strip()), len(modified.text.strip())) == 10
        if first and last and last < first and not (is_day and last.date() == first.date()):
            yield finding(ORDER, modified, f"{n.DATE_MODIFIED} lies before {n.DATE_PUBLISHED}")


def _media(media: JsonNode, run: Run) -> Iterator[Finding]:
    known = members(media)
    # What is named by its address alone is described elsewhere.
    if known.keys() <= {n.ID, n.TYPE} and n.ID in known:
        return
    if not {n.CONTENT_URL, n.URL, n.EMBED_URL, n.ID} & known.keys():
        yield _lack(NO_FILE, media, n.CONTENT_URL, f"{media.qname} has neither {n.CONTENT_URL} nor {n.URL}")
    if n.VIDEO_OBJECT in types(media):
        for name in (n.NAME, n.THUMBNAIL_URL, n.UPLOAD_DATE):
            if name not in known:
                yield _lack(VIDEO, media, name, f"the video has no {name}")
    yield from _values(media, known, run)


def _is_named(author: JsonNode) -> bool:
    known = members(author)
    return any(known[name].text.strip() for name in (n.NAME, "givenName", "familyName", n.ID) if name in known)


def _lack(rule: Rule, node: Node, name: str, message: str) -> Finding:
    """A finding about a member that is not there."""
    return Finding(rule=rule, message=message, place=Place(line=node.line, column=node.column, element=name,
                                                           parent=node.qname))  # fmt: skip


_ALL = RuleSet.joined((rules, v.rules, *VALUE_SETS))
RULES: tuple[Rule, ...] = tuple(_ALL.rules)
