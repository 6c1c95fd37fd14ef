"""Repairs of the values of one JSON article before they are read: sound text everywhere, and a word on each change."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from syndicate.markup import text
from syndicate.model.draft import Repair

# Escapes that JSON needs only for what a text should not hold, and two texts that are worth a warning. Patterns that
# begin with plain bytes are searched twenty times faster than one pattern of alternatives.
_SUSPECTS = (
    re.compile(rb"\\[bfru]"),
    re.compile(rb"\]\]>"),
    re.compile(rb"&amp;(?:amp|lt|gt|quot|apos|nbsp|#)"),
)
_TWICE = re.compile(r"&amp;(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_SHOWN = 40


def repaired(values: Mapping[str, Any], data: bytes) -> tuple[Mapping[str, Any], tuple[Repair, ...]]:
    """The values with every text made sound; `data` is the JSON that they come from.

    Nearly all articles need no repair, and one look at their bytes says so.
    """
    if _is_sound(data):
        return values, ()
    if b"\\u" in data and _is_sound(_written_anew(values)):
        return values, ()
    repairs: list[Repair] = []
    fixed: Mapping[str, Any] = {key: _fixed(value, key, repairs) for key, value in values.items()}
    return fixed, tuple(repairs)


def _is_sound(data: bytes) -> bool:
    if not data or any(suspect.search(data) for suspect in _SUSPECTS):
        return False
    try:
        return text.is_sound_json(data)
    except UnicodeDecodeError:
        return False


def _written_anew(values: Mapping[str, Any]) -> bytes:
    """The values as JSON that escapes only what must be; empty when they hold what UTF-8 cannot."""
    try:
        return orjson.dumps(values)
    except (orjson.JSONEncodeError, RecursionError):
        return b""


def _fixed(value: Any, path: str, repairs: list[Repair]) -> Any:
    if isinstance(value, str):
        fixed, _ = text.repair(value)
        repairs += (Repair(field=path, what=what) for what in _remarks(value, fixed))
        return fixed
    if isinstance(value, list):
        return [_fixed(item, f"{path}[{index}]", repairs) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _fixed(item, f"{path}.{key}", repairs) for key, item in value.items()}
    return value


def _remarks(value: str, fixed: str) -> Iterator[str]:
    if fixed is not value:
        yield from text.repair(value)[1]
    if "]]>" in fixed:
        yield "holds ]]>; written escaped"
    if found := _TWICE.search(fixed):
        yield f"holds {found[0]}, escaped twice at its source; left as it is"
