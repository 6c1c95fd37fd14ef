"""Body blocks as NITF 3.6: the `body` with its head, content and end.

What NITF lacks is said with what it has (strong and code are `em` with a class, sub and sup stand in a `num`); no word
of the article is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from syndicate.markup.body_html import size
from syndicate.markup.escape import sound, xml_data
from syndicate.markup.nitf import NOTHING, Piece, attribute, counted, inline, spaced, text
from syndicate.model.article import Article, Dateline, Person
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
from syndicate.model.media import Media, MediaRole, MediaType

_MEDIA_TYPES = {MediaType.PICTURE: "image", MediaType.GRAPHIC: "image", MediaType.VIDEO: "video",
                MediaType.AUDIO: "audio", MediaType.DOCUMENT: "other"}  # fmt: skip


def body(article: Article) -> Piece:
    """The article as a NITF `body`, for a root that declares the namespace, and the words of its `body.content`.

    Its text stands in one `block`, since Superdesk reads nothing else.
    """
    content = [piece for piece in _content(article) if piece[0]]
    taglines = [block.html for block in article.body if isinstance(block, Tagline)]
    end = inline("tagline", "<br/>".join(taglines), ' type="std"')[0] if taglines else ""
    parts = (
        spaced("body.head", _head(article)),
        spaced("body.content", [spaced("block", [markup for markup, _ in content])]),
        spaced("body.end", [end]) if end else "",
    )
    return spaced("body", parts), sum(words for _, words in content)


def period(seconds: int) -> str:
    """The duration as ISO 8601 writes it (`PT1M35S`)."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{rest}S" * bool(rest)
    return f"PT{parts or '0S'}"


def _head(article: Article) -> Iterator[str]:
    headline = text("hl1", article.headline)
    yield spaced("hedline", [headline]) if headline else ""
    yield from map(_byline, article.authors)
    dateline = article.dateline
    if dateline is not None:
        yield text("distributor", dateline.source)
        yield _dateline(dateline)
    yield _abstract([article.abstract or ""])
    yield _abstract(article.highlights, ' class="highlights"')


def _byline(author: Person) -> str:
    person = text("person", author.name)
    return f"<byline>{person}{text('byttl', author.role)}</byline>" if person else ""


def _dateline(dateline: Dateline) -> str:
    """The printed line, with its place marked where the line begins with it."""
    printed, place = sound(dateline.text), sound(dateline.place or "")
    if not printed.strip() or not place.strip() or not printed.startswith(place):
        return text("dateline", printed)
    return f"<dateline><location>{text('city', place)}</location>{xml_data(printed[len(place) :])}</dateline>"


def _abstract(texts: Iterable[str], attributes: str = "") -> str:
    paragraphs = [made for one in texts if (made := text("p", one))]
    return spaced("abstract", paragraphs, attributes) if paragraphs else ""


def _content(article: Article) -> Iterator[Piece]:
    """The text; media that no block places stand above it when they lead, else below."""
    placed = {block.media for block in article.body if type(block) is MediaBlock}
    loose = [media for media in article.media if media.id not in placed]
    yield from (_media(media) for media in loose if media.role is MediaRole.LEAD)
    for block in article.body:
        if type(block) is Paragraph:
            yield inline("p", block.html)
        elif type(block) is MediaBlock:
            media = article.media_of(block.media)
            yield NOTHING if media is None else _media(media)
        else:
            yield _WRITERS[type(block)](block)
    yield from (_media(media) for media in loose if media.role is not MediaRole.LEAD)


def _heading(heading: Heading) -> Piece:
    return inline("hl2", heading.html, "" if heading.level == 2 else f' class="h{heading.level}"')


def _list(block: ListBlock) -> Piece:
    items = [made for item in block.items if (made := inline("li", item))[0]]
    if not items:
        return NOTHING
    name = "ol" if block.ordered else "ul"
    return spaced(name, [markup for markup, _ in items]), sum(words for _, words in items)


def _quote(quote: Quote) -> Piece:
    (inner, words), (credit, named) = inline("p", quote.html), counted("credit", quote.cite)
    return (spaced("bq", [spaced("block", [inner]), credit]), words + named) if inner or credit else NOTHING


def _related(related: Related) -> Piece:
    if not related.url:
        return counted("p", related.title, ' class="related"')
    markup, words = counted("a", related.title, attribute("href", related.url))
    return (f'<p class="related">{markup}</p>', words) if markup else NOTHING


def _embed(embed: Embed) -> Piece:
    """The stand-in text as a link to the content, the address itself where there is no text."""
    address = attribute("href", embed.url)
    markup, words = inline("a", embed.html, address) if embed.html else NOTHING
    if "<a " in markup[1:]:
        markup, words = inline("p", embed.html, ' class="embed"')
        return markup, words
    if not markup:
        markup, words = counted("a", embed.url, address)
    return (f'<p class="embed">{markup}</p>', words) if markup else NOTHING


def _table(block: Table) -> Piece:
    # It takes lxml, which is loaded for nothing else here.
    from syndicate.markup.nitf_table import table

    return table(block)


_WRITERS: dict[type[Block], Callable[[Any], Piece]] = {
    Heading: _heading,
    ListBlock: _list,
    Quote: _quote,
    Related: _related,
    Embed: _embed,
    Table: _table,
    Tagline: lambda _: NOTHING,
}


def _media(media: Media) -> Piece:
    texts = (
        counted("media-caption", media.title),
        counted("media-caption", media.caption),
        counted("media-producer", media.credit or media.source),
    )
    parts = [*_references(media), *[markup for markup, _ in texts]]
    return spaced("media", parts, f' media-type="{_MEDIA_TYPES[media.type]}"'), sum([words for _, words in texts])


def _references(media: Media) -> Iterator[str]:
    """The duration and each file; NITF wants a reference even when no file is known."""
    known = attribute("name", media.name) + attribute("source-credit", media.source)
    if media.duration is not None:
        yield f'<media-metadata name="duration" value="{period(media.duration)}"/>'
        known += f' time="{media.duration}" time-unit-of-measure="seconds"'
    if not media.renditions:
        yield f"<media-reference{known}/>"
    for one in media.renditions:
        yield f"<media-reference{known}{attribute('source', one.href)}{_type(one.type)}{size(one)}/>"


# The same few types again and again.
@lru_cache(maxsize=256)
def _type(stated: str | None) -> str:
    return attribute("mime-type", stated)
