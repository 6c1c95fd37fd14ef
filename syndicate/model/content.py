"""How much of an article goes out."""

from enum import StrEnum


class Content(StrEnum):
    """How much of an article a feed carries."""

    FULL = "full"
    SUMMARY = "summary"
    HEADLINE = "headline"
