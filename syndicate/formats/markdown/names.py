"""A text in Markdown, with the fields before it that site generators use; the names of these fields."""

TITLE = "Markdown with front matter"

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})

# What a field means, by its name in small letters without `-` and `_`.
FIELDS = {
    "title": "headline", "headline": "headline",
    "description": "abstract", "summary": "abstract", "abstract": "abstract", "excerpt": "abstract",
    "standfirst": "abstract", "dek": "abstract",
    "date": "published", "published": "published", "datepublished": "published", "pubdate": "published",
    "created": "published",
    "lastmod": "updated", "updated": "updated", "modified": "updated", "lastmodified": "updated",
    "lastmodifiedat": "updated", "datemodified": "updated", "updatedat": "updated",
    "publishdate": "embargo", "embargo": "embargo", "embargoed": "embargo", "embargountil": "embargo",
    "embargoeduntil": "embargo", "embargodate": "embargo",
    "expirydate": "expires", "expires": "expires", "unpublishdate": "expires", "expiry": "expires",
    "expiration": "expires", "expirationdate": "expires",
    "draft": "draft", "status": "status",
    "author": "authors", "authors": "authors", "byline": "authors", "contributors": "contributors",
    "tags": "keywords", "tag": "keywords", "keywords": "keywords",
    "categories": "sections", "category": "sections", "sections": "sections", "section": "sections",
    "subjects": "subjects", "slug": "slugline", "slugline": "slugline",
    "language": "language", "lang": "language", "locale": "language",
    "image": "image", "images": "image", "cover": "image", "featuredimage": "image", "featureimage": "image",
    "thumbnail": "image",
    "url": "url", "canonical": "url", "canonicalurl": "url", "permalink": "url",
    "guid": "guid", "id": "guid", "version": "version", "genre": "genre", "urgency": "urgency",
    "priority": "urgency", "rights": "rights", "copyright": "rights", "license": "usage", "note": "note",
    "correction": "correction", "highlights": "highlights", "dateline": "dateline",
}  # fmt: skip
DECIDING = frozenset({"embargo", "expires", "draft", "status"})
"""Meanings that decide what goes out: nothing of them is guessed or passed over."""
# An article without an embargo, or a status, has none.
STATES = frozenset({"embargo", "status"})
