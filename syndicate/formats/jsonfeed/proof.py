"""An item as our renderer writes it, proved good by a look at its values alone."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from syndicate.formats.base import Proof
from syndicate.formats.jsonfeed import names as n
from syndicate.markup.encoding import has_odd
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.languages import doubt_of_tag, flaw_of_tag
from syndicate.markup.proof import TIME
from syndicate.markup.value_addresses import is_good_web
from syndicate.markup.value_dates import is_past
from syndicate.markup.value_html import is_surely_good
from syndicate.markup.xml import Node

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+\Z")
_TIME = re.compile(rf"{TIME}\Z")
# What may begin a tag or an entity; there is none of one letter.
_MARKUP = re.compile(r"<[/!?A-Za-z]|&(?=[#\w;])(?![A-Za-z](?![\w;]))")

_Test = Callable[[Any, str], bool]


def proof(owner: Node) -> Proof | None:
    """What proves items good that stand alone in that list: the items of a feed of the present version."""
    root = owner.parent
    if not isinstance(owner, JsonNode) or owner.name != n.ITEMS or root is None or root.parent is not None:
        return None
    version = root.find(n.VERSION)
    return is_good if version is not None and version.text == n.VERSION_1_1 and len(owner.content) == 1 else None


def is_good(data: bytes, today: str) -> bool:
    """Whether the rules certainly find nothing in the item, on that day (`2026-03-04`)."""
    try:
        item = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    # Written anew it is the same, so no name stands twice and no character is escaped that need not be.
    if type(item) is not dict or has_odd(data) or orjson.dumps(item) != data.rstrip(b"\n"):
        return False
    if not (n.ID in item and n.DATE_PUBLISHED in item and (n.CONTENT_HTML in item or n.CONTENT_TEXT in item)):
        return False
    return _all_good(item, _ITEM, today) and item[n.DATE_PUBLISHED] <= item.get(n.DATE_MODIFIED, "9")


def _all_good(members: Mapping[str, Any], tests: Mapping[str, _Test], today: str) -> bool:
    return all(name in tests and tests[name](value, today) for name, value in members.items())


def _is_text(value: Any, today: str) -> bool:
    return type(value) is str


def _is_filled(value: Any, today: str) -> bool:
    return type(value) is str and bool(value.strip())


def _is_plain(value: Any, today: str) -> bool:
    return _is_filled(value, today) and _MARKUP.search(value) is None


def _is_address(value: Any, today: str) -> bool:
    return type(value) is str and is_good_web(value) is not None


def _is_html(value: Any, today: str) -> bool:
    return type(value) is str and is_surely_good(value)


def _is_date(value: Any, today: str) -> bool:
    return type(value) is str and _TIME.match(value) is not None and is_past(value, today)


def _is_language(value: Any, today: str) -> bool:
    return type(value) is str and flaw_of_tag(value) is None and doubt_of_tag(value) is None


def _is_media_type(value: Any, today: str) -> bool:
    return type(value) is str and _MEDIA_TYPE.match(value) is not None


def _is_count(value: Any, today: str) -> bool:
    return type(value) is int and 0 <= value < 10**9


def _each(test: _Test) -> _Test:
    return lambda value, today: type(value) is list and all(test(one, today) for one in value)


def _objects(needed: tuple[str, ...], tests: Mapping[str, _Test]) -> _Test:
    def are_good(value: Any, today: str) -> bool:
        return type(value) is list and all(
            type(one) is dict and all(name in one for name in needed) and _all_good(one, tests, today) for one in value
        )

    return are_good


_ITEM: dict[str, _Test] = {
    n.ID: _is_filled,
    n.URL: _is_address,
    n.TITLE_MEMBER: _is_plain,
    n.CONTENT_HTML: _is_html,
    n.CONTENT_TEXT: _is_text,
    n.SUMMARY: _is_plain,
    n.IMAGE: _is_address,
    n.DATE_PUBLISHED: _is_date,
    n.DATE_MODIFIED: _is_date,
    n.AUTHORS: _objects((n.NAME,), {n.NAME: _is_plain}),
    n.TAGS: _each(_is_plain),
    n.LANGUAGE: _is_language,
    n.ATTACHMENTS: _objects(
        (n.URL, n.MIME_TYPE),
        {
            n.URL: _is_address,
            n.MIME_TYPE: _is_media_type,
            n.TITLE_MEMBER: _is_plain,
            n.SIZE_IN_BYTES: _is_count,
            n.DURATION_IN_SECONDS: _is_count,
        },
    ),
}
