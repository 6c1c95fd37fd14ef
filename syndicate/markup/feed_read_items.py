"""Items of every version of RSS: the elements are the same, only their namespace differs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.markup.feed_read import Story, Unreadable, drafted, is_more_than_a_summary, person, rejected
from syndicate.markup.feed_read_figure import clock
from syndicate.markup.feed_read_media import MEDIA_RSS, Gallery, read_media_rss, whole
from syndicate.markup.feed_read_release import is_prism, says_release, take_release
from syndicate.markup.feed_read_words import Stated, add_categories, person_from
from syndicate.markup.feed_read_xml import ATOM, XHTML, base_of, holds_markup, inner_markup, language_of, says_something
from syndicate.markup.feed_topics import parts_of
from syndicate.markup.html import HtmlError, has_markup
from syndicate.markup.namespaces import names
from syndicate.markup.xml import Node
from syndicate.model.article import Link, Person
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import MediaType
from syndicate.model.rights import Rights

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ABOUT = f"{{{RDF}}}about"
GENERATOR = "syndicate"

# Namespaces by the prefix that is usual; names in the tables below are written with it.
_PREFIXES = {
    names.DUBLIN_CORE: "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    names.DUBLIN_CORE_TERMS: "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/DTDs/Podcast-1.0.dtd": "itunes",
    ATOM: "atom",
    XHTML: "xhtml",
    **dict.fromkeys(MEDIA_RSS, "media"),
}
_TITLES = ("title", "dc:title", "itunes:title", "atom:title")
_CONTENTS = ("content:encoded", "xhtml:body", "xhtml:div", "atom:content")
_DESCRIPTIONS = (
    "description", "dc:description", "dcterms:abstract", "atom:summary", "itunes:summary", "itunes:subtitle",
    "prism:teaser",
)  # fmt: skip
_PUBLISHED = (
    "pubdate", "dcterms:issued", "atom:published", "dc:date", "prism:publicationdate", "dcterms:created",
    "dcterms:available",
)  # fmt: skip
_UPDATED = ("dcterms:modified", "atom:updated", "prism:modificationdate")
_AUTHORS = ("dc:creator", "author", "atom:author")
_CONTRIBUTORS = ("dc:contributor", "atom:contributor")
_WORDS = ("category", "dc:subject", "atom:category")
_GENRE = ("prism:genre",)
_SECTIONS = ("prism:section", "slash:section")
_KEYWORDS = ("prism:keyword", "itunes:keywords", "media:keywords")
_RIGHTS = ("dc:rights", "dcterms:rights", "atom:rights", "prism:copyright")
_HOLDER = ("dcterms:rightsholder",)
_USAGE = ("dcterms:accessrights", "prism:rightsagent")
_LANGUAGE = ("dc:language", "language", "dcterms:language")
_TAKEN = frozenset({
    *_TITLES, *_CONTENTS, *_DESCRIPTIONS, *_PUBLISHED, *_UPDATED, *_AUTHORS, *_CONTRIBUTORS,
    *_WORDS, *_GENRE, *_SECTIONS, *_KEYWORDS, *_RIGHTS, *_HOLDER, *_USAGE, *_LANGUAGE, "guid", "link", "atom:link",
    "atom:id", "dc:identifier", "feedburner:origlink", "enclosure", "itunes:image", "itunes:duration", "itunes:author",
})  # fmt: skip
_RELATED = {"related": "seeAlso", "via": "via"}
_IMPLIED = frozenset({"alternate", "self", "enclosure", "edit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What the feed says for all of its items; `own` is the namespace of its elements, `is_ours` that we wrote it."""

    file: str
    reading: Reading
    own: str
    about: str | None
    language: str
    rights: str
    is_ours: bool


def channel_of(node: Node, file: str, reading: Reading, own: str) -> Channel:
    """What that channel says."""
    story = Story(file=file, line=None, reading=reading)
    element = Elements(node, own)
    about = story.address(element.text("link") or node.get(ABOUT) or "", "url", base_of(node))
    return Channel(
        file=file,
        reading=reading,
        own=own,
        about=about,
        language=element.text(*_LANGUAGE) or language_of(node) or "",
        rights=story.line_of(element.text("copyright", *_RIGHTS), "rights"),
        is_ours=element.text("generator", "atom:generator") == GENERATOR,
    )


class Elements:
    """The children of an item by the names of the tables: in lower case, with the usual prefix, own ones without."""

    __slots__ = ("by_name", "node")

    def __init__(self, node: Node, own: str) -> None:
        self.node = node
        self.by_name: dict[str, list[Node]] = {}
        for child in node.children:
            self.by_name.setdefault(name_of(child, own), []).append(child)

    def all(self, *wanted: str) -> Iterator[Node]:
        """The elements of these names, name by name."""
        for name in wanted:
            yield from self.by_name.get(name, ())

    def first(self, *wanted: str) -> Node | None:
        """The first one that says something."""
        return next((one for one in self.all(*wanted) if one.all_text().strip()), None)

    def text(self, *wanted: str) -> str:
        """Its text; empty when there is none."""
        found = self.first(*wanted)
        return "" if found is None else found.all_text().strip()


