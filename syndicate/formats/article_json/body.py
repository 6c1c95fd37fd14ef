"""The body and the media of a JSON article: cleaned, linked to each other, within bounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from syndicate.markup.addresses import LINKS, WEB, AddressError, absolute, is_plain
from syndicate.markup.article_json import FieldError, block_of, each, media_of, optional_text
from syndicate.markup.html import MAX_BYTES, HtmlError, blocks_of, clean_inline
from syndicate.markup.text import one_line
from syndicate.model.body import Block, Embed, Heading, ListBlock, MediaBlock, Paragraph, Quote, Related, Table, Tagline
from syndicate.model.draft import Repair
from syndicate.model.media import Media, Rendition

_Html = Paragraph | Heading | Tagline


@dataclass(slots=True)
class Content:
    """What is being made: relative addresses start at `base`, `repairs` gathers what was changed."""

    base: str | None
    media: tuple[Media, ...] = ()
    blocks: tuple[Block, ...] = ()
    repairs: list[Repair] = field(default_factory=list)

    def report(self, name: str, *what: str) -> None:
        """Add repairs of that field."""
        self.repairs += (Repair(field=name, what=one) for one in what)


def content_of(values: Mapping[str, Any], base: str | None) -> Content:
    """Blocks and media of the article, whose texts are `repaired` ones.

    FieldError when they cannot be read or are beyond the bounds.
    """
    content = Content(base=base)
    content.media = _media(values, content)
    if values.get("body"):
        if values.get("body_html"):
            content.report("body_html", "ignored, since there is a body")
        _read_blocks(values, content)
    elif html := optional_text(values, "body_html"):
        _read_html(html, content)
    return content


def _read_html(html: str, content: Content) -> None:
    try:
        body = blocks_of(html, content.base, content.media, sound=True)
    except HtmlError as error:
        raise FieldError(f"body_html: {error}") from None
    content.blocks, content.media = body.blocks, body.media
    content.report("body_html", *body.repairs)


def _read_blocks(values: Mapping[str, Any], content: Content) -> None:
    blocks = each(values, "body", block_of)
    if sum(map(_size, blocks)) > MAX_BYTES:
        raise FieldError(f"body: the HTML is larger than {MAX_BYTES // 1024} KiB")
    made: list[Block] = []
    for index, block in enumerate(blocks):
        name = f"body[{index}]"
        try:
            made += _CLEANERS[type(block)](block, name, content)
        except HtmlError as error:
            raise FieldError(f"{name}: {error}") from None
    content.blocks = tuple(made)


def _size(block: Block) -> int:
    if isinstance(block, ListBlock):
        return sum(map(len, block.items))
    return len(getattr(block, "html", ""))


def _html(block: _Html, name: str, content: Content) -> Iterator[Block]:
    html, repairs = clean_inline(block.html, content.base)
    content.report(name, *repairs)
    if html:
        yield block if html == block.html else replace(block, html=html)


def _list(block: ListBlock, name: str, content: Content) -> Iterator[Block]:
    items = []
    for item in block.items:
        html, repairs = clean_inline(item, content.base)
        content.report(name, *repairs)
        items += [html] if html else []
    if items:
        yield ListBlock(items=tuple(items), ordered=block.ordered)


def _quote(block: Quote, name: str, content: Content) -> Iterator[Block]:
    html, repairs = clean_inline(block.html, content.base)
    content.report(name, *repairs)
    if html:
        yield Quote(html=html, cite=one_line(block.cite or "") or None)


def _table(block: Table, name: str, content: Content) -> Iterator[Block]:
    """The table; what stands around it in the same HTML becomes blocks of its own."""
    body = blocks_of(block.html, content.base, content.media)
    content.media = body.media
    content.report(name, *body.repairs)
    if not any(isinstance(one, Table) for one in body.blocks):
        content.report(name, "holds no table; its text kept")
    yield from body.blocks


def _shown(block: MediaBlock, name: str, content: Content) -> Iterator[Block]:
    if any(media.id == block.media for media in content.media):
        yield block
    else:
        content.report(name, f"left out: the article has no media {block.media!r}")


def _related(block: Related, name: str, content: Content) -> Iterator[Block]:
    title = one_line(block.title)
    if title:
        yield Related(title=title, url=address(block.url, f"{name}.url", content, LINKS))


def _embed(block: Embed, name: str, content: Content) -> Iterator[Block]:
    html, repairs = clean_inline(block.html, content.base)
    content.report(name, *repairs)
    url = address(block.url, f"{name}.url", content, WEB)
    if url:
        yield Embed(url=url, html=html)
    elif html:
        yield Paragraph(html=html)


_CLEANERS: dict[type, Callable[[Any, str, Content], Iterator[Block]]] = {
    Paragraph: _html,
    Heading: _html,
    Tagline: _html,
    ListBlock: _list,
    Quote: _quote,
    Table: _table,
    MediaBlock: _shown,
    Related: _related,
    Embed: _embed,
}


def address(url: str | None, name: str, content: Content, schemes: frozenset[str]) -> str | None:
    """The address in full; None, with a report, when it cannot be published."""
    if url is None:
        return None
    try:
        return absolute(url, content.base, schemes)
    except AddressError as error:
        content.report(name, f"{error} left out")
        return None


def _media(values: Mapping[str, Any], content: Content) -> tuple[Media, ...]:
    found = values.get("media")
    if not found:
        return ()
    named = _named(found) if isinstance(found, list) else found
    media = each({"media": named}, "media", media_of)
    return tuple(_linked(one, f"media[{index}]", content) for index, one in enumerate(_unlike(media, content)))


def _named(found: Sequence[Any]) -> list[Any]:
    """The media with ids for those that have none."""
    return [
        {**one, "id": f"m{number}"} if isinstance(one, dict) and not one.get("id") else one
        for number, one in enumerate(found, 1)
    ]


def _unlike(media: Sequence[Media], content: Content) -> Iterator[Media]:
    """The media with ids that differ: text refers to the first one of an id."""
    seen: set[str] = set()
    for index, one in enumerate(media):
        media_id, number = one.id, 2
        while media_id in seen:
            media_id, number = f"{one.id}-{number}", number + 1
        seen.add(media_id)
        if media_id != one.id:
            content.report(f"media[{index}].id", f"{one.id!r} is taken; named {media_id!r}")
        yield one if media_id == one.id else replace(one, id=media_id)


def _linked(media: Media, name: str, content: Content) -> Media:
    if all(is_plain(one.href) for one in media.renditions):
        return media
    renditions = tuple(_renditions(media, name, content))
    return media if renditions == media.renditions else replace(media, renditions=renditions)


def _renditions(media: Media, name: str, content: Content) -> Iterator[Rendition]:
    for index, one in enumerate(media.renditions):
        href = address(one.href, f"{name}.renditions[{index}].href", content, WEB)
        if href:
            yield one if href == one.href else replace(one, href=href)
