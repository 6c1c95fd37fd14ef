"""Kinds of texts with regard to HTML: plain text that must hold none, and HTML that must be fit for a feed.

The look at HTML is one pass of a tokenizer that costs linear time; it builds no tree and mends nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from syndicate.markup.rules import INFO, LONGEST_HTML, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, proved_by, shown
from syndicate.markup.value_addresses import scheme_of
from syndicate.markup.value_balance import Balance, is_surely_balanced
from syndicate.markup.value_styles import flaw_of_style
from syndicate.model.finding import Rule

rules = RuleSet("rss", "atom")

MARKUP = rules.state(
    "value.text.markup", severity=WARNING, spec="RSS 2.0; RFC 4287 §3.1.1", summary="plain texts hold no HTML",
    why="Some readers show the tags as text, others remove them with what they enclose.",
    reference="ContainsHTML")  # fmt: skip
ENTITY = rules.state(
    "value.text.entity", severity=WARNING, spec="RSS 2.0; RFC 4287 §3.1.1", summary="plain texts are escaped once",
    why="People read `&amp;` where an ampersand was meant.", reference="ContainsHTML")  # fmt: skip
LOOKALIKE = rules.state(
    "value.text.entity-like", severity=INFO, spec="RSS Advisory Board profile, data types",
    summary="plain texts hold nothing that looks like an entity",
    why="Readers that take plain text for HTML show another character.", reference="ContainsHTML")  # fmt: skip
BROKEN = rules.state(
    "html.markup.broken", severity=WARNING, spec="HTML", summary="HTML is complete and of known elements",
    why="Readers mend broken HTML each in their own way, or drop what follows.", reference="NotHtml")  # fmt: skip
UNBALANCED = rules.state(
    "html.markup.unbalanced", severity=WARNING, spec="HTML", summary="what is opened in HTML is closed, in its order",
    why="A bold text or a link that does not end goes on through all that stands below the item.",
    reference="NotHtml")  # fmt: skip
SCRIPT = rules.state(
    "html.element.unsafe", severity=WARNING, spec="RFC 4287 §8.1",
    summary="HTML in feeds has no scripts, forms, styles and frames of pages",
    why="Readers take such elements out, some refuse the item.", reference="SecurityRisk")  # fmt: skip
EMBED = rules.state(
    "html.element.embed", severity=INFO, spec="RFC 4287 §8.1", summary="HTML in feeds has no embedded players",
    why="Readers allow only the players they know; the item must make sense without it.",
    reference="SecurityRisk")  # fmt: skip
EVENT = rules.state(
    "html.attribute.event", severity=WARNING, spec="RFC 4287 §8.1", summary="HTML in feeds has no event handlers",
    why="Readers take them out, some refuse the item.", reference="SecurityRiskAttr")  # fmt: skip
SCRIPT_ADDRESS = rules.state(
    "html.attribute.script", severity=WARNING, spec="RFC 4287 §8.1", summary="no link in HTML runs a script",
    why="Readers take such links out, some refuse the item.", reference="SecurityRiskAttr")  # fmt: skip
STYLE = rules.state(
    "html.attribute.style", severity=WARNING, spec="RFC 4287 §8.1",
    summary="inline styles change how a text looks, not where it stands or what it loads",
    why="With position, url() or expressions an item could cover other items of the reader.",
    reference="DangerousStyleAttr")  # fmt: skip
RELATIVE = rules.state(
    "html.address.relative", severity=WARNING, spec="RSS 2.0", summary="links and pictures in HTML have full addresses",
    why="RSS has no base address: readers guess, and show a broken picture.", reference="ContainsRelRef")  # fmt: skip

# fmt: off
ELEMENTS = frozenset({
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
    "code", "col", "colgroup", "command", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div",
    "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "image", "img", "input",
    "ins", "isindex", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee",
    "math", "menu", "menuitem", "meta", "meter", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rb", "rp", "rt",
    "rtc", "ruby", "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "spacer", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea",
    "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp",
})
UNSAFE = frozenset({
    "script", "applet", "meta", "link", "style", "base", "form", "input", "button", "textarea", "select", "option",
    "optgroup", "frame", "frameset", "html", "head", "body", "title", "isindex", "layer", "bgsound", "blink",
    "noscript", "xmp",
})
# fmt: on
_EMBEDS = frozenset({"iframe", "embed", "object", "param"})
_ADDRESSES = frozenset({"href", "src", "cite", "longdesc", "poster", "background", "data", "action", "formaction"})
_TAG_START = re.compile(r"<(?:!--|(/?)(\??[A-Za-z][^\s/>]*))")
# Windows-1252 by number: to HTML these are control characters, which browsers mend and XML readers do not.
_C1_REFERENCE = re.compile(r"&#(?:[xX]0*[89][0-9A-Fa-f]|0*(?:12[89]|1[345]\d));")
_TAG_REST = re.compile(r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
_END_TAG = re.compile(r"</([A-Za-z][A-Za-z0-9]*)\s*>")
_LOOKALIKE = re.compile(r"&(#?\w{1,32})(?!\w|;)")
_START_TAG = re.compile(r"""<(br|hr|img|p|b|i|a|div|span|em|strong)(?:\s[^<>]*)?/?>""", re.IGNORECASE)
# For the proof that a text is good: tags that are more than `<p>` or `</p>`, those whose attributes cannot do harm.
_UNSIMPLE_TAG = re.compile(
    r"<(?!/?(?:p|li|ul|ol|strong|em|b|i|blockquote|figcaption|figure|h[1-6]|span|a|div|br)>)[^>]*>?"
)
_SAFE_TAG = re.compile(
    r"<(?:a|img|span|p|div|blockquote|figure|h[1-6]|ul|ol|li|td|th)"
    r"""(?: (?:alt|title|class|width|height|rel|lang|id)="[^"<>]*"| (?:href|src|cite)="https?:[^"<>]*")*\s*/?>\Z"""
)
_WHOLE_TAG = re.compile(r"""<[^<>"'!]*(?:"[^<>"]*"[^<>"']*)*>\Z""")
_NAMES = re.compile("<(/?[A-Za-z][A-Za-z0-9]*)")
_GOOD_TAGS: set[str] = set()
_SCRIPTS = frozenset({"javascript", "vbscript"})


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; `is_end` for an end tag, `is_empty` for one that is both."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    is_end: bool = False
    is_empty: bool = False


def is_surely_plain(text: str) -> bool:
    """Whether the text certainly holds neither HTML nor entities."""
    return "<" not in text and "&" not in text


@by_text_alone
@proved_by(is_surely_plain)
def plain(value: Value, run: Run) -> Iterator[Flaw]:
    """A text that is read as it stands."""
    flaw = flaw_of_plain(value.text, value.where, MARKUP, ENTITY)
    if flaw:
        yield flaw
    elif "&" in value.text and (found := next(_lookalikes(value.text), None)):
        yield LOOKALIKE, f"{value.where}: some readers take {found} for the beginning of an entity"


def _lookalikes(text: str) -> Iterator[str]:
    for found in _LOOKALIKE.finditer(text):
        if found[1].startswith("#") or f"{found[1]};" in html5:
            yield found[0]


def flaw_of_plain(text: str, where: str, markup: Rule, entity: Rule) -> Flaw | None:
    """The first tag, else the first entity, in a text that should hold neither."""
    if "<" in text:
        tag = next((found for found in _END_TAG.finditer(text) if found[1].lower() in ELEMENTS), None)
        found = tag or _START_TAG.search(text)
        if found:
            return markup, f"{where} is plain text, but holds the tag {shown(found[0])}"
    if "&" in text:
        for named in _ENTITY.finditer(text):
            if named[1].startswith("#") or f"{named[1]};" in html5:
                return entity, f"{where} is plain text, but holds {named[0]}: it was escaped twice"
    return None


def has_markup(text: str) -> bool:
    """Whether the text looks like escaped HTML."""
    return flaw_of_plain(text, "", MARKUP, ENTITY) is not None


def is_surely_good(text: str) -> bool:
    """Whether the text is certainly HTML without flaw, even where addresses must be full ones.

    Every tag of it ends, holds no `<`, has been found good by itself and has its counterpart: the whole is no more
    than its tags.
    """
    if len(text) > LONGEST_HTML or "&#" in text:
        return False
    for tag in _UNSIMPLE_TAG.findall(text):
        if tag not in _GOOD_TAGS and not _SAFE_TAG.match(tag) and not _is_good_tag(tag):
            return False
    return "<" not in text or is_surely_balanced(_NAMES.findall(text))


def _is_good_tag(tag: str) -> bool:
    is_good = bool(_WHOLE_TAG.match(tag)) and not any(
        rule is not UNBALANCED for rule, _ in _all_flaws(tag, "", relative=True)
    )
    if is_good and len(tag) < 100:
        if len(_GOOD_TAGS) >= 1000:
            _GOOD_TAGS.clear()
        _GOOD_TAGS.add(tag)
    return is_good


@by_text_alone
@proved_by(is_surely_good)
def html(value: Value, run: Run) -> Iterator[Flaw]:
    """HTML whose relative addresses have a base (Atom)."""
    yield from _html(value.text, value.where, relative=False)


@proved_by(is_surely_good)
def html_without_base(value: Value, run: Run) -> Iterator[Flaw]:
    """HTML whose addresses must be full ones (RSS)."""
    based = value.node.inherited("{http://www.w3.org/XML/1998/namespace}base") is not None
    yield from _html(value.text, value.where, relative=not based)


def _html(text: str, where: str, *, relative: bool) -> Iterator[Flaw]:
    control = _C1_REFERENCE.search(text)
    if control:
        yield BROKEN, f"{where}: {control[0]} is a control character in HTML, not what Windows calls it"
    if "<" not in text:
        return
    seen: set[tuple[str, str]] = set()
    for flaw in _all_flaws(text[:LONGEST_HTML], where, relative=relative):
        # One message per rule and cause: a hundred equal pictures are one thing to mend.
        if (key := (flaw[0].id, flaw[1])) not in seen:
            seen.add(key)
            yield flaw


def _all_flaws(text: str, where: str, *, relative: bool) -> Iterator[Flaw]:
    balance, unbalanced = Balance(), None
    for tag in tags(text):
        if isinstance(tag, str):
            yield BROKEN, f"{where}: {tag}"
            return
        # Of what HTML does not know that is told, and enough.
        is_drawing = balance.holds("svg") or balance.holds("math")
        is_counted = is_drawing or tag.name in ELEMENTS or "-" in tag.name
        if tag.is_end:
            unbalanced = unbalanced or (balance.end(tag.name) if is_counted else None)
            continue
        if is_counted and not tag.is_empty:
            balance.start(tag.name)
        for flaw in flaws_of_tag(tag.name, tag.attributes, where, relative=relative):
            # Drawings and formulas have elements of their own.
            if not is_drawing or flaw[0] is not BROKEN:
                yield flaw
    # What is behind the first one is mostly its consequence; what was cut here may be closed further on.
    unbalanced = unbalanced or (balance.rest() if len(text) < LONGEST_HTML else None)
    if unbalanced:
        yield UNBALANCED, f"{where}: {unbalanced}"


def tags(text: str) -> Iterator[Tag | str]:
    """The tags in order; a text says what is broken, and nothing comes after it."""
    at = 0
    while found := _TAG_START.search(text, at):
        if found[2] is None:
            at = text.find("-->", found.end())
            if at < 0:
                yield "a comment does not end"
                return
            continue
        rest = _TAG_REST.match(text, found.end())
        if rest is None:
            yield f"the tag {shown(found[0])} does not end"
            return
        if found[1]:
            yield Tag(found[2].lower(), is_end=True)
        else:
            yield Tag(found[2].lower(), _attributes(rest[0]), is_empty=rest[0].endswith("/>"))
        at = rest.end()


def _attributes(rest: str) -> tuple[tuple[str, str], ...]:
    if rest in (">", "/>"):
        return ()
    return tuple((name.lower(), double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(rest))


def flaws_of_tag(
    name: str, attributes: tuple[tuple[str, str], ...], where: str, *, relative: bool = False
) -> Iterator[Flaw]:
    """What is wrong with one element of HTML in a feed."""
    if name in _EMBEDS:
        yield EMBED, f"{where}: readers take {name} out unless they know the player"
    elif name in UNSAFE or name.startswith("?"):
        yield SCRIPT, f"{where}: readers take {name} out"
    elif name not in ELEMENTS and "-" not in name and ":" not in name:
        yield BROKEN, f"{where}: HTML has no element {shown(name)}"
    for attribute, text in attributes:
        yield from _attribute_flaws(name, attribute, text, where, relative=relative)


def _attribute_flaws(name: str, attribute: str, text: str, where: str, *, relative: bool) -> Iterator[Flaw]:
    if attribute.startswith("on") and attribute.isalpha():
        yield EVENT, f"{where}: readers take the event handler {attribute} out of {name}"
    elif attribute == "style":
        flaw = flaw_of_style(text)
        if flaw:
            yield STYLE, f"{where}: the style of {name} {flaw}"
    elif attribute in _ADDRESSES:
        address = re.sub(r"[\x00-\x20]+", "", text)
        scheme = scheme_of(address)
        if scheme in _SCRIPTS:
            yield SCRIPT_ADDRESS, f"{where}: {name} {attribute} runs a script"
        elif relative and scheme is None and address and not address.startswith("#"):
            yield RELATIVE, f"{where}: {name} has the relative address {shown(text)}"
