"""An article as a partner takes it, before it is rendered: pure, and every change is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from syndicate.markup.body_html import body_html
from syndicate.markup.escape import escape
from syndicate.markup.media_choice import type_of
from syndicate.markup.summary import cut, summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Dateline, Link
from syndicate.model.body import Block, MediaBlock, Paragraph
from syndicate.model.finding import Finding
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.profile import Limits, Profile
from syndicate.profiles.blocks import blocks, is_shown
from syndicate.profiles.html import look_at
from syndicate.profiles.inline import Notes, Shaper
from syndicate.profiles.rules import SHAPED

_PICTURES = (MediaType.PICTURE, MediaType.GRAPHIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """The article for one partner, and what was changed, one clause each."""

    article: Article
    notes: tuple[str, ...] = ()


def shape(article: Article, profile: Profile) -> Shaped:
    """The article as the partner takes it. Guid, version, dates and status stay what they are."""
    shaper = Shaper(profile, article, Notes())
    media, shown = _media(shaper)
    opened = _opened(shaper)
    body = blocks(shaper, opened.body, shown)
    made = replace(
        opened,
        headline=_headline(shaper),
        url=_url(shaper),
        media=tuple(media),
        body=tuple(_filled(body)),
        links=_links(shaper),
    )
    made = _bounded(shaper, made)
    return Shaped(article=replace(made, abstract=_abstract(shaper, made)), notes=shaper.notes.clauses())


def noted(shaped: Shaped, profile: Profile) -> tuple[Finding, ...]:
    """What was changed, as hints beside what the rules find in the item."""
    return tuple(Finding(rule=SHAPED, message=f"{profile.title}: {note}") for note in shaped.notes)


def _headline(shaper: Shaper) -> str:
    most, headline = shaper.profile.limits.title_max, one_line(shaper.article.headline)
    if most is None or len(headline) <= most:
        return shaper.article.headline
    shaper.notes.add(f"the headline cut from {len(headline)} to at most {most} characters")
    return _cut(headline, most)


def _abstract(shaper: Shaper, article: Article) -> str | None:
    """The abstract; where the summary that stands for it is too long, that one, cut."""
    most = shaper.profile.limits.description_max
    text = None if most is None else summary(article)
    if most is None or text is None or len(text) <= most:
        return article.abstract
    shaper.notes.add(f"the summary cut from {len(text)} to at most {most} characters")
    return _cut(text, most)


def _cut(text: str, most: int) -> str:
    """Whole words with `…` after them, no longer than that; part of a word where there is no whole one."""
    found = cut(text, max(most - 1, 1))
    return found if len(found) <= most else found[:most]


def _url(shaper: Shaper) -> str | None:
    url = shaper.article.url
    if url is None:
        return None
    if shaper.profile.limits.canonical:
        url = shaper.canonical(url)
    return shaper.with_campaign(url)


def _links(shaper: Shaper) -> tuple[Link, ...]:
    """The ties to other stories, with full addresses; those for readers go where no such line may stand."""
    return tuple(made for link in shaper.article.links if (made := _link(shaper, link)) is not None)


def _link(shaper: Shaper, link: Link) -> Link | None:
    if link.url is None:
        return link
    if shaper.profile.markup.related == "drop":
        shaper.notes.add(f"the tie to another story left out: {link.url}")
        return None
    url = shaper.full(link.url, "a tie to another story")
    return replace(link, url=url) if url or link.guid else None


def _media(shaper: Shaper) -> tuple[list[Media], frozenset[str]]:
    """The media that the partner takes, and the ids of those that may stand in the text."""
    kept: list[Media] = []
    shown: set[str] = set()
    placed = {block.media for block in shaper.article.body if isinstance(block, MediaBlock)}
    for media in shaper.article.media:
        renditions = tuple(_renditions(shaper, media))
        if media.renditions and not renditions:
            shaper.notes.add(f"the {media.type.value} {media.id} left out: no file of it is taken")
            continue
        if is_shown(shaper, media):
            shown.add(media.id)
        elif media.id in placed or media.role is MediaRole.LEAD:
            shaper.notes.add(f"the {media.type.value} {media.id} left out of the text, attached only")
            media = replace(media, role=MediaRole.GALLERY)
        kept.append(replace(media, renditions=renditions))
    return kept, frozenset(shown)


def _renditions(shaper: Shaper, media: Media) -> Iterator[Rendition]:
    for rendition in media.renditions:
        href = shaper.full(rendition.href, f"a file of {media.id}")
        if href is None:
            continue
        fault = _fault(rendition, shaper.profile.limits) if _is_picture(rendition, media) else None
        if fault is None and shaper.profile.limits.https and href.lower().startswith("http:"):
            fault = "is not reached by https"
        if fault is None:
            yield rendition if href == rendition.href else replace(rendition, href=href)
        else:
            shaper.notes.add(f"a file of {media.id} left out: it {fault}")


def _is_picture(rendition: Rendition, media: Media) -> bool:
    stated = type_of(rendition)
    return media.type in _PICTURES if stated is None else stated.startswith("image/")


def _fault(rendition: Rendition, limits: Limits) -> str | None:
    """Why the partner does not take the picture; None when he does, or when nobody can tell."""
    width, height = rendition.width, rendition.height
    sides = [one for one in (width, height) if one is not None]
    for least, actual, what in (
        (limits.image_width, width, "wide"),
        (limits.image_height, height, "high"),
        (limits.image_side, min(sides, default=None), "at its shorter side"),
    ):
        if least and actual is not None and actual < least:
            return f"is {actual} pixels {what}, at least {least} are needed"
    if limits.image_max and rendition.bytes is not None and rendition.bytes > limits.image_max:
        return f"has {rendition.bytes} bytes, at most {limits.image_max} are taken"
    stated = type_of(rendition)
    if limits.image_types and stated is not None and stated not in limits.image_types:
        return f"is {stated}, {', '.join(limits.image_types)} are taken"
    return None


def _filled(body: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks but for paragraphs in which nothing is left."""
    return (block for block in body if not (isinstance(block, Paragraph) and not block.html.strip()))


