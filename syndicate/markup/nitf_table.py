"""A table of body blocks as a table of NITF."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from syndicate.markup.html import blocks_of
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.inline import cut, plain
from syndicate.markup.nitf import NOTHING, Piece, counted, filled, spaced
from syndicate.model.body import Table


def table(block: Table) -> Piece:
    """The table and its words; its text as a paragraph where the markup holds no table."""
    source = _read(block.html)
    if source is None:
        return counted("p", plain(block.html))
    head = [row for part in source.iterchildren("thead") for row in _rows(part)]
    rows = list(_rows(source, skip="thead"))
    parts = [_cell("caption", one) for one in islice(source.iterchildren("caption"), 1)]
    parts += [_spaced("thead", head)] if head else []
    # Foot rows stay at the end, where they are read.
    parts += [_spaced("tbody", rows)] if rows and head else rows
    return _spaced("table", parts) if parts else NOTHING


def _rows(part: etree._Element, skip: str | None = None) -> Iterator[Piece]:
    for child in part:
        if child.tag == "tr":
            cells = [_cell(str(one.tag), one) for one in child.iterchildren("td", "th")]
            if cells:
                yield _spaced("tr", cells)
        elif child.tag in ("tbody", "tfoot", "thead") and child.tag != skip:
            yield from _rows(child)


def _cell(name: str, source: etree._Element) -> Piece:
    found = ((key, source.get(key, "")) for key in ("colspan", "rowspan"))
    spans = "".join(f' {key}="{value}"' for key, value in found if value.isdigit())
    inner, words = filled(cut(etree.tostring(source, encoding="unicode", with_tail=False)))
    return (f"<{name}{spans}>{inner}</{name}>" if inner else f"<{name}{spans}/>"), words


def _spaced(name: str, children: list[Piece]) -> Piece:
    return spaced(name, (markup for markup, _ in children)), sum(words for _, words in children)


def _read(html: str) -> etree._Element | None:
    """The table of safe markup, or of what cleaning makes of it; None where there is none."""
    try:
        blocks = blocks_of(html).blocks
    except HtmlError:
        return None
    tables = [block.html for block in blocks if isinstance(block, Table)]
    if len(blocks) != 1 or not tables:
        return None
    return etree.fromstring(tables[0])
