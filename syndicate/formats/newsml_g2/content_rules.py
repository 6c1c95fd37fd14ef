"""Rules about content: payloads, counts, ids, references between groups."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.item_rules import ns
from syndicate.markup import nitf_names
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import XML_NAMESPACE, Node

rules = RuleSet("newsml-g2")

XHTML = "http://www.w3.org/1999/xhtml"
_PAYLOADS = {n.NITF_TYPE: nitf_names.NAMESPACES, n.XHTML_TYPE: (XHTML,)}
_XHTML_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
})  # fmt: skip
# What holds the words of a payload, and which elements in it do not part them.
_BODIES = {f"{{{one}}}body.content": nitf_names.INLINE for one in nitf_names.NAMESPACES} | {
    f"{{{XHTML}}}body": _XHTML_INLINE
}
_WITH_IDS = frozenset({n.NAMESPACE, *nitf_names.NAMESPACES})
_COUNT = re.compile(r"[0-9]+\Z", re.ASCII)
IDS = frozenset({"id", f"{{{XML_NAMESPACE}}}id", "partid"})
_ITEMS = frozenset(map(ns, n.ITEMS))
# Elements that refer to others by attributes of the types IDREF and IDREFS; groups have a rule of their own.
_REFERRING = {
    ns(name): attributes
    for name, attributes in {
        n.CONTENT_SET: ("original",),
        n.PART_META: ("contentrefs",),
        n.RIGHTS_INFO: ("idrefs",),
        "inlineRef": ("idrefs",),
        "derivedFrom": ("idrefs",),
        "derivedFromValue": ("sourceidref", "idrefs"),
    }.items()
}
_TYPED = tuple(map(ns, (
    n.REMOTE_CONTENT, n.INLINE_XML, n.INLINE_DATA, n.ITEM_REF, n.LINK, n.ALT_REP, "icon", "deliverableOf",
    "deliveredItemRef", "newsContentCharacteristics", "remoteInfo",
)))  # fmt: skip
_MEASURED = (*_TYPED, *map(ns, (n.CHANNEL, "regionDelim")))
_MEASURES = frozenset({"size", "width", "height"})
_WHOLE = re.compile(r"[ \t\r\n]*(?:\+?[0-9]+|-0+)[ \t\r\n]*\Z")
_WITH_SIGN = re.compile(r"[ \t\r\n]*[+-]?[0-9]+[ \t\r\n]*\Z")
_BARE_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+\Z")


@rules.rule("newsml-g2.inline-xml.namespace", on=(ns(n.INLINE_XML),), severity=ERROR,
            spec="NewsML-G2, inlineXML@contenttype", summary="the payload is in the right namespace")  # fmt: skip
def payload_namespace(node: Node, run: Run) -> Iterator[Fault]:
    """A payload that inherits the outer namespace is read as NewsML-G2, and its text is lost."""
    expected = _PAYLOADS.get((node.get("contenttype") or "").partition(";")[0].strip().lower())
    for payload in node.children:
        if expected and payload.namespace not in (*expected, ""):
            yield at(payload, f"the payload is in the namespace {payload.namespace}; expected {expected[0]}")


@rules.rule("newsml-g2.inline-xml.no-namespace", on=(ns(n.INLINE_XML),), severity=WARNING,
            spec="NewsML-G2, inlineXML", summary="the payload has a namespace of its own")  # fmt: skip
def payload_without_namespace(node: Node, run: Run) -> Iterator[Fault]:
    """Only receivers that look at local names find the text."""
    typed = (node.get("contenttype") or "").partition(";")[0].strip().lower() in _PAYLOADS
    for payload in node.children:
        if not payload.namespace:
            yield at(payload, f"the payload {payload.qname} is in no namespace")
        elif not typed and payload.namespace == n.NAMESPACE and payload.local in ("nitf", "html"):
            yield at(payload, f"the payload {payload.qname} is in the namespace of NewsML-G2")


@rules.rule("newsml-g2.inline-xml.content-type", on=(ns(n.INLINE_XML),), severity=WARNING,
            spec="NewsML-G2, inlineXML@contenttype", summary="the payload states its content type")  # fmt: skip
def payload_type_missing(node: Node, run: Run) -> Iterator[Fault]:
    """Superdesk chooses the parser of the text by it."""
    if not (node.get("contenttype") or "").strip():
        yield at(node, "inlineXML states no contenttype", attribute="contenttype")


@rules.rule("newsml-g2.wordcount.invalid", on=(ns(n.INLINE_XML), ns(n.INLINE_DATA)), severity=ERROR,
            spec="NewsML-G2, wordcount", summary="a word count is a whole number")  # fmt: skip
def wordcount_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Leave it out rather than write it empty."""
    count = node.get("wordcount")
    if count is not None and not _COUNT.match(count.strip()):
        yield at(node, f"wordcount must be a whole number, not {shown(count)}", attribute="wordcount")


