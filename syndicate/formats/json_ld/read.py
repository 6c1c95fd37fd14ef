"""JSON-LD with the words of schema.org to drafts: our own documents, and NewsArticles of others."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, BinaryIO

import orjson

from syndicate.errors import InputError, LimitError
from syndicate.formats.json_ld.nodes import article_nodes
from syndicate.formats.json_ld.story import drafted
from syndicate.markup.json_ld import articles, is_json_ld
from syndicate.markup.json_nodes import parse_json
from syndicate.markup.text import repair
from syndicate.model.draft import Draft, Reading, Rejected, Repair

MAX_BYTES = 16 * 1024 * 1024

_DEEPEST = 100
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def detect(head: bytes, name: str) -> bool:
    """Whether the file is JSON that speaks with the words of schema.org, whatever its name but that of a page."""
    return PurePath(name).suffix.lower() in {".json", ".jsonld", "", "-"} and is_json_ld(head)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The articles of the file, one by one; InputError when it is no JSON or speaks of no article."""
    data = stream.read(MAX_BYTES + 1).removeprefix(b"\xef\xbb\xbf")
    if len(data) > MAX_BYTES:
        raise LimitError(file, None, f"is larger than {MAX_BYTES // 1024 // 1024} MiB: cut it into parts")
    notes: dict[str, None] = {}
    found = articles(_sound(_loaded(data, file), notes))
    if not found:
        raise InputError(file, 1, "speaks of no article: one of the type NewsArticle or Article is wanted")
    lines = [node.line for node in article_nodes(parse_json(data).root)]
    mended = tuple(Repair(field="document", what=what) for what in notes)
    for index, linked in enumerate(found):
        line = lines[index] if len(lines) == len(found) else None
        draft = drafted(linked, file, line, reading)
        yield replace(draft, repairs=(*mended, *draft.repairs)) if isinstance(draft, Draft) else draft
        mended = ()


def _loaded(data: bytes, file: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if _SURROGATE.search(data):
            return _loaded_leniently(data, file)
        raise InputError(file, error.lineno, f"is not JSON at column {error.colno}: {error.msg}") from None


def _loaded_leniently(data: bytes, file: str) -> Any:
    """The values with lone surrogates in them, which the repair takes out and reports."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(file, None, f"is not JSON: {error}") from None


def _sound(value: Any, notes: dict[str, None], depth: int = 0) -> Any:
    """The value with every text made sound; what was changed goes to `notes`. What is nested too deep is nothing."""
    if isinstance(value, str):
        fixed, changes = repair(value)
        notes.update(dict.fromkeys(changes))
        return fixed
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [_sound(one, notes, depth + 1) for one in value]
    if isinstance(value, dict):
        return {name: _sound(one, notes, depth + 1) for name, one in value.items()}
    return value
