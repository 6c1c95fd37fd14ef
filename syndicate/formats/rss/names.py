"""RSS 2.0: facts, and the names that rendering and rules share."""

from collections.abc import Mapping
from typing import Any

from syndicate.model.content import Content

TITLE = "RSS 2.0"
FILE_NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
IS_TOPIC = True
# Sections and keywords come back in one list or the other, of people only the names, of media all but where they stand.
KEEPS = frozenset({
    "guid", "published", "updated", "headline", "abstract", "highlights", "url", "correction", "language", "text",
})  # fmt: skip
TELLS_WITHDRAWALS = True
VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "podcast": {
        "TITLE": "Podcast (RSS 2.0)",
        "FILE_NAME": "podcast.xml",
        "CONTENTS": (Content.FULL, Content.SUMMARY),
        "TELLS_WITHDRAWALS": False,
    },
}

# Elements of RSS itself are in no namespace; what stands before a colon here is an extension's.
RSS = "rss"
CHANNEL = "channel"
ITEM = "item"
TITLE_ELEMENT = "title"
LINK = "link"
DESCRIPTION = "description"
LANGUAGE = "language"
COPYRIGHT = "copyright"
MANAGING_EDITOR = "managingEditor"
WEB_MASTER = "webMaster"
PUB_DATE = "pubDate"
LAST_BUILD_DATE = "lastBuildDate"
CATEGORY = "category"
GENERATOR = "generator"
DOCS = "docs"
CLOUD = "cloud"
TTL = "ttl"
IMAGE = "image"
URL = "url"
WIDTH = "width"
HEIGHT = "height"
RATING = "rating"
TEXT_INPUT = "textInput"
NAME = "name"
SKIP_HOURS = "skipHours"
HOUR = "hour"
SKIP_DAYS = "skipDays"
DAY = "day"
AUTHOR = "author"
COMMENTS = "comments"
ENCLOSURE = "enclosure"
GUID = "guid"
SOURCE = "source"

VERSION = "version"
IS_PERMA_LINK = "isPermaLink"
LENGTH = "length"
TYPE = "type"
DOMAIN = "domain"
