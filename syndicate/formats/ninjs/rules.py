"""What an item of ninjs must be: the tables of `structure.py`, and rules about more than one property."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs import structure, value_rules
from syndicate.formats.ninjs.dialects import dialect_of, version_of
from syndicate.formats.ninjs.shapes import Shape
from syndicate.formats.ninjs.value_rules import SPEC, moment_of
from syndicate.markup import official, schema_files, value_html
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, answers, at
from syndicate.markup.structure import finding, shown
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("ninjs")
_ITEM = "item"

UNKNOWN = rules.state(
    "ninjs.member.unknown", severity=ERROR, spec=SPEC, summary="only properties that the version has are used",
    why="The schema refuses all others, those of one's own too; receivers drop them.",
    reference="UndefinedElement")  # fmt: skip
MISSING = rules.state(
    "ninjs.member.missing", severity=ERROR, spec=SPEC, summary="every required property is there",
    why="The schema refuses the item. One without uri cannot be told from others, updated or withdrawn.",
    reference="MissingElement")  # fmt: skip
DUPLICATE = rules.state(
    "ninjs.member.duplicate", severity=WARNING, spec="RFC 8259 §4", summary="no name stands twice in an object",
    why="Some receivers take the first, some the last; the schema sees only one of them.",
    reference="DuplicateElement")  # fmt: skip

TYPE = rules.state(
    "ninjs.member.type", severity=ERROR, spec=SPEC, summary="every member is of the type that the schema gives it",
    why="The schema refuses the item, and receivers in languages with types drop it.")  # fmt: skip
WORD = rules.state(
    "ninjs.word.unknown", severity=ERROR, spec=SPEC, summary="words of a closed list are on the list",
    why="A receiver who does not know a status or type cannot tell what to do with the item.")  # fmt: skip
RANGE = rules.state(
    "ninjs.number.range", severity=ERROR, spec=SPEC, summary="numbers are within their bounds",
    why="The schema refuses the item.")  # fmt: skip
KEY = rules.state(
    "ninjs.key.invalid", severity=ERROR, spec=f"{SPEC} 1.x, renditions, associations",
    summary="keys of renditions and associations begin with a letter, a digit or `_`",
    why="The schema refuses the item.")  # fmt: skip

schema_rules = RuleSet("ninjs")
_OFFICIAL = official.Official(standard=schema_files.NINJS, **official.state(schema_rules, "ninjs", SPEC))


NEWEST = "ninjs-3.x"
"""What a document is taken for that somebody says is of the format, though it does not say so itself."""


def dialect(document: Document) -> str | None:
    """`ninjs-1.x`, `ninjs-2.x` or `ninjs-3.x`, by what the document states, else by its properties."""
    return dialect_of(document.root) if isinstance(document.root, JsonNode) else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    if isinstance(document.root, JsonNode):
        run = Run(now=now, dialect=dialect, is_odd=document.is_odd)
        yield from _value(document.root, structure.SHAPES[dialect], run)
        if schemas is not None and document.root.closed and not document.faults:
            # The package that knows JSON schemas takes longer to load than all rules.
            from syndicate.markup import json_schema

            stated = version_of(document.root)
            yield from json_schema.check(_OFFICIAL, document.root, data, schemas, major=dialect[6:8], stated=stated)


def _value(node: JsonNode, shape: Shape, run: Run) -> Iterator[Finding]:
    if not _is_of(node, shape.type):
        article = "a" if node.type in ("list", "text", "number") else "an"
        what = node.type if node.type in ("null", "true or false") else f"{article} {node.type}"
        yield finding(TYPE, node, f"{node.qname} must be {_worded(shape.type)}, not {what}")
        return
    yield from _words(node, shape)
    if shape.type == "object":
        yield from _members(node, shape, run)
    elif shape.type == "list" and shape.element is not None:
        for child in node.children:
            if isinstance(child, JsonNode):
                yield from _value(child, shape.element, run)
    for look in shape.looks:
        for rule, message, *place in look(node, run):
            yield finding(rule, place[0] if place else node, message)
    if n.ASSOCIATIONS in shape.members:
        found: list[Finding] = []
        answers(rules.named(_ITEM), node, run, found)
        yield from found


def _is_of(node: JsonNode, wanted: str) -> bool:
    if wanted == "whole number":
        return node.type == "number" and _is_whole(node.text)
    return node.type == wanted


def _is_whole(number: str) -> bool:
    """Whether the number has no fraction; `3.0` and `3e0` have none either."""
    return number.lstrip("-").isdecimal() or (len(number) < 30 and float(number).is_integer())


def _worded(kind: str) -> str:
    return f"an {kind}" if kind == "object" else f"a {kind}"


def _words(node: JsonNode, shape: Shape) -> Iterator[Finding]:
    if shape.words and node.text not in shape.words:
        yield finding(WORD, node, f"{node.qname} must be one of {', '.join(shape.words)}, not {shown(node.text)}")
    if shape.least is not None and shape.most is not None and not shape.least <= float(node.text) <= shape.most:
        message = f"{node.qname} must be from {shape.least} to {shape.most}, not {shown(node.text)}"
        yield finding(RANGE, node, message)


def _members(node: JsonNode, shape: Shape, run: Run) -> Iterator[Finding]:
    seen: set[str] = set()
    for child in node.children:
        if not isinstance(child, JsonNode):
            continue
        name = child.qname
        if name in seen:
            yield finding(DUPLICATE, child, f"{name} stands twice: receivers take the first or the last")
        seen.add(name)
        inner = shape.member(name)
        if inner is not None:
            yield from _value(child, inner, run)
        elif not shape.open:
            yield _unknown(child, node, shape)
    for name in shape.needs:
        if name not in seen:
            yield finding(MISSING, node, f"{_name_of(node)} has no {name}{_CURES.get(name, '')}")
    for names in shape.ones:
        if sum(name in seen for name in names) != 1:
            yield finding(value_rules.ONE, node, f"{_name_of(node)} must have one of {' and '.join(names)}")


_CURES = {n.URI: ": give the item its permanent name"}
_MEANT = {"guid": n.URI, "pubstatus": n.PUB_STATUS, "body_html": n.BODIES, "headline": n.HEADLINES}


def _unknown(child: JsonNode, node: JsonNode, shape: Shape) -> Finding:
    if shape.keys and not shape.members:
        return finding(KEY, child, f"the key {shown(child.qname)} must begin with a letter, a digit or _")
    near = next((name for name in shape.members if name.lower() == child.qname.lower()), None)
    meant = near or (_MEANT.get(child.qname.lower()) if _MEANT.get(child.qname.lower()) in shape.members else None)
    cure = f": write {meant}" if meant else "; no name of one's own is allowed"
    return finding(UNKNOWN, child, f"{_name_of(node)} has no property {shown(child.qname)}{cure}")


def _name_of(node: JsonNode) -> str:
    return "the item" if node.parent is None else node.qname


def _found(item: Node, name: str) -> Node | None:
    """The property, however this version spells it."""
    return next((one for spelled in (name, n.spelled_2(name), n.spelled_1(name)) if (one := item.find(spelled))), None)


def _text(item: Node, name: str) -> str:
    found = _found(item, name)
    return "" if found is None else found.text


@rules.rule("ninjs.dates.order", on=(_ITEM,), severity=WARNING, spec=f"{SPEC}, firstCreated, versionCreated",
            summary="no version is created before the first one")  # fmt: skip
def dates_order(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers take the version that they have for the newer one."""
    first, created = moment_of(_text(item, n.FIRST_CREATED)), moment_of(_text(item, n.VERSION_CREATED))
    if first is not None and created is not None and created < first:
        place = _found(item, n.VERSION_CREATED) or item
        yield at(place, f"{place.qname} lies before {n.FIRST_CREATED}: the two may be mixed up")


