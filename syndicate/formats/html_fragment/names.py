"""An article as a piece of HTML to put into a page, one file each: facts, and the names that all parts share."""

from syndicate.model.content import Content

TITLE = "HTML fragment"
FILE_NAME = "html-fragment/index.json"
MEDIA_TYPE = "text/html; charset=utf-8"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
EACH = ".html"
TELLS_WITHDRAWALS = True

# The class of the root element: what tells our fragments from those of others.
CLASS_NAME = "syndicate-article"

ARTICLE = "article"
H1 = "h1"
TIME = "time"
IMG = "img"

CLASS = "class"
LANG = "lang"
DATETIME = "datetime"
ALT = "alt"
GUID = "data-guid"
VERSION = "data-version"
STATUS = "data-status"