@rules.rule("newsml-g2.wordcount.wrong", on=(ns(n.INLINE_XML),), severity=WARNING, spec="NewsML-G2, wordcount",
            summary="a word count is that of the body")  # fmt: skip
def wordcount_wrong(node: Node, run: Run) -> Iterator[Fault]:
    """Editors plan pages by it: leave it out rather than guess."""
    stated, counted = (node.get("wordcount") or "").strip(), words_of(node)
    if counted is not None and _COUNT.match(stated) and int(stated) != counted:
        yield at(node, f"wordcount says {stated}; the body has {counted} words", attribute="wordcount")


@rules.rule("newsml-g2.id.duplicate", on=None, severity=ERROR, spec="XML Schema, ID",
            summary="an id stands in a file once")  # fmt: skip
def id_duplicate(node: Node, run: Run) -> Iterable[Fault]:
    """Two packages in one message that both call their group `root` make the message invalid."""
    if IDS.isdisjoint(node.attributes) or node.namespace not in _WITH_IDS:
        return ()
    return _id_duplicate(node, run)


def _id_duplicate(node: Node, run: Run) -> Iterator[Fault]:
    seen: set[str] = run.memory("ids", set)
    for name in IDS & node.attributes.keys():
        value = node.attributes[name].strip()
        if value in seen:
            yield at(node, f"the id {shown(value)} stands in this file before", attribute=name.rpartition("}")[2])
        seen.add(value)


@rules.rule("newsml-g2.idref.unknown", on=_REFERRING, severity=ERROR, spec="NewsML-G2, partMeta@contentrefs; IDREFS",
            summary="references within an item name ids that are in it")  # fmt: skip
def idref_unknown(node: Node, run: Run) -> Iterable[Fault]:
    """Rights or a description of one part are lost, or taken for those of the whole item."""
    names = [name for name in _REFERRING[node.name] if name in node.attributes]
    return _idref_unknown(node, names, run) if names else ()


def _idref_unknown(node: Node, names: list[str], run: Run) -> Iterator[Fault]:
    item = node.parent
    if item is None or item.name not in _ITEMS or not item.closed:
        return
    memory: dict[int, frozenset[str]] = run.memory("ids of items", dict)
    if id(item) not in memory:
        memory[id(item)] = _ids_in(item)
    for name in names:
        for reference in node.attributes[name].split():
            if reference not in memory[id(item)]:
                yield at(node, f"{name}: nothing in this item has the id {shown(reference)}", attribute=name)


def _ids_in(item: Node) -> frozenset[str]:
    """Every id in the item, that of payloads too. Only asked of items in which something refers to one."""
    ids, waiting = set[str](), [item]
    while waiting:
        node = waiting.pop()
        if not IDS.isdisjoint(node.attributes):
            ids.update(node.attributes[name].strip() for name in IDS & node.attributes.keys())
        waiting += node.children
    return frozenset(ids)


@rules.rule("newsml-g2.group.reference", on=(ns(n.GROUP_SET),), severity=ERROR, spec="NewsML-G2, groupSet",
            summary="root and every idref name a group of the package")  # fmt: skip
def group_reference(group_set: Node, run: Run) -> Iterator[Fault]:
    """A receiver that cannot follow it shows an empty package."""
    groups = group_set.find_all(ns(n.GROUP))
    ids = {group.get("id") for group in groups}
    root = group_set.get("root")
    if root and root not in ids:
        yield at(group_set, f"there is no group {shown(root)}", attribute="root")
    for reference in (one for group in groups for one in group.find_all(ns(n.GROUP_REF))):
        idref = reference.get("idref")
        if idref and idref not in ids:
            yield at(reference, f"there is no group {shown(idref)}", attribute="idref")


@rules.rule("newsml-g2.group.unreachable", on=(ns(n.GROUP_SET),), severity=WARNING, spec="NewsML-G2, groupSet",
            summary="every group can be reached from the root, by one way")  # fmt: skip
