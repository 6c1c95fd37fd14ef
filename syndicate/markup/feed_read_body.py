"""The HTML of a feed's entry to the parts of an article: what `body_html` marks by its classes is known again.

All other HTML goes the way of `html.blocks_of`; so do marked elements that are not quite as we write them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from syndicate.markup.addresses import LINKS, WEB, AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.feed_read_figure import figure_of, place_of
from syndicate.markup.html import blocks_of, clean_inline
from syndicate.markup.html_inline import Element, Notes
from syndicate.markup.html_parse import name_of, parse
from syndicate.markup.text import one_line
from syndicate.model.article import Dateline
from syndicate.model.body import Block, Embed, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.media import Media, MediaRole

_MARKED = re.compile(r'<figure|class="(?:highlights|dateline|related|embed|tagline|correction)"')
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n\s*")


@dataclass(slots=True, kw_only=True)
class Text:
    """What stands in the HTML; `media` are all of the article, the known ones first, `repairs` what was changed."""

    media: list[Media]
    blocks: list[Block] = field(default_factory=list)
    highlights: tuple[str, ...] = ()
    dateline: Dateline | None = None
    correction: str | None = None
    repairs: list[str] = field(default_factory=list)


def text_from_html(html: str, base: str | None, known: Sequence[Media]) -> Text:
    """What the HTML says. Relative addresses start at `base`; raises HtmlError for HTML beyond the bounds."""
    text = Text(media=list(known))
    if _MARKED.search(html) is None:
        _add_plain(text, html, base)
        return text
    notes = Notes(base=base)
    root = parse(html, notes.add)
    run = [escape(root.text or "")]
    for element in root:
        if name_of(element) is not None and _is_taken(element, text, run, notes):
            run = []
        elif name_of(element) is not None:
            run.append(etree.tostring(element, encoding="unicode", with_tail=False))
        run.append(escape(element.tail or ""))
    _flush(text, run, base)
    text.repairs[:0] = notes.clauses()
    return text


def text_from_plain(plain: str) -> Text:
    """The paragraphs of plain text, which blank lines part; a single line end is a line break."""
    parts = (escape(part.strip()).replace("\n", "<br/>") for part in _BLANK_LINE.split(plain.replace("\r\n", "\n")))
    found = [clean_inline(part) for part in parts if part]
    return Text(
        media=[],
        blocks=[Paragraph(html=html) for html, _ in found if html],
        repairs=list(dict.fromkeys(what for _, whats in found for what in whats)),
    )


def _flush(text: Text, run: list[str], base: str | None) -> None:
    html = "".join(run)
    if html.strip():
        _add_plain(text, html, base)


def _add_plain(text: Text, html: str, base: str | None) -> None:
    body = blocks_of(html, base, text.media)
    text.blocks += body.blocks
    text.media = list(body.media)
    text.repairs += body.repairs


def _is_taken(element: Element, text: Text, run: list[str], notes: Notes) -> bool:
    """Whether the element is one of those that are marked; what stands before it is then in the text already."""
    name, marks = name_of(element), (element.get("class") or "").split()
    if name == "figure":
        return _take_figure(element, text, run, notes)
    if name == "ul" and "highlights" in marks:
        return _take_highlights(element, text, run)
    if name != "p":
        return False
    if "correction" in marks:
        _flush(text, run, notes.base)
        text.correction = "\n".join(filter(None, (text.correction, _said(element)))) or None
        return True
    made = _marked(element, marks, notes)
    if made is None:
        return _take_dateline(element, text, run, notes)
    _flush(text, run, notes.base)
    text.blocks.append(made)
    return True


def _take_highlights(element: Element, text: Text, run: list[str]) -> bool:
    """Only what stands before all text are highlights of the story."""
    found = tuple(filter(None, (one_line(_said(item)) for item in element if name_of(item) == "li")))
    if text.blocks or text.highlights or "".join(run).strip() or not found:
        return False
    text.highlights = found
    return True


def _take_figure(element: Element, text: Text, run: list[str], notes: Notes) -> bool:
    """A figure that opens the text is the lead; others have their place in it."""
    is_first = not text.blocks and not "".join(run).strip()
    found = figure_of(element, text.media, notes)
    if found is None:
        return False
    if is_first:
        index = place_of(found, text.media)
        text.media[index] = replace(text.media[index], role=MediaRole.LEAD)
    else:
        _flush(text, run, notes.base)
        text.blocks.append(MediaBlock(media=found))
    return True


def _take_dateline(element: Element, text: Text, run: list[str], notes: Notes) -> bool:
    first = element[0] if len(element) else None
    if first is None or text.dateline or (element.text or "").strip() or (first.get("class") or "") != "dateline":
        return False
    text.dateline = Dateline(text=_said(first)) if _said(first) else None
    _flush(text, run, notes.base)
    element.text = first.tail
    element.remove(first)
    if html := _inline(element, notes):
        text.blocks.append(Paragraph(html=html))
    return text.dateline is not None


def _marked(element: Element, marks: Sequence[str], notes: Notes) -> Block | None:
    if "tagline" in marks:
        html = _inline(element, notes)
        return Tagline(html=html) if html else None
    if "related" in marks:
        return _related(element, notes)
    return _embed(element, notes) if "embed" in marks else None


def _related(element: Element, notes: Notes) -> Related | None:
    title = one_line(_said(element))
    if not title:
        return None
    if not len(element):
        return Related(title=title)
    link = element[0]
    around = (element.text or "") + (link.tail or "")
    if len(element) > 1 or len(link) or name_of(link) != "a" or around.strip():
        return None
    url = _address(link, LINKS, notes)
    return Related(title=title, url=url) if url else None


def _embed(element: Element, notes: Notes) -> Embed | None:
    """The address stands last as a link to itself, or is linked to in the words before."""
    links = [one for one in element.iter() if name_of(one) == "a" and one.get("href")]
    if not links:
        return None
    last = element[-1]
    is_bare = name_of(last) == "a" and last.get("href") == last.text and not len(last) and not (last.tail or "").strip()
    url = _address(last if is_bare else links[0], WEB, notes)
    if url is None:
        return None
    if is_bare:
        element.remove(last)
    return Embed(url=url, html=_inline(element, notes))


def _address(link: Element, schemes: frozenset[str], notes: Notes) -> str | None:
    try:
        return absolute(link.get("href") or "", notes.base, schemes)
    except AddressError:
        return None


def _inline(element: Element, notes: Notes) -> str:
    """What the element holds as inline markup."""
    inner = escape(element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
    html, repairs = clean_inline(inner, notes.base)
    for what in repairs:
        notes.add(what)
    return html


def _said(element: Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
