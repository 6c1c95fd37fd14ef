"""Atom 1.0 (RFC 4287): facts, and the names that rendering and rules share."""

from syndicate.model.content import Content

TITLE = "Atom 1.0"
FILE_NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
IS_TOPIC = True
# Sections and keywords come back in one list or the other, of people only names and mail addresses, of media all but
# where they stand.
KEEPS = frozenset({
    "guid", "published", "updated", "headline", "abstract", "highlights", "subjects", "url", "correction", "language",
    "text",
})  # fmt: skip
TELLS_WITHDRAWALS = True

NAMESPACE = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XHTML = "http://www.w3.org/1999/xhtml"


def _atom(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


FEED = _atom("feed")
ENTRY = _atom("entry")
SOURCE = _atom("source")
ID = _atom("id")
TITLE_ELEMENT = _atom("title")
SUBTITLE = _atom("subtitle")
SUMMARY = _atom("summary")
CONTENT = _atom("content")
RIGHTS = _atom("rights")
UPDATED = _atom("updated")
PUBLISHED = _atom("published")
AUTHOR = _atom("author")
CONTRIBUTOR = _atom("contributor")
NAME = _atom("name")
URI = _atom("uri")
EMAIL = _atom("email")
CATEGORY = _atom("category")
LINK = _atom("link")
GENERATOR = _atom("generator")
ICON = _atom("icon")
LOGO = _atom("logo")
DIV = f"{{{XHTML}}}div"
COMMENT = f"{{{TOMBSTONES}}}comment"