def group_unreachable(group_set: Node, run: Run) -> Iterator[Fault]:
    """What cannot be reached is never shown."""
    groups = {group.get("id"): group for group in group_set.find_all(ns(n.GROUP))}
    waiting, reached = [group_set.get("root")], set[str | None]()
    while waiting:
        name = waiting.pop()
        if name in groups and name not in reached:
            reached.add(name)
            waiting += [reference.get("idref") for reference in groups[name].find_all(ns(n.GROUP_REF))]
    for name, group in groups.items():
        if name not in reached and group_set.get("root") in groups:
            yield at(group, f"the group {shown(name or '')} cannot be reached from the root")


@rules.rule("newsml-g2.group.role-missing", on=(ns(n.GROUP),), severity=WARNING, spec="NewsML-G2, group",
            summary="every group has a role")  # fmt: skip
def group_role_missing(group: Node, run: Run) -> Iterator[Fault]:
    """Superdesk refuses a package whose groups have none."""
    if not (group.get("role") or group.get("roleuri")):
        yield at(group, "the group has no role", attribute="role")


@rules.rule("newsml-g2.remote-content.target", on=(ns(n.REMOTE_CONTENT),), severity=WARNING,
            spec="NewsML-G2, remoteContent", summary="remote content says where it is and what it is")  # fmt: skip
def remote_content_target(node: Node, run: Run) -> Iterator[Fault]:
    """Nobody can fetch it, or knows how to show it."""
    if not (node.get("href") or node.get("residref")) and node.get("hascontent") != "false":
        yield at(node, "remoteContent has neither href nor residref", attribute="href")
    if not node.get("contenttype"):
        yield at(node, "remoteContent states no contenttype", attribute="contenttype")


@rules.rule("newsml-g2.contenttype.invalid", on=_TYPED, severity=ERROR,
            spec="NewsML-G2, contenttype; RFC 6838 §4.2", summary="a contenttype is a media type")  # fmt: skip
def contenttype_invalid(node: Node, run: Run) -> Iterable[Fault]:
    """Receivers choose by it how to read or show the file; a word of the sender's own tells them nothing."""
    stated = node.attributes.get("contenttype")
    if not stated or _is_type(stated):
        return ()
    message = f"contenttype must be a media type like image/jpeg, not {shown(stated)}"
    return (at(node, message, attribute="contenttype"),)


@lru_cache(maxsize=1024)
def _is_type(text: str) -> bool:
    """Whether it can be a media type. One that says nothing breaks other rules."""
    if _BARE_TYPE.match(text) or text.isspace():
        return True
    # Only types with parameters and odd ones come here, so the module is seldom loaded.
    from syndicate.markup.values import is_media_type

    return is_media_type(text)


@rules.rule("newsml-g2.size.invalid", on=_MEASURED, severity=ERROR,
            spec="NewsML-G2, size, width, height (nonNegativeInteger)",
            summary="size, width and height are whole numbers")  # fmt: skip
def size_invalid(node: Node, run: Run) -> Iterable[Fault]:
    """Pages are laid out by it before the file is there. Units are stated beside it; what is unknown is left out."""
    if _MEASURES.isdisjoint(node.attributes):
        return ()
    return [
        at(node, f"{name} must be a whole number, not {shown(value)}", attribute=name)
        for name, value in node.attributes.items()
        if name in _MEASURES and not _WHOLE.match(value) and not _may_be_negative(node, name, value)
    ]


def _may_be_negative(node: Node, name: str, value: str) -> bool:
    """A region may be measured from its other side (NewsML-G2 2.35, regionDelim: its width is any integer)."""
    return name == "width" and node.local == "regionDelim" and bool(_WITH_SIGN.match(value))


def words_of(node: Node) -> int | None:
    """The words of the first body in the payload, by the rule of `nitf_names.INLINE`; None where there is none."""
    body = next((one for one in node.iter() if one.name in _BODIES), None)
    if body is None:
        return None
    pieces: list[str] = []
    _gather(body, _BODIES[body.name], pieces)
    return len("".join(pieces).split())


def _gather(node: Node, inline: frozenset[str], pieces: list[str]) -> None:
    content = node.content
    if isinstance(content, str):
        pieces.append(content)
        return
    for piece in content:
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.local in inline:
            _gather(piece, inline, pieces)
        else:
            pieces.append(" ")
            _gather(piece, inline, pieces)
            pieces.append(" ")
