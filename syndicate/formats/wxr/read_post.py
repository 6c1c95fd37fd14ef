"""One post of WordPress to a draft."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from syndicate.formats.wxr import names as n
from syndicate.formats.wxr.shortcodes import Content, html_of
from syndicate.formats.wxr.site import Attachment, Site, is_wp, meta, text, wp
from syndicate.markup.feed_read import Story, Unreadable, drafted, person, rejected
from syndicate.markup.feed_read_dates import NoTime, exact_moment
from syndicate.markup.feed_read_figure import free_id
from syndicate.markup.feed_read_media import Gallery, kind_of
from syndicate.markup.feed_read_words import add_categories
from syndicate.markup.feed_read_xml import says_something
from syndicate.markup.html import HtmlError, has_markup
from syndicate.markup.xml import Node
from syndicate.model.article import Status
from syndicate.model.body import Embed, Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import Media, MediaRole, Rendition

_STATUSES = {
    "publish": Status.USABLE,
    "future": Status.USABLE,
    "draft": Status.WITHHELD,
    "pending": Status.WITHHELD,
    "private": Status.WITHHELD,
    "auto-draft": None,
    "trash": None,
    "inherit": None,
}
_BARE_LINK = re.compile(r'<a href="([^"]*)">\1</a>')
_NO_DATE = "0000-00-00"
_TAKEN = frozenset({
    n.TITLE_ELEMENT, n.LINK, n.PUB_DATE, n.CREATOR, n.GUID, n.CONTENT, n.CATEGORY,
})  # fmt: skip
# What only the site itself has a use for.
_INTERNAL = frozenset({
    "encoded", "post_id", "post_date", "post_date_gmt", "post_modified", "post_modified_gmt", "comment_status",
    "ping_status", "post_name", "status", "post_parent", "menu_order", "post_type", "post_password", "is_sticky",
})  # fmt: skip


def post_draft(item: Node, site: Site) -> Draft | Rejected:
    """The post as a draft, or why it is none."""
    story = Story(file=site.file, line=item.line, reading=site.reading, about=site.about, language=site.language)
    site.embeds.clear()
    try:
        for take in _STEPS:
            take(story, item, site)
    except (Unreadable, HtmlError) as error:
        return rejected(story, str(error))
    made = drafted(story)
    if isinstance(made, Draft):
        made = _with_embeds(made, site)
        for media in made.article.media:
            for one in media.renditions:
                site.note_shown(one.href)
    return made


def _with_embeds(draft: Draft, site: Site) -> Draft:
    """The draft with embeds for the links that stand for them."""
    body = tuple(
        Embed(url=found[1].replace("&amp;", "&"))
        if isinstance(block, Paragraph)
        and (found := _BARE_LINK.fullmatch(block.html))
        and found[1].replace("&amp;", "&") in site.embeds
        else block
        for block in draft.article.body
    )
    return replace(draft, article=replace(draft.article, body=body))


def _take_names(story: Story, item: Node, site: Site) -> None:
    story.name = text(item, n.GUID)
    story.url = story.address(text(item, n.LINK), "url", site.about)
    story.base = story.url or site.about
    story.gallery = Gallery(base=story.base)


def _take_status(story: Story, item: Node, site: Site) -> None:
    """What nobody may see is withheld, what was thrown away is no article; a post of the future waits for its time."""
    stated = wp(item, "status") or "publish"
    status = _STATUSES.get(stated, Status.WITHHELD)
    if status is None:
        raise Unreadable(f"has the status {stated!r}: take it out of there first if it is to be read")
    story.published = _gmt(story, item, "post_date", "published") or story.time(_pub_date(item), "published")
    story.updated = _gmt(story, item, "post_modified", "updated")
    if stated == "future":
        story.embargo = _release(item)
    if wp(item, "post_password") and status is Status.USABLE:
        status = Status.WITHHELD
        story.report("status", "withheld: the post has a password")
    elif stated not in _STATUSES:
        story.report("status", f"withheld: nobody knows the status {stated[:40]!r}")
    story.status = status


def _release(item: Node) -> datetime:
    """When a post of the future goes out. That of the site's own zone is not enough: nobody knows the moment."""
    universal = wp(item, "post_date_gmt")
    is_stated = universal and not universal.startswith(_NO_DATE)
    stated = f"{universal}Z" if is_stated else _pub_date(item)
    if not stated:
        raise Unreadable("is planned for the future, but names no date with its zone: give it a post_date_gmt")
    try:
        return exact_moment(stated)
    except NoTime as error:
        raise Unreadable(f"is planned for the future: {error}, and it decides what goes out") from None


