"""OPML 2.0: facts. A list of feeds, not of articles: `outline.py` writes it."""

TITLE = "OPML 2.0"
FILE_NAME = "feeds.opml"
MEDIA_TYPE = "text/x-opml"
