"""Rules of RSS about facts that are stated twice, or whose parts do not agree."""

import re
from collections.abc import Iterator

from syndicate.formats.rss import names as n
from syndicate.markup.namespaces import names
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import Node

rules = RuleSet("rss")

_DC, _DC_TERMS = f"{{{names.DUBLIN_CORE}}}", f"{{{names.DUBLIN_CORE_TERMS}}}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_LICENCE = "{http://backend.userland.com/creativeCommonsRssModule}license"
_ADMIN = "{http://webns.net/mvcb/}generatorAgent"
_CHANNEL_PAIRS = (
    (n.GENERATOR, _ADMIN),
    (n.MANAGING_EDITOR, f"{_DC}creator"),
    (n.WEB_MASTER, f"{_DC}publisher"),
    (n.COPYRIGHT, f"{_DC}rights"),
    (n.LANGUAGE, f"{_DC}language"),
    (n.PUB_DATE, f"{_DC}date"),
    (n.LAST_BUILD_DATE, f"{_DC_TERMS}modified"),
)
_ITEM_PAIRS = (
    (n.AUTHOR, f"{_DC}creator"),
    (n.CATEGORY, f"{_DC}subject"),
    (n.SOURCE, f"{_DC}source"),
    (n.PUB_DATE, f"{_DC}date"),
    (n.PUB_DATE, f"{_ATOM}published"),
    (_LICENCE, "{http://web.resource.org/cc/}license"),
)
_RDF_DESCRIPTIONS = ("{http://purl.org/rss/1.0/}description",)
_RDF_CHANNEL, _RDF_ITEM = "{http://purl.org/rss/1.0/}channel", "{http://purl.org/rss/1.0/}item"
_PARSE_TYPE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}parseType"
_ENDING = re.compile(r"[^/]/[^/]*\.([A-Za-z0-9]{2,5})\Z")
_IMAGE_ENDINGS = frozenset({"gif", "jpg", "jpeg", "png"})
_BODIES = (f"{_ATOM}content", "{http://www.w3.org/1999/xhtml}body", "{http://www.w3.org/1999/xhtml}div")


def _pairs(node: Node, pairs: tuple[tuple[str, str], ...]) -> Iterator[Fault]:
    present = node.groups
    for one, other in pairs:
        if one in present and other in present:
            first, second = present[one][0].qname, present[other][0].qname
            yield at(present[other][0], f"{node.qname} states the same in {first} and {second}: keep one of them")


@rules.rule("rss.channel.stated-twice", on=(n.CHANNEL,), severity=WARNING, spec="RSS Advisory Board profile",
            summary="the channel states a fact once, in RSS or in an extension",
            reference="DuplicateSemantics")  # fmt: skip
def channel_twice(channel: Node, run: Run) -> Iterator[Fault]:
    """Readers take either, and the two drift apart."""
    yield from _pairs(channel, _CHANNEL_PAIRS)


@rules.rule("rss.rdf.mixed-content", on=_RDF_DESCRIPTIONS, severity=ERROR, spec="RSS 1.0 §5.5; RDF/XML §2.8",
            summary="a description holds text, or says rdf:parseType", reference="InvalidRDF")  # fmt: skip
def mixed_content(description: Node, run: Run) -> Iterator[Fault]:
    """To a parser of RDF the elements inside are something else than text."""
    if any(description.children) and description.get(_PARSE_TYPE) != "Literal":
        yield at(description, 'the description holds elements: escape them, or say rdf:parseType="Literal"')


@rules.rule("rss.rdf.nesting", on=(_RDF_CHANNEL,), severity=ERROR, spec="RSS 1.0 §5.1; RDF/XML §2.2",
            summary="the items of RSS 1.0 stand beside the channel", reference="InvalidRDF")  # fmt: skip
def nesting(channel: Node, run: Run) -> Iterator[Fault]:
    """To a parser of RDF an item inside is a property, and its title a thing without properties: it refuses both."""
    for item in channel.find_all(_RDF_ITEM):
        yield at(item, "the item stands inside the channel: put it behind the channel, and name it in items")


@rules.rule("rss.item.stated-twice", on=(n.ITEM,), severity=WARNING, spec="RSS Advisory Board profile",
            summary="an item states a fact once, in RSS or in an extension",
            reference="DuplicateItemSemantics")  # fmt: skip