def _gmt(story: Story, item: Node, local: str, name: str) -> datetime | None:
    """The time in UTC; that of the site's own zone, which is not named, only where there is no other."""
    universal = wp(item, f"{local}_gmt")
    if universal and not universal.startswith(_NO_DATE):
        return story.time(f"{universal}Z", name)
    if _pub_date(item) and local == "post_date":
        return None
    own = wp(item, local)
    return None if not own or own.startswith(_NO_DATE) else story.time(own, name)


def _pub_date(item: Node) -> str:
    """WordPress dates what was never published to the year -1."""
    stated = text(item, n.PUB_DATE)
    return "" if "-0001" in stated else stated


def _take_texts(story: Story, item: Node, site: Site) -> None:
    title = text(item, n.TITLE_ELEMENT)
    is_html = has_markup(title) or ("&" in title and ";" in title)
    story.headline = story.from_html(title, "headline") if is_html else story.line_of(title, "headline")
    story.summary = story.from_html(wp(item, n.EXCERPT), "abstract")
    content = Content(attachments=site.attachments, own=site.by_parent.get(wp(item, "post_id"), ()))
    story.html = html_of(text(item, n.CONTENT), content)
    story.report("body", *content.remarks())
    site.used.update(content.used)
    site.embeds.update(content.embeds)


def _take_lead(story: Story, item: Node, site: Site) -> None:
    number = meta(item).get(n.THUMBNAIL)
    attached = site.attachments.get(number or "")
    if attached is None:
        if number:
            story.report("media", f"the export holds no attachment {number[:20]!r}: the post's picture left out")
        return
    made = _media(story, attached)
    if made is not None:
        story.gallery.media.append(made)
        site.used.add(attached.post_id)


def _media(story: Story, attached: Attachment) -> Media | None:
    href = story.gallery.address(attached.url)
    if href is None:
        return None
    rendition = Rendition(href=href)
    caption, alt = story.from_html(attached.caption, "media"), story.line_of(attached.alt, "media")
    return Media(
        id=free_id(story.gallery.media),
        type=kind_of(None, rendition),
        role=MediaRole.LEAD,
        name=story.line_of(attached.title, "media") or None,
        title=alt if caption and alt and alt not in caption else None,
        caption=caption or alt or None,
        renditions=(rendition,),
    )


def _take_people(story: Story, item: Node, site: Site) -> None:
    for one in item.find_all(n.CREATOR):
        login = one.all_text().strip()
        found = site.people.get(login) or person(login, None, story)
        story.authors += [found] if found else []


def _take_words(story: Story, item: Node, site: Site) -> None:
    """Categories are sections, tags are keywords, terms of other taxonomies are subjects."""
    others = []
    for one in item.find_all(n.CATEGORY):
        word, domain = story.line_of(one.all_text(), "keywords"), (one.get(n.DOMAIN) or n.CATEGORY).strip()
        if domain == n.CATEGORY:
            story.sections.append(word)
        elif domain in ("post_tag", "tag"):
            story.keywords.append(word)
        elif domain == "post_format":
            story.lose("category[post_format]")
        elif one.get(n.NICENAME):
            others.append(((one.get(n.NICENAME) or "").strip(), domain, word or None))
    add_categories(story, others, "category@domain")


def _take_note_of_lost(story: Story, item: Node, site: Site) -> None:
    for child in item.children:
        if child.name in _TAKEN or not says_something(child):
            continue
        if not is_wp(child):
            story.lose(child.qname)
        elif child.local == "postmeta":
            key = wp(child, "meta_key")
            if not key.startswith("_"):
                story.lose(f"{child.qname}[{key[:40]}]")
        elif child.local not in _INTERNAL:
            story.lose(child.qname)


_Take = Callable[[Story, Node, Site], None]
_STEPS: tuple[_Take, ...] = (
    _take_names, _take_status, _take_texts, _take_lead, _take_people, _take_words, _take_note_of_lost,
)  # fmt: skip