@rules.rule("ninjs.withdrawn.content", on=(_ITEM,), severity=WARNING, spec=f"{SPEC}, pubStatus",
            summary="a withheld or canceled item has no content")  # fmt: skip
def withdrawn_content(item: Node, run: Run) -> Iterator[Fault]:
    """A receiver who looks at the text before the status publishes what was withdrawn."""
    if _text(item, n.PUB_STATUS) in ("withheld", "canceled"):
        for child in item.children:
            if child.qname == n.BODIES or child.qname.startswith("body_"):
                yield at(child, f"the item is {_text(item, n.PUB_STATUS)}, but has a text: leave {child.qname} out")


@rules.rule("ninjs.withdrawn.note", on=(_ITEM,), severity=INFO, spec=f"{SPEC}, edNote",
            summary="a withheld or canceled item says why")  # fmt: skip
def withdrawn_note(item: Node, run: Run) -> Iterator[Fault]:
    """Editors must decide what to do with what they have published."""
    if _text(item, n.PUB_STATUS) in ("withheld", "canceled") and not _text(item, n.ED_NOTE).strip():
        yield at(item, f"the item is {_text(item, n.PUB_STATUS)}, but does not say why", element=n.ED_NOTE)


@rules.rule("ninjs.headline.missing", on=(_ITEM,), severity=INFO, spec=f"{SPEC}, headlines",
            summary="a story has a headline")  # fmt: skip
def headline_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers make one up, from the first words of the text."""
    has_text = any(child.qname == n.BODIES or child.qname.startswith("body_") for child in item.children)
    if has_text and not any(child.qname.startswith("headline") for child in item.children):
        yield at(item, "the item has a text, but no headline", element=n.HEADLINES)


@rules.rule("ninjs.association.duplicate", on=(_ITEM,), severity=WARNING, spec=f"{SPEC}, associations",
            summary="no two associations are the same item")  # fmt: skip
def association_duplicate(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers keep one of the two, and nobody knows which."""
    seen: dict[str, Node] = {}
    around = item.find(n.ASSOCIATIONS)
    for one in around.children if around is not None else ():
        found = one.find(n.URI)
        if found is not None and found.text in seen:
            yield at(found, f"the uri is that of the item in line {seen[found.text].line}: {shown(found.text)}")
        elif found is not None:
            seen[found.text] = found


@rules.rule("ninjs.standard.version", on=(_ITEM,), severity=WARNING, spec=f"{SPEC}, standard",
            summary="an item is of the version that it states")  # fmt: skip
def standard_version(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers choose the schema by it."""
    stated = _found(item, n.STANDARD)
    version = stated.find(n.VERSION) if stated is not None else None
    major = run.dialect.removeprefix("ninjs-").partition(".")[0]
    if version is not None and version.text.partition(".")[0] != major:
        yield at(version, f"the item states version {shown(version.text)}, but is judged as {run.dialect}")


RULES: tuple[Rule, ...] = (*rules.rules, *value_rules.rules.rules, *value_html.rules.rules, *schema_rules.rules)
