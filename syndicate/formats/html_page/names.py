"""The page of an article on a web site."""

TITLE = "Article page in HTML"
