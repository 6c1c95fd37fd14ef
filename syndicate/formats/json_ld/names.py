"""JSON-LD with the words of schema.org: facts, and the names that rendering, reading and rules share."""

from syndicate.model.content import Content

TITLE = "JSON-LD (NewsArticle)"
FILE_NAME = "json-ld.json"
MEDIA_TYPE = "application/ld+json"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = True
TELLS_WITHDRAWALS = True
SEPARATOR = ","
MARK = "://schema.org"
KEEPS = frozenset({
    "guid", "version", "status", "published", "updated", "headline", "abstract", "highlights", "authors",
    "contributors", "dateline", "sections", "subjects", "keywords", "genre", "expires", "url", "rights", "correction",
    "language", "text", "media",
})  # fmt: skip

SCHEMA_ORG = "https://schema.org"
CONTEXT = "@context"
TYPE = "@type"
ID = "@id"

DATA_FEED = "DataFeed"
ELEMENTS = "dataFeedElement"
NEWS_ARTICLE = "NewsArticle"
PERSON = "Person"
ORGANIZATION = "Organization"
PLACE = "Place"
WEB_PAGE = "WebPage"
CREATIVE_WORK = "CreativeWork"
CORRECTION_COMMENT = "CorrectionComment"
DEFINED_TERM = "DefinedTerm"
IMAGE_OBJECT = "ImageObject"
VIDEO_OBJECT = "VideoObject"
AUDIO_OBJECT = "AudioObject"
MEDIA_OBJECT = "MediaObject"

IDENTIFIER = "identifier"
NAME = "name"
URL = "url"
HEADLINE = "headline"
DESCRIPTION = "description"
ABSTRACT = "abstract"
ARTICLE_BODY = "articleBody"
DATE_PUBLISHED = "datePublished"
DATE_MODIFIED = "dateModified"
EXPIRES = "expires"
IN_LANGUAGE = "inLanguage"
AUTHOR = "author"
CONTRIBUTOR = "contributor"
PUBLISHER = "publisher"
DATELINE = "dateline"
LOCATION_CREATED = "locationCreated"
SOURCE_ORGANIZATION = "sourceOrganization"
ARTICLE_SECTION = "articleSection"
ABOUT = "about"
KEYWORDS = "keywords"
GENRE = "genre"
MAIN_ENTITY_OF_PAGE = "mainEntityOfPage"
VERSION = "version"
CREATIVE_WORK_STATUS = "creativeWorkStatus"
CORRECTION = "correction"
TEXT = "text"
COPYRIGHT_HOLDER = "copyrightHolder"
COPYRIGHT_NOTICE = "copyrightNotice"
USAGE_INFO = "usageInfo"
IS_ACCESSIBLE_FOR_FREE = "isAccessibleForFree"

EMAIL = "email"
JOB_TITLE = "jobTitle"
TERM_CODE = "termCode"
IN_DEFINED_TERM_SET = "inDefinedTermSet"

IMAGE = "image"
VIDEO = "video"
AUDIO = "audio"
ASSOCIATED_MEDIA = "associatedMedia"
ADDITIONAL_TYPE = "additionalType"
CAPTION = "caption"
CREDIT_TEXT = "creditText"
DURATION = "duration"
POSITION = "position"
CONTENT_URL = "contentUrl"
EMBED_URL = "embedUrl"
ENCODING = "encoding"
ENCODING_FORMAT = "encodingFormat"
CONTENT_SIZE = "contentSize"
WIDTH = "width"
HEIGHT = "height"
THUMBNAIL_URL = "thumbnailUrl"
UPLOAD_DATE = "uploadDate"

# What `creativeWorkStatus` says of an article that is not to be shown any more; others are published.
WITHHELD = "Withheld"
CANCELED = "Canceled"