def name_of(node: Node, own: str) -> str:
    """The element's name as in the tables."""
    namespace = node.namespace
    if namespace in ("", own):
        return node.local.lower()
    prefix = "prism" if is_prism(namespace) else _PREFIXES.get(namespace)
    return f"{prefix}:{node.local.lower()}" if prefix else node.qname


def item_draft(item: Node, channel: Channel) -> Draft | Rejected:
    """The item as a draft, or why it is none."""
    story = Story(
        file=channel.file, line=item.line, reading=channel.reading, about=channel.about, gallery=Gallery(base=None)
    )
    element = Elements(item, channel.own)
    try:
        for take in _STEPS:
            take(story, element, channel)
    except (Unreadable, HtmlError) as error:
        return rejected(story, str(error))
    return drafted(story)


def _take_names(story: Story, element: Elements, channel: Channel) -> None:
    item = element.node
    base = base_of(item, channel.about)
    story.base = base
    guid = element.first("guid")
    story.name = element.text("guid", "atom:id") or (item.get(ABOUT) or "").strip() or element.text("dc:identifier")
    stated = element.text("feedburner:origlink", "link") or _alternate(element)
    story.url = story.address(stated, "url", base)
    is_permanent = item.get(ABOUT) or (guid is not None and (guid.get("isPermaLink") or "true").strip() != "false")
    if story.url is None and is_permanent and story.name.lower().startswith(("http://", "https://")):
        story.url = story.address(story.name, "url", base)
    if base_of(item) is None and story.url:
        story.base = story.url
    story.gallery.base = story.base


def _alternate(element: Elements) -> str:
    links = element.all("atom:link")
    return next((one.get("href") or "" for one in links if (one.get("rel") or "alternate") == "alternate"), "")


def _take_title(story: Story, element: Elements, channel: Channel) -> None:
    """A title is plain text, but many feeds have markup in it, or references that were escaped twice."""
    title = element.text(*_TITLES)
    if not channel.is_ours and (has_markup(title) or ("&" in title and ";" in title)):
        plain = story.from_html(title, "headline")
        if plain != story.line_of(title, "headline"):
            story.report("headline", "markup left out, its text kept")
        story.headline = plain
    else:
        story.headline = story.line_of(title, "headline")


def _take_texts(story: Story, element: Elements, channel: Channel) -> None:
    content = next((html for one in element.all(*_CONTENTS) if (html := _html(one, story)).strip()), "")
    described = [(name, _html(one, story).strip()) for name in _DESCRIPTIONS for one in element.all(name)]
    stated = [(name, html) for name, html in described if html]
    description = stated[0][1] if stated else ""
    if not content and is_more_than_a_summary(description):
        content, stated = description, stated[1:]
        description = stated[0][1] if stated else ""
    story.html = content
    story.summary = story.from_html(description, "abstract") if description != content else ""
    for name, html in stated[1:]:
        if html not in (description, content):
            story.lose(name)


def _html(node: Node, story: Story) -> str:
    """What the element says as HTML; Atom's plain texts are escaped."""
    kind = node.get("type") or ""
    if not holds_markup(node) and not (node.namespace == ATOM and kind in ("", "text", "text/plain")):
        return node.text
    return inner_markup(node, story.base)


def _take_times(story: Story, element: Elements, channel: Channel) -> None:
    story.published = _time(story, element, _PUBLISHED, "published")
    story.updated = _time(story, element, _UPDATED, "updated")
    take_release(story, element.node)


def _time(story: Story, element: Elements, wanted: tuple[str, ...], name: str) -> datetime | None:
    found = (story.time(one.all_text(), name) for one in element.all(*wanted))
    return next(filter(None, found), None)


def _take_people(story: Story, element: Elements, channel: Channel) -> None:
    story.authors += _people(story, element, _AUTHORS)
    if not story.authors:
        story.authors += _people(story, element, ("itunes:author",))
    story.contributors += _people(story, element, _CONTRIBUTORS)


def _people(story: Story, element: Elements, wanted: tuple[str, ...]) -> list[Person]:
    """The people that the first of these elements names; the others say the same again."""
    for name in wanted:
        found = [_person(story, one) for one in element.all(name)]
        if any(found):
            return [one for one in found if one is not None]
    return []


