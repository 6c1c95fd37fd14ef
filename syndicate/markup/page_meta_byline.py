"""By-lines of web pages: the elements that are one, and the names in their text."""

import re

from syndicate.markup.html_inline import Element
from syndicate.markup.readability_chrome import words_of

_MOST = 12
_LONGEST_NAME = 80
_WORDS = frozenset({"byline", "byl", "author", "authors", "autor", "auteur"})
_OTHERS = frozenset({"bio", "box", "image", "avatar", "photo", "about", "social", "twitter", "info", "description"})
# How a by-line begins in the languages that most pages are in, and where another matter begins.
_LEAD = re.compile(
    r"(?:(?:written|reported|story|text|words)\s+)?(?:by|von|par|por|door)\s*:?\s+|(?:author|autor|auteur)s?\s*:\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[|•·]|\bpublished\b|\bupdated\b|\bposted\b|\d{1,2}[:.]\d\d|\b\d{4}\b).*", re.IGNORECASE | re.DOTALL
)
_JOINT = re.compile(r"\s*[,;&]\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|with)\s+", re.IGNORECASE)


def is_byline(element: Element) -> bool:
    """Whether the element names the authors by what it is called."""
    if "author" in (element.get("rel") or "").split():
        return True
    return any(
        _WORDS.intersection(words) and not _OTHERS.intersection(words) for words in words_of(element.get("class", ""))
    )


def names_of(text: str) -> tuple[str, ...]:
    """The people of `By Ada Holm and Jonas Feld | Updated 9:00`; a text that is too long to be names gives none."""
    lead = _LEAD.match(text)
    words = _END.sub("", text[lead.end() :] if lead else text, count=1)
    found = [one.strip(" .,") for one in _JOINT.split(words)]
    return tuple(one for one in found if one and len(one) <= _LONGEST_NAME)[:_MOST]
