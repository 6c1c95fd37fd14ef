"""The words of documents in any format, to look for those that must be gone."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")


def words_of(*texts: str) -> frozenset[str]:
    """The words in these texts, all in small letters; numbers are none."""
    return frozenset(_WORD.findall(" ".join(texts).casefold()))


def text_of(data: bytes) -> str:
    """The document without escapes, neither of JSON nor of markup."""
    text = data.decode()
    if text.startswith("{"):
        text = " ".join(_strings(json.loads(text)))
    return html.unescape(html.unescape(text))


def _strings(value: Any) -> Iterator[str]:
    """All texts in a value of JSON."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for one in value if isinstance(value, list) else [value]:
        yield from _strings(one) if isinstance(one, dict | list) else [str(one)]
