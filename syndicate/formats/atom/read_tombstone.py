"""Entries that were deleted (RFC 6721): the article of that id is canceled."""

from dataclasses import replace

from syndicate.formats.atom.read_entry import Feed
from syndicate.markup.feed_read import Story, drafted
from syndicate.markup.feed_read_xml import base_of
from syndicate.markup.html import HtmlError
from syndicate.markup.xml import Node
from syndicate.model.article import Status
from syndicate.model.draft import Draft, Rejected

_NAMESPACE = "http://purl.org/atompub/tombstones/1.0"
DELETED = f"{{{_NAMESPACE}}}deleted-entry"
_COMMENT = f"{{{_NAMESPACE}}}comment"
_HEADLINE = "Deleted"


def tombstone_draft(node: Node, feed: Feed) -> Draft | Rejected:
    """The withdrawal of the entry that it names; its comment tells readers why."""
    story = Story(file=feed.file, line=node.line, reading=feed.reading, base=base_of(node, feed.base), about=feed.about)
    story.name = (node.get("ref") or "").strip()
    story.status = Status.CANCELED
    story.correction = _reason(story, node.find(_COMMENT))
    story.headline = _HEADLINE
    story.derived.append("headline")
    story.updated = story.time(node.get("when") or "", "updated")
    story.language = feed.language
    for child in node.children:
        if child.name != _COMMENT and child.all_text().strip():
            story.lose(f"{node.qname}/{child.qname}")
    return drafted(story)


def _reason(story: Story, comment: Node | None) -> str | None:
    """What the comment says, None where that cannot be read: the withdrawal must get through."""
    if comment is None:
        return None
    read = story.from_html if comment.get("type") == "html" else story.line_of
    try:
        return read(comment.all_text(), "correction") or None
    except HtmlError as error:
        story.report("correction", f"left out: {error}")
        return None


def buried(entry: Draft | Rejected, stone: Draft | Rejected) -> Draft | Rejected:
    """The withdrawal, with what the entry beside it still says of the article; the entry where it is newer (§3)."""
    if not isinstance(stone, Draft) or not isinstance(entry, Draft):
        return stone
    article, gone = entry.article, stone.article
    if "updated" not in gone.derived and article.updated > gone.updated:
        return entry
    kept = replace(
        gone,
        headline=article.headline,
        published=min(article.published, gone.updated),
        language=article.language,
        url=article.url,
        authors=article.authors,
        sections=article.sections,
        subjects=article.subjects,
        keywords=article.keywords,
        derived=tuple(name for name in article.derived if name != "updated"),
    )
    return replace(stone, article=kept, line=entry.line)
