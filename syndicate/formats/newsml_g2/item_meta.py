"""Metadata about the item: its frame, rights, times, status, and its ties to other items."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.schemes import SECTION, own_aliases, own_code, scheme_uri
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article, Link, Status
from syndicate.model.body import Related
from syndicate.model.feed import Publisher
from syndicate.model.media import Media, MediaType

_CLASSES = {MediaType.PICTURE: "picture", MediaType.GRAPHIC: "graphic", MediaType.VIDEO: "video",
            MediaType.AUDIO: "audio"}  # fmt: skip
_RELATIONS = {"previous": "previousVersion", "derivedFrom": "derivedFrom", "evolvedFrom": "evolvedFrom",
              "dependsOn": "dependsOn", "associatedWith": "associatedWith"}  # fmt: skip
_IPTC_CATALOG = make(n.CATALOG_REF, attribute("href", n.IPTC_CATALOG))
_TEXT_CLASS = make(n.ITEM_CLASS, ' qcode="ninat:text"')
_MEDIA_CLASSES = {kind: make(n.ITEM_CLASS, f' qcode="ninat:{word}"') for kind, word in _CLASSES.items()}
_STATUSES = {status: make(n.PUB_STATUS, f' qcode="stat:{status.value}"') for status in Status}
_UPDATE, _CORRECTION = (make(n.SIGNAL, f' qcode="sig:{word}"') for word in ("update", "correction"))
_PAGE = ' contenttype="text/html"'
_ITEM = f' contenttype="{n.ITEM_TYPE}"'
_CAPTION = ' role="drol:caption"'

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")


def headline(article: Article) -> str:
    """The headline for receivers; that of a kill says so, since some of them show nothing else."""
    return f"KILL: {article.headline}" if article.status is Status.CANCELED else article.headline


def language_of(article: Article) -> str | None:
    """The language tag, or None when it is none that XML Schema takes (xs:language)."""
    return article.language if _LANGUAGE.match(article.language) else None


def catalogs(article: Article, publisher: Publisher) -> str:
    """IPTC's catalog, and one of the item's own for every other alias in it."""
    return _catalogs(own_aliases(article), publisher.url)


def rights_info(article: Article, publisher: Publisher) -> str:
    """Holder, notice (the publisher's where the article has none) and terms."""
    rights = article.rights
    return _rights_info(rights.holder, rights.notice or publisher.rights, rights.usage, publisher.name, publisher.url)


def item_meta(article: Article, publisher: Publisher, version: str) -> str:
    """The whole `itemMeta`; `version` is that of the renderer."""
    children = (*_state(article, publisher, version), *_notes(article), *_ties(article))
    return make(n.ITEM_META, children="".join(children))


def created(article: Article) -> str:
    """When this version was made; never before the story itself, which a receiver would take for an error."""
    return rfc3339(max(article.updated, article.published))


# Newsrooms name the same few vocabularies, parties and sections again and again.
@lru_cache(maxsize=256)
def _catalogs(aliases: tuple[str, ...], publisher_url: str) -> str:
    schemes = ((alias, scheme_uri(alias, publisher_url)) for alias in aliases)
    own = "".join(make(n.SCHEME, attribute("alias", alias) + attribute("uri", uri)) for alias, uri in schemes)
    return _IPTC_CATALOG + (make(n.CATALOG, children=own) if own else "")


@lru_cache(maxsize=256)
def _rights_info(holder: str | None, notice: str | None, usage: str | None, publisher: str, url: str) -> str:
    label = line(holder)
    identity = attribute("uri", url) if label == publisher else attribute("literal", label)
    children = (
        make(n.COPYRIGHT_HOLDER, identity, text(n.NAME, label)) if label else "",
        text(n.COPYRIGHT_NOTICE, notice),
        text(n.USAGE_TERMS, usage),
    )
    return make(n.RIGHTS_INFO, children="".join(children)) if any(children) else ""


@lru_cache(maxsize=256)
def _provider(name: str, url: str) -> str:
    return make(n.PROVIDER, attribute("uri", url), text(n.NAME, name))


@lru_cache(maxsize=1024)
def _service(section: str) -> str:
    code = own_code(SECTION, section)
    return make(n.SERVICE, attribute("qcode", code), text(n.NAME, section)) if code else ""


def _state(article: Article, publisher: Publisher, version: str) -> Iterator[str]:
    yield _TEXT_CLASS
    yield _provider(publisher.name, publisher.url)
    yield text(n.VERSION_CREATED, created(article))
    yield text(n.FIRST_CREATED, rfc3339(article.published))
    if article.embargo:
        yield text(n.EMBARGOED, rfc3339(article.embargo))
    yield _STATUSES[article.status]
    yield text(n.GENERATOR, "syndicate", attribute("versioninfo", version))
    yield from map(_service, article.sections)


def _notes(article: Article) -> Iterator[str]:
    yield text(n.ITEM_TITLE, article.slugline or headline(article))
    yield text(n.ED_NOTE, article.note)
    yield text(n.ED_NOTE, article.correction)
    if line(article.correction):
        yield _CORRECTION
    elif article.version > 1 and article.status is Status.USABLE:
        yield _UPDATE


def _ties(article: Article) -> Iterator[str]:
    yield text(n.ALT_REP, address(article.url), _PAGE)
    if article.expires:
        yield text(n.EXPIRES, rfc3339(article.expires))
    if line(article.correction) and article.version > 1:
        previous = attribute("residref", line(article.guid)) + attribute("version", str(article.version - 1))
        yield make(n.LINK, f' rel="irel:previousVersion"{previous}{_ITEM}')
    yield from map(_link, article.links)
    if article.status is not Status.CANCELED:
        yield from _related(article)
        yield from (_media_link(article, media) for media in article.media)


def _related(article: Article) -> Iterator[str]:
    """Ties to the stories that lines of the text point to, but for those that the article names itself."""
    blocks = [block for block in article.body if type(block) is Related]
    known = {address(link.url) for link in article.links} | {None} if blocks else set()
    for block in blocks:
        href = address(block.url)
        if href not in known:
            known.add(href)
            attributes = f' rel="irel:seeAlso"{attribute("href", href)}{_PAGE}'
            yield make(n.LINK, attributes, text(n.ITEM_TITLE, block.title))


def _link(link: Link) -> str:
    target, href = line(link.guid), address(link.url)
    if target is None and href is None:
        return ""
    relation = f"irel:{_RELATIONS.get(link.rel, 'seeAlso')}"
    where = attribute("href", href) + attribute("residref", target)
    return make(n.LINK, f' rel="{relation}"{where}{_ITEM if target else _PAGE}')


def _media_link(article: Article, media: Media) -> str:
    """A tie to the media under a guid of its own, with what a receiver would read in that item as hints."""
    hints = (
        _MEDIA_CLASSES.get(media.type, ""),
        text(n.ITEM_TITLE, media.name or media.title),
        text(n.HEADLINE, media.title),
        text(n.CREDITLINE, media.credit or media.source),
        text(n.DESCRIPTION, media.caption, _CAPTION),
    )
    target = attribute("residref", media_guid(article, media))
    return make(n.LINK, f' rel="irel:seeAlso"{target}{_ITEM}', "".join(hints))


def media_guid(article: Article, media: Media) -> str:
    """The guid of one media of the article, as permanent as the article's."""
    separator = ":" if article.guid.startswith(("tag:", "urn:")) else "#"
    return f"{line(article.guid) or ''}{separator}media{separator}{quote(media.id, safe='', errors='replace')}"


def address(url: str | None) -> str | None:
    """The address in ASCII, or None when it cannot be published."""
    try:
        return absolute(line(url) or "", None, WEB)
    except AddressError:
        return None
