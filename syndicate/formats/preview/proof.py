"""An article as our renderer writes it, proved good without a walk (see `markup/proof.py`).

Here it is not one pattern of the whole: a bare parse sees that the markup is well-formed, a pattern that it holds no
tags but harmless ones, another that no link is without text.
"""

import re
from functools import cache
from re import Pattern
from xml.parsers import expat

from syndicate.formats.base import Proof
from syndicate.formats.preview import names as n
from syndicate.markup.proof import compiled, is_language, is_sound, named
from syndicate.markup.xml import Node

_OWNER = f"{{{n.NAMESPACE}}}main"
_STORY = "story-"
_NAMES = (
    "(?:p|span|a|em|strong|time|ul|ol|li|h[2-6]|figure|figcaption|div|table|caption|thead|tbody|tfoot|tr|th|td|"
    "blockquote|cite|code|su[bp]|br|article)"
)
_VALUE = '[^"<>&]*+(?>(?:&(?:amp|lt|gt|quot);[^"<>&]*+)*)'
_ATTRIBUTES = (
    f' (?:(?:class|datetime|type|hreflang|title|role|aria-label|tabindex|colspan|rowspan)="{_VALUE}"'
    f'|href="(?:https?:|mailto:|tel:){_VALUE}"|lang="[A-Za-z0-9-]++"|dir="(?:ltr|rtl|auto)")'
)
# A byte of a character that is no white space: that beyond ASCII begins with C2, E1, E2 or E3 80.
_VISIBLE = r"(?:[!#-%'-;=-~\xc3-\xdf\xe4-\xf4]|\xe3[\x81-\xbf])"
_LANGUAGE = re.compile(rb' lang="([^"]*)"')
# So many tags cannot be nested deeper than is read (`places.MAX_DEPTH`): each has an end.
_MOST_TAGS = 400
_DEEPEST = 200


def proof(owner: Node) -> Proof | None:
    """What proves articles good that stand in that element: the main part of a page of ours, still empty."""
    if owner.name != _OWNER or n.MARK not in (owner.root.get(n.CLASS) or "").split():
        return None
    ids = (node.get(n.ID) or "" for node in owner.root.iter())
    return is_good if not any(one.startswith(_STORY) for one in ids) else None


def is_good(data: bytes, today: str) -> bool:
    """Whether the rules certainly find nothing in the article."""
    begin, is_doubtful = _patterns()
    head = begin.match(data)
    if head is None or not is_sound(data) or is_doubtful.search(data, head.end()):
        return False
    return all(map(is_language, set(_LANGUAGE.findall(data)))) and _is_well_formed(data) and not _is_deep(data)


@cache
def _patterns() -> tuple[Pattern[bytes], Pattern[bytes]]:
    """How an article begins, and what must not stand in the rest of it."""
    begin = compiled(
        f'<article id="{_STORY}[a-z0-9._-]++" lang="{named("language", "[A-Za-z0-9-]++")}" dir="(?:ltr|rtl)">'
    )
    is_harmless = f"(?:/[a-z][a-z0-9]*+|{_NAMES}(?:{_ATTRIBUTES})*/?)>"
    has_text = f"[^>]*>(?:<(?!/a>)[^>]*>|[^<])*?{_VISIBLE}"
    return begin, compiled(f"<(?!{is_harmless})|&(?!(?:amp|lt|gt|quot);)|<a(?: (?!{has_text})|>)")


def _is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(b"<main>" + data + b"</main>", True)
    except expat.ExpatError:
        return False
    return True


def _is_deep(data: bytes) -> bool:
    if data.count(b"<") <= _MOST_TAGS:
        return False
    depth = 0
    for tag in re.finditer(rb"<(/?)[^>]*?(/?)>", data):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth > _DEEPEST:
            return True
    return False
