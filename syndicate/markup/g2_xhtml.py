"""XHTML payloads of NewsML-G2 items as body blocks: what repeats metadata goes, what our classes say stays."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from syndicate.markup.body_html import clock
from syndicate.markup.escape import escape
from syndicate.markup.html import MAX_BYTES, HtmlError, blocks_of, clean_inline
from syndicate.markup.html_inline import text_of
from syndicate.markup.media_choice import credit_of
from syndicate.markup.text import one_line, repair
from syndicate.markup.xml import XML_NAMESPACE
from syndicate.model.body import Block, Embed, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.media import Media

_LANG = f"{{{XML_NAMESPACE}}}lang"
# Where a line of ours is not a block of its own.
_INSIDE = frozenset({"blockquote", "li", "td", "th", "figure", "p", "a"})
_OURS = frozenset({"tagline", "related", "embed"})
_MAKERS = frozenset({"byline", "credit", "photographer"})
# Each figure is held against each of them.
_MOST_MEDIA = 200
_WORD = re.compile(r"\w+")
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|quot|amp|lt|gt|apos|nbsp);")
_LINK = re.compile(r'<a href="(?P<url>[^"]*)"')
_LAST_LINK = re.compile(r'(?s)(?P<before>.*?)\s*<a href="(?P<url>[^"]*)"[^>]*>(?P<text>[^<]*)</a>\Z')


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a payload holds: blocks, media beside the known ones, highlights, changes and what could not be carried.

    `credits` are whom figures name, by the id of the known media that they show.
    """

    blocks: tuple[Block, ...]
    media: tuple[Media, ...] = ()
    highlights: tuple[str, ...] = ()
    dateline: str | None = None
    headline: str | None = None
    credits: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def page_of(
    payload: "etree._Element", said: Collection[str], known: Sequence[Media] = (), *, twice: bool = False
) -> Page:
    """The payload (`html`, `body` or what stands in it) as blocks; HtmlError for HTML beyond the bounds.

    `said` are texts of the item's metadata: an `h1` or a line of the page's head that repeats one of them is left out.
    `known` are the item's media. `twice` says that the sender escapes texts twice.
    """
    if len(etree.tostring(payload)) > MAX_BYTES:
        raise HtmlError(f"the HTML is larger than {MAX_BYTES // 1024} KiB")
    body = _plain(payload)
    if twice:
        _unescape(body)
    headline = next((text for one in body.iter("h1") if (text := _text(one))), None)
    lost = tuple(dict.fromkeys(_headless(body, {one_line(one) for one in said})))
    highlights = tuple(_highlights(body))
    dateline = next((_text(one) for one in body.iter("span") if _has(one, "dateline")), None)
    marks = _Marks(known)
    marks.set(body)
    made = blocks_of(etree.tostring(body, method="html", encoding="unicode"), known=known)
    return Page(
        blocks=tuple(marks.resolved(made.blocks)),
        media=made.media[len(known) :],
        highlights=highlights,
        dateline=dateline or None,
        headline=headline,
        credits=marks.credits,
        repairs=made.repairs,
        lost=(*lost, *marks.lost),
    )


def without_dateline(blocks: tuple[Block, ...], dateline: str | None) -> tuple[Block, ...]:
    """The blocks, the first paragraph without the dateline that it begins with."""
    opening = escape(one_line(dateline or ""))
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if opening and block.html.startswith(opening):
                rest = block.html[len(opening) :].lstrip()
                kept: tuple[Block, ...] = (Paragraph(html=rest),) if rest else ()
                return (*blocks[:index], *kept, *blocks[index + 1 :])
            break
    return blocks


def _plain(payload: "etree._Element") -> "etree._Element":
    """A copy of the payload's body in no namespace."""
    body = next((one for one in payload.iter() if str(one.tag).rpartition("}")[2] == "body"), payload)
    copy = deepcopy(body)
    copy.tail = None
    for one in copy.iter():
        one.tag = str(one.tag).rpartition("}")[2].lower()
        if language := one.attrib.pop(_LANG, None):
            one.set("lang", one.get("lang") or language)
        for name in [name for name in one.attrib if str(name).startswith("{")]:
            del one.attrib[name]
    if copy.tag != "body":
        outer = etree.Element("body")
        outer.append(copy)
        copy = outer
    return copy


def _unescape(body: "etree._Element") -> None:
    for one in body.iter():
        one.text = _ESCAPED.sub(lambda found: unescape(found[0]), one.text) if one.text else one.text
        one.tail = _ESCAPED.sub(lambda found: unescape(found[0]), one.tail) if one.tail else one.tail


