"""The components of an item as the text and media of an article.

Components nest without a rule that all follow, so each is judged by what stands in it: a text in NITF, XHTML, HTML or
plain words, the files of one picture or sound with its title and caption, or other components.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.read_media import grouped, is_file, media_of
from syndicate.formats.newsml_1_2.read_tree import Notes, children, find, formal, has, local, says, text_of
from syndicate.markup.escape import escape
from syndicate.markup.html import HtmlError, blocks_of, has_markup
from syndicate.markup.html_inline import text_of as plain_of
from syndicate.markup.nitf_read import NitfBody, read_body
from syndicate.markup.nitf_read_bounds import MOST_MEDIA
from syndicate.model.body import Block, MediaBlock, Paragraph, Related
from syndicate.model.media import Media, MediaRole

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 64
_MOST_TEXTS = 1000
# Roles of texts that are no part of the running text.
_TITLES = frozenset({"title", "headline"})
_SUBTITLES = frozenset({"subheadline", "subtitle"})
_ABSTRACTS = frozenset({"abstract", "summary", "description"})
_DROPPED = frozenset({"stylesheet", "advertisement"})
_STYLES = frozenset({"css", "text/css"})
_PARTED = re.compile(r"\n[ \t\xa0]*\n|\n(?=[ \t]*\t)|\n(?= {3,}\S)")
_HTML = frozenset({"html", "text/html", "xhtml", "text/xhtml", "application/xhtml+xml"})


@dataclass(slots=True)
class Content:
    """What the components hold: blocks and media as in an article, texts of other roles, and whom they belong to.

    `meta` are the components that say something of the text, outermost first; `nitf` what the first NITF text says.
    """

    notes: Notes
    blocks: list[Block] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    subtitles: list[str] = field(default_factory=list)
    abstracts: list[str] = field(default_factory=list)
    meta: "list[etree._Element]" = field(default_factory=list)
    nitf: NitfBody = field(default_factory=NitfBody)
    texts: int = 0

    def component(self, element: "etree._Element", role: str = "", depth: int = 0) -> None:
        """Take in a component and everything in it."""
        role = (formal(find(element, n.ROLE)) or "").lower() or role
        if depth > DEEPEST:
            self.notes.lose(f"{n.COMPONENT} nested more than {DEEPEST} deep")
        elif grouped(element):
            self.show(media_of(element, self.media, self.notes), has_euid=element.get(n.EUID) is not None)
        elif has(element, "NewsItemRef"):
            self.refer(element)
        else:
            self.meta.append(element)
            self.items(list(children(element, n.CONTENT_ITEM)), role)
            for child in self.chosen(element):
                self.component(child, role, depth + 1)

    def chosen(self, element: "etree._Element") -> "Iterator[etree._Element]":
        """The components inside, those of items inside too; of equivalents only the first."""
        inner = [*children(element, n.COMPONENT)]
        inner += [one for item in children(element, n.ITEM) for one in children(item, n.COMPONENT)]
        if element.get("EquivalentsList") == "yes" and len(inner) > 1:
            self.notes.lose(f"{n.COMPONENT}[EquivalentsList]")
            inner = inner[:1]
        yield from inner

    def items(self, items: "Sequence[etree._Element]", role: str) -> None:
        """The content items of one component: the first text of several is taken, files become media."""
        texts = [item for item in items if not is_file(item) and says(item)]
        for item in texts[:1]:
            self.text(item, role)
        for item in texts[1:]:
            self.notes.lose(f"{n.CONTENT_ITEM}[{formal(find(item, n.FORMAT)) or formal(find(item, n.MIME_TYPE))}]")
        for item in items:
            if is_file(item):
                self.show(media_of(item, self.media, self.notes), has_euid=False)

    def text(self, item: "etree._Element", role: str) -> None:
        """One text, by its role."""
        form = (formal(find(item, n.FORMAT)) or formal(find(item, n.MIME_TYPE)) or "").lower()
        data = find(item, n.DATA)
        if role in _DROPPED or form in _STYLES:
            self.notes.lose(f"{n.CONTENT_ITEM}[{role or form}]")
        elif data is None:
            if find(item, "Encoding") is not None:
                self.notes.lose("Encoding")
        elif role in _TITLES:
            self.titles += filter(None, [text_of(data)])
        elif role in _SUBTITLES:
            self.subtitles += filter(None, [text_of(data)])
        elif role in _ABSTRACTS:
            self.abstracts += filter(None, [text_of(data)])
        else:
            self.read(data, form)

    def read(self, data: "etree._Element", form: str) -> None:
        """The text of one item, whatever it is written in."""
        inner = list(children(data))
        first = local(inner[0]) if inner else ""
        if first.lower() == n.NITF:
            self.read_nitf(inner[0])
        elif first.lower() in ("html", "body", "div") or (inner and any("xhtml" in str(one.tag) for one in inner)):
            self.read_html(_markup_of(data))
        elif inner:
            self.take(read_body(data))
        else:
            text = data.text or ""
            self.read_html(text if form in _HTML or has_markup(text) else _paragraphs(text))

    def read_nitf(self, nitf: "etree._Element") -> None:
        """A text in NITF; what its head says stands in NewsML's own metadata too, mostly."""
        if any(local(one) == "head" and says(one) for one in nitf):
            self.notes.lose("nitf/head")
        found = read_body(nitf)
        if self.nitf == NitfBody():
            self.nitf = found
        self.take(found)

    def read_html(self, html: str) -> None:
        """A text in HTML."""
        self.texts += 1
        if self.texts > _MOST_TEXTS:
            self.notes.lose(f"{n.DATA} beyond {_MOST_TEXTS} texts")
            return
        is_full = len(self.media) >= MOST_MEDIA
        try:
            found = blocks_of(html, known=() if is_full else tuple(self.media.values()))
        except HtmlError as error:
            self.notes.lose(f"{n.DATA} ({error})")
            return
        if is_full and found.media:
            self.notes.lose("media")
        self.blocks += (one for one in found.blocks if not (is_full and isinstance(one, MediaBlock)))
        self.media = self.media if is_full else {one.id: one for one in found.media}
        for what in found.repairs:
            self.notes.mend("body", what)

    def take(self, found: NitfBody) -> None:
        """The blocks and media of a NITF text, with ids that nothing else here has."""
        ids = {one.id: self.add(one) for one in found.media}
        for one in found.blocks:
            if not isinstance(one, MediaBlock):
                self.blocks.append(one)
            elif shown := ids.get(one.media):
                self.blocks.append(MediaBlock(media=shown))
        for name in found.lost:
            self.notes.lose(f"nitf/{name}")
        for what in found.repairs:
            self.notes.mend("body", what)

    def add(self, media: Media) -> str:
        """Keep the media, under another id where its own is taken."""
        if len(self.media) >= MOST_MEDIA:
            self.notes.lose("media")
            return ""
        if media.id in self.media:
            number = len(self.media) + 1
            while f"m{number}" in self.media:
                number += 1
            media = replace(media, id=f"m{number}")
        self.media[media.id] = media
        return media.id

    def show(self, media: Media | None, *, has_euid: bool) -> None:
        """Media beside the text, unless the text has shown it: the first one leads, others are a gallery."""
        if media is None or (has_euid and media.id in self.media):
            return
        is_first = not any(one.role is MediaRole.LEAD for one in self.media.values())
        self.add(replace(media, role=MediaRole.LEAD if is_first else MediaRole.GALLERY))

    def refer(self, element: "etree._Element") -> None:
        """Items that are only named: their headlines as lines to other stories."""
        title = text_of(find(element, n.LINES, n.HEADLINE))
        if title:
            self.blocks.append(Related(title=title))
        self.notes.lose("NewsItemRef")


def first_words(blocks: "Sequence[Block]") -> str | None:
    """The text of the first paragraph."""
    texts = (plain_of(block.html.replace("<br/>", " ")).strip() for block in blocks if isinstance(block, Paragraph))
    return next(filter(None, texts), None)


def _paragraphs(text: str) -> str:
    """Plain text as paragraphs of HTML. Blank lines part them; some only indent their first lines."""
    return "".join(f"<p>{escape(part)}</p>" for part in _PARTED.split(text))


def _markup_of(data: "etree._Element") -> str:
    """The elements inside as HTML, without their namespace."""
    for one in data.iter():
        name = local(one)
        if name:
            one.tag = name
    etree.cleanup_namespaces(data)
    body = next((one for one in data.iter("body")), data)
    pieces = [etree.tostring(one, encoding="unicode", with_tail=True) for one in body]
    return escape(body.text or "") + "".join(pieces)
