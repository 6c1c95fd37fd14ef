"""What a web page says of its article besides the text: `meta` of every kind, microdata, `time`, `link` and `title`.

Open Graph counts before plain `meta` (Dublin Core and the names of search engines), and this before the markup of the
page itself. JSON-LD has a module of its own (`json_ld`), and counts before all of these.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from syndicate.markup.html_inline import Element
from syndicate.markup.html_parse import name_of
from syndicate.markup.page_meta_byline import is_byline, names_of
from syndicate.markup.readability_chrome import texts_of

# The names under which `meta` says it, by preference.
_NAMES = {
    "headline": "og:title twitter:title dc.title dcterms.title headline parsely-title sailthru.title title",
    "description": "og:description twitter:description description dc.description dcterms.abstract dcterms.description",
    "url": "og:url twitter:url dc.identifier parsely-link",
    "site": "og:site_name application-name publisher dc.publisher dcterms.publisher",
    "published": "article:published_time article:published og:published_time datepublished dcterms.issued "
    "dc.date.issued dcterms.created dc.date.created dcterms.date dc.date publish-date publication_date pubdate "
    "parsely-pub-date sailthru.date citation_publication_date date",
    "updated": "article:modified_time article:modified og:updated_time datemodified dcterms.modified dc.date.modified "
    "last-modified lastmod revised",
    "expires": "article:expiration_time dcterms.valid",
    "language": "dc.language dcterms.language content-language language og:locale",
    "rights": "copyright dc.rights dcterms.rights rights",
    "holder": "dcterms.rightsholder",
    "image_alt": "og:image:alt twitter:image:alt",
    "image_width": "og:image:width",
    "image_height": "og:image:height",
}
_LISTS = {
    "authors": "article:author author authors dc.creator dcterms.creator parsely-author sailthru.author byl",
    "sections": "article:section parsely-section section",
    "keywords": "article:tag news_keywords keywords parsely-tags sailthru.tags dc.subject dcterms.subject",
    "images": "og:image og:image:url og:image:secure_url twitter:image twitter:image:src thumbnail sailthru.image.full",
}
_SINGLE = {name: tuple(names.split()) for name, names in _NAMES.items()}
_SEVERAL = {name: tuple(names.split()) for name, names in _LISTS.items()}
_KNOWN = frozenset(one for names in (*_SINGLE.values(), *_SEVERAL.values()) for one in names)
# Families of names that speak of the article; others are for machines (viewport, verification, tracking).
_FAMILIES = ("og:", "article:", "dc.", "dcterms.", "news_")
_MACHINES = re.compile(
    r"og:(?:type|determiner|image:type|image:user_generated|locale:alternate|url:.*|rich_attachment|ttl|see_also)\Z|"
    r"article:(?:publisher|opinion|content_tier|id)\Z|dc\.(?:format|type)\Z|dcterms\.(?:format|type)\Z"
)
_PROPERTIES = frozenset({
    "headline", "description", "datePublished", "dateModified", "author", "articleSection", "keywords",
})  # fmt: skip
_ALIASES = {"dc:": "dc.", "dcterms:": "dcterms.", "dc.terms.": "dcterms."}
_TITLE_MARKS = (" | ", " – ", " — ", " - ", " · ", " » ", " :: ", ": ")
_ADDRESS = re.compile(r"https?://|@", re.IGNORECASE)
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture that stands for the page."""

    url: str
    alt: str | None = None
    width: str | None = None
    height: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """What the page states; None or empty where it states nothing. Times are as written.

    `inferred` names the fields that no statement was found for, only something near: the window's title, the first
    `time` of the page. `others` names statements about the article that are not among these fields.
    """

    headline: str | None = None
    description: str | None = None
    url: str | None = None
    canonical: str | None = None
    base: str | None = None
    site: str | None = None
    published: str | None = None
    updated: str | None = None
    expires: str | None = None
    language: str | None = None
    rights: str | None = None
    holder: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    h1: str | None = None
    inferred: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def meta_of(root: Element) -> PageMeta:
    """What the page says of its article; to be asked before anything is taken out of the tree."""
    found = _Found()
    for element in root.iter():
        found.take(element)
    return found.meta()


