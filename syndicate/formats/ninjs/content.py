"""The text of an item: the body that says most, as blocks, with its media in their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.counts import words_of
from syndicate.formats.ninjs.item import Item
from syndicate.formats.ninjs.newer import ORIGINAL
from syndicate.formats.ninjs.source import Source, Unreadable
from syndicate.markup.addresses import AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.html import MAX_BYTES, HtmlError, blocks_of, clean_inline, has_markup
from syndicate.markup.html_inline import Element, Notes, inline_of, text_of
from syndicate.markup.html_parse import name_of, parse
from syndicate.markup.text import one_line
from syndicate.model.body import Block, Embed, Heading, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.media import Media

# What only our own bodies have, and what makes it worth a closer look.
_MARKS = ('class="dateline"', 'class="tagline"', 'class="related"', 'class="embed"', n.DATA_MEDIA)
_DATELINE = "dateline"
# An alternative of the body is another text when more than this share of its words is new.
_NEW_WORDS = 0.05
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Text:
    """Blocks and media of an item, and the words that open its text."""

    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    dateline: str = ""


def text_of_item(source: Source, media: Sequence[Media], headline: str) -> Text:
    """The text of the item; bodies that say something else are noted as lost."""
    bodies = [one for one in source.objects(n.BODIES) if isinstance(one.get(n.VALUE), str) and one[n.VALUE].strip()]
    if not bodies:
        return Text(media=tuple(media))
    chosen = max(bodies, key=_rank)
    known = _words(chosen[n.VALUE]) | _words(headline)
    for one in bodies:
        if one is not chosen and _is_other(one[n.VALUE], known):
            source.extra.append(str(one.get(ORIGINAL) or f"{n.BODIES}[{one.get(n.ROLE) or ''}]"))
    try:
        text = _plain(chosen[n.VALUE], source) if _kind(chosen) == n.PLAIN else _html(chosen[n.VALUE], media, source)
    except HtmlError as error:
        raise Unreadable(f"body: {error}") from None
    text.media = text.media or tuple(media)
    return _without_headline(text, headline, source) if "<h1" in chosen[n.VALUE].lower() else text


def _kind(body: Item) -> str:
    """Whether the body is HTML, plain text or some other markup, by what it says or, failing that, by its looks."""
    stated = f"{body.get(n.CONTENT_TYPE) or ''} {body.get(n.ROLE) or ''}".lower()
    if "html" in stated:
        return n.HTML
    if "xml" in stated:
        return "xml"
    if "plain" in stated or stated.split() == ["text"]:
        return n.PLAIN
    return n.HTML if has_markup(body[n.VALUE]) else n.PLAIN


def _rank(body: Item) -> tuple[int, int]:
    """HTML before plain text before other markup, then the longest."""
    kind = _kind(body)
    return {n.HTML: 2, n.PLAIN: 1}.get(kind, 0), len(words_of(body[n.VALUE]))


def _is_other(value: str, known: set[str]) -> bool:
    words = _words(value)
    return len(words - known) > _NEW_WORDS * len(words)


def _words(html: str) -> set[str]:
    return set(_WORD.findall(" ".join(words_of(html))))


def _plain(value: str, source: Source) -> Text:
    """Paragraphs, parted by empty lines or, where there are none, by lines."""
    if len(value) > MAX_BYTES:
        raise HtmlError(f"the text is larger than {MAX_BYTES // 1024} KiB")
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    parts = value.split("\n\n") if "\n\n" in value.strip() else value.split("\n")
    blocks: list[Block] = []
    for part in parts:
        html, repairs = clean_inline(escape(part))
        source.report("body", *repairs)
        blocks += [Paragraph(html=html)] if html else []
    return Text(blocks=tuple(blocks))


def _html(value: str, media: Sequence[Media], source: Source) -> Text:
    notes = Notes()
    root = parse(value, notes.add) if any(mark in value for mark in _MARKS) else None
    if root is None or notes.counted:
        body = blocks_of(value, None, media)
        source.report("body", *body.repairs)
        return Text(blocks=body.blocks, media=body.media)
    walk = _Own(Text(media=tuple(media)), notes, source)
    walk.container(root)
    source.report("body", *notes.clauses())
    return walk.text


@dataclass(slots=True)
class _Own:
    """A walk over a body as we write it; what is not ours alone is left to `blocks_of`, in runs."""

    text: Text
    notes: Notes
    source: Source
    run: str = ""

    def container(self, root: Element) -> None:
        self.run += escape(root.text or "")
        for element in root:
            special = self.special(element)
            if special is None:
                self.run += etree.tostring(element, encoding="unicode", with_tail=False)
            else:
                self.flush()
                self.text.blocks += special
            self.run += escape(element.tail or "")
        self.flush()

    def flush(self) -> None:
        if self.run.strip():
            body = blocks_of(self.run, None, self.text.media)
            self.source.report("body", *body.repairs)
            self.text.blocks += body.blocks
            self.text.media = body.media
        self.run = ""

    def special(self, element: Element) -> tuple[Block, ...] | None:
        """What stands in the element, None when it is nothing special."""
        named = element.get(n.DATA_MEDIA)
        if name_of(element) == "figure" and any(media.id == named for media in self.text.media):
            return (MediaBlock(media=named or ""),)
        if name_of(element) != "p":
            return None
        make = {"tagline": self.tagline, "related": self.related, "embed": self.embed}.get(element.get("class", ""))
        if make is not None:
            return tuple(make(element))
        return tuple(self.opening(element)) if self.opens(element) else None

    def opens(self, element: Element) -> bool:
        """Whether the paragraph begins with the dateline of the text."""
        first = element[0] if len(element) and not (element.text or "").strip() else None
        return not self.text.dateline and first is not None and first.get("class") == _DATELINE

    def opening(self, element: Element) -> Iterator[Block]:
        self.text.dateline = "".join(str(part) for part in element[0].itertext()).strip()
        element.text = element[0].tail
        element.remove(element[0])
        if html := inline_of(element, self.notes):
            yield Paragraph(html=html)

    def tagline(self, element: Element) -> Iterator[Block]:
        if html := inline_of(element, self.notes):
            yield Tagline(html=html)

    def related(self, element: Element) -> Iterator[Block]:
        html = inline_of(element, self.notes)
        title = one_line(text_of(html))
        if title:
            yield Related(title=title, url=_href_of(element))

    def embed(self, element: Element) -> Iterator[Block]:
        """The stand-in without the link that was added to it, and where the foreign content is."""
        url = _href_of(element)
        last = element[-1] if len(element) else None
        if last is not None and last.get("href") and last.text == last.get("href") and not (last.tail or "").strip():
            url = _href_of(last)
            element.remove(last)
        html = inline_of(element, self.notes)
        if url:
            yield Embed(url=url, html=html)
        elif html:
            yield Paragraph(html=html)


def _href_of(element: Element) -> str | None:
    """The address of the first link, where it may be published."""
    hrefs = (one.get("href") or "" for one in element.iter() if name_of(one) == "a")
    try:
        return absolute(next(hrefs, ""), None)
    except AddressError:
        return None


def _without_headline(text: Text, headline: str, source: Source) -> Text:
    """Some bodies begin with the headline over again, as what it is on a page."""
    first = text.blocks[0] if text.blocks else None
    if isinstance(first, Heading) and one_line(text_of(first.html)) == headline:
        source.report("body", "the headline at its beginning left out")
        return replace(text, blocks=text.blocks[1:])
    return text
