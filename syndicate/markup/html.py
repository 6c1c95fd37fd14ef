"""Clean HTML: inline markup to the safe subset of `model.body`, body HTML to typed blocks. No word is lost in silence.

The safe subset is a (href, hreflang, title), em, strong, sub, sup, code, br, span (lang, dir), written as XML.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from syndicate.markup.escape import escape
from syndicate.markup.html_inline import (
    Element,
    Notes,
    add_element,
    inline_of,
    text_of,
    tidy,
)
from syndicate.markup.html_media import Picture, media_of, picture_of
from syndicate.markup.html_parse import (
    BLOCKS,
    CONTAINERS,
    DROPPED,
    MAX_BYTES,
    MAX_NESTING,
    TABLE_PARTS,
    HtmlError,
    name_of,
    parse,
)
from syndicate.markup.html_plain import Figure, parts_of
from syndicate.markup.text import repair
from syndicate.model.body import Block, Heading, ListBlock, MediaBlock, Paragraph, Quote, Table
from syndicate.model.media import Media

__all__ = ["MAX_BYTES", "Body", "HtmlError", "blocks_of", "clean_inline", "has_markup", "plain_of"]

# Only names that HTML has: "x <y and z" or "<3" is text.
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|li|mark|object|ol|p|q|s|"
    r"script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|tr|tt|u|ul|video)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What body HTML became: its blocks, all media of the article (the known ones first), what was changed."""

    blocks: tuple[Block, ...]
    media: tuple[Media, ...] = ()
    repairs: tuple[str, ...] = ()


def has_markup(text: str) -> bool:
    """Whether plain text holds a tag of HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def plain_of(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of markup that stands where plain text is wanted, on one line; HtmlError beyond the bounds."""
    cleaned, repairs = clean_inline(html)
    return text_of(cleaned), repairs


