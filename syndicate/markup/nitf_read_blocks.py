"""The content of a NITF body as typed blocks, with its media. No word is lost in silence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from syndicate.markup.escape import escape
from syndicate.markup.html_inline import text_of, tidy
from syndicate.markup.html_media import media_of as picture_media
from syndicate.markup.html_media import picture_of
from syndicate.markup.html_parse import DROPPED, name_of
from syndicate.markup.nitf_read_bounds import MOST_MEDIA
from syndicate.markup.nitf_read_inline import (
    BLOCKS,
    DEEPEST,
    Element,
    NitfNotes,
    add_content,
    add_element,
    address,
    inline_of,
    plain_of,
    tidied,
)
from syndicate.markup.nitf_read_media import media_id, media_of
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole

_PARAGRAPHS = re.compile("(?: ?<br/> ?){2,}")
_LEVEL = re.compile(r"(?:^|\s)h([2-6])(?:\s|$)")
_SPAN = re.compile("[1-9][0-9]{0,2}")
# Said of a part of a text, where an article says it of the whole.
_OF_PARTS = frozenset({"tobject", "key-list", "classifier", "nitf-table-metadata", "table-reference"})
_LOOSE = "loose"


@dataclass(slots=True)
class Walk:
    """One pass over a body; `run` is inline content that stands between blocks without an element of its own."""

    notes: NitfNotes
    media: dict[str, Media] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    depth: int = 0

    def content(self, element: Element) -> None:
        """Take in what stands in a `body.content` or the like."""
        self.depth += 1
        if self.depth > DEEPEST:
            add_content(element, self.run, self.notes, DEEPEST)
        else:
            if element.text:
                self.run.append(escape(element.text))
            for child in element:
                self.child(child)
                if child.tail:
                    self.run.append(escape(child.tail))
        self.flush()
        self.depth -= 1

    def child(self, element: Element) -> None:
        """Take in one element."""
        name = name_of(element)
        if name is None:
            return
        if name in _MAKERS:
            self.flush()
            _MAKERS[name](self, element)
        elif name in _OF_PARTS:
            self.notes.lose(f"block/{name}")
        elif name in DROPPED:
            self.notes.lose(name)
        elif name in BLOCKS or _holds_blocks(element):
            self.flush()
            self.content(element)
        else:
            add_element(element, self.run, self.notes)

    def flush(self) -> None:
        """End the paragraph that has no element of its own; empty lines part such paragraphs."""
        if self.run:
            html = tidied(self.run, self.notes)
            self.run.clear()
            for part in _PARAGRAPHS.split(html) if "<br/>" in html else (html,):
                if text_of(part).strip():
                    self.blocks.append(Paragraph(html=part))
        self.show_media()

    def show_media(self) -> None:
        """Put media met inside inline markup at this place."""
        found, pictures = tuple(self.notes.media), tuple(self.notes.images)
        self.notes.media.clear()
        self.notes.images.clear()
        for one in found:
            self.show(one)
        for picture in pictures:
            if self.is_full():
                return
            known = list(self.media.values())
            shown = picture_media(picture_of(picture), None, known, self.notes)
            if shown is not None:
                self.media = {one.id: one for one in known}
                self.blocks.append(MediaBlock(media=shown))

    def show(self, element: Element) -> None:
        """Put the media at its place. What stands above the text leads the story, and needs no place in it."""
        is_lead = self.depth == 1 and not self.blocks
        role = MediaRole.LEAD if is_lead else MediaRole.INLINE
        media = media_of(element, self.media, role, self.notes)
        if media is None or self.is_full():
            return
        same = self.media.get(media_id(element) or "")
        if same is not None and replace(media, id=same.id) == same:
            self.blocks.append(MediaBlock(media=same.id))
            return
        self.media[media.id] = media
        stated = frozenset((element.get("class") or "").split())
        states_role = not stated.isdisjoint(MediaRole)
        if not (_LOOSE in stated if states_role else media.role is MediaRole.LEAD):
            self.blocks.append(MediaBlock(media=media.id))

    def is_full(self) -> bool:
        """Whether there are as many media as an article may have."""
        if len(self.media) >= MOST_MEDIA:
            self.notes.lose("media")
            return True
        return False

    def media_element(self, element: Element) -> None:
        """A `media` between blocks."""
        self.show(element)
        self.show_media()

    def paragraph(self, element: Element) -> None:
        """A paragraph of some kind."""
        if _holds_blocks(element):
            self.content(element)
            return
        block = _PARAGRAPH_KINDS.get((element.get("class") or "").strip(), _plain)(element, self.notes)
        if block is not None:
            self.blocks.append(block)
        self.show_media()

    def preformatted(self, element: Element) -> None:
        """Its lines stay lines."""
        lines = (tidy(escape(line), self.notes) for line in "".join(map(str, element.itertext())).splitlines())
        html = "<br/>".join(line for line in lines if line)
        if html:
            self.blocks.append(Paragraph(html=html))

    def heading(self, element: Element) -> None:
        """A sub-heading; its level stands in its class, or in its name where it is one of HTML."""
        name = name_of(element) or ""
        found = _LEVEL.search(element.get("class") or name)
        html = inline_of(element, self.notes)
        if text_of(html).strip():
            self.blocks.append(Heading(html=html, level=int(found[1]) if found else 2))
        self.show_media()

    def items(self, element: Element) -> None:
        """A list; those inside it become part of it."""
        items = tuple(_items(element, self.notes, 0))
        if items:
            self.blocks.append(ListBlock(items=items, ordered=name_of(element) == "ol"))
        self.show_media()

    def quote(self, element: Element) -> None:
        """Its running text as one quotation; lists and media in it stand after as blocks of their own."""
        if self.depth > DEEPEST:
            self.content(element)
            return
        cites: list[str] = []
        inner = replace(self, blocks=[], run=[escape(element.text or "")], depth=self.depth + 1)
        for child in element:
            if name_of(child) in ("credit", "cite", "footer"):
                cites += filter(None, [plain_of(child, self.notes)])
            else:
                inner.child(child)
            inner.run.append(escape(child.tail or ""))
        inner.flush()
        cite = ", ".join(cites) or None
        texts = [block.html for block in inner.blocks if isinstance(block, Paragraph | Quote)]
        if texts or cite:
            self.blocks.append(Quote(html="<br/>".join(texts), cite=cite))
        self.blocks.extend(block for block in inner.blocks if not isinstance(block, Paragraph | Quote))

    def table(self, element: Element) -> None:
        """The table with its rows and cells."""
        pieces: list[str] = []
        _add_part(element, pieces, self.notes, 0)
        html = "".join(pieces)
        if text_of(html).strip():
            self.blocks.append(Table(html=html))
        self.show_media()

    def rule(self, _element: Element) -> None:
        """A line across, which only parts what stands above and below."""


def taglines_of(element: Element, notes: NitfNotes) -> list[Block]:
    """The lines of a `tagline`."""
    html = inline_of(element, notes)
    return [Tagline(html=line) for line in _lines(html) if text_of(line).strip()]


def _lines(html: str) -> Sequence[str]:
    """The markup line by line, unless an element reaches from one line to the next."""
    lines = html.split("<br/>")
    is_whole = all(line.count("<") == 2 * line.count("</") for line in lines)
    return lines if is_whole else (html,)


def _holds_blocks(element: Element) -> bool:
    return len(element) > 0 and any(name_of(one) in _PARTING for one in element.iterdescendants())


# Media alone part no paragraph.
_PARTING = BLOCKS - {"media", "credit"}


def _plain(element: Element, notes: NitfNotes) -> Block | None:
    html = inline_of(element, notes)
    return Paragraph(html=html) if text_of(html).strip() else None


def _tagline(element: Element, notes: NitfNotes) -> Block | None:
    html = inline_of(element, notes)
    return Tagline(html=html) if text_of(html).strip() else None


def _related(element: Element, notes: NitfNotes) -> Block | None:
    """A line to another story: a link and nothing else, or text alone."""
    link = _only_link(element)
    if link is None and len(element):
        return _plain(element, notes)
    title = plain_of(element, notes)
    return Related(title=title, url=None if link is None else address(link, notes)) if title else None


def _embed(element: Element, notes: NitfNotes) -> Block | None:
    """Foreign content: a link around its stand-in, or behind it with the address for a text."""
    link = _only_link(element)
    if link is not None and (url := address(link, notes)):
        html = inline_of(link, notes)
        return Embed(url=url, html="" if text_of(html) == url else html)
    links = [one for one in element.iter() if name_of(one) == "a"]
    last = links[-1] if links else None
    if last is None or not (url := address(last, notes)):
        return _plain(element, notes)
    if last is element[-1] and not (last.tail or "").strip() and "".join(map(str, last.itertext())) == last.get("href"):
        element.remove(last)
    else:
        url = address(links[0], notes) or url
    return Embed(url=url, html=inline_of(element, notes))


def _only_link(element: Element) -> Element | None:
    inner = [one for one in element if name_of(one) is not None]
    is_alone = len(inner) == 1 and not (element.text or "").strip() and not (inner[0].tail or "").strip()
    return inner[0] if is_alone and name_of(inner[0]) == "a" else None


_PARAGRAPH_KINDS: dict[str, Callable[[Element, NitfNotes], Block | None]] = {
    "related": _related,
    "embed": _embed,
    "tagline": _tagline,
}


def _items(element: Element, notes: NitfNotes, depth: int) -> list[str]:
    """The items of a list; those of a list inside it follow the item that they belong to."""
    found = [tidy(escape(element.text or ""), notes)]
    for child in element:
        if name_of(child) in ("ul", "ol") and depth < DEEPEST:
            found += _items(child, notes, depth + 1)
        elif name_of(child) is not None:
            found += _item(child, notes, depth)
        found.append(tidy(escape(child.tail or ""), notes))
    return [item for item in found if text_of(item).strip()]


def _item(element: Element, notes: NitfNotes, depth: int) -> list[str]:
    if depth >= DEEPEST or not any(name_of(child) in ("ul", "ol") for child in element):
        return [inline_of(element, notes)]
    notes.add("a list inside a list made part of the outer one")
    pieces, inner = [escape(element.text or "")], list[str]()
    for child in element:
        if name_of(child) in ("ul", "ol"):
            inner += _items(child, notes, depth + 1)
        else:
            add_element(child, pieces, notes, depth)
        pieces.append(escape(child.tail or ""))
    return [tidy("".join(pieces), notes), *inner]


def _add_part(element: Element, pieces: list[str], notes: NitfNotes, depth: int) -> None:
    name = name_of(element)
    if name in ("td", "th", "caption"):
        pieces.append(f"<{name}{_spans(element)}>{inline_of(element, notes)}</{name}>")
    elif name in ("table", "thead", "tbody", "tfoot", "tr") and depth < DEEPEST:
        pieces.append(f"<{name}>")
        _add_cell(name, element.text, pieces, notes)
        for child in element:
            _add_part(child, pieces, notes, depth + 1)
            _add_cell(name, child.tail, pieces, notes)
        pieces.append(f"</{name}>")
    elif name not in (None, "col", "colgroup"):
        parent = element.getparent()
        _add_cell(name_of(parent) if parent is not None else None, plain_of(element, notes), pieces, notes)


def _add_cell(parent: str | None, text: str | None, pieces: list[str], notes: NitfNotes) -> None:
    """Text between the rows or cells of a table gets a cell of its own."""
    html = tidy(escape(text or ""), notes)
    if html:
        pieces.append(f"<td>{html}</td>" if parent == "tr" else f"<tr><td>{html}</td></tr>")


def _spans(element: Element) -> str:
    found = ((key, (element.get(key) or "").strip()) for key in ("colspan", "rowspan"))
    return "".join(f' {key}="{value}"' for key, value in found if _SPAN.fullmatch(value))


_MAKERS: dict[str, Callable[[Walk, Element], None]] = {
    "p": Walk.paragraph,
    "dt": Walk.paragraph,
    "dd": Walk.paragraph,
    "byline": Walk.paragraph,
    "dateline": Walk.paragraph,
    "copyrite": Walk.paragraph,
    "datasource": Walk.paragraph,
    "custom-table": Walk.preformatted,
    "pre": Walk.preformatted,
    "hl1": Walk.heading,
    **{f"h{level}": Walk.heading for level in range(1, 7)},
    "hl2": Walk.heading,
    "ul": Walk.items,
    "ol": Walk.items,
    "bq": Walk.quote,
    "blockquote": Walk.quote,
    "table": Walk.table,
    "media": Walk.media_element,
    "hr": Walk.rule,
}
