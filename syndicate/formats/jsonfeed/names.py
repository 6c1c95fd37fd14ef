"""JSON Feed 1.1 (jsonfeed.org/version/1.1): facts, and the names that rendering and rules share."""

from syndicate.model.content import Content

TITLE = "JSON Feed"
FILE_NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
IS_TOPIC = True
TELLS_WITHDRAWALS = True
SEPARATOR = ","
MARK = "jsonfeed.org/version/"
# Sections, the names of subjects and keywords come back as keywords, of authors only the names.
KEEPS = frozenset({
    "guid", "published", "updated", "headline", "abstract", "highlights", "url", "correction", "language", "text",
})  # fmt: skip

VERSION_1 = "https://jsonfeed.org/version/1"
VERSION_1_1 = "https://jsonfeed.org/version/1.1"

VERSION = "version"
TITLE_MEMBER = "title"
HOME_PAGE_URL = "home_page_url"
FEED_URL = "feed_url"
DESCRIPTION = "description"
USER_COMMENT = "user_comment"
NEXT_URL = "next_url"
ICON = "icon"
FAVICON = "favicon"
AUTHOR = "author"
AUTHORS = "authors"
LANGUAGE = "language"
EXPIRED = "expired"
HUBS = "hubs"
ITEMS = "items"

ID = "id"
URL = "url"
EXTERNAL_URL = "external_url"
CONTENT_HTML = "content_html"
CONTENT_TEXT = "content_text"
SUMMARY = "summary"
IMAGE = "image"
BANNER_IMAGE = "banner_image"
DATE_PUBLISHED = "date_published"
DATE_MODIFIED = "date_modified"
TAGS = "tags"
ATTACHMENTS = "attachments"

NAME = "name"
AVATAR = "avatar"
TYPE = "type"
MIME_TYPE = "mime_type"
SIZE_IN_BYTES = "size_in_bytes"
DURATION_IN_SECONDS = "duration_in_seconds"
