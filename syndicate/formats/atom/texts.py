"""What stands inside text constructs and contents, which depends on their `type` (RFC 4287 §3.1, §4.1.3)."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from syndicate.formats.atom import drawings
from syndicate.formats.atom import names as n
from syndicate.formats.atom.value_rules import SPEC
from syndicate.markup import value_html
from syndicate.markup.namespaces import prefixes
from syndicate.markup.namespaces.known import VOCABULARIES
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import UNKNOWN_NAMESPACE, Value, finding, shown, structure_rules
from syndicate.markup.values import EMPTY, EMPTY_ATTRIBUTE, MEDIA_TYPE, is_media_type
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("atom")
STRUCTURE = structure_rules(rules, "atom", SPEC)

TEXT_TYPE = rules.state(
    "atom.text.type", severity=ERROR, spec=f"{SPEC} §3.1.1", summary="texts are of type text, html or xhtml",
    why="Readers fall back to plain text and show the tags.", reference="InvalidTextType")  # fmt: skip
UNDECLARED_HTML = rules.state(
    "atom.text.undeclared-html", severity=WARNING, spec=f"{SPEC} §3.1.1.1",
    summary="texts with HTML say type=\"html\"", why="Without it readers show the tags as text.",
    reference="ContainsUndeclaredHTML")  # fmt: skip
DIV_MISSING = rules.state(
    "atom.xhtml.no-div", severity=ERROR, spec=f"{SPEC} §3.1.1.3", summary="XHTML stands in one xhtml:div",
    why="Readers look for the div and find nothing.", reference="MissingXhtmlDiv")  # fmt: skip
NOT_INLINE = rules.state(
    "atom.xhtml.escaped", severity=WARNING, spec=f"{SPEC} §3.1.1.3", summary="XHTML holds elements, not escaped tags",
    why="Readers show the tags as text; say type=\"html\".", reference="NotInline")  # fmt: skip
XHTML_NO_NAMESPACE = rules.state(
    "atom.xhtml.no-namespace", severity=ERROR, spec=f"{SPEC} §3.1.1.3",
    summary="elements of XHTML are in the XHTML namespace", why="Readers drop elements that are in no namespace.",
    reference="MissingNamespace")  # fmt: skip
NOT_BASE64 = rules.state(
    "atom.content.not-base64", severity=ERROR, spec=f"{SPEC} §4.1.3.3", summary="binary content is base64",
    why="Nobody can decode it.", reference="NotBase64")  # fmt: skip
FRAGMENT = rules.state(
    "atom.content.html-fragment", severity=WARNING, spec=f"{SPEC} §4.1.3.1",
    summary="parts of pages say type=\"html\" or type=\"xhtml\", not a media type",
    why="A media type promises a whole document.", reference="HtmlFragment")  # fmt: skip
TYPE_MISSING = rules.state(
    "atom.content.no-type", severity=WARNING, spec=f"{SPEC} §4.1.3.2", summary="content elsewhere has a type",
    why="Readers must fetch it to learn what it is.", reference="MissingTypeAttr")  # fmt: skip
NOT_ESCAPED = rules.state(
    "atom.html.not-escaped", severity=ERROR, spec=f"{SPEC} §3.1.1.2", summary="HTML is escaped",
    why="Elements in it are lost to readers, which expect text.", reference="NotEscaped")  # fmt: skip

_TEXT_TYPES = frozenset({"text", "html", "xhtml"})
_SPACE = re.compile(r"\s+")
_ATOM_DIV = f"{{{n.NAMESPACE}}}div"


@rules.look(on=(n.TITLE_ELEMENT, n.SUBTITLE, n.SUMMARY, n.RIGHTS, n.COMMENT))
def text_construct(node: Node, run: Run) -> Iterable[Finding]:
    """What is wrong with a text construct."""
    text = node.text
    if not node.attributes and not node.groups and text.strip() and value_html.is_surely_plain(text):
        return ()
    return _text_construct(node, run)


def _text_construct(node: Node, run: Run) -> Iterator[Finding]:
    kind = node.get("type")
    if kind == "":
        yield finding(EMPTY_ATTRIBUTE, node, "the type is empty", attribute="type")
    elif kind is not None and kind not in _TEXT_TYPES:
        # A media type, which only a content may have, or nothing of the sort.
        rule = TEXT_TYPE if is_media_type(kind) else MEDIA_TYPE
        yield finding(rule, node, f"the type must be text, html or xhtml, not {shown(kind)}", attribute="type")
    elif not node.text.strip() and not any(node.children):
        yield finding(EMPTY, node, f"{node.qname} is empty")
    yield from _inside(node, _simple(kind), run)


@rules.look(on=(n.CONTENT,))
def content(node: Node, run: Run) -> Iterator[Finding]:
    """What is wrong with a content."""
    kind = node.get("type")
    if kind == "":
        yield finding(EMPTY_ATTRIBUTE, node, "the type is empty", attribute="type")
    elif kind is not None and kind not in _TEXT_TYPES and not _is_content_type(kind):
        message = f"the type must be text, html, xhtml or a media type, not {shown(kind)}"
        yield finding(MEDIA_TYPE, node, message, attribute="type")
    if node.get("src") is not None:
        yield from _remote(node, kind)
        return
    if (
        not node.text.strip()
        and not any(node.children)
        and (kind is None or _is_content_type(kind) or kind in _TEXT_TYPES)
    ):
        yield finding(EMPTY, node, "the content is empty")
    yield from _inside(node, kind or "text", run)


def _simple(kind: str | None) -> str:
    """The nearest type of a text construct."""
    if kind in (None, "", "text/plain"):
        return "text"
    return "html" if kind == "text/html" else str(kind)


def _is_content_type(kind: str) -> bool:
    """RFC 4287 §4.1.3.1: not a composite type."""
    return is_media_type(kind) and not kind.lower().startswith(("multipart/", "message/"))


def is_xml_type(kind: str) -> bool:
    """RFC 4287 §4.1.3.3, after RFC 3023."""
    bare = kind.partition(";")[0].strip().lower()
    return bare.endswith(("+xml", "/xml"))


def _remote(node: Node, kind: str | None) -> Iterator[Finding]:
    if kind is None:
        yield finding(TYPE_MISSING, node, "say the media type of the content elsewhere", attribute="type")
    elif kind in _TEXT_TYPES:
        yield finding(MEDIA_TYPE, node, f"content elsewhere needs a media type, not {kind!r}", attribute="type")
    if node.text.strip() or any(node.children):
        yield finding(STRUCTURE.text, node, "content that is elsewhere (src) must be empty here")


def _inside(node: Node, kind: str, run: Run) -> Iterator[Finding]:
    if kind == "xhtml":
        yield from _xhtml(node, run)
    elif kind == "html":
        yield from _children(node, STRUCTURE.unknown if node.get("type") == "html" else NOT_ESCAPED)
        yield from _html(node, run)
    elif kind == "text" or (kind not in _TEXT_TYPES and not is_media_type(kind)):
        yield from _children(node, STRUCTURE.unknown)
        yield from _plain(node)
    elif is_xml_type(kind):
        yield from _xml(node, kind)
    elif kind.lower().startswith("text/"):
        yield from _text_media(node, kind.lower(), run)
    else:
        yield from _binary(node, kind.lower(), run)


def _children(node: Node, rule: Rule) -> Iterator[Finding]:
    for child in node.children:
        yield finding(rule, child, f"{node.qname} holds text of type {node.get('type') or 'text'!r}, no elements")


def _plain(node: Node) -> Iterator[Finding]:
    text = node.text
    if not value_html.is_surely_plain(text):
        flaw = value_html.flaw_of_plain(text, node.qname, UNDECLARED_HTML, UNDECLARED_HTML)
        if flaw:
            yield finding(flaw[0], node, flaw[1])


def _html(node: Node, run: Run) -> Iterator[Finding]:
    text = node.text
    if not value_html.is_surely_good(text):
        for rule, message in value_html.html(Value(text, node), run):
            yield finding(rule, node, message)


def _xhtml(node: Node, run: Run) -> Iterator[Finding]:
    children = list(node.children)
    if len(children) != 1 or children[0].local != "div" or children[0].namespace not in ("", n.XHTML):
        yield finding(DIV_MISSING, node, f"{node.qname} must hold one xhtml:div and nothing else")
    elif node.text.strip():
        yield finding(STRUCTURE.text, node, f"the text {shown(node.text)} stands outside of the xhtml:div")
    for child in children:
        if child.name == _ATOM_DIV:
            message = f'the div in {node.qname} is in Atom\'s namespace: add xmlns="{n.XHTML}"'
            yield finding(value_html.BROKEN, node, message)
        yield from xhtml_tree(child, run)
    is_bare = all(child.local == "div" and not any(child.children) for child in children)
    if is_bare and value_html.has_markup(node.all_text()):
        yield finding(NOT_INLINE, node, f"{node.qname} says xhtml, but holds escaped tags or entities")


def xhtml_tree(root: Node, run: Run) -> Iterator[Finding]:
    """What is wrong with the elements of a piece of XHTML."""
    for node in root.iter():
        if node.parent is None or node.scope is not node.parent.scope:
            yield from prefixes.declarations(node, run)
        vocabulary = VOCABULARIES.get(node.namespace)
        if vocabulary is not None and not vocabulary.open and node.namespace != n.XHTML:
            yield finding(STRUCTURE.unknown, node, f"{node.qname} has no place in XHTML")
        elif vocabulary is None and node.namespace not in ("", n.NAMESPACE):
            yield finding(UNKNOWN_NAMESPACE, node, f"the namespace {node.namespace} is not one that we know")
        yield from drawings.flaws(node)
        if node.namespace == n.XHTML:
            attributes = tuple((name, text) for name, text in node.attributes.items() if not name.startswith("{"))
            for rule, message in value_html.flaws_of_tag(node.local, attributes, node.qname):
                yield finding(rule, node, message)
        elif not node.namespace:
            yield finding(XHTML_NO_NAMESPACE, node, f"{node.qname} is not in the XHTML namespace: add xmlns")


def _xml(node: Node, kind: str) -> Iterator[Finding]:
    children = list(node.children)
    if kind.startswith("application/xhtml+xml") and not any(child.local == "html" for child in children):
        yield finding(FRAGMENT, node, f'a part of a page is type="xhtml", not {kind}', attribute="type")
    if node.text.strip():
        yield finding(STRUCTURE.text, node, f"content of type {kind} holds one element, not text")


def _text_media(node: Node, kind: str, run: Run) -> Iterator[Finding]:
    yield from _children(node, NOT_ESCAPED if kind.startswith("text/html") else STRUCTURE.unknown)
    if kind.startswith("text/plain"):
        yield from _plain(node)
    if kind.startswith("text/html"):
        if "<html" not in node.text.lower() and "<!doctype" not in node.text.lower():
            yield finding(FRAGMENT, node, 'a part of a page is type="html", not text/html', attribute="type")
        yield from _html(node, run)


def _binary(node: Node, kind: str, run: Run) -> Iterator[Finding]:
    yield from _children(node, STRUCTURE.unknown)
    try:
        data = base64.b64decode(_SPACE.sub("", node.text), validate=True)
    except (binascii.Error, ValueError):
        yield finding(NOT_BASE64, node, f"content of type {node.get('type')} must be base64")
        return
    if "html" in kind:
        # Wrapped up, a script is as unsafe.
        for rule, message in value_html.html(Value(data.decode(errors="replace"), node), run):
            yield finding(rule, node, message)
