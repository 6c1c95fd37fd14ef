"""Articles in JSON-LD with the words of schema.org: what `NewsArticle` and its relatives say, whoever wrote them.

`articles(orjson.loads(data))` finds them in one object, in a list, in `@graph`, in an ItemList or a DataFeed, or as
the main thing of a page; what is named by `@id` alone is looked up. Nothing is fetched, no context is resolved: names
count as those of schema.org, with or without prefix. Texts are as written, entities of HTML included. Never raises.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from syndicate.markup.json_ld_media import LinkedMedia, media_of
from syndicate.markup.json_ld_values import (
    LinkedPerson,
    Properties,
    Term,
    address,
    flag,
    line,
    lines,
    people,
    pieces,
    properties,
    split_words,
    terms,
    types,
)

ARTICLES = frozenset({
    "AdvertiserContentArticle", "AnalysisNewsArticle", "Article", "AskPublicNewsArticle", "BackgroundNewsArticle",
    "BlogPosting", "LiveBlogPosting", "NewsArticle", "OpinionNewsArticle", "Report", "ReportageNewsArticle",
    "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle", "SocialMediaPosting", "TechArticle",
})  # fmt: skip
"""The types of schema.org that are articles."""

AROUND = ("@graph", "itemListElement", "item", "dataFeedElement", "mainEntity", "mainEntityOfPage", "blogPost")
"""Where a document keeps its articles; those that stand anywhere else inside are others that it speaks of."""

# What is read, and what says nothing of the article itself.
_READ = frozenset({
    "@context", "@id", "@type", "about", "abstract", "alternativeHeadline", "articleBody", "articleSection",
    "associatedMedia", "audio", "author", "contentLocation", "contributor", "copyrightHolder", "copyrightNotice",
    "correction", "creativeWorkStatus", "creator", "dateCreated", "dateline", "dateModified", "datePublished",
    "description", "expires", "genre", "headline", "identifier", "image", "inLanguage", "isAccessibleForFree",
    "keywords", "locationCreated", "mainEntityOfPage", "name", "publisher", "sourceOrganization", "text",
    "thumbnailUrl", "type", "url", "usageInfo", "version", "video", "wordCount", "potentialAction", "speakable",
})  # fmt: skip
_IS_LINKED = re.compile(
    rb'"@context"\s*:\s*[^,}\]]{0,200}schema\.org|"@type"\s*:\s*\[?\s*"(?:schema:|https?://schema\.org/)?(?:'
    + "|".join(sorted(ARTICLES)).encode()
    + rb')"'
)
_DEEPEST = 32
_MOST = 100_000
# How many values an object may have that stands in the place of its `@id`, and how many all of them may have.
_LARGEST_RESOLVED = 200
_MOST_RESOLVED = 200_000
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """What JSON-LD says of one article; None or empty where it says nothing. Dates are as written: see `moment`.

    `text` is the body as plain text, `is_free` whether everybody may read it. `others` names the properties that are
    not among these, each once, in the order of the document.
    """

    type: str
    identifier: str | None = None
    url: str | None = None
    headline: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    highlights: tuple[str, ...] = ()
    text: str | None = None
    published: str | None = None
    modified: str | None = None
    expires: str | None = None
    language: str | None = None
    authors: tuple[LinkedPerson, ...] = ()
    contributors: tuple[LinkedPerson, ...] = ()
    publisher: str | None = None
    dateline: str | None = None
    place: str | None = None
    source: str | None = None
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    about: tuple[Term, ...] = ()
    genre: str | None = None
    media: tuple[LinkedMedia, ...] = ()
    version: str | None = None
    status: str | None = None
    correction: str | None = None
    holder: str | None = None
    notice: str | None = None
    usage: str | None = None
    is_free: bool | None = None
    others: tuple[str, ...] = ()


def articles(data: Any) -> tuple[LinkedArticle, ...]:
    """The articles of a parsed document, in its order; none where it speaks of none."""
    nodes = list(_articles(data))
    named = _Named(_named(data) if nodes else {}, _MOST_RESOLVED)
    return tuple(_article(node, named) for node in nodes)


def is_json_ld(head: bytes) -> bool:
    """Whether JSON that begins like that is JSON-LD with the words of schema.org, and nobody else's."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and (
        _IS_LINKED.search(head.replace(b"\\/", b"/")) is not None
    )


def moment(text: str | None) -> tuple[datetime | None, bool]:
    """The moment that a date means, in UTC, and whether it is certain: it is not for a day, or a time without offset.

    These are taken as of UTC. None for what is no date of ISO 8601.
    """
    found = _DATE.match((text or "").strip())
    if found is None:
        return None, False
    day, time, offset = found.groups()
    try:
        made = datetime.fromisoformat(f"{day}T{time or '00:00'}{offset or 'Z'}")
        return made.astimezone(UTC), offset is not None
    except (ValueError, OverflowError):
        return None, False


