"""The text of an article page, as a reader copies it out of a browser."""

TITLE = "Article page as text"