@dataclass(slots=True)
class _Found:
    """What was met on the page, in its order."""

    stated: dict[str, list[str]] = field(default_factory=dict)
    properties: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    times: list[tuple[bool, bool, str]] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    h1: list[str] = field(default_factory=list)
    title: str | None = None
    base: str | None = None
    language: str | None = None

    def take(self, element: Element) -> None:
        name = name_of(element)
        if name == "meta":
            self._take_meta(element)
        elif name == "link":
            self._take_link(element)
        elif name == "base" and element.get("href"):
            self.base = self.base or element.get("href")
        elif name == "html":
            self.language = element.get("lang") or None
        elif name == "title":
            self.title = self.title or _said(element)
        elif name == "h1":
            self.h1 += filter(None, [_said(element)])
        else:
            self._take_markup(name, element)

    def _take_meta(self, element: Element) -> None:
        name = (element.get("property") or element.get("name") or "").strip().lower()
        name = next((new + name[len(old) :] for old, new in _ALIASES.items() if name.startswith(old)), name)
        value = " ".join((element.get("content") or "").split())[:_LONGEST]
        if name and value:
            self.stated.setdefault(name, []).append(value)
        self._take_property(element, value)

    def _take_property(self, element: Element, value: str | None) -> None:
        for name in (element.get("itemprop") or "").split():
            if name in _PROPERTIES and value:
                self.properties.setdefault(name, []).append(value)

    def _take_link(self, element: Element) -> None:
        for rel in (element.get("rel") or "").lower().split():
            self.links.setdefault(rel, (element.get("href") or "").strip())

    def _take_markup(self, name: str | None, element: Element) -> None:
        if name == "time" and element.get("datetime"):
            words = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
            is_update = "modified" in words or "updated" in words
            is_sure = "pubdate" in element.attrib or is_update or "publish" in words
            self.times.append((is_sure, is_update, element.get("datetime", "").strip()))
        if element.get("itemprop"):
            self._take_property(element, element.get("datetime") or element.get("content") or _named(element))
        elif is_byline(element) and (said := _said(element)):
            self.bylines.append(said)

    def meta(self) -> PageMeta:
        inferred: list[str] = []
        return PageMeta(
            headline=self._headline(inferred),
            description=self._first("description", "description"),
            url=self._first("url"),
            canonical=self.links.get("canonical") or None,
            base=self.base,
            site=self._first("site"),
            published=self._time("published", "datePublished", inferred),
            updated=self._time("updated", "dateModified", inferred),
            expires=self._first("expires"),
            language=self._language(inferred),
            rights=self._first("rights"),
            holder=self._first("holder"),
            authors=self._authors(),
            sections=_unique(self._all("sections", "articleSection")),
            keywords=_unique(one for text in self._all("keywords", "keywords") for one in text.split(",")),
            pictures=self._pictures(),
            h1=self.h1[0] if self.h1 else None,
            inferred=tuple(inferred),
            others=tuple(name for name in self.stated if _is_other(name)),
        )

    def _first(self, field_name: str, item: str = "") -> str | None:
        """The statement that counts most."""
        return next(iter(self._all(field_name, item)), None)

    def _all(self, field_name: str, item: str = "") -> list[str]:
        """All values of the first name that states the field."""
        for name in (*_SINGLE.get(field_name, ()), *_SEVERAL.get(field_name, ())):
            if name in self.stated:
                return self.stated[name]
        return self.properties.get(item, [])

    def _headline(self, inferred: list[str]) -> str | None:
        stated = self._first("headline", "headline")
        if stated:
            return without_site(stated, self._first("site"), self.h1)
        if self.h1:
            return self.h1[0]
        if self.title:
            inferred.append("headline")
            return without_site(self.title, self._first("site"), self.h1)
        return None

    def _time(self, field_name: str, item: str, inferred: list[str]) -> str | None:
        is_update = field_name == "updated"
        if stated := self._first(field_name, item):
            return stated
        fitting = [(is_sure, text) for is_sure, update, text in self.times if update == is_update]
        sure = next((text for is_sure, text in fitting if is_sure), None)
        if sure is None and fitting:
            inferred.append(field_name)
        return sure or next((text for _, text in fitting), None)

    def _language(self, inferred: list[str]) -> str | None:
        """The page's `lang` first: `og:locale` is what many systems leave at `en_US` whatever they publish."""
        if self.language:
            return self.language
        stated = self._first("language")
        if stated and stated in self.stated.get("og:locale", ()):
            inferred.append("language")
        return stated

    def _authors(self) -> tuple[str, ...]:
        """The names; addresses (of profiles) are none."""
        for name in _SEVERAL["authors"]:
            people = [one for text in self.stated.get(name, ()) if not _ADDRESS.search(text) for one in names_of(text)]
            if people:
                return _unique(people)
        told = self.properties.get("author", []) or self.bylines[:1]
        return _unique(one for text in told if not _ADDRESS.search(text) for one in names_of(text))

    def _pictures(self) -> tuple[Picture, ...]:
        urls = _unique(self._all("images"))
        alt, width, height = (self._first(name) for name in ("image_alt", "image_width", "image_height"))
        first = (Picture(url=url, alt=alt, width=width, height=height) for url in urls[:1])
        return (*first, *(Picture(url=url) for url in urls[1:]))


def without_site(title: str, site: str | None, known: Iterable[str]) -> str:
    """The title without the name of the site that many pages put behind or before it.

    What stands on the page as a heading is the title; otherwise the site's own name is cut off, or, behind the last
    mark, a few words that look like one.
    """
    for one in known:
        if len(one) >= 8 and one.casefold() in title.casefold():
            return one
    for mark in _TITLE_MARKS:
        first, found, last = title.rpartition(mark)
        if found and site and last.casefold() == site.casefold():
            return first
        before, found, rest = title.partition(mark)
        if found and site and before.casefold() == site.casefold():
            return rest
    first, found, last = title.rpartition(" | ")
    return first if found and len(last.split()) <= 4 < len(first.split()) else title


def _is_other(name: str) -> bool:
    return name.startswith(_FAMILIES) and name not in _KNOWN and not _MACHINES.match(name)


def _said(element: Element) -> str | None:
    return " ".join("".join(texts_of(element)).split())[:_LONGEST] or None


def _named(element: Element) -> str | None:
    """The text of a property, of a person the name in it."""
    for inner in element.iter():
        if inner is not element and inner.get("itemprop") == "name":
            return inner.get("content") or _said(inner)
    return _said(element)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_trimmed(texts)))


def _trimmed(texts: Iterable[str]) -> Iterator[str]:
    return (text.strip() for text in texts if text.strip())