def clean_inline(html: str, base_url: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The HTML as inline markup of the safe subset, and a clause for each kind of change.

    Relative addresses start at `base_url`. Raises HtmlError for HTML beyond the bounds.
    """
    notes = Notes(base=base_url)
    if "<" not in html and "&" not in html:
        return tidy(escape(_sound(html, notes)), notes), notes.clauses()
    cleaned = inline_of(parse(_opened(html, notes), notes.add), notes)
    for image in notes.images:
        notes.add(f"{name_of(image)} left out ({(image.get('alt') or image.get('src') or '')[:80]})")
    return cleaned, notes.clauses()


def blocks_of(html: str, base_url: str | None = None, known: Sequence[Media] = (), *, sound: bool = False) -> Body:
    """The body HTML as blocks. Pictures and players become media, or point to the `known` one with the same address.

    Relative addresses start at `base_url`; `sound` says that the text is known to be so (`text.is_sound`). Raises
    HtmlError for HTML beyond the bounds.
    """
    notes = Notes(base=base_url)
    if "<" not in html and "&" not in html:
        found = (tidy(escape(part), notes) for part in _BLANK_LINE.split(_sound(html, notes)))
        blocks: tuple[Block, ...] = tuple(Paragraph(html=part) for part in found if part)
        return Body(blocks=blocks, media=tuple(known), repairs=notes.clauses())
    walk = _Walk(notes=notes, media=list(known))
    parts = parts_of(html, sound=sound)
    if parts is None:
        walk.container(parse(_opened(html, notes), notes.add))
    else:
        walk.parts(parts)
    return Body(blocks=tuple(walk.blocks), media=tuple(walk.media), repairs=notes.clauses())


def _sound(text: str, notes: Notes) -> str:
    if len(text) > MAX_BYTES:
        raise HtmlError(f"the HTML is larger than {MAX_BYTES // 1024} KiB")
    text, repairs = repair(text)
    for what in repairs:
        notes.add(what)
    return text


def _opened(html: str, notes: Notes) -> str:
    """The HTML without CDATA brackets: an HTML parser takes such a section for a comment, and its words would go."""
    if "<![CDATA[" not in html:
        return html
    notes.add("CDATA brackets left out, their content kept")
    return _CDATA.sub("", html)


@dataclass(slots=True)
class _Walk:
    """One pass over a body; `run` is inline content that stands between blocks without an element of its own."""

    notes: Notes
    media: list[Media]
    blocks: list[Block] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    depth: int = 0

    def container(self, element: Element) -> None:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise HtmlError(f"the HTML is nested more than {MAX_NESTING} deep")
        if element.text and not element.text.isspace():
            self.run.append(escape(element.text))
        for child in element:
            self.child(child)
            if child.tail and (self.run or not child.tail.isspace()):
                self.run.append(escape(child.tail))
        self.flush()
        self.depth -= 1

    def child(self, element: Element) -> None:
        name = name_of(element)
        if name is None:
            return
        if name in _MAKERS:
            self.flush()
            _MAKERS[name](self, element)
        elif name in CONTAINERS or (name not in DROPPED and _holds_blocks(element)):
            self.flush()
            self.wrapper(name, element)
        else:
            add_element(element, self.run, self.notes, self.depth)

    def wrapper(self, name: str, element: Element) -> None:
        if name not in CONTAINERS and name not in TABLE_PARTS:
            self.notes.add(f"the markup <{name}> around whole blocks left out, its text kept")
        self.container(element)

    def flush(self) -> None:
        if self.run:
            html = tidy("".join(self.run), self.notes)
            self.run.clear()
            if html:
                self.blocks.append(Paragraph(html=html))
        self.show_images()

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.show_images()

    def show_images(self) -> None:
        if not self.notes.images:
            return
        images = tuple(self.notes.images)
        self.notes.images.clear()
        for image in images:
            self.show(picture_of(image), None)

    def show(self, picture: Picture, caption: str | None) -> bool:
        """Put the picture or player at this place; False when there is nothing to show."""
        found = media_of(picture, caption, self.media, self.notes)
        if found is not None:
            self.blocks.append(MediaBlock(media=found))
        return found is not None

    def paragraph(self, element: Element) -> None:
        if len(element) and _holds_blocks(element):
            self.container(element)
        elif html := inline_of(element, self.notes):
            self.add(Paragraph(html=html))
        else:
            self.show_images()

    def heading(self, element: Element) -> None:
        level = int((name_of(element) or "h2")[1])
        html = inline_of(element, self.notes)
        if html and level == 1:
            self.notes.add("a first-level heading made one of the second level")
        if html:
            self.blocks.append(Heading(html=html, level=max(level, 2)))
        self.show_images()

    def items(self, element: Element) -> None:
        found = [item for item in _items(element, self.notes) if item]
        if found:
            self.blocks.append(ListBlock(items=tuple(found), ordered=name_of(element) == "ol"))
        self.show_images()

    def quote(self, element: Element) -> None:
        """Its running text as one quotation; lists and pictures in it stand after as blocks of their own."""
        cite = _take_cite(element, self.notes)
        inner = replace(self, blocks=[], run=[])
        inner.container(element)
        texts = [block.html for block in inner.blocks if isinstance(block, Paragraph | Quote)]
        if texts:
            self.blocks.append(Quote(html="<br/>".join(texts), cite=cite))
        elif cite:
            self.blocks.append(Paragraph(html=escape(cite)))
        self.blocks.extend(block for block in inner.blocks if not isinstance(block, Paragraph | Quote))

    def table(self, element: Element) -> None:
        if html := _table(element, self.notes):
            self.blocks.append(Table(html=html))
        self.show_images()

    def figure(self, element: Element) -> None:
        if _holds(element, _TEXT_BLOCKS):
            self.container(element)
            return
        caption = text_of(inline_of(element, self.notes)).strip()
        pictures = tuple(map(picture_of, self.notes.images))
        self.notes.images.clear()
        self.captioned(pictures, caption)

    def captioned(self, pictures: Sequence[Picture], caption: str) -> None:
        """The pictures of a figure: the first one that can be shown takes the caption."""
        shown = False
        for picture in pictures:
            shown = self.show(picture, None if shown else caption or None) or shown
        if caption and not shown:
            self.blocks.append(Paragraph(html=escape(caption)))

    def parts(self, parts: Sequence[Block | Figure]) -> None:
        """The blocks of HTML that needs no parser."""
        for part in parts:
            if isinstance(part, Figure):
                self.captioned((Picture("img", part.image),), text_of(part.caption).strip())
            else:
                self.blocks.append(part)


_Maker = Callable[[_Walk, Element], None]
_TEXT_BLOCKS = frozenset({"table", "blockquote", "ul", "ol", "pre", "h2", "h3", "h4", "h5", "h6"})
_MAKERS: dict[str, _Maker] = {
    "p": _Walk.paragraph,
    "dt": _Walk.paragraph,
    "dd": _Walk.paragraph,
    "pre": _Walk.paragraph,
    **{f"h{level}": _Walk.heading for level in range(1, 7)},
    "ul": _Walk.items,
    "ol": _Walk.items,
    "blockquote": _Walk.quote,
    "table": _Walk.table,
    "figure": _Walk.figure,
    "hr": lambda walk, _: walk.flush(),
}


def _holds(element: Element, names: frozenset[str]) -> bool:
    inner = element.iterdescendants()
    return any(name_of(one) in names for one in inner)


def _holds_blocks(element: Element) -> bool:
    return len(element) > 0 and _holds(element, BLOCKS)


def _items(element: Element, notes: Notes) -> list[str]:
    """The items of a list; those of a list inside it follow the item that they belong to."""
    found: list[str] = [tidy(escape(element.text or ""), notes)]
    for child in element:
        if name_of(child) in {"ul", "ol"}:
            notes.add("a list inside a list made part of the outer one")
            found += _items(child, notes)
        else:
            found += _item(child, notes)
        found.append(tidy(escape(child.tail or ""), notes))
    return found


def _item(element: Element, notes: Notes) -> list[str]:
    inner = [child for child in element if name_of(child) in {"ul", "ol"}]
    for child in inner:
        _cut(child)
    pieces: list[str] = []
    if name_of(element) == "li":
        html = inline_of(element, notes)
    else:
        add_element(element, pieces, notes)
        html = tidy("".join(pieces), notes)
    found = [html]
    for child in inner:
        notes.add("a list inside a list made part of the outer one")
        found += _items(child, notes)
    return found


def _cut(element: Element) -> None:
    """Take the element out of its tree; the text after it stays where it was, with a space before it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = f" {element.tail or ''}"
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    element.tail = None
    parent.remove(element)


def _take_cite(element: Element, notes: Notes) -> str | None:
    """The words of the `cite` or `footer` that ends a quotation, taken out of it."""
    last = element[-1] if len(element) else None
    if last is None or (last.tail or "").strip():
        return None
    if name_of(last) == "p" and len(last) == 1 and not (last.text or "").strip() and not (last[0].tail or "").strip():
        last = last[0]
    if name_of(last) not in {"cite", "footer"}:
        return None
    cite = text_of(inline_of(last, notes)).strip()
    if cite:
        _cut(last)
    return cite or None


def _table(element: Element, notes: Notes) -> str:
    """The table with its rows and cells; empty when it holds no text."""
    pieces: list[str] = []
    _add_part(element, pieces, notes, 0)
    html = "".join(pieces)
    return html if text_of(html).strip() else ""


def _add_part(element: Element, pieces: list[str], notes: Notes, depth: int) -> None:
    if depth > MAX_NESTING:
        raise HtmlError(f"the HTML is nested more than {MAX_NESTING} deep")
    name = name_of(element)
    if name in {"td", "th", "caption"}:
        pieces.append(f"<{name}{_spans(element)}>{inline_of(element, notes)}</{name}>")
    elif name in {"table", "thead", "tbody", "tfoot", "tr"}:
        pieces.append(f"<{name}>")
        _add_cell(name, [escape(element.text or "")], pieces, notes)
        for child in element:
            _add_part(child, pieces, notes, depth + 1)
            _add_cell(name, [escape(child.tail or "")], pieces, notes)
        pieces.append(f"</{name}>")
    elif name is not None:
        inner: list[str] = []
        add_element(element, inner, notes, depth)
        _add_cell(name_of(parent) if (parent := element.getparent()) is not None else None, inner, pieces, notes)


def _add_cell(parent: str | None, inner: list[str], pieces: list[str], notes: Notes) -> None:
    """Text between the rows or cells of a table (an XML parser leaves it there) gets a cell of its own."""
    if html := tidy("".join(inner), notes):
        cell = f"<td>{html}</td>"
        pieces.append(cell if parent == "tr" else f"<tr>{cell}</tr>")


def _spans(element: Element) -> str:
    found = ((key, (element.get(key) or "").strip()) for key in ("colspan", "rowspan"))
    spans = "".join(f' {key}="{value}"' for key, value in found if re.fullmatch("[1-9][0-9]{0,2}", value))
    scope = (element.get("scope") or "").lower()
    return spans + (f' scope="{scope}"' if scope in {"row", "col", "rowgroup", "colgroup"} else "")
