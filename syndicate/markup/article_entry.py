"""An article as an entry of a feed: which of its fields go where, the same for RSS and Atom."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from syndicate.markup.body_html import body_html
from syndicate.markup.entry import Category, Entry, EntryLink, Name
from syndicate.markup.identity_cache import IdentityCache
from syndicate.markup.media_choice import attached, type_of
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Person, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

_IPTC = "http://cv.iptc.org/newscodes/"
# Aliases of IPTC's catalogue for subjects, https://cv.iptc.org/newscodes/
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
# What stands in a tag: URI as it is.
_OF_TAGS = "/?:@&=+$;!*'(),"
_SCHEMES = {"medtop": f"{_IPTC}mediatopic/", "subj": f"{_IPTC}subjectcode/"}


# An article is rendered in one format after the other.
_ENTRIES: IdentityCache[Article, tuple[Publisher, Content, Entry]] = IdentityCache(4)


def entry_of(article: Article, publisher: Publisher, content: Content) -> Entry:
    """The article as an entry with as much of it as `content` says; the feed has no say in it."""
    kept = _ENTRIES.get(article)
    if kept is None or kept[0] is not publisher or kept[1] is not content:
        kept = _ENTRIES.keep(article, (publisher, content, _entry(article, publisher, content)))
    return kept[2]


def _entry(article: Article, publisher: Publisher, content: Content) -> Entry:
    told = content is not Content.HEADLINE
    is_out = article.status is Status.USABLE
    return Entry(
        id=article.guid,
        title=one_line(article.headline) or article.guid,
        published=article.published,
        updated=article.changed,
        language=article.language,
        links=tuple(_links(article, told)),
        summary=(summary(article) if told else None) if is_out else article.correction,
        content=body_html(article) or None if content is Content.FULL else None,
        authors=_names(article.authors),
        contributors=_names(article.contributors),
        categories=_categories(article, publisher.tag_authority),
        rights=article.rights.notice,
        media=tuple(media for media in article.media if media.renditions) if told else (),
    )


def is_untold(article: Article) -> bool:
    """Whether the article is withdrawn and readers are told nothing of it."""
    return article.status is not Status.USABLE and not article.correction


def scheme_uri(scheme: str, tag_authority: str) -> str:
    """The IRI of a vocabulary: that of IPTC for its own, else one in the publisher's tag authority (RFC 4151).

    What such an IRI cannot hold is percent-encoded: a reader refuses an entry with a name that is none.
    """
    if known := _SCHEMES.get(scheme):
        return known
    if _ADDRESS.match(scheme):
        return scheme
    return f"tag:{tag_authority}:scheme:{quote(scheme, safe=_OF_TAGS, errors='replace')}"


def _links(article: Article, told: bool) -> Iterator[EntryLink]:
    if article.url:
        yield EntryLink(href=article.url)
    for link in article.links:
        if link.url:
            yield EntryLink(href=link.url, rel="related")
    if told and (found := attached(article)):
        media, rendition = found
        yield EntryLink(
            href=rendition.href,
            rel="enclosure",
            type=type_of(rendition),
            title=media.title,
            length=rendition.bytes,
        )


def _names(people: tuple[Person, ...]) -> tuple[Name, ...]:
    return tuple([_name(person.name, person.email) for person in people])


def _categories(article: Article, tag_authority: str) -> tuple[Category, ...]:
    """Each category once."""
    found = [
        *map(_word, article.sections),
        *[_subject(one.scheme, one.code, one.name, tag_authority) for one in article.subjects],
        *map(_word, article.keywords),
    ]
    # By their texts, which know their hashes.
    unique: dict[tuple[str, str | None, str | None], Category] = {}
    for one in found:
        unique.setdefault((one.term, one.scheme, one.label), one)
    return tuple(unique.values())


# A newsroom has few categories and people, and names them again and again.
@lru_cache(maxsize=4096)
def _name(name: str, email: str | None) -> Name:
    """With the mail address, if it looks like one to Atom (RFC 4287 §3.2.3): a phone number there spoils the feed."""
    user, _, host = (email or "").partition("@")
    return Name(name=name, email=email if user and host else None)


@lru_cache(maxsize=4096)
def _word(term: str) -> Category:
    return Category(term=term)


@lru_cache(maxsize=4096)
def _subject(scheme: str, code: str, name: str | None, tag_authority: str) -> Category:
    return Category(term=code, scheme=scheme_uri(scheme, tag_authority), label=name)
