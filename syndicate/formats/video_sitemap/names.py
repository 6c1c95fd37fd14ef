"""Sitemaps of videos (Google): facts."""

from syndicate.model.content import Content

TITLE = "Video sitemap"
FILE_NAME = "video-sitemap.xml"
MEDIA_TYPE = "application/xml"
# A sitemap names pages; how much of their texts a feed carries makes no difference.
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = False
STANDALONE = False
IS_SITEMAP = True
MARK = "schemas/sitemap-video/"