def is_article(node: Mapping[str, Any]) -> bool:
    """Whether the object is an article by its type."""
    return not ARTICLES.isdisjoint(types(node))


def _articles(data: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that are articles, in order."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while waiting and seen < _MOST:
        value, depth = waiting.pop()
        seen += 1
        if isinstance(value, dict) and is_article(value):
            yield value
        elif depth < _DEEPEST:
            inner = value if isinstance(value, list) else _around(value) if isinstance(value, dict) else []
            waiting.extend((one, depth + 1) for one in reversed(inner))


def _around(node: Mapping[str, Any]) -> list[Any]:
    known = properties(node)
    return [known[name] for name in AROUND if name in known]


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """All objects of the document, as far as anybody looks."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while waiting and seen < _MOST:
        value, depth = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        if depth < _DEEPEST:
            waiting.extend((one, depth + 1) for one in reversed(inner) if isinstance(one, dict | list))


def _named(data: Any) -> dict[str, Mapping[str, Any]]:
    """The objects by their `@id`; of several the one that says most."""
    named: dict[str, Mapping[str, Any]] = {}
    for one in _objects(data):
        if isinstance(one.get("@id"), str) and len(one) > len(named.get(one["@id"], ())):
            named[one["@id"]] = one
    return named


@dataclass(slots=True)
class _Named:
    """What may stand in the place of an `@id`. A few objects that many articles name would fill any memory."""

    objects: Mapping[str, Mapping[str, Any]]
    left: int
    sizes: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> Mapping[str, Any] | None:
        """The object; None where there is none, it is too large, or too much was put in already."""
        found = self.objects.get(name)
        if found is None:
            return None
        if name not in self.sizes:
            self.sizes[name] = sum(1 for _ in islice(_values(found), _LARGEST_RESOLVED + 1))
        size = self.sizes[name]
        if size > min(self.left, _LARGEST_RESOLVED):
            return None
        self.left -= size
        return found


def _values(value: Any) -> Iterator[Any]:
    """The value and all in it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())


def _resolved(value: Any, named: _Named) -> Any:
    """The value with what is only named by its `@id` put in its place, in a list too."""
    if isinstance(value, list):
        return [_resolved(one, named) if isinstance(one, dict) else one for one in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and value.keys() <= {"@id", "@type"}:
        return named.get(value["@id"]) or value
    return value


def _article(node: Mapping[str, Any], named: _Named) -> LinkedArticle:
    known = {name: _resolved(value, named) for name, value in properties(node).items()}
    get = known.get
    return LinkedArticle(
        type=next(one for one in types(node) if one in ARTICLES),
        identifier=line(get("identifier")),
        url=address(get("url")) or address(get("mainEntityOfPage")) or address(get("@id")),
        headline=line(get("headline")) or line(get("name")),
        alternative_headline=line(get("alternativeHeadline")),
        description=line(get("description")) or _single(get("abstract")),
        highlights=lines(get("abstract")) if isinstance(get("abstract"), list) else (),
        text=line(get("articleBody")) or line(get("text")),
        published=line(get("datePublished")) or line(get("dateCreated")),
        modified=line(get("dateModified")),
        expires=line(get("expires")),
        language=_language(get("inLanguage")),
        authors=people(get("author")) or people(get("creator")),
        contributors=people(get("contributor")),
        publisher=line(get("publisher")),
        dateline=line(get("dateline")),
        place=line(get("locationCreated")) or line(get("contentLocation")),
        source=line(get("sourceOrganization")),
        sections=tuple(dict.fromkeys(lines(get("articleSection")))),
        keywords=split_words(get("keywords")),
        about=terms(get("about")),
        genre=line(get("genre")),
        media=media_of(known),
        version=line(get("version")),
        status=line(get("creativeWorkStatus")),
        correction="\n".join(lines(get("correction"))) or None,
        holder=line(get("copyrightHolder")),
        notice=line(get("copyrightNotice")),
        usage=_usage(get("usageInfo")),
        is_free=flag(get("isAccessibleForFree")),
        others=tuple(name for name, value in known.items() if name not in _READ and pieces(value)),
    )


def _single(value: Any) -> str | None:
    return None if isinstance(value, list) else line(value)


def _language(value: Any) -> str | None:
    """A tag, also where a Language object names it beside its name in words."""
    if isinstance(value, dict):
        known: Properties = properties(value)
        return line(known.get("alternateName")) or line(value)
    return line(value)


def _usage(value: Any) -> str | None:
    """Terms of use: their text before their address."""
    for one in pieces(value):
        if isinstance(one, dict) and (text := line(properties(one).get("text"))):
            return text
    return line(value)
