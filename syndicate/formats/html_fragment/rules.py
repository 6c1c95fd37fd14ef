"""What a piece of HTML must be that others put into their pages: one article, readable for everybody, and harmless."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.html_fragment import names as n
from syndicate.markup.json_ld import moment
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, answers, at
from syndicate.markup.structure import shown
from syndicate.markup.value_addresses import is_web, scheme_of
from syndicate.markup.value_html import ELEMENTS, UNSAFE
from syndicate.markup.values import BAD_CHARACTER, bad_characters
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("html-fragment")
_HTML, _WCAG = "HTML", "WCAG 2.2"
# What runs, loads pages, changes the page around it or sends something away.
_FORBIDDEN = UNSAFE | {
    "iframe", "embed", "object", "param", "svg", "math", "template", "portal", "fieldset", "slot", "noembed",
    "noframes", "plaintext", "canvas", "dialog", "map", "area",
}  # fmt: skip
_LINKS = frozenset({"http", "https", "mailto", "tel"})
_ADDRESSES = frozenset({
    "href", "src", "cite", "poster", "longdesc", "background", "data", "action", "formaction", "ping",
})  # fmt: skip
_DROPPED = re.compile(r"[\x00-\x20]+")


def dialect(document: Document) -> str | None:
    """`html-fragment` for an `article` of HTML: one that bears our class, or a language as HTML states it."""
    root = document.root
    if root is None or root.name != n.ARTICLE or document.syntax != "xml":
        return None
    is_ours = n.CLASS_NAME in (root.get(n.CLASS) or "").split()
    return "html-fragment" if is_ours or root.get(n.LANG) is not None else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the fragment."""
    # The page that it is put into declares the encoding.
    document.faults = [fault for fault in document.faults if fault.kind != "no-encoding"]
    run = Run(now=now, dialect=dialect, is_odd=document.is_odd)
    found: list[Finding] = []
    for node in document.root.iter() if document.root is not None else ():
        answers(rules.asked(node.name), node, run, found)
        if run.is_odd:
            found.extend(bad_characters(node, run))
    return found


@rules.rule("html-fragment.element.unsafe", on=None, severity=ERROR, spec=f"{_HTML}; RFC 4287 §8.1",
            summary="the fragment holds no scripts, styles, forms and pages")  # fmt: skip
def element_unsafe(node: Node, run: Run) -> Iterator[Fault]:
    """It would run in the name of the page that it is put into."""
    if node.local.lower() in _FORBIDDEN or node.namespace:
        yield at(node, f"take {node.qname} out")


@rules.rule("html-fragment.element.unknown", on=None, severity=WARNING, spec=_HTML,
            summary="all elements are those of HTML")  # fmt: skip
def element_unknown(node: Node, run: Run) -> Iterator[Fault]:
    """Browsers show what is in it as if it stood bare; styles and screen readers pass over it."""
    if node.local.lower() not in ELEMENTS and not node.namespace:
        yield at(node, f"HTML has no element {shown(node.qname)}")


@rules.rule("html-fragment.attribute.event", on=None, severity=ERROR, spec=_HTML,
            summary="no attribute runs a script")  # fmt: skip
def attribute_event(node: Node, run: Run) -> Iterator[Fault]:
    """It would run in the name of the page that it is put into."""
    for name in node.attributes:
        if name.lower().startswith("on") or name.lower() == "srcdoc":
            yield at(node, f"take the attribute {name} out of {node.qname}", attribute=name)


@rules.rule("html-fragment.attribute.style", on=None, severity=ERROR, spec="Content Security Policy Level 3",
            summary="no element has a style of its own")  # fmt: skip
def attribute_style(node: Node, run: Run) -> Iterator[Fault]:
    """It could cover other parts of the page, or load something; the page decides how a story looks."""
    if node.get("style") is not None:
        yield at(node, f"take the style out of {node.qname}", attribute="style")


@rules.rule("html-fragment.attribute.id", on=None, severity=WARNING, spec=f"{_HTML}, the id attribute",
            summary="no element has an id")  # fmt: skip
def attribute_id(node: Node, run: Run) -> Iterator[Fault]:
    """The page may have the same one, and two stories on it may too; scripts find the wrong element by it."""
    for name in ("id", "name"):
        if node.get(name) is not None:
            yield at(node, f"take the {name} out of {node.qname}: it may be that of another element", attribute=name)


@rules.rule("html-fragment.address.relative", on=None, severity=ERROR, spec=f"{_HTML}; RFC 3986 §4.3",
            summary="all addresses are full ones")  # fmt: skip
