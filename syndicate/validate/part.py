"""One item, checked as in the document that it will stand in, without looking at the rest of it again and again."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup.dates import day
from syndicate.markup.json_head import is_json
from syndicate.markup.places import parse_places
from syndicate.markup.walk import Walk
from syndicate.markup.xml import Document, Items, Node
from syndicate.model.finding import Finding
from syndicate.validate.run import check, order

_PROBES = {"xml": b"<probe/>", "json": b"{}"}
_ANY_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the items of a document: `head` and `tail`, whole lines.

    Where the format's rules look at items one by one, `begin` starts that, `opening` and `closing` are the bare tags
    around an item, and `beside` are the elements that stand beside it. `proof` proves most items good without a parse.
    """

    format: str
    head: bytes
    tail: bytes
    dialect: str = ""
    proof: formats.Proof | None = None
    begin: formats.Begin | None = None
    opening: bytes = b""
    closing: bytes = b""
    beside: tuple[Node, ...] = ()


def frame_of(name: str, head: bytes, tail: bytes) -> Frame:
    """The frame of documents of that format; UnknownName when there are no rules for it."""
    frame = Frame(format=name, head=head, tail=tail, proof=_proof(name, head, tail))
    checker = formats.checker(name)
    begin = formats.begin(name)
    document = parse_places(head + tail)
    dialect = checker.dialect(document)
    if begin is None or dialect is None or document.faults or not head.endswith(b"\n"):
        return frame
    items = begin(document, dialect, _ANY_TIME)
    owner = _owner(document, items) if items is not None else None
    if owner is None:
        return frame
    return replace(
        frame,
        dialect=dialect,
        begin=begin,
        opening=head[: head.index(b">", owner.at) + 1] + b"\n",
        closing="".join(f"</{node.qname}>" for node in _path(owner)).encode(),
        beside=tuple(owner.children),
    )


def check_item(frame: Frame, item: bytes, *, now: datetime, schemas: Path | None = None) -> tuple[Finding, ...]:
    """What is wrong with the item (whole lines) in that frame; the item's first line is 1."""
    # A proof says nothing of a schema; formats with a `begin` have none.
    may_prove = schemas is None or frame.begin is not None
    if may_prove and frame.proof is not None and frame.proof(item, day(now)):
        return ()
    found = _look(frame, item, now) if frame.begin is not None else None
    if found is not None:
        return _shifted(found, frame.opening.count(b"\n"))
    report = check(frame.head + item + frame.tail, now=now, as_format=frame.format, schemas=schemas)
    before, lines = frame.head.count(b"\n"), item.count(b"\n")
    inside = [one for one in report.findings if before < (one.place.line or 0) <= before + lines]
    return _shifted(inside, before)


def _proof(name: str, head: bytes, tail: bytes) -> formats.Proof | None:
    """The format's proof for items in that frame, if what is put there stands in an element of a good document."""
    prover = formats.prover(name)
    marker = _PROBES["json" if is_json(head) else "xml"]
    document = parse_places(head + marker + tail)
    # That no encoding is declared is a note about the whole, and HTML declares it in its own way.
    is_faulty = any(fault.kind != "no-encoding" for fault in document.faults)
    if prover is None or document.root is None or is_faulty:
        return None
    probe = next((node for node in document.root.iter() if node.at == len(head)), None)
    return None if probe is None or probe.parent is None else prover.proof(probe.parent)


def _look(frame: Frame, item: bytes, now: datetime) -> list[Finding] | None:
    """What the rules find in the item; None when it is not one good piece of XML that holds one item."""
    taken: list[Node] = []

    def opened(document: Document) -> Items | None:
        items = frame.begin(document, frame.dialect, now) if frame.begin is not None else None
        if items is None:
            return None

        def take(node: Node) -> None:
            taken.append(node)
            if node.parent is not None:
                node.parent.content = [*frame.beside, node]
            items.take(node)

        return Items(name=items.name, parent=items.parent, depth=items.depth, take=take, kept=items.kept)

    document = parse_places(frame.opening + item + frame.closing, opened)
    walk, owner = document.begun, taken[0].parent if taken else None
    is_whole = len(taken) == 1 and not document.faults and owner is not None and _holds_one(owner, len(frame.beside))
    found = sorted(walk.result(), key=order) if is_whole and isinstance(walk, Walk) else None
    if owner is not None:
        owner.content = ""
    document.dismantle()
    return found


def _holds_one(owner: Node, beside: int) -> bool:
    """Whether there is one item and nothing else in the owner, and nothing else around it."""
    if sum(not isinstance(piece, str) for piece in owner.content) != beside + 1 or owner.text.strip():
        return False
    node = owner.parent
    return node is None or (node.parent is None and list(node.children) == [owner] and not node.text.strip())


def _owner(document: Document, items: Items) -> Node | None:
    """The element that items stand in."""
    node = document.root
    for _ in range(items.depth - 1):
        node = next(node.children, None) if node is not None else None
    return node if node is not None and node.name == items.parent else None


def _path(node: Node) -> list[Node]:
    return [node] if node.parent is None else [node, *_path(node.parent)]


def _shifted(findings: list[Finding], lines: int) -> tuple[Finding, ...]:
    """The findings, counted from the line behind so many."""
    return tuple(
        replace(one, place=replace(one.place, line=None if one.place.line is None else one.place.line - lines))
        for one in findings
    )
