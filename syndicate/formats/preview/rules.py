"""What a preview page must be: safe to open, complete in itself, and readable for everybody."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.preview import names as n
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, answers, at
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("preview")
_HTML, _WCAG = "HTML", "WCAG 2.2"

# What browsers fetch by themselves as soon as they read it.
_LOADED = {"src", "srcset", "poster", "data", "background", "imagesrcset", "manifest"}
_LOADING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_ADDRESSES = _LOADED | {"href", "action", "formaction", "cite", "ping"}
_SCRIPTS = re.compile(r"[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
_IN_STYLE = re.compile(r"@import|url\s*\(\s*[\"']?(?!data:)|image-set\s*\(", re.IGNORECASE)
_DIRECTIONS = {"ltr", "rtl", "auto"}


def dialect(document: Document) -> str | None:
    """`preview` for a page that bears our mark; other pages of the web are no documents of ours."""
    root = document.root
    if root is None or root.local != n.HTML or root.namespace not in ("", n.NAMESPACE):
        return None
    return "preview" if n.MARK in (root.get(n.CLASS) or "").split() else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the page."""
    if document.root is None:
        return
    run = Run(now=now, dialect=dialect, is_odd=document.is_odd)
    found: list[Finding] = []
    for node in document.root.iter():
        answers(rules.asked(node.local), node, run, found)
        if node.local == n.META and node.get("charset"):
            # HTML declares its encoding so, since it has no XML declaration.
            document.faults = [fault for fault in document.faults if fault.kind != "no-encoding"]
    yield from found


@rules.rule("preview.script.present", on=None, severity=ERROR, spec=_HTML, summary="the page runs no script")
def script_present(node: Node, run: Run) -> Iterator[Fault]:
    """What an article brings in must never run in the browsers of those who read it."""
    if node.local == n.SCRIPT:
        yield at(node, "the page holds a script: take it out")
    for name, value in node.attributes.items():
        if name.lower().startswith("on"):
            yield at(node, f"{node.qname} runs a script by its attribute {name}", attribute=name)
        elif name.rpartition("}")[2].lower() in _ADDRESSES and _SCRIPTS.match(value):
            yield at(node, f"the {name} of {node.qname} runs a script", attribute=name)


@rules.rule("preview.resource.loaded", on=None, severity=ERROR, spec="Content Security Policy Level 3",
            summary="the page loads nothing: everything it needs is in it")  # fmt: skip
def resource_loaded(node: Node, run: Run) -> Iterator[Fault]:
    """Who looks at a page would be seen by third parties, and `serve` forbids browsers to load anything anyway."""
    for name in sorted(_LOADED.intersection(node.attributes)):
        if not node.attributes[name].startswith("data:"):
            yield at(node, f"{node.qname} loads {node.attributes[name][:80]}: link to it instead", attribute=name)
    if node.local == n.LINK and _LOADING_LINKS.intersection((node.get(n.REL) or "").lower().split()):
        yield at(node, f"the link loads {(node.get(n.HREF) or '')[:80]}: put it into the page", attribute=n.REL)
    if node.local in (n.BASE, "iframe", "frame") or (node.local == n.META and node.get("http-equiv")):
        yield at(node, f"{node.qname} sends the browser elsewhere: take it out")
    if _IN_STYLE.search(node.get("style") or "") or (node.local == n.STYLE and _IN_STYLE.search(node.text)):
        yield at(node, f"the style in {node.qname} loads something: put it into the page")


@rules.rule("preview.id.duplicate", on=None, severity=ERROR, spec=f"{_HTML}, the id attribute",
            summary="no two elements have the same id")  # fmt: skip
def id_duplicate(node: Node, run: Run) -> Iterator[Fault]:
    """A link to it leads to the first one, and a screen reader reads the wrong one out."""
    name = node.get(n.ID)
    if name is None:
        return
    seen: set[str] = run.memory("ids", set)
    if name in seen:
        yield at(node, f"the id {name[:80]!r} is that of another element too", attribute=n.ID)
    seen.add(name)


@rules.rule("preview.language.missing", on=(n.HTML,), severity=ERROR, spec=f"{_WCAG}, 3.1.1",
            summary="the page states its language")  # fmt: skip
def language_missing(root: Node, run: Run) -> Iterator[Fault]:
    """Screen readers would read it out with the sounds of another language."""
    if not root.get(n.LANG):
        yield at(root, "the page states no language: add lang", attribute=n.LANG)


@rules.rule("preview.language.invalid", on=None, severity=ERROR, spec="BCP 47; HTML, the lang and dir attributes",
            summary="languages are language tags, directions are ltr, rtl or auto")  # fmt: skip
def language_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Browsers choose letters, hyphens, voices and the side where lines begin by them."""
    language, direction = node.get(n.LANG), node.get("dir")
    if language and (flaw := flaw_of_tag(language)):
        yield at(node, f"the language {language[:40]!r} {flaw}", attribute=n.LANG)
    if direction is not None and direction not in _DIRECTIONS:
        yield at(node, f"dir must be ltr, rtl or auto, not {direction[:40]!r}", attribute="dir")


@rules.rule(
    "preview.title.missing", on=(n.HTML,), severity=ERROR, spec=f"{_WCAG}, 2.4.2", summary="the page has a title"
)
def title_missing(root: Node, run: Run) -> Iterator[Fault]:
    """Nobody finds it again among bookmarks and tabs."""
    head = next((child for child in root.children if child.local == n.HEAD), root)
    titles = [child for child in head.children if child.local == n.TITLE_ELEMENT]
    if not any(one.all_text().strip() for one in titles):
        yield at(root, "the page has no title", element=n.TITLE_ELEMENT)


@rules.rule("preview.heading.missing", on=(n.BODY,), severity=ERROR, spec=f"{_WCAG}, 1.3.1 and 2.4.6",
            summary="one heading of the first level says what the page is")  # fmt: skip
def heading_missing(body: Node, run: Run) -> Iterator[Fault]:
    """Who listens to a page goes by its headings."""
    found = [node for node in body.iter() if node.local == n.H1]
    if not any(one.all_text().strip() for one in found):
        yield at(body, "the page has no h1", element=n.H1)
    for other in found[1:]:
        yield at(other, "the page has another h1 already: headings of stories are h2")


@rules.rule("preview.image.no-text", on=(n.IMG,), severity=ERROR, spec=f"{_WCAG}, 1.1.1",
            summary="every picture says in words what it shows, or that it says nothing")  # fmt: skip
def image_no_text(node: Node, run: Run) -> Iterator[Fault]:
    """Screen readers read out the file's name instead."""
    if node.get(n.ALT) is None:
        yield at(node, 'the picture has no alt: say what it shows, or alt="" for an ornament', attribute=n.ALT)


@rules.rule("preview.link.no-text", on=(n.A,), severity=WARNING, spec=f"{_WCAG}, 2.4.4",
            summary="every link has a text")  # fmt: skip
def link_no_text(node: Node, run: Run) -> Iterator[Fault]:
    """Nobody sees it, and screen readers spell out the address."""
    if node.get(n.HREF) is not None and not node.all_text().strip() and not node.get("aria-label"):
        yield at(node, "the link has no text: say where it leads")


RULES: tuple[Rule, ...] = tuple(rules.rules)
