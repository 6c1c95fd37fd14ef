"""One entry of Atom 1.0 or 0.3 to a draft; what is the feed's own is passed on where the standard says so."""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from syndicate.markup.feed_read import Story, Unreadable, drafted, person, rejected
from syndicate.markup.feed_read_media import MEDIA_RSS, Gallery, read_media_rss, whole
from syndicate.markup.feed_read_release import says_release, take_release
from syndicate.markup.feed_read_words import add_categories
from syndicate.markup.feed_read_xml import BASE, base_of, holds_markup, inner_markup, join, language_of, says_something
from syndicate.markup.html import HtmlError
from syndicate.markup.namespaces.names import DUBLIN_CORE
from syndicate.markup.xml import Node
from syndicate.model.article import Link, Person, Status
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.rights import Rights

ATOM_0_3 = "http://purl.org/atom/ns#"
# Some still write the namespace of the drafts of RFC 5023.
_PUBLISHING = ("http://www.w3.org/2007/app", "http://purl.org/atom/app#")
_CREATOR, _SUBJECT = f"{{{DUBLIN_CORE}}}creator", f"{{{DUBLIN_CORE}}}subject"
_GENERATOR = "syndicate"
_TAKEN = frozenset({
    "id", "title", "updated", "published", "modified", "issued", "created", "author", "contributor", "category", "link",
    "summary", "content", "rights", "copyright", "source",
})  # fmt: skip
_RELATED = {"related": "seeAlso", "via": "via"}
_IMPLIED = frozenset({"self", "edit", "alternate", "enclosure"})
_HTML = frozenset({"html", "text/html"})
_XHTML = frozenset({"xhtml", "application/xhtml+xml"})
_PLAIN = frozenset({"text", "text/plain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What the feed says for all of its entries; `own` is the namespace of its elements, `is_ours` that we wrote it."""

    file: str
    reading: Reading
    own: str
    base: str | None = None
    about: str | None = None
    language: str = ""
    authors: tuple[Person, ...] = ()
    rights: str = ""
    is_ours: bool = False

    def name(self, local: str) -> str:
        """The Clark name of an element."""
        return f"{{{self.own}}}{local}"


class _Said(NamedTuple):
    """A text and whether it is HTML."""

    text: str
    is_html: bool


def feed_of(root: Node, file: str, reading: Reading) -> Feed:
    """What that feed says."""
    feed = Feed(file=file, reading=reading, own=root.namespace)
    story = Story(file=file, line=root.line, reading=reading)
    links = root.find_all(feed.name("link"))
    stated = {_rel(one): one.get("href") or "" for one in reversed(links)}
    base = base_of(root, stated.get("self") or stated.get("alternate"))
    generator = root.find(feed.name("generator"))
    return Feed(
        file=file,
        reading=reading,
        own=root.namespace,
        base=base,
        about=story.address(stated.get("alternate") or stated.get("self") or "", "url", base),
        language=language_of(root) or "",
        authors=tuple(_people(root, story, feed, "author")),
        rights=_lent(_child(root, feed, "rights", "copyright"), story, base),
        is_ours=generator is not None and generator.all_text().strip() == _GENERATOR,
    )


def _lent(rights: Node | None, story: Story, base: str | None) -> str:
    """The feed's rights as plain text, empty where they cannot be read: its entries stand for themselves."""
    try:
        return _plain(rights, story, "rights", base)
    except HtmlError:
        return ""


def entry_draft(entry: Node, feed: Feed) -> Draft | Rejected:
    """The entry as a draft, or why it is none."""
    base = base_of(entry, feed.base)
    story = Story(file=feed.file, line=entry.line, reading=feed.reading, base=base, about=feed.about)
    story.gallery = Gallery(base=base)
    try:
        for take in _STEPS:
            take(story, entry, feed)
    except (Unreadable, HtmlError) as error:
        return rejected(story, str(error))
    return drafted(story)


def _take_names(story: Story, entry: Node, feed: Feed) -> None:
    story.name = _text(entry, feed, "id")
    alternates = [one for one in entry.find_all(feed.name("link")) if _rel(one) == "alternate"]
    pages = sorted(alternates, key=lambda one: (one.get("type") or "text/html") not in ("text/html", "text/plain"))
    for index, one in enumerate(pages):
        if index:
            story.lose("link[alternate]")
        else:
            story.url = story.address(one.get("href") or "", "url", base_of(one, feed.base))
    _take_status(story, entry)


def _take_status(story: Story, entry: Node) -> None:
    """Withheld where the entry says that it is a draft; anything but `no` does (RFC 5023 §13.1.1)."""
    controls = (one for one in entry.children if one.local == "control" and one.namespace in _PUBLISHING)
    drafts = [one.all_text().strip() for control in controls for one in control.children if one.local == "draft"]
    if any(stated.lower() != "no" for stated in drafts):
        story.status = Status.WITHHELD
    if others := [stated for stated in drafts if stated not in ("yes", "no")]:
        story.report("status", f"draft is {others[0][:40]!r}: yes or no is wanted")


def _take_texts(story: Story, entry: Node, feed: Feed) -> None:
    story.headline = _plain(_child(entry, feed, "title"), story, "headline", feed.base)
    story.summary = _plain(_child(entry, feed, "summary"), story, "abstract", feed.base)
    content = _child(entry, feed, "content")
    if content is None:
        return
    base = base_of(content, feed.base)
    src = content.get("src")
    if src is not None:
        _take_content_elsewhere(story, content, src, base)
        return
    said = _said(content, base)
    if said is None:
        story.lose(f"content[{(content.get('type') or '')[:40]}]")
    elif said.is_html:
        story.html, story.base = said.text, base
    else:
        story.plain = said.text


def _take_content_elsewhere(story: Story, content: Node, src: str, base: str | None) -> None:
    """A page is the entry's own, a file goes along with it (RFC 4287 §4.1.3.2)."""
    href, kind = story.address(src, "url", base), (content.get("type") or "").strip()
    if href and kind not in _HTML | _XHTML | {""}:
        story.gallery.add_file(href, kind)
    elif href and story.url is None:
        story.url = href
    else:
        story.lose("content@src")


def _take_times(story: Story, entry: Node, feed: Feed) -> None:
    stated = {
        local: story.time(_text(entry, feed, local), "updated" if local in ("updated", "modified") else "published")
        for local in ("published", "updated", "issued", "created", "modified")
    }
    story.published = stated["published"] or stated["issued"] or stated["created"]
    story.updated = stated["updated"] or stated["modified"]
    take_release(story, entry)


def _take_people(story: Story, entry: Node, feed: Feed) -> None:
    """The entry's authors, else those of the feed that it comes from, else the feed's (RFC 4287 §4.2.1)."""
    source = entry.find(feed.name("source"))
    story.authors += _people(entry, story, feed, "author")
    story.authors += [] if story.authors else _creators(entry, story)
    story.authors += [] if story.authors or source is None else _people(source, story, feed, "author")
    if not story.authors and feed.authors and not feed.is_ours:
        story.authors += feed.authors
        story.derived.append("authors")
    story.contributors += _people(entry, story, feed, "contributor")


def _creators(entry: Node, story: Story) -> list[Person]:
    found = (person(one.all_text(), None, story) for one in entry.find_all(_CREATOR))
    return [one for one in found if one is not None]


def _people(holder: Node, story: Story, feed: Feed, local: str) -> list[Person]:
    found = (_person(one, story, feed) for one in holder.find_all(feed.name(local)))
    return [one for one in found if one is not None]


def _person(node: Node, story: Story, feed: Feed) -> Person | None:
    name = _text(node, feed, "name") or ("" if holds_markup(node) else node.text)
    if _text(node, feed, "uri", "url"):
        story.lose(f"{node.local}/uri")
    return person(name, _text(node, feed, "email"), story)


def _take_words(story: Story, entry: Node, feed: Feed) -> None:
    stated = []
    for one in entry.find_all(feed.name("category")):
        term, label = (story.line_of(one.get(key) or "", "keywords") for key in ("term", "label"))
        if term or label:
            stated.append((term or label, (one.get("scheme") or "").strip() or None, label or None))
    stated += [(story.line_of(one.all_text(), "keywords"), None, None) for one in entry.find_all(_SUBJECT)]
    add_categories(story, stated, "category@scheme")


def _take_links(story: Story, entry: Node, feed: Feed) -> None:
    read_media_rss(entry, story.gallery)
    for one in entry.find_all(feed.name("link")):
        rel, base = _rel(one), base_of(one, feed.base)
        if rel == "enclosure" and (href := story.gallery.address(one.get("href"), base)):
            title = story.line_of(one.get("title") or "", "media") or None
            story.gallery.add_file(href, one.get("type"), size=whole(one.get("length")) or None, title=title)
        elif rel in _RELATED and (url := story.address(one.get("href") or "", "links", base)):
            story.links.append(Link(rel=_RELATED[rel], url=url))
        elif rel not in _IMPLIED and rel not in _RELATED:
            story.lose(f"link[{rel[:40]}]")


def _take_rest(story: Story, entry: Node, feed: Feed) -> None:
    story.language = language_of(entry) or feed.language
    source = entry.find(feed.name("source"))
    notice = _plain(_child(entry, feed, "rights", "copyright"), story, "rights", feed.base)
    notice = notice or (_plain(_child(source, feed, "rights"), story, "rights", feed.base) if source else "")
    if not notice and feed.rights and not feed.is_ours:
        notice = feed.rights
        story.derived.append("rights")
    story.rights = Rights(notice=notice or None)
    if source is not None:
        story.links += _sources(source, story, feed)
        for child in source.children:
            if child.local in ("title", "id", "subtitle", "category") and says_something(child):
                story.lose(f"source/{child.local}")
    for child in entry.children:
        is_own = child.namespace == feed.own and child.local in _TAKEN
        is_known = is_own or child.namespace in MEDIA_RSS or child.name in (_CREATOR, _SUBJECT)
        is_known = is_known or says_release(child) or (child.local == "control" and child.namespace in _PUBLISHING)
        if not is_known and says_something(child):
            story.lose(child.qname)


def _sources(source: Node, story: Story, feed: Feed) -> Iterator[Link]:
    for one in source.find_all(feed.name("link")):
        if _rel(one) == "alternate" and (url := story.address(one.get("href") or "", "links", base_of(one, feed.base))):
            yield Link(rel="via", url=url)


def _rel(link: Node) -> str:
    return (link.get("rel") or "alternate").strip().removeprefix("http://www.iana.org/assignments/relation/")


def _child(holder: Node, feed: Feed, *locals_: str) -> Node | None:
    return next((one for local in locals_ if (one := holder.find(feed.name(local))) is not None), None)


def _text(holder: Node, feed: Feed, *locals_: str) -> str:
    found = _child(holder, feed, *locals_)
    return "" if found is None else found.all_text().strip()


def _plain(node: Node | None, story: Story, name: str, base: str | None) -> str:
    """A text construct (RFC 4287 §3.1) as plain text on one line."""
    said = None if node is None else _said(node, base_of(node, base))
    if said is None:
        return ""
    return story.from_html(said.text, name) if said.is_html else story.line_of(said.text, name)


def _said(node: Node, base: str | None) -> _Said | None:
    """The text by its type; None for what is no text. Atom 0.3 says by its mode how it is written."""
    kind, mode = (node.get("type") or "text").strip().lower(), node.get("mode")
    if mode == "base64":
        return _decoded(node, kind)
    if kind in _HTML and (mode is None or mode == "escaped" or not holds_markup(node)):
        return _Said(node.all_text(), True)
    if kind in _XHTML | _HTML or (kind in _PLAIN and holds_markup(node)):
        return _Said(_inside(node, base), True)
    if kind in _PLAIN:
        return _Said(node.all_text(), False)
    if kind.startswith("text/") and not holds_markup(node):
        return _Said(node.text, False)
    return None


def _decoded(node: Node, kind: str) -> _Said | None:
    try:
        text = base64.b64decode(node.text, validate=False).decode()
    except (binascii.Error, ValueError):
        return None
    return _Said(text, kind not in _PLAIN) if kind in _HTML | _XHTML | _PLAIN else None


def _inside(node: Node, base: str | None) -> str:
    """What stands in the one `div` that XHTML is wrapped in (RFC 4287 §3.1.1.3)."""
    children = list(node.children)
    if len(children) == 1 and children[0].local == "div" and not node.text.strip():
        own = children[0].get(BASE)
        return inner_markup(children[0], base, join(base, own.strip()) if own else None)
    return inner_markup(node, base)


_Take = Callable[[Story, Node, Feed], None]
_STEPS: tuple[_Take, ...] = (
    _take_names, _take_texts, _take_times, _take_people, _take_words, _take_links, _take_rest,
)  # fmt: skip
