"""Entries that were deleted (RFC 6721): the article of that id is canceled."""

from syndicate.formats.atom.read_entry import Feed
from syndicate.markup.feed_read import Story, drafted
from syndicate.markup.feed_read_xml import base_of
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
    comment = node.find(_COMMENT)
    said = "" if comment is None else comment.all_text()
    story.correction = (story.from_html if _is_html(comment) else story.line_of)(said, "correction") or None
    story.headline = _HEADLINE
    story.derived.append("headline")
    story.updated = story.time(node.get("when") or "", "updated")
    story.language = feed.language
    for child in node.children:
        if child.name != _COMMENT and child.all_text().strip():
            story.lose(f"{node.qname}/{child.qname}")
    return drafted(story)


def _is_html(comment: Node | None) -> bool:
    return comment is not None and comment.get("type") == "html"