def _bounded(shaper: Shaper, article: Article) -> Article:
    """The article with as many blocks from the beginning as leave no more characters than the partner takes."""
    most, html = shaper.profile.limits.body_max, ""
    if most is not None and len(html := body_html(article)) > most:
        over = len(look_at(html).text) - most
        body = article.body
        while over > 0 and body:
            over -= len(_text(body[-1])) + 1
            body = body[:-1]
        if len(body) < len(article.body):
            numbers = f"{len(body)} of {len(article.body)} blocks"
            shaper.notes.add(f"the text cut after {numbers}: at most {most} characters are taken")
            return replace(article, body=body)
    return article


def _text(block: Block) -> str:
    items = getattr(block, "items", (getattr(block, "html", ""),))
    return " ".join(look_at(item).text for item in items)


def _opened(shaper: Shaper) -> Article:
    """The article whose dateline and highlights are words of its text, where their elements may not stand."""
    article = shaper.article
    dateline, highlights, body = article.dateline, article.highlights, article.body
    if dateline is not None and not shaper.takes("span"):
        body = _with_dateline(dateline, body)
        dateline = None
    if highlights and not shaper.takes("ul", "li"):
        shaper.notes.add("the highlights made paragraphs")
        body = (*(Paragraph(html=f"• {escape(one)}") for one in highlights), *body)
        highlights = ()
    return replace(article, dateline=dateline, highlights=highlights, body=body)


def _with_dateline(dateline: Dateline, body: tuple[Block, ...]) -> tuple[Block, ...]:
    text = escape(dateline.text)
    for number, block in enumerate(body):
        if isinstance(block, Paragraph):
            return (*body[:number], Paragraph(html=f"{text} {block.html}"), *body[number + 1 :])
    return (Paragraph(html=text), *body)
