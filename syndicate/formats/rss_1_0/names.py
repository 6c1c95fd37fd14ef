"""RSS 1.0 (web.resource.org/rss/1.0): facts, and the names that writing and reading share."""

from syndicate.model.content import Content

TITLE = "RSS 1.0"
FILE_NAME = "rss-1.0.rdf"
MEDIA_TYPE = "application/rdf+xml"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
IS_TOPIC = True
TELLS_WITHDRAWALS = True
# Of people only their names come back, of media all but where they stand.
KEEPS = frozenset({
    "guid", "published", "updated", "headline", "abstract", "highlights", "sections", "subjects", "keywords", "genre",
    "expires", "url", "rights", "correction", "language", "text",
})  # fmt: skip

RSS = "http://purl.org/rss/1.0/"
# What came before it: the same elements without rdf:about (my.netscape.com/publish/formats/rss-spec-0.90.html).
RSS_0_90 = "http://my.netscape.com/rdf/simple/0.9/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
TAXONOMY = "http://purl.org/rss/1.0/modules/taxonomy/"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
ATOM = "http://www.w3.org/2005/Atom"
ROOT = f"{{{RDF}}}RDF"
CHANNEL = "channel"
ITEM = "item"
