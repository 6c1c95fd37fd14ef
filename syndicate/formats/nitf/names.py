"""NITF 3.6: facts, and the names that rendering, reading and rules share."""

from collections.abc import Mapping
from typing import Any

from syndicate.markup import nitf_names
from syndicate.model.content import Content

TITLE = "NITF 3.6"
# A list of the documents, each of which holds one article.
FILE_NAME = "nitf/index.json"
EACH = ".xml"
MEDIA_TYPE = "application/nitf+xml"
# The same id and version must always say the same, so an article is never shortened for one feed.
CONTENTS = (Content.FULL,)
ALLOWS_EMPTY = True
STANDALONE = False
TELLS_WITHDRAWALS = True
# Most receivers know the elements without their namespace only; with it the document validates as it is.
VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "namespace": {"TITLE": "NITF 3.6 in its namespace", "FILE_NAME": "nitf-namespace/index.json"}
}
KEEPS = frozenset({
    "guid", "version", "status", "published", "updated", "headline", "slugline", "abstract", "highlights", "authors",
    "contributors", "dateline", "sections", "subjects", "keywords", "genre", "urgency", "embargo", "expires", "url",
    "rights", "note", "correction", "links", "language", "text", "body", "media", "signal",
})  # fmt: skip

NAMESPACE, NAMESPACES = nitf_names.NAMESPACE, nitf_names.NAMESPACES
VERSION = "-//IPTC//DTD NITF 3.6//EN"

NITF = "nitf"
HEAD = "head"
TITLE_ELEMENT = "title"
META = "meta"
TOBJECT = "tobject"
PROPERTY = "tobject.property"
SUBJECT = "tobject.subject"
DOCDATA = "docdata"
CORRECTION = "correction"
DOC_ID = "doc-id"
URGENCY = "urgency"
ISSUE = "date.issue"
RELEASE = "date.release"
EXPIRE = "date.expire"
DOC_SCOPE = "doc-scope"
ED_MSG = "ed-msg"
DU_KEY = "du-key"
COPYRIGHT = "doc.copyright"
RIGHTS = "doc.rights"
KEY_LIST = "key-list"
KEYWORD = "keyword"
IDENTIFIED = "identified-content"
CLASSIFIER = "classifier"
PUBDATA = "pubdata"
HISTORY = "revision-history"
BODY = "body"
BODY_HEAD = "body.head"
BODY_CONTENT = "body.content"
BODY_END = "body.end"
HEDLINE = "hedline"

# Attributes
STATUS = "management-status"
STATUS_OF = "management-doc-idref"
STATUS_OF_IT = "management-idref-status"
REFNUM = "tobject.subject.refnum"
NORM = "norm"
LANGUAGE = "baselang"

# What `meta` says where NITF has no element
GENERATOR = "generator"
OURS = "syndicate"
SLUGLINE = "slugline"
# The name that agencies and Superdesk know the slugline by (ANPA 1312).
ANPA_KEYWORD = "anpa-keyword"
NOTICE = "copyright"
PUBLISHER = "publisher"
PUBLISHER_NOTICE = "publisher-copyright"
PLACE = "dateline-place"
LINK = "link."

STATUSES = frozenset({"usable", "embargoed", "withheld", "canceled"})
EMBARGOED = "embargoed"
URGENCIES = range(1, 9)
# The class of a paragraph that stands in the place of a text that was withdrawn.
WITHDRAWN = "notice"
KILL = "KILL: "
# Whose function in a revision history: those who wrote, and those who helped.
WRITER, HELPER = "writer-author", "other"
