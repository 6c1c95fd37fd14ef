"""Metadata about the item: its frame, rights, times, status, and its ties to other items."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.schemes import NOTE, SECTION, own_aliases, own_code, scheme_uri
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.dates import rfc3339
from syndicate.markup.media_choice import type_of
from syndicate.model.article import Article, Link, Signal, Status
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
_SIGNALS = {signal: make(n.SIGNAL, f' qcode="sig:{signal.value}"') for signal in Signal}
_NOTE_ROLES = {word: attribute("role", f"{NOTE}:{word}") for word in ("correction", "editors")}
_PAGE = ' contenttype="text/html"'
_ITEM = f' contenttype="{n.ITEM_TYPE}"'
CAPTION = ' role="drol:caption"'
_UNKNOWN = attribute("contenttype", n.UNKNOWN_TYPE)
_THUMBNAIL = 320
_MOVING = frozenset({MediaType.VIDEO, MediaType.AUDIO})

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")


def headline(article: Article) -> str:
    """The headline for receivers; that of a kill says so, since some of them show nothing else."""
    return f"KILL: {article.headline}" if article.status is Status.CANCELED else article.headline


def language_of(article: Article) -> str | None:
    """The language tag, or None when it is none that XML Schema takes (xs:language)."""
    return valid_language(article.language)


def valid_language(tag: str) -> str | None:
    """The tag when XML Schema takes it (xs:language)."""
    return tag if _LANGUAGE.match(tag) else None


def catalogs(article: Article, publisher: Publisher, *aliases: str) -> str:
    """IPTC's catalog, and one of the item's own for every other alias in it; `aliases` are used whatever it says."""
    return catalog_of(own_aliases(article, *aliases), publisher)


def catalog_of(aliases: tuple[str, ...], publisher: Publisher) -> str:
    """IPTC's catalog, and one of these aliases of our own."""
    return _catalogs(aliases, publisher.url)


def rights_info(article: Article, publisher: Publisher) -> str:
    """Holder, notice (the publisher's where the article has none) and terms."""
    rights = article.rights
    return _rights_info(rights.holder, rights.notice or publisher.rights, rights.usage, publisher.name, publisher.url)


def item_meta(article: Article, publisher: Publisher, version: str) -> str:
    """The whole `itemMeta`; `version` is that of the renderer."""
    children = (
        _TEXT_CLASS,
        *state(article, publisher, version),
        *map(_service, article.sections),
        *_notes(article),
        *_ties(article),
    )
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


@lru_cache(maxsize=256)
def _source(name: str | None) -> str:
    return make(n.INFO_SOURCE, attribute("literal", name), text(n.NAME, name)) if name else ""


@lru_cache(maxsize=1024)
def _service(section: str) -> str:
    code = own_code(SECTION, section)
    return make(n.SERVICE, attribute("qcode", code), text(n.NAME, section)) if code else ""


def state(article: Article, publisher: Publisher, version: str) -> Iterator[str]:
    """Who provides the item, its times and status, and what wrote it: the same in all items of a story."""
    yield provider(publisher)
    yield text(n.VERSION_CREATED, created(article))
    yield text(n.FIRST_CREATED, rfc3339(article.published))
    if article.embargo:
        yield text(n.EMBARGOED, rfc3339(article.embargo))
    yield _STATUSES[article.status]
    yield generator(version)


def provider(publisher: Publisher) -> str:
    """Who provides the item."""
    return _provider(publisher.name, publisher.url)


def generator(version: str) -> str:
    """What wrote the item."""
    return text(n.GENERATOR, n.GENERATOR_NAME, attribute("versioninfo", version))


def _notes(article: Article) -> Iterator[str]:
    """Title, notes and signal. What was wrong stands before what is for editors: some read the first note only."""
    yield text(n.ITEM_TITLE, article.slugline or headline(article))
    yield text(n.ED_NOTE, article.correction, _NOTE_ROLES["correction"])
    yield text(n.ED_NOTE, article.note, _NOTE_ROLES["editors"])
    if (signal := signal_of(article)) is not None:
        yield _SIGNALS[signal]


def signal_of(article: Article) -> Signal | None:
    """What the revision is to the one before it. Who says what was wrong corrects it, unless he takes it back."""
    corrects = article.status is Status.USABLE and line(article.correction)
    return article.signal or (Signal.CORRECTION if corrects else None)


def _ties(article: Article) -> Iterator[str]:
    yield text(n.ALT_REP, address(article.url), _PAGE)
    if article.expires:
        yield text(n.EXPIRES, rfc3339(article.expires))
    if article.version > 1 and (article.signal or line(article.correction)):
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
        source_of(media),
        text(n.CREDITLINE, media.credit or media.source),
        text(n.DESCRIPTION, media.caption, CAPTION),
        "".join(files(media)),
    )
    target = attribute("residref", media_guid(article, media))
    return make(n.LINK, f' rel="irel:seeAlso"{target}{_ITEM}', "".join(hints))


def media_class(media: Media) -> str:
    """The class of the media's item; empty for a document, which has none."""
    return _MEDIA_CLASSES.get(media.type, "")


def source_of(media: Media) -> str:
    """Where the media comes from."""
    return _source(line(media.source)) if media.source else ""


def files(media: Media, missing: str = "") -> Iterator[str]:
    """Each file of the media. Where none is known, an empty one says how long it lasts, and `missing`, if anything."""
    lasts = "" if media.duration is None else f' duration="{media.duration}"'
    known = [(one, href, type_of(one)) for one in media.renditions if (href := address(one.href))]
    largest = max((one.width or 0 for one, _, kind in known if not _is_still(media, kind)), default=0)
    is_first = True
    for one, href, kind in known:
        is_still = _is_still(media, kind)
        rank = "thumbnail" if is_still else _rank(one.width or 0, largest if is_first else None)
        is_first = is_first and rank != "highRes"
        where = attribute("href", href) + attribute("contenttype", kind or n.UNKNOWN_TYPE)
        sizes = (("size", one.bytes), ("width", one.width), ("height", one.height))
        size = "".join(f' {name}="{value}"' for name, value in sizes if value)
        yield make(n.REMOTE_CONTENT, f'{where} rendition="rnd:{rank}"{size}{"" if is_still else lasts}')
    is_there = any(not _is_still(media, kind) for _, _, kind in known)
    if not is_there and (lasts or (missing and not known)):
        yield make(n.REMOTE_CONTENT, f' hascontent="false"{missing}{_UNKNOWN}{lasts}')


def _is_still(media: Media, kind: str | None) -> bool:
    """Whether a file of that type is a picture that stands for a video or sound."""
    return media.type in _MOVING and (kind or "").startswith("image/")


def _rank(width: int, largest: int | None) -> str:
    """Which of the files one of that width is: the largest, a thumbnail, or one for the web.

    `largest` is None once there is a largest one: receivers could not choose between two.
    """
    return "highRes" if width == largest else "thumbnail" if 0 < width <= _THUMBNAIL else "web"


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
