"""Sitemaps 0.9 (sitemaps.org) with pictures, and indexes of sitemaps: facts."""

from syndicate.model.content import Content

TITLE = "Sitemap"
FILE_NAME = "sitemap.xml"
MEDIA_TYPE = "application/xml"
# A sitemap names pages; how much of their texts a feed carries makes no difference.
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = False
STANDALONE = False
IS_SITEMAP = True
MARK = "sitemaps.org/schemas/sitemap/"
