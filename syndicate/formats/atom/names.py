"""Atom 1.0 (RFC 4287): facts, and the names that rendering and rules share."""

from syndicate.model.feed import Content

TITLE = "Atom 1.0"
FILE_NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"
CONTENTS = (Content.FULL, Content.SUMMARY, Content.HEADLINE)
ALLOWS_EMPTY = True
STANDALONE = False
