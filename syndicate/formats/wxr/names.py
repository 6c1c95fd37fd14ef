"""WXR, the export file of WordPress: its name, and its elements as the reader asks for them."""

TITLE = "WordPress export (WXR)"

EXPORT = "http://wordpress.org/export/"
"""How its namespaces begin; its version and a slash come after, for excerpts a word more."""
RSS = "rss"
CHANNEL = "channel"
ITEM = "item"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
GUID = "guid"
LINK = "link"
TITLE_ELEMENT = "title"
PUB_DATE = "pubDate"
LANGUAGE = "language"
CATEGORY = "category"
DOMAIN = "domain"
NICENAME = "nicename"
EXCERPT = "encoded"

POST = "post"
ATTACHMENT = "attachment"
THUMBNAIL = "_thumbnail_id"
ALT = "_wp_attachment_image_alt"
"""What is said of an attached picture to those who do not see it, and which picture stands on top of a post."""
# An article without an embargo, or a status, has none.
STATES = frozenset({"embargo", "status"})