def _person(story: Story, node: Node) -> Person | None:
    if node.namespace == ATOM:
        parts = {child.local: child.all_text().strip() for child in node.children}
        return person(parts.get("name", ""), parts.get("email"), story)
    text = node.all_text().strip()
    if node.namespace == names.DUBLIN_CORE:
        return person(text, None, story)
    return person_from(text, story)


def _take_words(story: Story, element: Elements, channel: Channel) -> None:
    stated: list[Stated] = []
    for one in element.all(*_WORDS):
        if (topic := _topic(one)) is not None:
            stated.append((*parts_of(topic)[::-1], story.line_of(one.all_text(), "subjects") or None))
            continue
        term = story.line_of(one.get("term") or one.all_text(), "keywords")
        label = story.line_of(one.get("label") or "", "keywords")
        if term or label:
            scheme = (one.get("domain") or one.get("scheme") or "").strip()
            stated.append((term or label, scheme or None, label or None))
    story.genre = story.line_of(element.text(*_GENRE), "genre")
    story.sections += [story.line_of(one.all_text(), "sections") for one in element.all(*_SECTIONS)]
    add_categories(story, stated, "category@domain")
    for one in element.all(*_KEYWORDS):
        parts = [one.all_text()] if one.local.lower() == "keyword" else one.all_text().split(",")
        story.keywords += [story.line_of(part, "keywords") for part in parts]


def _topic(word: Node) -> str | None:
    """The address of the concept, where it is described as RDF does (RSS 1.0, module Dublin Core, rich content)."""
    if not holds_markup(word):
        return None
    found = (one.get(f"{{{RDF}}}resource") for one in word.iter() if one.local == "topic")
    return next((one.strip() for one in found if one and all(parts_of(one.strip()))), None)


def _take_media(story: Story, element: Elements, channel: Channel) -> None:
    gallery = story.gallery
    read_media_rss(element.node, gallery)
    for one in element.all("enclosure"):
        href = gallery.address(one.get("url") or one.get(f"{{{RDF}}}resource"), base_of(one, story.base))
        if href:
            gallery.add_file(href, (one.get("type") or "").strip() or None, size=whole(one.get("length")) or None)
    for one in element.all("atom:link"):
        if one.get("rel") == "enclosure" and (href := gallery.address(one.get("href"), base_of(one, story.base))):
            gallery.add_file(href, one.get("type"), size=whole(one.get("length")) or None, title=one.get("title"))
    for one in element.all("itunes:image"):
        if href := gallery.address(one.get("href") or one.all_text(), base_of(one, story.base)):
            gallery.add_file(href, "image/jpeg")
    _take_duration(story, element)


def _take_duration(story: Story, element: Elements) -> None:
    length = clock(element.text("itunes:duration").partition(".")[0]) if element.text("itunes:duration") else None
    for index, media in enumerate(story.gallery.media):
        if media.type in (MediaType.AUDIO, MediaType.VIDEO) and media.duration is None and length is not None:
            story.gallery.media[index] = replace(media, duration=length)
            return


def _take_rest(story: Story, element: Elements, channel: Channel) -> None:
    item = element.node
    story.language = element.text(*_LANGUAGE) or language_of(item) or channel.language
    notice = story.line_of(element.text(*_RIGHTS), "rights")
    if not notice and channel.rights and not channel.is_ours:
        notice = channel.rights
        story.derived.append("rights")
    holder, usage = (story.line_of(element.text(*wanted), "rights") for wanted in (_HOLDER, _USAGE))
    story.rights = Rights(holder=holder or None, notice=notice or None, usage=usage or None)
    for one in element.all("atom:link"):
        _take_link(story, one)
    source = next(element.all("source"), None)
    if source is not None and (url := story.address(source.get("url") or "", "links")):
        story.links.append(Link(rel="via", url=url))


def _take_link(story: Story, link: Node) -> None:
    rel = (link.get("rel") or "alternate").strip()
    if rel in _RELATED:
        if url := story.address(link.get("href") or "", "links", base_of(link, story.base)):
            story.links.append(Link(rel=_RELATED[rel], url=url))
    elif rel not in _IMPLIED:
        story.lose(f"atom:link[{rel[:40]}]")


def _take_note_of_lost(story: Story, element: Elements, channel: Channel) -> None:
    for child in element.node.children:
        name = name_of(child, channel.own)
        if (
            name not in _TAKEN
            and not says_release(child)
            and child.namespace not in MEDIA_RSS
            and says_something(child)
        ):
            story.lose(child.qname if child.namespace not in ("", channel.own) else child.local)


_Take = Callable[[Story, Elements, Channel], None]
_STEPS: tuple[_Take, ...] = (
    _take_names,
    _take_title,
    _take_texts,
    _take_times,
    _take_people,
    _take_words,
    _take_media,
    _take_rest,
    _take_note_of_lost,
)