def address_relative(node: Node, run: Run) -> Iterator[Fault]:
    """They would start at the page that the fragment is put into."""
    for name, address in _addresses(node):
        if scheme_of(address) is None or (scheme_of(address) in ("http", "https") and not is_web(address)):
            yield at(node, f"{node.qname} has the relative address {shown(address)}", attribute=name)


@rules.rule("html-fragment.address.scheme", on=None, severity=ERROR, spec=_HTML,
            summary="addresses are http(s), links also mailto: and tel:")  # fmt: skip
def address_scheme(node: Node, run: Run) -> Iterator[Fault]:
    """Other addresses run scripts, read files of the reader, or hide what they hold."""
    for name, address in _addresses(node):
        scheme = scheme_of(address)
        known = _LINKS if name == "href" else ("http", "https")
        if scheme is not None and scheme not in known:
            yield at(node, f"{node.qname} has a {scheme}: address", attribute=name)


@rules.rule("html-fragment.article.nested", on=(n.ARTICLE,), severity=ERROR, spec=f"{_HTML}, the article element",
            summary="a fragment is one article")  # fmt: skip
def article_nested(node: Node, run: Run) -> Iterator[Fault]:
    """To screen readers an article in an article is a comment on it."""
    if node.parent is not None:
        yield at(node, "an article stands in the article")


@rules.rule("html-fragment.language.missing", on=(n.ARTICLE,), severity=ERROR, spec=f"{_WCAG}, 3.1.2",
            summary="the article states its language")  # fmt: skip
def language_missing(node: Node, run: Run) -> Iterator[Fault]:
    """Screen readers would read it out with the sounds of the page's language."""
    if node.parent is None and not node.get(n.LANG):
        yield at(node, "the article states no language: add lang", attribute=n.LANG)


@rules.rule("html-fragment.language.invalid", on=None, severity=ERROR, spec="BCP 47",
            summary="languages are language tags")  # fmt: skip
def language_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Browsers choose letters, hyphens and voices by them."""
    language = node.get(n.LANG)
    if language and (flaw := flaw_of_tag(language)):
        yield at(node, f"the language {shown(language)} {flaw}", attribute=n.LANG)


@rules.rule("html-fragment.heading.missing", on=(n.ARTICLE,), severity=ERROR, spec=f"{_WCAG}, 2.4.6",
            summary="one heading of the first level is the headline")  # fmt: skip
def heading_missing(node: Node, run: Run) -> Iterator[Fault]:
    """Whoever puts the fragment into a page finds its headline there, and moves the levels as the page needs it."""
    if node.parent is not None:
        return
    found = [one for one in node.iter() if one.name == n.H1]
    if not any(one.all_text().strip() for one in found):
        yield at(node, "the article has no h1", element=n.H1)
    for other in found[1:]:
        yield at(other, "the article has an h1 already")


@rules.rule("html-fragment.time.invalid", on=(n.TIME,), severity=ERROR, spec=f"{_HTML}, the time element",
            summary="times say which moment they mean")  # fmt: skip
def time_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Programs that show them in the reader's own time show another one."""
    stated = node.get(n.DATETIME)
    found, is_certain = moment(stated)
    if found is None or not (is_certain or len((stated or "").strip()) == 10):
        yield at(node, f"datetime must be like 2026-03-04T12:00:00Z, not {shown(stated or '')}", attribute=n.DATETIME)


@rules.rule("html-fragment.image.no-text", on=(n.IMG,), severity=ERROR, spec=f"{_WCAG}, 1.1.1",
            summary="every picture says in words what it shows, or that it says nothing")  # fmt: skip
def image_no_text(node: Node, run: Run) -> Iterator[Fault]:
    """Screen readers read out the file's name instead."""
    if node.get(n.ALT) is None:
        yield at(node, 'the picture has no alt: say what it shows, or alt="" for an ornament', attribute=n.ALT)


def _addresses(node: Node) -> Iterator[tuple[str, str]]:
    """The addresses in the element's attributes, as browsers read them: white space in them counts for nothing."""
    for name, value in node.attributes.items():
        if name == "srcset":
            yield from (("srcset", one.strip().partition(" ")[0]) for one in value.split(", ") if one.strip())
        elif name in _ADDRESSES:
            yield name, _DROPPED.sub("", value)


RULES: tuple[Rule, ...] = (*rules.rules, BAD_CHARACTER)
