"""NewsML-G2: facts, and the names that rendering, reading and rules share."""

from collections.abc import Mapping
from typing import Any

from syndicate.model.content import Content

TITLE = "NewsML-G2 2.35"
FILE_NAME = "newsml-g2.xml"
MEDIA_TYPE = "application/vnd.iptc.g2.newsmessage+xml"
# The same guid and version must always say the same, so an item is never shortened for one feed.
CONTENTS = (Content.FULL,)
# A newsMessage needs at least one item: nothing new means no message.
ALLOWS_EMPTY = False
STANDALONE = True
IS_TOPIC = True
TELLS_WITHDRAWALS = True

# All that a text item says. Names of media, their role and their place among the blocks are not told apart enough.
KEEPS = frozenset({
    "guid", "version", "status", "published", "updated", "headline", "slugline", "abstract", "highlights", "authors",
    "contributors", "dateline", "sections", "subjects", "keywords", "genre", "urgency", "embargo", "expires", "url",
    "rights", "note", "correction", "links", "language", "text", "media",
})  # fmt: skip
OLDER_VERSIONS = ("2.18", "2.23", "2.28")
VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "xhtml": {"TITLE": "NewsML-G2 2.35 with XHTML text", "FILE_NAME": "newsml-g2-xhtml.xml"},
    "superdesk": {"TITLE": "NewsML-G2 2.35 as Superdesk reads it", "FILE_NAME": "newsml-g2-superdesk.xml"},
    # A story and its media are several items, so there is no document of one of them alone.
    "package": {
        "TITLE": "NewsML-G2 2.35 package with its items",
        "FILE_NAME": "newsml-g2-package.xml",
        "STANDALONE": False,
    },
    **{
        version: {"TITLE": f"NewsML-G2 {version}", "FILE_NAME": f"newsml-g2-{version}.xml"}
        for version in OLDER_VERSIONS
    },
}

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
STANDARD = "NewsML-G2"
STANDARD_VERSION = "2.35"
CONFORMANCE = "power"
ITEM_TYPE = "application/vnd.iptc.g2.newsitem+xml"
GENERATOR_NAME = "syndicate"
UNKNOWN_TYPE = "application/octet-stream"
# Readers compare this string and do not fetch it, so it is written exactly so, `http://www.` included.
IPTC_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"

# Items and messages
NEWS_ITEM = "newsItem"
PACKAGE_ITEM = "packageItem"
CONCEPT_ITEM = "conceptItem"
KNOWLEDGE_ITEM = "knowledgeItem"
PLANNING_ITEM = "planningItem"
CATALOG_ITEM = "catalogItem"
ITEMS = (NEWS_ITEM, PACKAGE_ITEM, CONCEPT_ITEM, KNOWLEDGE_ITEM, PLANNING_ITEM, CATALOG_ITEM)
NEWS_MESSAGE = "newsMessage"
HEADER = "header"
SENT = "sent"
SENDER = "sender"
TRANSMIT_ID = "transmitId"
PRIORITY = "priority"
ORIGIN = "origin"
TIMESTAMP = "timestamp"
DESTINATION = "destination"
CHANNEL = "channel"
ITEM_SET = "itemSet"

# The frame of an item
CATALOG_REF = "catalogRef"
CATALOG = "catalog"
SCHEME = "scheme"
HOP_HISTORY = "hopHistory"
HOP = "hop"
PUB_HISTORY = "pubHistory"
PUBLISHED = "published"
RIGHTS_INFO = "rightsInfo"
COPYRIGHT_HOLDER = "copyrightHolder"
COPYRIGHT_NOTICE = "copyrightNotice"
USAGE_TERMS = "usageTerms"
ITEM_META = "itemMeta"
CONTENT_META = "contentMeta"
PART_META = "partMeta"
ASSERT = "assert"
CONTENT_SET = "contentSet"
GROUP_SET = "groupSet"
GROUP = "group"
GROUP_REF = "groupRef"
ITEM_REF = "itemRef"

# itemMeta
ITEM_CLASS = "itemClass"
PROVIDER = "provider"
VERSION_CREATED = "versionCreated"
FIRST_CREATED = "firstCreated"
EMBARGOED = "embargoed"
PUB_STATUS = "pubStatus"
GENERATOR = "generator"
SERVICE = "service"
ITEM_TITLE = "title"
ED_NOTE = "edNote"
SIGNAL = "signal"
ALT_REP = "altRep"
EXPIRES = "expires"
LINK = "link"

# contentMeta
URGENCY = "urgency"
CONTENT_CREATED = "contentCreated"
CONTENT_MODIFIED = "contentModified"
LOCATED = "located"
INFO_SOURCE = "infoSource"
CREATOR = "creator"
CONTRIBUTOR = "contributor"
LANGUAGE = "language"
GENRE = "genre"
KEYWORD = "keyword"
SUBJECT = "subject"
SLUGLINE = "slugline"
HEADLINE = "headline"
DATELINE = "dateline"
BY = "by"
CREDITLINE = "creditline"
DESCRIPTION = "description"

# Parts of concepts
NAME = "name"
PERSON_DETAILS = "personDetails"
ORGANISATION_DETAILS = "organisationDetails"
CONTACT_INFO = "contactInfo"
EMAIL = "email"

# contentSet
INLINE_XML = "inlineXML"
INLINE_DATA = "inlineData"
REMOTE_CONTENT = "remoteContent"
NITF_TYPE = "application/nitf+xml"
XHTML_TYPE = "application/xhtml+xml"

# Closed lists (IPTC NewsCodes), by the alias of the scheme
STATUSES = frozenset({"usable", "withheld", "canceled"})
ITEM_CLASSES = {
    "ninat": frozenset({"text", "picture", "graphic", "audio", "video", "animation", "composite"}),
    "cinat": frozenset({"concept", "scheme"}),
    "plinat": frozenset({"newscoverage"}),
    "catinat": frozenset({"catalog"}),
}
GROUP_MODES = frozenset({"seq", "bag", "alt"})