def item_twice(item: Node, run: Run) -> Iterator[Fault]:
    """Readers take either, and the two drift apart."""
    yield from _pairs(item, _ITEM_PAIRS)


@rules.rule("rss.item.two-bodies", on=(n.ITEM,), severity=WARNING, spec="RSS Advisory Board profile",
            summary="the text of an item stands in description and content:encoded only",
            reference="DuplicateDescriptionSemantics")  # fmt: skip
def two_bodies(item: Node, run: Run) -> Iterator[Fault]:
    """Few readers look for a text in Atom or XHTML elements of RSS."""
    for body in (body for name in _BODIES for body in item.find_all(name)):
        if body.get("src") is None:
            yield at(body, f"write the text into content:encoded instead of {body.qname}")


@rules.rule("rss.language.missing", on=(n.CHANNEL,), severity=INFO, spec="RSS 2.0, language",
            summary="the channel states its language", reference="MissingDCLanguage")  # fmt: skip
def language_missing(channel: Node, run: Run) -> Iterator[Fault]:
    """Directories and screen readers must guess."""
    stated = channel.find(n.LANGUAGE) or channel.find(f"{_DC}language")
    if stated is None and channel.inherited("{http://www.w3.org/XML/1998/namespace}lang") is None:
        yield at(channel, "the channel does not state its language", element=n.LANGUAGE)


@rules.rule("rss.image.link", on=(n.IMAGE,), severity=WARNING, spec="RSS 2.0, image",
            summary="the image links to where the channel links", reference="ImageLinkDoesntMatch")  # fmt: skip
def image_link(image: Node, run: Run) -> Iterator[Fault]:
    """Readers show the image as the logo of the channel."""
    yield from _differs(image, n.LINK)


@rules.rule("rss.image.title", on=(n.IMAGE,), severity=INFO, spec="RSS Advisory Board profile, image",
            summary="the image has the title of the channel", reference="ImageTitleDoesntMatch")  # fmt: skip
def image_title(image: Node, run: Run) -> Iterator[Fault]:
    """Readers show the image as the logo of the channel."""
    yield from _differs(image, n.TITLE_ELEMENT)


def _differs(image: Node, name: str) -> Iterator[Fault]:
    own = image.find(name)
    other = image.parent.find(name) if image.parent is not None else None
    if own is not None and other is not None and own.text.strip() != other.text.strip():
        yield at(own, f"the {name} of the image is not that of the channel")


@rules.rule("rss.image.format", on=(n.IMAGE,), severity=INFO, spec="RSS 2.0, image",
            summary="the image is a GIF, JPEG or PNG", reference="ImageUrlFormat")  # fmt: skip
def image_format(image: Node, run: Run) -> Iterator[Fault]:
    """Other formats are shown by fewer readers; judged by the name of the file, where it has an ending."""
    url = image.find(n.URL)
    ending = _ENDING.search(url.text.strip().partition("?")[0]) if url is not None else None
    if url is not None and ending is not None and ending[1].lower() not in _IMAGE_ENDINGS:
        yield at(url, f"the image is no GIF, JPEG or PNG by its name: {shown(url.text)}")


@rules.rule("rss.textInput.avoid", on=(n.TEXT_INPUT,), severity=INFO, spec="RSS Advisory Board profile, textInput",
            summary="the channel has no text input", reference="AvoidTextInput")  # fmt: skip
def text_input(node: Node, run: Run) -> Iterator[Fault]:
    """No reader of today shows it."""
    yield at(node, "no reader shows a text input")


@rules.rule("rss.item.misplaced", on=(n.CHANNEL,), severity=INFO, spec="RSS Advisory Board profile, item",
            summary="what the channel says about itself stands before its items",
            reference="MisplacedItem")  # fmt: skip
def misplaced(channel: Node, run: Run) -> Iterator[Fault]:
    """Readers that stop after the items they want never see it."""
    items = channel.find_all(n.ITEM)
    last = next((child for child in reversed(list(channel.children)) if child.name != n.ITEM), None)
    if items and last is not None and last.at > items[0].at:
        yield at(last, f"{last.qname} stands after an item: move it up")
