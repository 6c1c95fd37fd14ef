"""The text and the media of a page's story: its element in blocks, without the headline and the lines about it."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from lxml import etree

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.html import blocks_of
from syndicate.markup.html_inline import Element, text_of
from syndicate.markup.html_media import picture_of, source_of
from syndicate.markup.html_parse import HtmlError, name_of
from syndicate.markup.page_meta_byline import is_byline
from syndicate.markup.readability_chrome import remove, texts_of, words_of
from syndicate.model.body import Block, Embed, Heading, ListBlock, MediaBlock, Paragraph, Quote, Table
from syndicate.model.media import Media, MediaRole

# Words of classes of the lines about the story that stand in its text: when it was published, how long it is.
_ABOUT = frozenset({"timestamp", "pubdate", "datetime", "published", "date", "readtime", "eyebrow", "kicker"})
_ABOUT_PAIRS = frozenset({"entry-meta", "post-meta", "article-meta", "reading-time", "read-time"})
_CREDIT = frozenset({"credit", "credits", "copyright", "photographer", "attribution", "source"})
_CREDIT_ITEMS = frozenset({"copyrightHolder", "creditText", "copyrightNotice", "author", "creator"})
_LONGEST_LINE = 200
_ENOUGH = 4000
_MOST_MEDIA = 500
_OPENERS = frozenset({"p", "h2", "div"})
_POSTS = re.compile(r"twitter-tweet|(?:instagram|tiktok|bluesky|text-post)-(?:media|embed)")
_NAMED = ("class", "id", "style", "itemprop", "itemscope", "itemtype", "role", "rel", "name", "property", "content")
# Stands for an embedded player while its surroundings are cleaned; no page has these characters for a text.
_PLACE = "\ue0f0{}\ue0f1"
_PLACED = re.compile("\ue0f0(\\d+)\ue0f1\\Z")
_LABEL = re.compile(
    r"(?:(?:photo|picture|image|foto|bild|credit|copyright)s?(?:\s+(?:by|credit))?\s*:\s*|©\s*)", re.IGNORECASE
)


@dataclass(slots=True)
class Content:
    """What the story holds; `repairs` are clauses about what cleaning changed, `lost` what has no place."""

    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    repairs: tuple[str, ...] = ()
    lost: list[str] = field(default_factory=list)


def content_of(story: Element, base: str | None, headline: str, abstract: str | None, lead: Sequence[Media]) -> Content:
    """The story's content. `lead` are the media that stand for the page; those in the text are added to them.

    HtmlError when it is beyond the bounds.
    """
    if sum(1 for _ in story.iter("img", "video", "audio")) > _MOST_MEDIA:
        raise HtmlError(f"the text shows more than {_MOST_MEDIA} pictures: no story does")
    content = Content()
    content.lost += _take_lines(story, headline, abstract)
    named = dict(_take_credits(story, base))
    embeds = list(_take_embeds(story, base))
    etree.strip_attributes(story, *_NAMED)
    body = blocks_of(etree.tostring(story, encoding="unicode", method="html", with_tail=False), base, lead)
    content.repairs = body.repairs
    content.blocks = tuple(_placed(body.blocks, embeds))
    content.media = tuple(_credited(one, named) for one in body.media)
    _settle_lead(content)
    return content


def content_of_text(text: str, base: str | None, lead: Sequence[Media]) -> Content:
    """The content of a body that is given as plain text, or as HTML: a paragraph for each line."""
    is_html = re.search(r"</(?:p|div)>", text) is not None
    html = text if is_html else "".join(f"<p>{escape(unescape(one))}</p>" for one in text.splitlines())
    body = blocks_of(html, base, lead)
    return Content(blocks=body.blocks, media=body.media, repairs=body.repairs)


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """The words of the blocks as plain text."""
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from map(text_of, block.items)
        elif isinstance(block, Paragraph | Heading | Quote | Table):
            yield text_of(block.html.replace("</td>", " "))


def _take_lines(story: Element, headline: str, abstract: str | None) -> Iterator[str]:
    """Take out what is told elsewhere: the headline, the by-line, the times, and the summary that opens the text."""
    has_headline = False
    opening = _Opening(story)
    for element in list(story.iter()):
        name = name_of(element)
        if element is story or name is None:
            continue
        if name == "h1" and not has_headline:
            has_headline = True
            if not _is_same(_said(element), headline):
                yield "h1"
            remove(element)
        elif _is_about(element) or (abstract and name in _OPENERS and _is_summary(opening, element, abstract)):
            remove(element)


def _is_about(element: Element) -> bool:
    """Whether the element tells of the story by what it is called, in a few words."""
    return _is_called_so(element) and len(_said(element)) <= _LONGEST_LINE


def _is_called_so(element: Element) -> bool:
    if name_of(element) == "time":
        parent = element.getparent()
        return parent is not None and name_of(parent) not in {"p", "li", "em", "strong", "td"}
    if is_byline(element) or element.get("itemprop") in {"author", "datePublished", "dateModified"}:
        return True
    return any(_ABOUT.intersection(words) or "-".join(words[:2]) in _ABOUT_PAIRS for words in _called(element))


class _Opening:
    """The first part of the story with text in it, asked again and again while parts before it are taken out."""

    def __init__(self, story: Element) -> None:
        self._story = story
        self._parts = deque(story.iter("p", "ul", "ol", "blockquote"))

    def part(self) -> "etree._Element | None":
        """That part; None where there is none."""
        while self._parts:
            first = self._parts[0]
            if _said(first) and any(one is self._story for one in (first, *first.iterancestors())):
                return first
            self._parts.popleft()
        return None


def _is_summary(opening: _Opening, element: Element, abstract: str) -> bool:
    """Whether the element says what the summary says, and no paragraph stands before it."""
    if not _is_same(_said(element), abstract):
        return False
    first = opening.part()
    return first is None or first is element or any(one is element for one in first.iterancestors())


def _called(element: Element) -> Iterator[list[str]]:
    return words_of(element.get("class", ""))


def _is_same(text: str, other: str) -> bool:
    return _words(text) == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _said(element: Element) -> str:
    """The text on one line; of a long one the beginning, which is all that is asked for here."""
    parts, size = [], 0
    for text in texts_of(element):
        parts.append(text)
        size += len(text)
        if size > _ENOUGH:
            break
    return " ".join("".join(parts).split())


def _take_credits(story: Element, base: str | None) -> Iterator[tuple[str, str]]:
    """Addresses of pictures with the credit that stands in their figure, which is taken out of it."""
    for figure in list(story.iter("figure")):
        picture = next(figure.iter("img", "video", "audio"), None)
        credit = next((one for one in figure.iter() if one is not figure and _is_credit(one)), None)
        if picture is None or credit is None or any(one is credit for one in picture.iterancestors()):
            continue
        try:
            href = absolute(source_of(picture_of(picture)), base, WEB)
        except AddressError:
            continue
        said = _LABEL.sub("", _said(credit).strip(" ()[]|"), count=1).strip()
        remove(credit)
        if said:
            yield href, said


def _is_credit(element: Element) -> bool:
    if name_of(element) in {"figcaption", "img", "picture", "video", "audio", "source"}:
        return False
    is_named = any(_CREDIT.intersection(words) for words in _called(element))
    return is_named or element.get("itemprop") in _CREDIT_ITEMS


def _take_embeds(story: Element, base: str | None) -> Iterator[Embed]:
    """The players and posts of other sites; each leaves its number in its place."""
    number = 0
    for element in list(story.iter("iframe", "blockquote")):
        embed = _embed(element, base)
        if embed is not None:
            place = etree.Element("p")
            place.text = _PLACE.format(number)
            parent = element.getparent()
            if parent is None or element is story:
                continue
            place.tail, element.tail = element.tail, None
            parent.replace(element, place)
            number += 1
            yield embed


def _embed(element: Element, base: str | None) -> Embed | None:
    is_frame = name_of(element) == "iframe"
    if not is_frame and not any(
        "twitter-tweet" in name or "-media" in name for name in element.get("class", "").split()
    ):
        return None
    links = [element.get("src", "")] if is_frame else [one.get("href", "") for one in element.iter("a")]
    try:
        url = absolute(links[-1] if links else "", base, WEB)
    except AddressError:
        return None
    return Embed(url=url, html="" if is_frame else escape(_said(element)))


def _placed(blocks: Sequence[Block], embeds: Sequence[Embed]) -> Iterator[Block]:
    for block in blocks:
        found = _PLACED.match(block.html) if isinstance(block, Paragraph) else None
        yield embeds[int(found[1])] if found and int(found[1]) < len(embeds) else block


def _credited(media: Media, named: dict[str, str]) -> Media:
    credit = next((named[one.href] for one in media.renditions if one.href in named), None)
    return media if credit is None or media.credit else replace(media, credit=credit)


def _settle_lead(content: Content) -> None:
    """The picture that opens the text is the lead; what stands for the page and is in the text too is told once."""
    shown = _shown(content.blocks)
    names = {_file_name(one) for one in content.media if one.id in shown}
    media = [one for one in content.media if one.id in shown or _file_name(one) not in names]
    first = content.blocks[0] if content.blocks else None
    if isinstance(first, MediaBlock) and not any(one.role is MediaRole.LEAD and one.id not in shown for one in media):
        content.blocks = content.blocks[1:]
        media = [replace(one, role=MediaRole.LEAD) if one.id == first.media else one for one in media]
        media.sort(key=lambda one: one.role is not MediaRole.LEAD)
    shown = _shown(content.blocks)
    content.media = tuple(replace(one, role=MediaRole.INLINE) if one.id in shown else one for one in media)


def _shown(blocks: Sequence[Block]) -> set[str]:
    """The ids of the media that have a place in the text."""
    return {block.media for block in blocks if isinstance(block, MediaBlock)}


def _file_name(media: Media) -> str:
    """The last part of the address, which stays the same in most systems whatever size is asked for."""
    href = media.renditions[0].href if media.renditions else media.id
    return href.partition("?")[0].rpartition("/")[2] or href
