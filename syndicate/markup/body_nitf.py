"""Body blocks as NITF 3.6: the `body` with its head, content and end. `nitf_read.py` reads it.

What NITF lacks is said with what it has (strong and code are `em` with a class, sub and sup stand in a `num`); no word
of the article is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
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
# A class for what NITF has no word of its own for.
_EXACT_TYPES = {MediaType.GRAPHIC: " type-graphic"}


def body(article: Article, *, is_alone: bool = False) -> Piece:
    """The article as a NITF `body`, for a root that declares the namespace, and the words of its `body.content`.

    Its text stands in one `block`, since Superdesk reads nothing else. Where it `is_alone` nothing else says what media
    there are, so that classes and metadata name what NITF has no element for.
    """
    taglines = _taglines(article, is_alone)
    content = [piece for piece in _content(article, is_alone, len(taglines)) if piece[0]]
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
    """The person and what he is, with white space before: Superdesk fails on a byline that begins with an element."""
    person = text("person", author.name)
    return spaced("byline", (person, text("byttl", author.role))) if person else ""


def _dateline(dateline: Dateline) -> str:
    """The printed line, with its place marked where the line begins with it."""
    printed, place = sound(dateline.text), sound(dateline.place or "")
    if not printed.strip() or not place.strip() or not printed.startswith(place):
        return text("dateline", printed)
    return f"<dateline><location>{text('city', place)}</location>{xml_data(printed[len(place) :])}</dateline>"


def _abstract(texts: Iterable[str], attributes: str = "") -> str:
    paragraphs = [made for one in texts if (made := text("p", one))]
    return spaced("abstract", paragraphs, attributes) if paragraphs else ""


def _taglines(article: Article, is_alone: bool) -> list[str]:
    """What goes to the end of the body: every tagline, or those that stand at the end."""
    if not is_alone:
        return [block.html for block in article.body if isinstance(block, Tagline)]
    last = takewhile(lambda block: isinstance(block, Tagline), reversed(article.body))
    return [block.html for block in last if isinstance(block, Tagline)][::-1]


def _content(article: Article, is_alone: bool, ending: int) -> Iterator[Piece]:
    """The text; media that no block places stand above it when they lead, else below."""
    placed = {block.media for block in article.body if type(block) is MediaBlock}
    loose = [media for media in article.media if media.id not in placed]
    yield from (_media(media, is_alone, " loose") for media in loose if media.role is MediaRole.LEAD)
    for block in article.body[: len(article.body) - ending] if is_alone else article.body:
        if type(block) is Paragraph:
            yield inline("p", block.html)
        elif type(block) is MediaBlock:
            media = article.media_of(block.media)
            yield NOTHING if media is None else _media(media, is_alone)
        elif type(block) is Tagline:
            yield inline("p", block.html, ' class="tagline"') if is_alone else NOTHING
        else:
            yield _WRITERS[type(block)](block)
    yield from (_media(media, is_alone, " loose") for media in loose if media.role is not MediaRole.LEAD)


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
    """The stand-in text as a link to the content, the address itself where there is no text.

    A text that holds links itself has the address behind it, unless it is one of them.
    """
    address = attribute("href", embed.url)
    markup, words = inline("a", embed.html, address) if embed.html else NOTHING
    link, more = counted("a", embed.url, address)
    if "<a " in markup[1:]:
        markup, words = inline("p", embed.html, ' class="embed"')
        if not link or f"<a{address}" in markup:
            return markup, words
        return f"{markup.removesuffix('</p>')} {link}</p>", words + more
    if not markup:
        markup, words = link, more
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
}


def _media(media: Media, is_alone: bool = False, place: str = "") -> Piece:
    named, credited = (' class="title"', ' class="credit"') if is_alone else ("", "")
    texts = (
        counted("media-caption", media.title, named),
        counted("media-caption", media.caption),
        counted("media-producer", media.credit or media.source, credited if media.credit else ""),
    )
    kind = f' media-type="{_MEDIA_TYPES[media.type]}"'
    if is_alone:
        kind += f' class="{media.role.value}{place}{_EXACT_TYPES.get(media.type, "")}"'
    parts = [*(_metadata(media) if is_alone else ()), *_references(media), *[markup for markup, _ in texts]]
    return spaced("media", parts, kind), sum([words for _, words in texts])


def _metadata(media: Media) -> Iterator[str]:
    """The id that the text knows the media by, and the size of each file."""
    yield f'<media-metadata name="id"{attribute("value", media.id)}/>'
    for number, one in enumerate(media.renditions, 1):
        if one.bytes is not None:
            yield f'<media-metadata name="bytes-{number}" value="{one.bytes}"/>'


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
