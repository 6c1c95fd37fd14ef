"""Sitemaps of news (Google): facts."""

from syndicate.model.content import Content

TITLE = "News sitemap"
FILE_NAME = "news-sitemap.xml"
MEDIA_TYPE = "application/xml"
# A sitemap names pages; how much of their texts a feed carries makes no difference.
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
# Google asks for it: for two days nothing may have happened.
ALLOWS_EMPTY = True
STANDALONE = False
IS_SITEMAP = True
MARK = "schemas/sitemap-news/"
