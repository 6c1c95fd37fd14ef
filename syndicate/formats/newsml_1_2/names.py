"""NewsML 1.2: facts, and the names that rendering, reading and rules share."""

from syndicate.model.content import Content
from syndicate.model.media import MediaType

TITLE = "NewsML 1.2"
FILE_NAME = "newsml-1.2.xml"
MEDIA_TYPE = "application/vnd.iptc.newsml+xml"
# The same identifier and revision must always say the same, so an item is never shortened for one feed.
CONTENTS = (Content.FULL,)
# A NewsML document needs at least one item: nothing new means no document.
ALLOWS_EMPTY = False
STANDALONE = False
TELLS_WITHDRAWALS = True
KEEPS = frozenset({
    "guid", "version", "status", "published", "updated", "headline", "slugline", "abstract", "highlights", "authors",
    "contributors", "dateline", "sections", "subjects", "keywords", "genre", "urgency", "embargo", "expires", "url",
    "rights", "note", "correction", "links", "language", "text", "body", "media", "signal",
})  # fmt: skip

NAMESPACE = "http://iptc.org/std/NewsML/2003-10-10/"
VERSION = "1.2"
NITF = "nitf"

NEWSML = "NewsML"
ENVELOPE = "NewsEnvelope"
TRANSMISSION_ID = "TransmissionId"
SENT_FROM = "SentFrom"
DATE_AND_TIME = "DateAndTime"
SERVICE = "NewsService"
PRODUCT = "NewsProduct"
PRIORITY = "Priority"
ITEM = "NewsItem"
COMMENT = "Comment"

# Identification
IDENTIFICATION = "Identification"
IDENTIFIER = "NewsIdentifier"
PROVIDER_ID = "ProviderId"
DATE_ID = "DateId"
ITEM_ID = "NewsItemId"
REVISION_ID = "RevisionId"
PREVIOUS = "PreviousRevision"
UPDATE = "Update"
PUBLIC_ID = "PublicIdentifier"
NAME_LABEL = "NameLabel"

# NewsManagement
MANAGEMENT = "NewsManagement"
ITEM_TYPE = "NewsItemType"
FIRST_CREATED = "FirstCreated"
REVISION_CREATED = "ThisRevisionCreated"
STATUS = "Status"
WILL_CHANGE = "StatusWillChange"
FUTURE_STATUS = "FutureStatus"
URGENCY = "Urgency"
DERIVED_FROM = "DerivedFrom"
ASSOCIATED = "AssociatedWith"
INSTRUCTION = "Instruction"
PROPERTY = "Property"

# NewsComponent
COMPONENT = "NewsComponent"
ROLE = "Role"
LINES = "NewsLines"
HEADLINE = "HeadLine"
SUBHEADLINE = "SubHeadLine"
BYLINE = "ByLine"
BYLINE_TITLE = "ByLineTitle"
DATELINE = "DateLine"
CREDITLINE = "CreditLine"
COPYRIGHTLINE = "CopyrightLine"
RIGHTSLINE = "RightsLine"
SLUGLINE = "SlugLine"
KEYWORDLINE = "KeywordLine"
NEWSLINE = "NewsLine"
NEWSLINE_TYPE = "NewsLineType"
NEWSLINE_TEXT = "NewsLineText"
ADMINISTRATIVE = "AdministrativeMetadata"
SYSTEM_ID = "SystemIdentifier"
PROVIDER = "Provider"
CREATOR = "Creator"
SOURCE = "Source"
CONTRIBUTOR = "Contributor"
PARTY = "Party"
RIGHTS = "RightsMetadata"
COPYRIGHT = "Copyright"
HOLDER = "CopyrightHolder"
COPYRIGHT_DATE = "CopyrightDate"
USAGE = "UsageRights"
LIMITATIONS = "Limitations"
DESCRIPTIVE = "DescriptiveMetadata"
LANGUAGE = "Language"
GENRE = "Genre"
SUBJECT_CODE = "SubjectCode"
SUBJECT = "Subject"
SUBJECT_MATTER = "SubjectMatter"
SUBJECT_DETAIL = "SubjectDetail"
LOCATION = "Location"
METADATA = "Metadata"

# ContentItem
CONTENT_ITEM = "ContentItem"
MEDIA_TYPE_ELEMENT = "MediaType"
FORMAT = "Format"
MIME_TYPE = "MimeType"
CHARACTERISTICS = "Characteristics"
SIZE = "SizeInBytes"
DATA = "DataContent"
HREF = "Href"

FORMAL_NAME = "FormalName"
SCHEME = "Scheme"
VALUE = "Value"
EUID = "Euid"

USABLE, EMBARGOED, WITHHELD, CANCELED = "Usable", "Embargoed", "Withheld", "Canceled"
STATUSES = frozenset({USABLE, EMBARGOED, WITHHELD, CANCELED})
URGENCIES = range(1, 9)
SUBJECT_SCHEME = "IptcSubjectCodes"
# Roles of components
MAIN, CAPTION = "Main", "Caption"
# Names of comments, lines and properties of our own
GENERATOR = "Generator"
OURS = "syndicate"
NOTE = "EdNote"
ABSTRACT, HIGHLIGHT, CORRECTION = "Abstract", "Highlight", "Correction"
PUBLISHER_NOTICE = "PublisherCopyright"
EXPIRES = "Expires"
URL = "Url"
SECTION = "Section"
KEYWORD = "Keyword"
NAME = "Name"
EMAIL = "Email"
CITY = "City"
KILL = "KILL: "
# The class of a paragraph that stands in the place of a text that was withdrawn.
WITHDRAWN = "notice"

# IPTC has no word for documents.
MEDIA_WORDS = {MediaType.PICTURE: "Photo", MediaType.GRAPHIC: "Graphic", MediaType.VIDEO: "Video",
               MediaType.AUDIO: "Audio"}  # fmt: skip
SUPPLEMENTARY = "Supplementary"
