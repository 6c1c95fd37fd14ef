"""Atom 1.0 (RFC 4287) with Media RSS."""

from dataclasses import replace

from syndicate.formats.atom import names
from syndicate.formats.base import Envelope
from syndicate.markup.article_entry import entry_of, is_untold
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import Channel, Entry
from syndicate.markup.envelope import atom_entry, atom_frame
from syndicate.markup.escape import attribute, escape
from syndicate.markup.xml import clean
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"
HAS_ARCHIVES = True


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `entry` on lines of its own.

    A withdrawn one is a tombstone (RFC 6721), which few readers know, and what its readers are told, if they are, in
    the place of its entry: whoever knows the tombstone goes by it, since it is not older.
    """
    if article.status is Status.USABLE:
        return atom_entry(_complete(entry_of(article, publisher, content)))
    told = b"" if is_untold(article) else atom_entry(_complete(entry_of(article, publisher, content)))
    return told + _tombstone(article)


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The feed around the entries. Its id outlives its address, so that readers keep what they have read."""
    feed, publisher = envelope.feed, envelope.publisher
    return atom_frame(
        Channel(
            id=f"tag:{publisher.tag_authority}:feed:{feed.id}",
            title=feed.title,
            link=feed.link,
            description=feed.description,
            language=feed.language,
            self_url=envelope.self_url,
            self_type=names.MEDIA_TYPE,
            author=publisher.name,
            updated=envelope.updated,
            generator="syndicate",
            rights=publisher.rights,
            hubs=envelope.hubs,
            history=envelope.history,
        )
    )


def _tombstone(article: Article) -> bytes:
    """That there was such an entry, when it went, and why if people are told (RFC 6721, 3)."""
    why = f"<at:comment>{escape(clean(article.correction))}</at:comment>" if article.correction else ""
    attributes = f'ref="{attribute(clean(article.guid))}" when="{rfc3339(article.updated)}"'
    return f'<at:deleted-entry xmlns:at="{names.TOMBSTONES}" {attributes}>{why}</at:deleted-entry>\n'.encode()


def _complete(entry: Entry) -> Entry:
    """The entry with content if it has no page to point to (RFC 4287 §4.1.2: one of the two must be there)."""
    if entry.content or any(link.rel == "alternate" for link in entry.links):
        return entry
    return replace(entry, content=entry.summary or entry.title, content_type="text")
