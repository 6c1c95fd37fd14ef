"""RSS 2.0: facts, and the names that rendering and rules share."""

from syndicate.model.feed import Content

TITLE = "RSS 2.0"
FILE_NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
