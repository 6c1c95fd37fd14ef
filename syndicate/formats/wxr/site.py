"""What an export of WordPress says beside its posts: who writes, and what is attached."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from syndicate.formats.wxr import names as n
from syndicate.markup.feed_read import Story, person
from syndicate.markup.xml import Node
from syndicate.model.article import Person
from syndicate.model.draft import Reading

# WordPress keeps a picture in several sizes, each in a file of its own.
_SIZED = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled)(?=\.[A-Za-z]{2,5}\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that was uploaded."""

    post_id: str
    item: Node
    url: str
    parent: str
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site: people by their login, attachments by their number; `used` are the numbers of those that were shown.

    `by_parent` are the attachments of each post by its number. `embeds` are the addresses of what the post at hand
    shows in the place of a link.
    """

    file: str
    reading: Reading
    about: str | None
    language: str
    people: dict[str, Person]
    attachments: dict[str, Attachment]
    by_url: dict[str, str]
    by_parent: dict[str, list[Attachment]]
    used: set[str] = field(default_factory=set)
    embeds: set[str] = field(default_factory=set)

    def note_shown(self, url: str) -> None:
        """Remember that a post shows the file at that address, in whatever size."""
        found = self.by_url.get(whole_size(url))
        if found is not None:
            self.used.add(found)


def site_of(channel: Node, items: Iterable[Node], file: str, reading: Reading) -> Site:
    """What the channel says, and which of its items are attachments."""
    story = Story(file=file, line=channel.line, reading=reading)
    found = [_attachment(item) for item in items if wp(item, "post_type") == n.ATTACHMENT]
    attachments = {one.post_id: one for one in found if one.post_id}
    by_parent: dict[str, list[Attachment]] = {}
    for one in attachments.values():
        if one.parent:
            by_parent.setdefault(one.parent, []).append(one)
    return Site(
        file=file,
        reading=reading,
        about=story.address(text(channel, n.LINK) or wp(channel, "base_site_url"), "url"),
        language=text(channel, n.LANGUAGE),
        people=dict(filter(None, (_person(one) for one in channel.children if is_wp(one) and one.local == "author"))),
        attachments=attachments,
        by_url={whole_size(one.url): one.post_id for one in attachments.values()},
        by_parent=by_parent,
    )


def whole_size(url: str) -> str:
    """The address of the picture as it was uploaded."""
    return _SIZED.sub("", url)


def is_wp(node: Node) -> bool:
    """Whether the element is WordPress's own."""
    return node.namespace.startswith(n.EXPORT)


def wp(item: Node, local: str) -> str:
    """The text of WordPress's own element of that name; empty when there is none."""
    found = next((one for one in item.children if one.local == local and is_wp(one)), None)
    return "" if found is None else found.all_text().strip()


def text(holder: Node, name: str) -> str:
    """The text of the first element of that name."""
    found = holder.find(name)
    return "" if found is None else found.all_text().strip()


def meta(item: Node) -> dict[str, str]:
    """What plug-ins and the editor note of an item, by key."""
    found = (one for one in item.children if one.local == "postmeta" and is_wp(one))
    return {wp(one, "meta_key"): wp(one, "meta_value") for one in found}


def _attachment(item: Node) -> Attachment:
    return Attachment(
        post_id=wp(item, "post_id"),
        item=item,
        url=wp(item, "attachment_url") or text(item, n.GUID),
        parent=wp(item, "post_parent"),
        title=text(item, n.TITLE_ELEMENT),
        caption=wp(item, n.EXCERPT),
        alt=meta(item).get(n.ALT, ""),
    )


def _person(author: Node) -> tuple[str, Person] | None:
    login = wp(author, "author_login")
    made = person(wp(author, "author_display_name") or login, wp(author, "author_email"))
    return (login, made) if login and made else None
