"""ninjs (IPTC News in JSON): facts, and the property names that writer, reader and rules share.

The names are those of 3.1. `spelled_2` and `spelled_1` say what 2.x and 1.x call them.
"""

from collections.abc import Mapping
from typing import Any

from syndicate.model.content import Content

TITLE = "ninjs 3.1"
FILE_NAME = "ninjs.json"
MEDIA_TYPE = "application/json"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = True
IS_TOPIC = True
TELLS_WITHDRAWALS = True
SEPARATOR = ","
MARK = "iptc.org/std/ninjs/"
KEEPS = frozenset({
    "guid", "version", "status", "published", "updated", "headline", "slugline", "abstract", "highlights", "authors",
    "contributors", "dateline", "sections", "subjects", "keywords", "genre", "urgency", "embargo", "expires", "url",
    "rights", "note", "correction", "links", "language", "text", "body", "media",
})  # fmt: skip
VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "2.2": {"TITLE": "ninjs 2.2", "FILE_NAME": "ninjs-2.2.json"},
    "1.6": {"TITLE": "ninjs 1.6", "FILE_NAME": "ninjs-1.6.json"},
}
NEWEST = "3.1"

URI = "uri"
TYPE = "type"
REPRESENTATION_TYPE = "representationType"
PROFILE = "profile"
VERSION = "version"
FIRST_CREATED = "firstCreated"
VERSION_CREATED = "versionCreated"
CONTENT_CREATED = "contentCreated"
EMBARGOED_UNTIL = "embargoedUntil"
PUB_STATUS = "pubStatus"
URGENCY = "urgency"
COPYRIGHT_HOLDER = "copyrightHolder"
COPYRIGHT_NOTICE = "copyrightNotice"
USAGE_TERMS = "usageTerms"
ED_NOTE = "edNote"
LANGUAGE = "language"
DESCRIPTIONS = "descriptions"
BODIES = "bodies"
HEADLINES = "headlines"
PEOPLE = "people"
ORGANISATIONS = "organisations"
PLACES = "places"
SUBJECTS = "subjects"
EVENTS = "events"
EVENT_DETAILS = "eventDetails"
PLANNED_COVERAGE = "plannedCoverage"
OBJECTS = "objects"
INFO_SOURCES = "infoSources"
TITLE_PROPERTY = "title"
BY = "by"
SLUGLINE = "slugline"
LOCATED = "located"
RENDITIONS = "renditions"
ASSOCIATIONS = "associations"
ALT_IDS = "altIds"
TRUST_INDICATORS = "trustIndicators"
STANDARD = "standard"
GENRES = "genres"
EXPIRES = "expires"
RIGHTS_INFO = "rightsInfo"
DIGITAL_SOURCE_TYPE = "digitalSourceType"

NAME = "name"
REL = "rel"
ROLE = "role"
LITERAL = "literal"
VALUE = "value"
CONTENT_TYPE = "contentType"
CHAR_COUNT = "charCount"
WORD_COUNT = "wordCount"
CONTACT_INFO = "contactInfo"
HREF = "href"
WIDTH = "width"
HEIGHT = "height"
SIZE_IN_BYTES = "sizeInBytes"
DURATION = "duration"
SCHEMA = "schema"

# Of 1.x alone
SCHEME = "scheme"
CODE = "code"
MIMETYPE = "mimetype"
OLD_STANDARD = "$standard"

HTML = "text/html"
PLAIN = "text/plain"

# Words that we choose where the standard leaves them open
MAIN = "main"
SUMMARY = "summary"
HIGHLIGHT = "highlight"
CAPTION = "caption"
CORRECTION = "correction"
AUTHOR = "author"
CONTRIBUTOR = "contributor"
SECTION = "section"
KEYWORD = "keyword"
PROVIDER = "provider"
SOURCE = "source"
WEB = "web"
SELF = "self"
EMAIL = "email"
# What somebody is in the newsroom, as vCard has it (RFC 6350 §6.6.2)
VCARD_ROLE = "role"
DATA_MEDIA = "data-media"
"""The attribute of a figure in a body that names the media which stands there."""

TEXT, COMPOSITE, COMPONENT, PICTURE = "text", "composite", "component", "picture"
FULL, PARTIAL = "full", "partial"

_IN_1 = {
    HEADLINES: "headline", PEOPLE: "person", ORGANISATIONS: "organisation", PLACES: "place", SUBJECTS: "subject",
    EVENTS: "event", OBJECTS: "object", INFO_SOURCES: "infosource", GENRES: "genre", BY: "byline",
    TRUST_INDICATORS: "trustindicator", STANDARD: OLD_STANDARD, CONTENT_TYPE: MIMETYPE,
}  # fmt: skip
_IN_2 = {EMBARGOED_UNTIL: "embargoed"}


def spelled_2(name: str) -> str:
    """The property's name in 2.x."""
    return _IN_2.get(name) or name.lower()


def spelled_1(name: str) -> str:
    """The property's name in 1.x."""
    return _IN_1.get(name) or spelled_2(name)


def schema_of(version: str) -> str:
    """The address by which the schema of that version is known."""
    return f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json"
