"""Metadata about the item: its frame, rights, times, status, and its ties to other items."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.schemes import SECTION, own_code, own_schemes
from syndicate.formats.newsml_g2.write import Element, line, make, text
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

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")


def headline(article: Article) -> str:
    """The headline for receivers; that of a kill says so, since some of them show nothing else."""
    return f"KILL: {article.headline}" if article.status is Status.CANCELED else article.headline


def language_of(article: Article) -> str | None:
    """The language tag, or None when it is none that XML Schema takes (xs:language)."""
    return article.language if _LANGUAGE.match(article.language) else None


def catalogs(article: Article, publisher: Publisher) -> Iterator[Element]:
    """IPTC's catalog, and one of the item's own for every other alias in it."""
    yield make(n.CATALOG_REF, {"href": n.IPTC_CATALOG})
    schemes = own_schemes(article, publisher)
    if schemes:
        yield make(n.CATALOG, children=[make(n.SCHEME, {"alias": one.alias, "uri": one.uri}) for one in schemes])


def rights_info(article: Article, publisher: Publisher) -> Element | None:
    """Holder, notice (the publisher's where the article has none) and terms."""
    rights = article.rights
    children = [
        _party(n.COPYRIGHT_HOLDER, rights.holder, publisher),
        text(n.COPYRIGHT_NOTICE, rights.notice or publisher.rights),
        text(n.USAGE_TERMS, rights.usage),
    ]
    return make(n.RIGHTS_INFO, children=children) if any(child is not None for child in children) else None


def item_meta(article: Article, publisher: Publisher, version: str) -> Element:
    """The whole `itemMeta`; `version` is that of the renderer."""
    return make(n.ITEM_META, children=[*_state(article, publisher, version), *_notes(article), *_ties(article)])


def created(article: Article) -> str:
    """When this version was made; never before the story itself, which a receiver would take for an error."""
    return rfc3339(max(article.updated, article.published))


def _state(article: Article, publisher: Publisher, version: str) -> Iterator[Element | None]:
    yield make(n.ITEM_CLASS, {"qcode": "ninat:text"})
    yield make(n.PROVIDER, {"uri": publisher.url}, [text(n.NAME, publisher.name)])
    yield text(n.VERSION_CREATED, created(article))
    yield text(n.FIRST_CREATED, rfc3339(article.published))
    yield text(n.EMBARGOED, rfc3339(article.embargo)) if article.embargo else None
    yield make(n.PUB_STATUS, {"qcode": f"stat:{article.status.value}"})
    yield text(n.GENERATOR, "syndicate", {"versioninfo": version})
    for section in article.sections:
        if code := own_code(SECTION, section):
            yield make(n.SERVICE, {"qcode": code}, [text(n.NAME, section)])
    yield text(n.EXPIRES, rfc3339(article.expires)) if article.expires else None


def _notes(article: Article) -> Iterator[Element | None]:
    yield text(n.ITEM_TITLE, article.slugline or headline(article))
    yield text(n.ED_NOTE, article.note)
    yield text(n.ED_NOTE, article.correction)
    if line(article.correction):
        yield make(n.SIGNAL, {"qcode": "sig:correction"})
    elif article.version > 1 and article.status is Status.USABLE:
        yield make(n.SIGNAL, {"qcode": "sig:update"})


def _ties(article: Article) -> Iterator[Element | None]:
    yield text(n.ALT_REP, address(article.url), {"contenttype": "text/html"})
    if line(article.correction) and article.version > 1:
        previous = {"residref": line(article.guid), "version": str(article.version - 1)}
        yield make(n.LINK, {"rel": "irel:previousVersion", **previous, "contenttype": n.ITEM_TYPE})
    yield from map(_link, article.links)
    if article.status is not Status.CANCELED:
        yield from _related(article)
        yield from (_media_link(article, media) for media in article.media)


def _related(article: Article) -> Iterator[Element]:
    """Ties to the stories that lines of the text point to, but for those that the article names itself."""
    known = {address(link.url) for link in article.links} | {None}
    for block in article.body:
        href = address(block.url) if isinstance(block, Related) else None
        if isinstance(block, Related) and href not in known:
            known.add(href)
            attributes = {"rel": "irel:seeAlso", "href": href, "contenttype": "text/html"}
            yield make(n.LINK, attributes, [text(n.ITEM_TITLE, block.title)])


def _link(link: Link) -> Element | None:
    target, href = line(link.guid), address(link.url)
    if target is None and href is None:
        return None
    kind = n.ITEM_TYPE if target else "text/html"
    relation = f"irel:{_RELATIONS.get(link.rel, 'seeAlso')}"
    return make(n.LINK, {"rel": relation, "href": href, "residref": target, "contenttype": kind})


def _media_link(article: Article, media: Media) -> Element:
    """A tie to the media under a guid of its own, with what a receiver would read in that item as hints."""
    kind = _CLASSES.get(media.type)
    hints = [
        make(n.ITEM_CLASS, {"qcode": f"ninat:{kind}"}) if kind else None,
        text(n.ITEM_TITLE, media.name or media.title),
        text(n.HEADLINE, media.title),
        text(n.CREDITLINE, media.credit or media.source),
        text(n.DESCRIPTION, media.caption, {"role": "drol:caption"}),
    ]
    return make(
        n.LINK, {"rel": "irel:seeAlso", "residref": media_guid(article, media), "contenttype": n.ITEM_TYPE}, hints
    )


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


def _party(name: str, party: str | None, publisher: Publisher) -> Element | None:
    """A party by its name; by its address too when it is the publisher."""
    label = line(party)
    if label is None:
        return None
    identity = {"uri": publisher.url} if label == publisher.name else {"literal": label}
    return make(name, identity, [text(n.NAME, label)])
