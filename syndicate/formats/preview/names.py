"""A page that shows a feed as a reading app would: facts, and the names that rendering and rules share."""

from syndicate.model.content import Content

TITLE = "Preview page"
FILE_NAME = "index.html"
MEDIA_TYPE = "text/html"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False

# HTML that is well-formed XML too; every element is in this namespace.
NAMESPACE = "http://www.w3.org/1999/xhtml"
HTML = "html"
# The class of the root element: what tells our pages from those of others.
MARK = "syndicate-preview"

HEAD = "head"
BODY = "body"
TITLE_ELEMENT = "title"
STYLE = "style"
LINK = "link"
META = "meta"
SCRIPT = "script"
BASE = "base"
H1 = "h1"
A = "a"
IMG = "img"

LANG = "lang"
CLASS = "class"
ID = "id"
HREF = "href"
ALT = "alt"
REL = "rel"