def _headless(body: "etree._Element", said: set[str]) -> Iterator[str]:
    """Take out what repeats metadata; the names of what is lost by it."""
    for head in [one for one in body.iter("header") if all(outer.tag != "header" for outer in one.iterancestors())]:
        for time in list(head.iter("time")):
            yield "header/time"
            _cut(time)
        for line in [one for one in head.iter("ul", "ol", "p") if _repeats(one, said)]:
            _cut(line)
    for line in [one for one in body.iter("p") if _has(one, "correction") and _text(one) in said]:
        _cut(line)
    for heading in [one for one in body.iter("h1") if _text(one) in said]:
        _cut(heading)


def _repeats(element: "etree._Element", said: set[str]) -> bool:
    parts = [_text(one) for one in element] if element.tag in ("ul", "ol") else [_text(element)]
    return all(part in said for part in parts if part)


def _highlights(body: "etree._Element") -> Iterator[str]:
    for found in [one for one in body.iter("ul") if _has(one, "highlights")]:
        yield from filter(None, map(_text, found))
        _cut(found)


class _Marks:
    """Lines of text that stand for blocks which HTML alone does not tell, while the HTML is read."""

    def __init__(self, known: Sequence[Media]) -> None:
        self.known = known[:_MOST_MEDIA]
        self.blocks: dict[str, Block] = {}
        self.credits: dict[str, str] = {}
        self.lost: tuple[str, ...] = ()

    def set(self, body: "etree._Element") -> None:
        """Put a mark in the place of each of them."""
        for figure in [one for one in body.iter("figure") if _stands_alone(one)]:
            media = self._shown(figure)
            if media is not None:
                self._credit(figure, media)
                self._mark(figure, MediaBlock(media=media.id))
        for line in [one for one in body.iter("p") if _stands_alone(one) and not _OURS.isdisjoint(_classes(one))]:
            html = clean_inline(_inner(line))[0]
            if html:
                self._mark(line, _special(html, _classes(line)))

    def resolved(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, marks replaced by what they stand for."""
        for block in blocks:
            yield self.blocks.get(block.html, block) if isinstance(block, Paragraph) else block

    def _mark(self, element: "etree._Element", block: Block) -> None:
        mark = f"\ue000{len(self.blocks)}\ue001"
        self.blocks[mark] = block
        made = etree.Element("p")
        made.text, made.tail = mark, element.tail
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, made)

    def _credit(self, figure: "etree._Element", media: Media) -> None:
        """Note whom the figure names as its maker, and whether it says more than the media."""
        lines = [_text(one) for one in figure.iter() if not _MAKERS.isdisjoint(_classes(one))]
        credit = next(filter(None, lines), None)
        if credit and media.credit is None:
            self.credits[media.id] = credit
        known = set(_WORD.findall(" ".join(filter(None, (*_said(media), credit)))))
        if not set(_WORD.findall(" ".join(map(str, figure.itertext())))) <= known:
            self.lost = ("figure",)

    def _shown(self, figure: "etree._Element") -> Media | None:
        """The known media that the figure shows: one of its files, or, where there is none, just its texts."""
        named = {one.get(name) for one in figure.iter() for name in ("src", "href", "poster")} - {None}
        text = _text(next(figure.iter("figcaption"), figure)).split()
        files = (
            [one for one in self.known if any(file.href in named for file in one.renditions)] if named else self.known
        )
        alike = next((one for one in files if text == _texts(one)), None)
        return alike or (next(iter(files), None) if named else None)


def _said(media: Media) -> Iterator[str | None]:
    yield from (media.name, media.title, media.caption, media.credit, media.source)
    if media.duration is not None:
        yield clock(media.duration)
    yield from (one.href for one in media.renditions)


def _texts(media: Media) -> list[str]:
    """The words of the media as a figure prints them."""
    title = media.title if media.title and media.title not in (media.caption or "") else None
    time = clock(media.duration) if media.duration is not None else None
    return " ".join(filter(None, (title, media.caption, time, credit_of(media)))).split()


def _special(html: str, classes: Collection[str]) -> Block:
    if "tagline" in classes:
        return Tagline(html=html)
    link = _LAST_LINK.match(html)
    if "related" in classes:
        return Related(title=text_of(html).strip(), url=unescape(link["url"]) if link else None)
    first = _LINK.search(html)
    if link is not None and unescape(link["text"]) == unescape(link["url"]):
        return Embed(url=unescape(link["url"]), html=link["before"])
    return Paragraph(html=html) if first is None else Embed(url=unescape(first["url"]), html=html)


def _stands_alone(element: "etree._Element") -> bool:
    return not any(outer.tag in _INSIDE for outer in element.iterancestors())


def _inner(element: "etree._Element") -> str:
    inner = (etree.tostring(one, method="html", encoding="unicode") for one in element)
    return escape(element.text or "") + "".join(inner)


def _text(element: "etree._Element") -> str:
    return one_line(repair("".join(map(str, element.itertext())))[0])


def _classes(element: "etree._Element") -> list[str]:
    return (element.get("class") or "").split()


def _has(element: "etree._Element", name: str) -> bool:
    return name in _classes(element)


def _cut(element: "etree._Element") -> None:
    """Take the element out; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
